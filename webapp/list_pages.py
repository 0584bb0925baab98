"""What the pages that list something show: home, results, wordings. See `webapp.pages`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from indexer.results import Unsearchable
from webapp.export_menu import ExportMenu
from webapp.facets import Chip, FacetView
from webapp.language import Word
from webapp.marking import Segment
from webapp.nothing import Nothing
from webapp.opened import Opened
from webapp.params import SearchParams


@dataclass(frozen=True, slots=True)
class Example:
    """A query that shows something of the query language, and the address that runs it."""

    query: str
    meaning: str
    url: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The page before a search: what the collection holds and ways into it.

    `card` is the query language in examples, beside the search box.
    """

    template: ClassVar[str] = "home.html"
    params: SearchParams
    reports: int
    characters: int
    facets: tuple[FacetView, ...]
    unsearchable: Unsearchable
    examples: tuple[Example, ...]
    card: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage in a list of results; `url` leads to those very words in the report.

    `recognised`: it was read off a picture (OCR). `link` is its whole address, for prints.
    """

    segments: tuple[Segment, ...]
    page: int | None
    recognised: bool
    url: str
    link: str


@dataclass(frozen=True, slots=True)
class CopyView:
    """Another report of the same text; `label` is the kind of its file."""

    label: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A report that was found. `region` holds names from the province down; `link` is its whole
    address, for prints.

    `copies` have the same text; `same_as` is the number of the first of them that stands above, and
    if it stands on the same page there is no need of `passages`.
    """

    id: str
    title: str
    url: str
    link: str
    region: tuple[str, ...]
    year: int | None
    topics: tuple[str, ...]
    kind: Word | None
    issuer: str | None
    date: str | None
    matches: int
    missing: tuple[str, ...]
    """Words of the query that it lacks, where no report has all."""
    passages: tuple[PassageView, ...]
    copies: tuple[CopyView, ...]
    same_as: int | None


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
class Tab:
    """A way to look at what was found; `current` is the one that is shown."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """What a print says of where it is from: the whole address, the day it was looked up."""

    address: str
    accessed: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The answer to a search, or what to try when there is none.

    `occurrences` is None when unquoted words take part. `first` and `last` count the hits
    shown, from 1. `widened` is the same search without filters. `card` is the query language in
    examples; `nothing` says why nothing was found, or only what comes near.
    """

    template: ClassVar[str] = "results.html"
    params: SearchParams
    canonical: str
    feed: str
    tabs: tuple[Tab, ...]
    total: int
    texts: int
    occurrences: int | None
    unsearchable: Unsearchable
    problems: tuple[str, ...]
    facets: tuple[FacetView, ...]
    opened: Opened
    chips: tuple[Chip, ...]
    widened: str
    hits: tuple[HitView, ...]
    first: int
    last: int
    sorts: tuple[Option, ...]
    sizes: tuple[Option, ...]
    paging: Paging
    printed: Printed
    export: ExportMenu
    card: tuple[Example, ...]
    nothing: Nothing | None


@dataclass(frozen=True, slots=True)
class UseView:
    """A report that has a wording, `times` over; `url` leads to where it has it first.

    `format` is "" where no two reports of the list have the same text. `link` is that place's whole
    address, for prints.
    """

    title: str
    format: str
    url: str
    link: str
    region: tuple[str, ...]
    year: int | None
    date: str | None
    times: int
    page: int | None
    recognised: bool


@dataclass(frozen=True, slots=True)
class Province:
    """In how many reports of a province something stands."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class WordedView:
    """A wording, and the reports that have it: `uses` the earliest first, and so many in `rest`.

    `provinces` are those with most reports, beside so many `further` ones. `url` lists them all.
    """

    key: str
    segments: tuple[Segment, ...]
    reports: int
    texts: int
    times: int
    years: str
    provinces: tuple[Province, ...]
    further: int
    uses: tuple[UseView, ...]
    rest: int
    url: str


@dataclass(frozen=True, slots=True)
class WordingsPage:
    """How what was looked for is worded, or the reports of `one` wording.

    The search finds `total` reports. `newest` is how many of them were gone through where they
    were too many, else None; `reports` hold the sentences, and in so many `elsewhere` no sentence
    holds all. `loose`: none does in any. `has_text` is False where only filters were given. `card`
    is as on the results page.
    """

    template: ClassVar[str] = "wordings.html"
    params: SearchParams
    canonical: str
    card: tuple[Example, ...]
    tabs: tuple[Tab, ...]
    has_text: bool
    total: int
    wordings: int
    sentences: int
    reports: int
    elsewhere: int
    newest: int | None
    loose: bool
    all_reports: str
    one: bool
    all_wordings: str
    unsearchable: Unsearchable
    problems: tuple[str, ...]
    facets: tuple[FacetView, ...]
    opened: Opened
    chips: tuple[Chip, ...]
    widened: str
    entries: tuple[WordedView, ...]
    first: int
    last: int
    sorts: tuple[Option, ...]
    sizes: tuple[Option, ...]
    paging: Paging
    printed: Printed
