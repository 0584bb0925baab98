"""What a search asks for and what it gives; the JSON of the command and of the API.

`Search` goes into an engine, `Results` come out of it. `Results.to_json()` is the contract
that `tifa search --json` and `GET /api/search` share.

What an answer holds many of are msgspec's structs, not dataclasses: a thousand facet values are
made in a tenth of the time, ten hits with their passages in a fifth.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from indexer.messages import Message
from indexer.query.nodes import Node
from indexer.report import Format, Region

UNDECIDED = "none"
"""What stands for `null` (未定) where a facet's value is written in a URL or an option."""


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    MATCHES = "matches"
    REGION = "region"
    ADDED = "added"
    """What came into the collection last."""


class Mode(StrEnum):
    """How unquoted text is taken."""

    WORDS = "words"
    """模糊: words, all of which must occur."""
    EXACT = "exact"
    """精确: a query without quotes is one phrase, whatever stands in it."""


@dataclass(frozen=True, slots=True)
class Years:
    """A range of years, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Filters:
    """Chosen facet values; values of one facet are alternatives, facets are AND-ed.

    `None` among the values is the undecided one. A region stands for those under it too.
    """

    regions: tuple[str | None, ...] = ()
    years: tuple[Years | None, ...] = ()
    topics: tuple[str | None, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.regions or self.years or self.topics)


@dataclass(frozen=True, slots=True)
class Problem(Message):
    """Something in a query that was not understood as typed, and what was done instead."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search, ready for an engine: what was typed, its tree, and how to narrow and order it.

    `whole_numbers` leaves out occurrences that `indexer.query.terms.touches_number` cuts out of
    a longer number. `lifted` says that `filters` hold some that were typed in `text`; `tree`
    no longer does.
    """

    text: str
    tree: Node
    problems: tuple[Problem, ...] = ()
    filters: Filters = Filters()
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    mode: Mode = Mode.WORDS
    whole_numbers: bool = False
    lifted: bool = False


class FacetValue(msgspec.Struct, frozen=True, gc=False):
    """`value` None is the undecided one (未定). `parent` is set for regions only."""

    value: str | int | None
    label: str
    count: int
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over the whole result; each facet applies every filter but its own."""

    region: tuple[FacetValue, ...] = ()
    year: tuple[FacetValue, ...] = ()
    topic: tuple[FacetValue, ...] = ()


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a report around matches; `marks` are [start, end) in `text`.

    `paragraph` is the number of the block it lies in, from 0; `address` names the stretch
    from the first mark to the last for good. `recognised`: some of it was read off the picture
    of a page (OCR), and may differ from what is printed there.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    paragraph: int
    page: int | None
    recognised: bool
    address: str
    url: str


class Copy(NamedTuple):
    """Another report with the same text (`indexer.sameness`), as a PDF beside a DOCX."""

    id: str
    title: str
    format: Format
    url: str


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A report that was found. `matches` counts occurrences, overlapping ones too.

    `copies` are all other reports of the same text, found or not; `same_as` the number in the
    list, from 1, of the first of them that comes before this one.
    """

    id: str
    text: str
    """The hash of the extracted text that the index was made from."""
    title: str
    region: Region | None
    year: int | None
    topics: tuple[str, ...]
    issuer: str | None
    date: str | None
    kind: str | None
    matches: int
    score: float
    url: str
    passages: tuple[Passage, ...] = ()
    missing: tuple[str, ...] = ()
    """Words of the query that the report lacks, where no report has all of them."""
    number: str | None = None
    """The one it was issued under (国发〔2018〕41号)."""
    copies: tuple[Copy, ...] = ()
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class Unsearchable:
    """What a search could not look into: files not read or not yet indexed, pages without text."""

    files: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a search. `occurrences` is None when unquoted words take part in it.

    `relaxed`: no report has all the words, and those found come near to having them. `texts` are
    the different texts that the reports found have: a PDF and a DOCX of one report have one.
    `commit` names the state of the index that the answer is from.
    """

    search: Search
    total: int
    occurrences: int | None
    unsearchable: Unsearchable
    facets: Facets
    hits: tuple[Hit, ...]
    relaxed: bool = False
    texts: int = 0
    commit: str = ""

    def to_json(self) -> dict[str, Any]:
        """The contract of the command and the API, ready for `json.dumps`."""
        return {
            "query": self.search.text,
            "parsed": str(self.search.tree),
            "problems": [str(problem) for problem in self.search.problems],
            "total": self.total,
            "texts": self.texts,
            "occurrences": self.occurrences,
            "unsearchable": asdict(self.unsearchable),
            "facets": {
                "region": [msgspec.structs.asdict(value) for value in self.facets.region],
                "year": [_flat(value) for value in self.facets.year],
                "topic": [_flat(value) for value in self.facets.topic],
            },
            "hits": [_hit_json(hit) for hit in self.hits],
        }


def _flat(value: FacetValue) -> dict[str, Any]:
    return {"value": value.value, "label": value.label, "count": value.count}


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "title": hit.title,
        "region": list(hit.region.names) if hit.region else [],
        "region_code": hit.region.code if hit.region else None,
        "year": hit.year,
        "topics": list(hit.topics),
        "issuer": hit.issuer,
        "date": hit.date,
        "kind": hit.kind,
        "matches": hit.matches,
        "missing": list(hit.missing),
        "score": round(hit.score, 4),
        "url": hit.url,
        "same_as": hit.same_as,
        "copies": [copy._asdict() for copy in hit.copies],
        "passages": [passage_json(passage) for passage in hit.passages],
    }


def passage_json(passage: Passage) -> dict[str, Any]:
    """A passage in the JSON of whatever holds it."""
    return {
        "text": passage.text,
        "marks": [list(mark) for mark in passage.marks],
        "paragraph": passage.paragraph,
        "page": passage.page,
        "ocr": passage.recognised,
        "address": passage.address,
        "url": passage.url,
    }
