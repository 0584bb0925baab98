"""The embedded engine: Whoosh for words, NumPy for everything that is counted.

- `schema`: Whoosh's fields; versions.
- `writer`: the segments brought up to the catalogue; `building`: reports -> arrays,
  by way of `numbering` (words -> numbers).
- `arrays`: the files beside Whoosh's own; `codec`: posting lists as arrays in Whoosh's, whose
  terms `term_table` writes.
- `sealing`: whether a file is as it was written; `inspecting`: whether all of them are.
- `suffixes`: every occurrence of a string; `bitmaps`: which reports hold the frequent ones;
  `segment`, `snapshot`: a committed state, opened; `watching`: whether there is a newer one.
- `evaluate`: tree -> found, counted, scored, by way of `near` (same sentence; `stretches`: which
  sentence places lie in), `whole_numbers`,
  `postings` (lists, BM25F of words; `caching` keeps some) and `ranking` (of pairs and sentences;
  `source` shows it a snapshot).
- `facets`: filters and counts, from `tables` made once a snapshot; `selecting`: the page asked for;
  `showing`: its hits and their passages, by way of `standing` (where strings are in them);
  `copies`: what has the same text as they;
- `sentences`: which sentences hold what was asked for; `grouping`: alike ones as one;
  `wording`: what suggestions are made from.

Whoosh is imported nowhere else. Arrays are asked by their methods (`a.searchsorted(b)`), for
NumPy's functions of the same names take as long again to get there: a query has a hundred such
calls, most of them for small arrays.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.config import Config
from indexer.engine import Inspection, Wording
from indexer.engine.embedded import facets, schema, writer
from indexer.engine.embedded.copies import of_report, with_copies
from indexer.engine.embedded.evaluate import Evaluated, Lookup, evaluate
from indexer.engine.embedded.facets import FilterMasks
from indexer.engine.embedded.grouping import Grouped, entries
from indexer.engine.embedded.inspecting import inspect
from indexer.engine.embedded.segment import SegmentDamagedError
from indexer.engine.embedded.selecting import Key, foremost
from indexer.engine.embedded.sentences import holding, manageable
from indexer.engine.embedded.showing import hits
from indexer.engine.embedded.snapshot import Snapshot, open_snapshot
from indexer.engine.embedded.watching import Watch
from indexer.engine.embedded.wording import SnapshotWording
from indexer.errors import IndexDamagedError, NoIndexError
from indexer.messages import N_, Message
from indexer.query.terms import marked_terms, only_phrases
from indexer.records import Entry
from indexer.report import Document
from indexer.results import Copy, Facets, Filters, Hit, Problem, Results, Search, Sort, Unsearchable
from indexer.wordings import Wordings

NOT_ALL_WORDS = N_("没有一篇报告含有全部词语，下面是含有其中大部分的。")

Reports = NDArray[np.intp]

_LAST = np.int32(np.iinfo(np.int32).max)


class EmbeddedEngine:
    """Safe to share between threads; follows the commits of other processes."""

    def __init__(self, config: Config, *, at_hand: bool = False) -> None:
        self._config = config
        self._at_hand = at_hand
        self._watch = Watch(config.segments)
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def search(self, search: Search) -> Results:
        """As `Engine.search`; raises NoIndexError, IndexDamagedError."""
        try:
            return self._search(search, self._current())
        except SegmentDamagedError as error:
            raise IndexDamagedError(self._config.index, str(error)) from error

    def _search(self, search: Search, snapshot: Snapshot) -> Results:
        found = _Found.of(search, snapshot, by_relevance=search.sort is Sort.RELEVANCE)
        keys = _keys(search.sort, found.terms, found.evaluated, found.lookup)
        ranked = foremost(found.reports, keys, search.offset + search.limit)
        page = hits(ranked[search.offset :], found.terms, found.evaluated, found.lookup)
        return found.results(with_copies(page, ranked, snapshot))

    def wordings(self, search: Search, only: str | None = None) -> Wordings:
        """As `Engine.wordings`; raises NoIndexError, IndexDamagedError."""
        try:
            return self._wordings(search, only, self._current())
        except SegmentDamagedError as error:
            raise IndexDamagedError(self._config.index, str(error)) from error

    def _wordings(self, search: Search, only: str | None, snapshot: Snapshot) -> Wordings:
        found = _Found.of(search, snapshot, by_relevance=False)
        reports = manageable(found.reports, found.terms, found.lookup)
        sentences, loose = holding(search.tree, found.terms, reports, found.lookup)
        grouped = Grouped.of(sentences)
        return Wordings(
            results=found.results(()),
            total=len(grouped),
            sentences=len(sentences),
            reports=len(np.unique(sentences.report)),
            looked_at=len(reports),
            loose=loose,
            entries=entries(grouped, search, only, found.lookup),
        )

    def same_text(self, report: str) -> tuple[Copy, ...]:
        """As `Engine.same_text`."""
        return of_report(report, self._current())

    def overview(self) -> tuple[int, Facets]:
        """As `Engine.overview`."""
        snapshot = self._current()
        nothing = Filters()
        masks = facets.filter_masks(nothing, snapshot)
        counted = facets.count(snapshot.live, nothing, masks, snapshot)
        return snapshot.total, counted

    def wording(self) -> Wording:
        """As `Engine.wording`."""
        return SnapshotWording(self._current())

    def commit(self) -> str:
        """As `Engine.commit`."""
        state = schema.newest_state(self._config.segments)
        return schema.commit_name(self._config.segments, state[0]) if state else ""

    def update(
        self,
        entries: Iterable[Entry],
        load: Callable[[str], Document],
        progress: Callable[[int, int], None],
        *,
        verify: bool = False,
    ) -> bool:
        """As `Engine.update`; only one process at a time may."""
        return writer.update(self._config.segments, entries, load, progress, verify=verify)

    def inspect(self, entries: Iterable[Entry], progress: Callable[[int, int], None]) -> Inspection:
        """As `Engine.inspect`."""
        return inspect(self._config.segments, entries, progress)

    def _current(self) -> Snapshot:
        with self._lock:
            newest = self._watch.newest_state()
            if newest is None and self._config.catalogue.is_file():
                raise IndexDamagedError(self._config.index, Message(N_("索引文件不在了")))
            if newest is None:
                raise NoIndexError(self._config.index)
            if self._snapshot is None or self._snapshot.state != newest:
                self._snapshot = open_snapshot(self._config)
                if self._at_hand:
                    threading.Thread(target=self._snapshot.populate, daemon=True).start()
            return self._snapshot


@dataclass(frozen=True)
class _Found:
    """What a search finds: the reports that pass its filters, and what finding them was done with.

    `search` is as it was asked for, and says so if what is found has not all the words.
    """

    search: Search
    terms: tuple[str, ...]
    masks: FilterMasks
    lookup: Lookup
    evaluated: Evaluated
    reports: Reports

    @classmethod
    def of(cls, search: Search, snapshot: Snapshot, *, by_relevance: bool) -> _Found:
        masks = facets.filter_masks(search.filters, snapshot)
        lookup = Lookup(snapshot, whole_numbers=search.whole_numbers)
        evaluated = evaluate(search.tree, lookup, by_relevance=by_relevance)
        if evaluated.relaxed:
            search = replace(search, problems=(*search.problems, Problem(NOT_ALL_WORDS)))
        reports = masks.passed(evaluated.found).nonzero()[0]
        return cls(search, marked_terms(search.tree), masks, lookup, evaluated, reports)

    def results(self, page: tuple[Hit, ...]) -> Results:
        """The answer that shows these hits."""
        snapshot = self.lookup.snapshot
        occurrences = None
        if only_phrases(self.search.tree):
            occurrences = int(self.lookup.matches(self.terms)[self.reports].sum())
        return Results(
            search=self.search,
            total=len(self.reports),
            occurrences=occurrences,
            unsearchable=Unsearchable(),
            facets=facets.count(self.evaluated.found, self.search.filters, self.masks, snapshot),
            hits=page,
            relaxed=self.evaluated.relaxed,
            texts=snapshot.texts(self.reports),
            commit=snapshot.commit,
        )


def _keys(sort: Sort, terms: Sequence[str], evaluated: Evaluated, lookup: Lookup) -> list[Key]:
    """What the order asked for goes by; ids decide last, so that no order is by chance."""
    snapshot = lookup.snapshot

    def best_first(reports: Reports) -> NDArray[np.float32]:
        return -evaluated.score[reports]

    def newest_first(reports: Reports) -> NDArray[np.int32]:
        return -snapshot.date[reports]

    def oldest_first(reports: Reports) -> NDArray[np.int32]:
        date = snapshot.date[reports]
        return np.where(date == 0, _LAST, date)

    def added_last_first(reports: Reports) -> NDArray[np.int64]:
        return -snapshot.added[reports]

    def most_first(reports: Reports) -> NDArray[np.int64]:
        return -lookup.matches(terms)[reports]

    keys: list[Key]
    match sort:
        case Sort.RELEVANCE:
            keys = [best_first, newest_first]
        case Sort.NEWEST:
            keys = [newest_first, best_first]
        case Sort.OLDEST:
            keys = [oldest_first, best_first]
        case Sort.MATCHES:
            keys = [most_first, best_first]
        case Sort.REGION:
            keys = [snapshot.regions.order, newest_first]
        case Sort.ADDED:
            keys = [added_last_first, newest_first]
    return [*keys, snapshot.ids.__getitem__]
