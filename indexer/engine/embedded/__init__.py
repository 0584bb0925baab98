"""The embedded engine: Whoosh for words, NumPy for everything that is counted.

- `schema`: Whoosh's fields; versions.
- `writer`: the segments brought up to the catalogue; `building`: reports -> arrays.
- `arrays`: the files beside Whoosh's own; `codec`: posting lists as arrays in Whoosh's.
- `suffixes`: every occurrence of a string; `segment`, `snapshot`: a committed state, opened.
- `evaluate`: tree -> found, counted, scored, by way of `near` (same sentence), `postings` (BM25F
  of words) and `ranking` (of pairs and sentences; `source` shows it a snapshot).
- `facets`: filters and counts.

Whoosh is imported nowhere else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indexer.addresses import report_url
from indexer.config import Config
from indexer.engine.embedded import facets, schema, writer
from indexer.engine.embedded.evaluate import Evaluated, evaluate
from indexer.engine.embedded.segment import SegmentDamagedError
from indexer.engine.embedded.snapshot import Snapshot, open_snapshot
from indexer.errors import IndexDamagedError, NoIndexError
from indexer.passages import passages
from indexer.query.terms import marked_terms, only_phrases
from indexer.records import Entry
from indexer.report import Document
from indexer.results import Facets, Filters, Hit, Problem, Results, Search, Sort, Unsearchable

NOT_ALL_WORDS = "没有一篇报告含有全部词语，下面是含有其中大部分的。"

_LAST = np.iinfo(np.int32).max


class EmbeddedEngine:
    """Safe to share between threads; follows the commits of other processes."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def search(self, search: Search) -> Results:
        """As `Engine.search`; raises NoIndexError, IndexDamagedError."""
        try:
            return self._search(search, self._current())
        except SegmentDamagedError as error:
            raise IndexDamagedError(self._config.index, str(error)) from error

    def _search(self, search: Search, snapshot: Snapshot) -> Results:
        masks = facets.filter_masks(search.filters, snapshot)
        evaluated = evaluate(
            search.tree,
            snapshot,
            whole_numbers=search.whole_numbers,
            by_relevance=search.sort is Sort.RELEVANCE,
        )
        if evaluated.relaxed:
            search = replace(search, problems=(*search.problems, Problem(NOT_ALL_WORDS)))
        found = evaluated.found & masks.all
        order = _order(search.sort, np.flatnonzero(found), evaluated, snapshot)
        page = order[search.offset : search.offset + search.limit]
        terms = marked_terms(search.tree)
        return Results(
            search=search,
            total=len(order),
            occurrences=int(evaluated.matches[found].sum()) if only_phrases(search.tree) else None,
            unsearchable=Unsearchable(),
            facets=facets.count(evaluated.found, search.filters, masks, snapshot),
            hits=tuple(
                _hit(number, evaluated, snapshot, terms, search.whole_numbers)
                for number in page.tolist()
            ),
        )

    def overview(self) -> tuple[int, Facets]:
        """As `Engine.overview`."""
        snapshot = self._current()
        nothing = Filters()
        masks = facets.filter_masks(nothing, snapshot)
        counted = facets.count(snapshot.live, nothing, masks, snapshot)
        return int(np.count_nonzero(snapshot.live)), counted

    def is_built(self) -> bool:
        """As `Engine.is_built`."""
        return schema.newest_state(self._config.segments) is not None

    def update(
        self,
        entries: Iterable[Entry],
        load: Callable[[str], Document],
        progress: Callable[[int, int], None],
    ) -> bool:
        """As `Engine.update`; only one process at a time may."""
        return writer.update(self._config.segments, entries, load, progress)

    def _current(self) -> Snapshot:
        with self._lock:
            newest = schema.newest_state(self._config.segments)
            if newest is None and self._config.catalogue.is_file():
                raise IndexDamagedError(self._config.index, "索引文件不在了")
            if newest is None:
                raise NoIndexError(self._config.index)
            if self._snapshot is None or self._snapshot.state != newest:
                self._snapshot = open_snapshot(self._config)
            return self._snapshot


def _order(
    sort: Sort, found: NDArray[np.intp], evaluated: Evaluated, snapshot: Snapshot
) -> NDArray[np.intp]:
    """The found reports in the order asked for; ids decide last, so that no order is by chance."""
    date = snapshot.date[found]
    newest_first = -date
    best_first = -evaluated.score[found]
    keys: list[NDArray[np.generic]]
    match sort:
        case Sort.RELEVANCE:
            keys = [best_first, newest_first]
        case Sort.NEWEST:
            keys = [newest_first, best_first]
        case Sort.OLDEST:
            keys = [np.where(date == 0, _LAST, date), best_first]
        case Sort.MATCHES:
            keys = [-evaluated.matches[found], best_first]
        case Sort.REGION:
            region = snapshot.region[found]
            keys = [np.where(region == 0, _LAST, region), newest_first]
    order = np.lexsort((snapshot.ids[found], *reversed(keys)))
    return found[order]


def _hit(
    number: int, evaluated: Evaluated, snapshot: Snapshot, terms: Sequence[str], whole: bool
) -> Hit:
    entry = snapshot.entry(number)
    metadata = entry.metadata
    return Hit(
        id=entry.report,
        text=entry.text,
        title=metadata.title,
        region=metadata.region,
        year=metadata.year,
        topics=metadata.topics,
        issuer=metadata.issuer,
        date=metadata.date,
        kind=metadata.kind,
        matches=int(evaluated.matches[number]),
        score=float(evaluated.score[number]),
        url=report_url(entry.report),
        passages=passages(entry.report, snapshot.paired(number), terms, whole_numbers=whole),
    )
