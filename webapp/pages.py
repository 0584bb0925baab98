"""What each page shows: one frozen dataclass per template, rendered as `page`.

Every field of a context is used by its template, and a template uses nothing else of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from indexer.records import Failure
from indexer.results import Problem, Unsearchable
from webapp.facets import Chip, FacetView
from webapp.marking import Segment
from webapp.params import SearchParams
from webapp.reading import OutlineEntry, Piece


@dataclass(frozen=True, slots=True)
class Example:
    """A query that shows something of the query language, and the address that runs it."""

    query: str
    meaning: str
    url: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The page before a search: what the collection holds and ways into it."""

    template: ClassVar[str] = "home.html"
    params: SearchParams
    reports: int
    characters: int
    facets: tuple[FacetView, ...]
    unsearchable: Unsearchable
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class FirstRunPage:
    """Nothing has been indexed yet. `index` is the folder the index is looked for in."""

    template: ClassVar[str] = "first_run.html"
    params: SearchParams
    index: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage in a list of results; `url` leads to those very words in the report.

    `recognised`: it was read off a picture (OCR).
    """

    segments: tuple[Segment, ...]
    page: int | None
    recognised: bool
    url: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A report that was found. `region` holds names from the province down."""

    title: str
    url: str
    region: tuple[str, ...]
    year: int | None
    topics: tuple[str, ...]
    kind: str | None
    issuer: str | None
    date: str | None
    matches: int
    missing: tuple[str, ...]
    """Words of the query that it lacks, where no report has all."""
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """An entry of a list to choose one from."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the results; `number` None stands for a gap that is left out."""

    number: int | None
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """The way through the pages; empty where there is one only."""

    links: tuple[PageLink, ...] = ()
    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The answer to a search, or what to try when there is none.

    `occurrences` is None when unquoted words take part. `first` and `last` count the hits
    shown, from 1. `widened` is the same search without filters.
    """

    template: ClassVar[str] = "results.html"
    params: SearchParams
    canonical: str
    total: int
    occurrences: int | None
    unsearchable: Unsearchable
    problems: tuple[Problem, ...]
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    widened: str
    hits: tuple[HitView, ...]
    first: int
    last: int
    sorts: tuple[Option, ...]
    sizes: tuple[Option, ...]
    paging: Paging


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
    """Something the reader has to know before reading; `url` and `link` say where to go on."""

    text: str
    url: str | None = None
    link: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Stepping:
    """The way through the matches. `current` is the match stepped to, None before the first."""

    total: int
    current: int | None
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report to read. `back` leads to the results it was opened from, None without any."""

    template: ClassVar[str] = "report.html"
    params: SearchParams
    title: str
    details: tuple[Detail, ...]
    notices: tuple[Notice, ...]
    outline: tuple[OutlineEntry, ...]
    pieces: tuple[Piece, ...]
    stepping: Stepping
    back: str | None
    file: str
    file_name: str
    inline: bool
    canonical: str


@dataclass(frozen=True, slots=True)
class FailuresPage:
    """Every file that could not be read, or only in part."""

    template: ClassVar[str] = "failures.html"
    params: SearchParams
    failures: tuple[Failure, ...]
    unsearchable: Unsearchable


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The query language, by examples."""

    template: ClassVar[str] = "help.html"
    params: SearchParams
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong. `detail` is a Chinese sentence of the core, "" for none."""

    template: ClassVar[str] = "error.html"
    params: SearchParams
    status: int
    title: str
    message: str
    detail: str = ""
    url: str | None = None
    link: str = ""


Page = HomePage | FirstRunPage | ResultsPage | ReportPage | FailuresPage | HelpPage | ErrorPage
PAGES: tuple[type[Page], ...] = (
    HomePage,
    FirstRunPage,
    ResultsPage,
    ReportPage,
    FailuresPage,
    HelpPage,
    ErrorPage,
)
