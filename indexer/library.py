"""An index opened for reading: search it, read its reports, follow its links.

The command, the web application and notebooks all go through `Library`. It is safe to share
between threads and follows what `tifa index` commits meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.addresses import Found, is_id, normalised_id, parse_address, resolve
from indexer.catalogue import Catalogue
from indexer.config import Config, index_directory
from indexer.engine import open_engine
from indexer.errors import EmptyQueryError, UnknownReportError
from indexer.passages import marks
from indexer.query.nodes import Everything
from indexer.query.syntax import parse
from indexer.query.terms import marked_terms
from indexer.records import Counts, Failure, StoredReport
from indexer.report import Document
from indexer.requests import (
    joined,
    lifted,
    parse_filters,
    parse_mode,
    parse_sort,
    whole_number,
)
from indexer.results import Facets, Results, Search, Unsearchable

MAX_LIMIT = 1000
"""Hits of one answer; each is read and marked."""

Values = str | int | Iterable[str | int] | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The collection as a whole: its size, its facets, what cannot be searched."""

    reports: int
    characters: int
    facets: Facets
    unsearchable: Unsearchable


@dataclass(frozen=True)
class Resolution:
    """What became of a passage address; `span` is [start, end) in the document's text."""

    status: Found
    report: StoredReport
    span: tuple[int, int] | None


class Library:
    """One index. Every method raises NoIndexError until something has been indexed.

    A process that answers many searches has it `at_hand` in memory.
    """

    def __init__(self, config: Config, *, at_hand: bool = False) -> None:
        self.config = config
        self._engine = open_engine(config, at_hand=at_hand)
        self._local = threading.local()

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
    ) -> Search:
        """Check a search as typed; raises RequestError.

        `region` takes codes or names, `year` years or ranges (2020-2025), `topic` keys or labels;
        each one value or several, `none` for the undecided. Those typed in `text` join them.
        `mode` is `words`, or `exact` to take unquoted text as one phrase; `whole_numbers` leaves
        out what is cut from a longer number (5亿元 in 15亿元).
        """
        given = parse_filters(_values(region), _values(year), _values(topic))
        asked = parse_mode(mode)
        parsed = parse(text, asked)
        tree, typed, problems = lifted(parsed.tree)
        filters = joined(given, typed)
        if isinstance(tree, Everything) and not filters:
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
            offset=whole_number("offset", offset, 0),
        )

    def run(self, search: Search) -> Results:
        """Carry out a search; up to three passages with each hit."""
        catalogue = self._catalogue()
        results = self._engine.search(search)
        catalogue.check_texts(hit.text for hit in results.hits)
        return replace(results, unsearchable=self.unsearchable())

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

    def overview(self) -> Overview:
        """The collection as a whole."""
        counts = self.counts()
        reports, facets = self._engine.overview()
        return Overview(reports, counts.characters, facets, self.unsearchable())

    def counts(self) -> Counts:
        """The collection in numbers, without the index."""
        catalogue = self._catalogue()
        change = catalogue.change()
        known: tuple[int, Counts] | None = getattr(self._local, "counts", None)
        if known is None or known[0] != change:
            # Counting goes over all reports: once a commit, not once a search.
            known = self._local.counts = (change, catalogue.counts())
        return known[1]

    def unsearchable(self) -> Unsearchable:
        """What no search can look into, without the index."""
        counts = self.counts()
        return Unsearchable(counts.failures + counts.pending, counts.unsearchable_pages)

    def report(self, report: str) -> StoredReport:
        """Any report ever indexed, current or not; raises UnknownReportError."""
        wanted = normalised_id(report)
        if not is_id(wanted):
            raise UnknownReportError(report)
        return self._catalogue().report(wanted)

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
        earlier = [document.text for document in catalogue.earlier_documents(report.id)]
        status, span = resolve(wanted, report.document.text, earlier)
        return Resolution(status, report, span)

    def failures(self) -> tuple[Failure, ...]:
        """Files that could not be read, or only in part."""
        return self._catalogue().failures()

    def folders(self) -> tuple[str, ...]:
        """The folders that were indexed."""
        return self._catalogue().folders()

    def _catalogue(self) -> Catalogue:
        # SQLite connections stay with the thread that opened them.
        known: Catalogue | None = getattr(self._local, "catalogue", None)
        if known is None or not self.config.catalogue.is_file():
            known = Catalogue.open(self.config.catalogue)
            self._local.catalogue = known
            self._local.counts = None
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
