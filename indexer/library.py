"""An index opened for reading: search it, read its reports, follow its links.

The command, the web application and notebooks all go through `Library`. It is safe to share
between threads and follows what `tifa index` commits meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.addresses import (
    MOST_PLACES,
    Address,
    Compact,
    Found,
    Trace,
    address_of,
    is_id,
    normalised_id,
    parse_address,
    trace,
)
from indexer.catalogue import Catalogue
from indexer.config import Config, index_directory
from indexer.engine import Wording, open_engine
from indexer.errors import BadWordingError, EmptyQueryError, UnknownReportError
from indexer.passages import marks
from indexer.query.nodes import Everything
from indexer.query.syntax import parse
from indexer.query.terms import marked_terms
from indexer.records import Arrival, Counts, Failure, StoredReport, Version
from indexer.report import Document
from indexer.requests import (
    joined,
    lifted,
    parse_filters,
    parse_mode,
    parse_sort,
    whole_number,
)
from indexer.results import Copy, Facets, Results, Search, Unsearchable
from indexer.suggesting import Suggesting
from indexer.wordings import Wordings, is_key

MAX_LIMIT = 1000
"""Hits of one answer; each is read and marked."""
MAX_OFFSET = 1_000_000_000

Values = str | int | Iterable[str | int] | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The collection as a whole: its size, its facets, what cannot be searched."""

    reports: int
    characters: int
    facets: Facets
    unsearchable: Unsearchable


@dataclass(frozen=True, slots=True)
class Newer:
    """What replaced a report, and the words of a link in it.

    `addresses` are those of the words there, the first `MOST_PLACES` of `total`; none where it no
    longer says so, None where nobody knows which words were meant.
    """

    report: str
    addresses: tuple[Address, ...] | None
    total: int = 0


@dataclass(frozen=True)
class Resolution:
    """What became of a passage address; `span` is [start, end) in the document's text.

    `places` are those that an ambiguous one may mean, the first `MOST_PLACES` of `total`. `words`
    are the words, without white space, where any text has them; `earlier` is the text that had
    them where the current one has others, and `was` their place in it.
    """

    status: Found
    address: Address
    report: StoredReport
    span: tuple[int, int] | None
    places: tuple[tuple[int, int], ...] = ()
    total: int = 0
    words: str | None = None
    earlier: Document | None = None
    was: tuple[int, int] | None = None
    newer: Newer | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What the catalogue says as of one of its commits."""

    change: int
    counts: Counts
    unsearchable: Unsearchable
    indexed: str

    @classmethod
    def of(cls, catalogue: Catalogue, change: int) -> _Known:
        counts = catalogue.counts()
        pages = counts.unsearchable_pages
        unsearchable = Unsearchable(counts.failures + counts.pending, pages)
        return cls(change, counts, unsearchable, catalogue.indexed())


class Library:
    """One index. Every method raises NoIndexError until something has been indexed.

    A process that answers many searches has it `at_hand` in memory.
    """

    def __init__(self, config: Config, *, at_hand: bool = False) -> None:
        self.config = config
        self._catalogue_file = os.fspath(config.catalogue)
        self._engine = open_engine(config, at_hand=at_hand)
        self._local = threading.local()
        self.suggesting = Suggesting(self._engine.wording, in_background=at_hand)

    def request(
        self,
        text: str,
        *,
        region: Values = (),
        year: Values = (),
        topic: Values = (),
        mode: str = "words",
        whole_numbers: bool = False,
        sort: str = "relevance",
        limit: int | str = 10,
        offset: int | str = 0,
        everything: bool = False,
    ) -> Search:
        """Check a search as typed; raises RequestError.

        `region` takes codes or names, `year` years or ranges (2020-2025), `topic` keys or labels;
        each one value or several, `none` for the undecided. Those typed in `text` join them.
        `mode` is `words`, or `exact` to take unquoted text as one phrase; `whole_numbers` leaves
        out what is cut from a longer number (5亿元 in 15亿元). A search for nothing is
        refused, unless `everything` says that all reports are wanted.
        """
        given = parse_filters(_values(region), _values(year), _values(topic))
        asked = parse_mode(mode)
        parsed = parse(text, asked)
        tree, typed, problems = lifted(parsed.tree)
        filters = joined(given, typed)
        if isinstance(tree, Everything) and not filters and not everything:
            raise EmptyQueryError
        return Search(
            text=text,
            tree=tree,
            problems=(*parsed.problems, *problems),
            filters=filters,
            mode=asked,
            whole_numbers=whole_numbers,
            lifted=bool(typed),
            sort=parse_sort(sort),
            limit=whole_number("limit", limit, 0, MAX_LIMIT),
            offset=whole_number("offset", offset, 0, MAX_OFFSET),
        )

    def run(self, search: Search) -> Results:
        """Carry out a search; up to three passages with each hit."""
        catalogue = self._catalogue()
        results = self._engine.search(search)
        known = self._known(catalogue)
        if results.commit != known.indexed:
            # The index is ahead, or this is another's catalogue.
            catalogue.check_texts(hit.text for hit in results.hits)
        return replace(results, unsearchable=known.unsearchable)

    def search(
        self,
        text: str,
        *,
        region: Values = (),
        year: Values = (),
        topic: Values = (),
        mode: str = "words",
        whole_numbers: bool = False,
        sort: str = "relevance",
        limit: int | str = 10,
        offset: int | str = 0,
    ) -> Results:
        """`request` and `run` in one: what a notebook wants."""
        return self.run(
            self.request(
                text,
                region=region,
                year=year,
                topic=topic,
                mode=mode,
                whole_numbers=whole_numbers,
                sort=sort,
                limit=limit,
                offset=offset,
            )
        )

    def wordings(self, search: Search, only: str | None = None) -> Wordings:
        """How what a search looks for is worded: its sentences, alike ones as one.

        The search comes from `request`; `limit` and `offset` count wordings. With a wording's key,
        `only` that one, and they count its uses; raises BadWordingError for what is no key.
        """
        if only is not None and not is_key(only):
            raise BadWordingError(only)
        found = self._engine.wordings(search, only)
        return replace(found, results=replace(found.results, unsearchable=self.unsearchable()))

    def wording(self) -> Wording:
        """How the collection words things: what suggestions and diagnoses are made from."""
        return self._engine.wording()

    def overview(self) -> Overview:
        """The collection as a whole."""
        counts = self.counts()
        reports, facets = self._engine.overview()
        return Overview(reports, counts.characters, facets, self.unsearchable())

    def counts(self) -> Counts:
        """The collection in numbers, without the index."""
        return self._known(self._catalogue()).counts

    def unsearchable(self) -> Unsearchable:
        """What no search can look into, without the index."""
        return self._known(self._catalogue()).unsearchable

    def _known(self, catalogue: Catalogue) -> _Known:
        change = catalogue.change()
        known: _Known | None = getattr(self._local, "known", None)
        if known is None or known.change != change:
            # Counting goes over all reports: once a commit, not once a search.
            known = self._local.known = _Known.of(catalogue, change)
        return known

    def report(self, report: str) -> StoredReport:
        """Any report ever indexed, current or not; raises UnknownReportError."""
        wanted = normalised_id(report)
        if not is_id(wanted):
            raise UnknownReportError(report)
        return self._catalogue().report(wanted)

    def same_text(self, report: str) -> tuple[Copy, ...]:
        """The other current reports of the same text, as a PDF beside a DOCX, by format and id.

        None for a report that is not current.
        """
        return self._engine.same_text(normalised_id(report))

    def marks(self, document: Document, search: Search) -> tuple[tuple[int, int], ...]:
        """Where a search's text stands in a document's text: sorted, disjoint spans."""
        terms = marked_terms(search.tree)
        return marks(document.text, terms, whole_numbers=search.whole_numbers)

    def original(self, report: str) -> Path | None:
        """A file that still has exactly the bytes that the report was read from."""
        stored = self.report(report)
        return next((path for path in map(Path, stored.paths) if _is_still(path, stored)), None)

    def resolve(self, address: str) -> Resolution:
        """Follow a passage address; raises BadAddressError, UnknownReportError."""
        wanted = parse_address(address)
        catalogue = self._catalogue()
        report = catalogue.report(wanted.report)
        earlier: list[Document] = []

        def texts() -> Iterator[str]:
            for document in catalogue.earlier_documents(report.id):
                earlier.append(document)
                yield document.text

        found = trace(wanted, report.document.text, texts())
        return Resolution(
            status=found.status,
            address=wanted,
            report=report,
            span=found.spans[0] if found.total == 1 else None,
            places=found.spans if found.status is Found.AMBIGUOUS else (),
            total=found.total,
            words=found.words,
            earlier=None if found.earlier is None else earlier[found.earlier],
            was=found.was,
            newer=self._newer(report, found),
        )

    def _newer(self, report: StoredReport, found: Trace) -> Newer | None:
        latest = self.latest(report.id)
        if latest is None or found.words is None:
            return Newer(latest, None) if latest else None
        text = Compact(self.report(latest).document.text)
        firsts = text.places(found.words, found.around)
        addresses = (address_of(latest, first, found.words) for first in firsts[:MOST_PLACES])
        return Newer(latest, tuple(addresses), len(firsts))

    def latest(self, report: str) -> str | None:
        """The id of what stands in the place of a replaced report by now; None for all others."""
        return self._catalogue().latest(report)

    def versions(self, report: str) -> tuple[Version, ...]:
        """What has stood where a report stands or stood, itself included, the oldest first."""
        return self._catalogue().versions(report)

    def arrivals(self, reports: Iterable[str]) -> dict[str, Arrival]:
        """When these reports, by id, came into the collection."""
        return self._catalogue().arrivals(reports)

    def failures(self) -> tuple[Failure, ...]:
        """Files that could not be read, or only in part."""
        return self._catalogue().failures()

    def folders(self) -> tuple[str, ...]:
        """The folders that were indexed."""
        return self._catalogue().folders()

    def _catalogue(self) -> Catalogue:
        # SQLite connections stay with the thread that opened them.
        known: Catalogue | None = getattr(self._local, "catalogue", None)
        # Every search asks, and a Path takes several times as long to tell.
        if known is None or not os.path.isfile(self._catalogue_file):  # noqa: PTH113
            known = Catalogue.open(self.config.catalogue)
            self._local.catalogue = known
            self._local.known = None
        return known


def open_library(path: str | Path | None = None) -> Library:
    """The index in `path` (else $TIFA_INDEX, else data/index); raises NoIndexError."""
    library = Library(Config(index_directory(path, os.environ)))
    library.counts()
    return library


def _is_still(path: Path, stored: StoredReport) -> bool:
    try:
        if path.stat().st_size != stored.size:
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == stored.sha256
    except OSError:
        return False


def _values(given: Values) -> tuple[str, ...]:
    if given is None:
        return ()
    if isinstance(given, str | int):
        return (str(given),)
    return tuple(map(str, given))
