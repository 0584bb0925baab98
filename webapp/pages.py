"""What each page shows: one frozen dataclass per template, rendered as `page`.

Every field of a context is used by its template, and a template uses nothing else of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from indexer.results import Unsearchable
from webapp.cite_box import CiteBox
from webapp.evidence import Basis
from webapp.highwire import Tag
from webapp.language import Word
from webapp.list_pages import Example, HomePage, Option, Printed, ResultsPage, WordingsPage
from webapp.marking import Segment
from webapp.params import SearchParams
from webapp.reading import OutlineEntry


@dataclass(frozen=True, slots=True)
class FirstRunPage:
    """Nothing has been indexed yet. `index` is the folder the index is looked for in."""

    template: ClassVar[str] = "first_run.html"
    params: SearchParams
    index: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of a report. `url` searches for more of it; `chinese` tells its language
    where the page's own may be another."""

    text: str
    url: str | None = None
    chinese: bool = True


@dataclass(frozen=True, slots=True)
class Detail:
    """A line of what is known of a report: its name and one fact or several."""

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader has to know before reading; `url` and `link` say where to go on.

    `chinese`: it could not be brought into the language of the page.
    """

    text: str
    url: str | None = None
    link: str = ""
    quiet: bool = False
    chinese: bool = False


@dataclass(frozen=True, slots=True)
class Stepping:
    """The way through the matches. `current` is the match stepped to, None before the first."""

    total: int
    current: int | None
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another report that belongs to one: a version, another format. `here`: it is that one."""

    label: str
    note: str
    url: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a link may mean, with what stands around it."""

    segments: tuple[Segment, ...]
    page: int | None
    url: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report to read. `back` leads to the results it was opened from, None without any.

    `bases` tell what the details were taken from; `correct` leads to where they are put right.
    `was` is the paragraph of an earlier reading of the file that held the words of a link.
    `wordy` names a text so long that browsers had better lay it out bit by bit.
    """

    template: ClassVar[str] = "report.html"
    params: SearchParams
    report: str
    title: str
    details: tuple[Detail, ...]
    bases: tuple[Basis, ...]
    correct: str | None
    notices: tuple[Notice, ...]
    places: tuple[Place, ...]
    more_places: bool
    was: tuple[Segment, ...]
    versions: tuple[Other, ...]
    formats: tuple[Other, ...]
    outline: tuple[OutlineEntry, ...]
    sheet: Markup
    wordy: bool
    stepping: Stepping
    back: str | None
    file: str
    file_name: str
    inline: bool
    canonical: str
    printed: Printed
    highwire: tuple[Tag, ...]
    cite: CiteBox


@dataclass(frozen=True, slots=True)
class TrayPage:
    """Passages collected across searches: what they are only the browser knows."""

    template: ClassVar[str] = "tray.html"
    params: SearchParams


@dataclass(frozen=True, slots=True)
class Entry:
    """A value that can be written anew. `found` is what was found where a person settled else."""

    name: str
    label: str
    value: str
    hint: str
    found: str
    error: str
    choices: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to write into which metadata.csv. `row` is the line that `text` replaces, if any.

    `heading` is the heading line to have where one is there that lacks a column.
    """

    file: str
    text: str
    heading: str
    row: int | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class CorrectingPage:
    """A form for what is wrong of a report. `token` is "" where nothing can be saved.

    `unchanged`: what was typed is what is known. `saved`: it has just been written down.
    """

    template: ClassVar[str] = "correcting.html"
    params: SearchParams
    title: str
    report: str
    action: str
    entries: tuple[Entry, ...]
    topics: tuple[Option, ...]
    topics_error: str
    error: str
    proposal: Proposal | None
    unchanged: bool
    saved: bool
    token: str


@dataclass(frozen=True, slots=True)
class FailureView:
    """A file that could not be read; `pages` as in `indexer.records.Failure`."""

    path: str
    pages: int | None
    reason: Word


@dataclass(frozen=True, slots=True)
class FailuresPage:
    """Every file that could not be read, or only in part."""

    template: ClassVar[str] = "failures.html"
    params: SearchParams
    failures: tuple[FailureView, ...]
    unsearchable: Unsearchable


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The query language, by examples."""

    template: ClassVar[str] = "help.html"
    params: SearchParams
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong. `detail` says it more closely, "" for nothing."""

    template: ClassVar[str] = "error.html"
    params: SearchParams
    status: int
    title: str
    message: str
    detail: str = ""
    url: str | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A parameter, or a field of an answer. `inside` names the schema that it holds, if any."""

    name: str
    type: str
    description: str
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class SchemaView:
    """An object that answers are made of."""

    name: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class OperationView:
    """One thing that can be asked; `example` is a path that can be opened."""

    path: str
    summary: str
    description: str
    parameters: tuple[FieldView, ...]
    answer: str
    statuses: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True, slots=True)
class ApiPage:
    """The API's description for people: what can be asked, and the objects of the answers."""

    template: ClassVar[str] = "api.html"
    params: SearchParams
    operations: tuple[OperationView, ...]
    schemas: tuple[SchemaView, ...]


Page = (
    HomePage
    | FirstRunPage
    | ResultsPage
    | WordingsPage
    | ReportPage
    | CorrectingPage
    | TrayPage
    | FailuresPage
    | HelpPage
    | ErrorPage
    | ApiPage
)
PAGES: tuple[type[Page], ...] = (
    HomePage,
    FirstRunPage,
    ResultsPage,
    WordingsPage,
    ReportPage,
    CorrectingPage,
    TrayPage,
    FailuresPage,
    HelpPage,
    ErrorPage,
    ApiPage,
)
