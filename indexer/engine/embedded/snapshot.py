"""One committed state of the index, opened: what every part of an answer is computed from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment as WhooshSegment

from indexer.config import Config
from indexer.engine.embedded import arrays, postings, tables
from indexer.engine.embedded.caching import Cache
from indexer.engine.embedded.postings import Held, Postings
from indexer.engine.embedded.schema import (
    WORD_FIELDS,
    commit_name,
    newest_state,
    postings_path,
    table_of_contents,
)
from indexer.engine.embedded.segment import Segment
from indexer.errors import IndexDamagedError
from indexer.messages import N_, Message
from indexer.paired import PairedText
from indexer.records import Entry
from indexer.units import UNIT

MOST_KEPT = 32_000_000
"""Bytes of posting lists that are kept for the next query: its next page, another filter.

Of words so many, and of strings.
"""
MOST_MASKS_KEPT = 16_000_000

_ATTEMPTS = 20
"""A commit may delete the files that a table of contents just read still names."""


@dataclass(frozen=True)
class Snapshot:
    """All segments of one generation; report numbers run through them in order."""

    state: tuple[int, int]
    """What tells this commit from all others of this index."""
    commit: str
    """The same among those of all indexes."""
    segments: tuple[Segment, ...]
    _words: Cache[Held] = field(default_factory=lambda: Cache(MOST_KEPT))
    _strings: Cache[Postings] = field(default_factory=lambda: Cache(MOST_KEPT))
    _masks: Cache[NDArray[np.bool_]] = field(default_factory=lambda: Cache(MOST_MASKS_KEPT))

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Which reports have not been deleted since their segment was written."""
        return self.gather(lambda segment: segment.live, np.bool_)

    @cached_property
    def ids(self) -> NDArray[np.str_]:
        """Report ids."""
        return self.gather(lambda segment: segment.columns.id, np.str_)

    @cached_property
    def regions(self) -> tables.Regions:
        """The region of each report."""
        return tables.Regions.of(self.gather(lambda segment: segment.columns.region, np.int32))

    @cached_property
    def years(self) -> tables.Years:
        """The year of each report."""
        return tables.Years.of(self.gather(lambda segment: segment.columns.year, np.int32))

    @cached_property
    def date(self) -> NDArray[np.int32]:
        """YYYYMMDD, zeros for what is not known."""
        return self.gather(lambda segment: segment.columns.date, np.int32)

    @cached_property
    def added(self) -> NDArray[np.int64]:
        """When each report came into the collection, in seconds since 1970."""
        return self.gather(lambda segment: segment.columns.added, np.int64)

    @cached_property
    def text(self) -> NDArray[np.int64]:
        """The number of each report's text: reports of the same text have the same one."""
        same = self.gather(lambda segment: segment.columns.same, np.uint64)
        return np.unique(same, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def all_different(self) -> bool:
        """Whether no two live reports have the same text."""
        return self.texts(self.live.nonzero()[0]) == self.total

    def texts(self, reports: NDArray[np.intp]) -> int:
        """How many different texts these live reports have."""
        if len(reports) == len(self.live):
            return int(self.text.max(initial=-1)) + 1
        has = np.zeros(len(self.live), dtype=np.bool_)
        has[self.text[reports]] = True
        return int(np.count_nonzero(has))

    @cached_property
    def format(self) -> NDArray[np.str_]:
        """What each report's file is, a `Format`."""
        return self.gather(lambda segment: segment.columns.format, np.str_)

    def copies(self, report: int) -> NDArray[np.intp]:
        """The live reports of the same text as one, itself included, by format and id."""
        same: NDArray[np.intp] = ((self.text == self.text[report]) & self.live).nonzero()[0]
        return same[np.lexsort((self.ids[same], self.format[same]))]

    @cached_property
    def topics(self) -> tables.Topics:
        """The topics of each report."""
        keys = sorted({key for segment in self.segments for key in segment.columns.topic_keys})
        has = {key: self.gather(partial(_topic, key=key), np.bool_) for key in keys}
        return tables.Topics.of(has, len(self.live))

    @cached_property
    def total(self) -> int:
        """How many reports are live."""
        return int(np.count_nonzero(self.live))

    @cached_property
    def norms(self) -> dict[str, postings.Scores]:
        """What BM25F divides occurrences by: for each field of words and each report."""
        lengths = {name: self.gather(partial(_words, name=name), np.int32) for name in WORD_FIELDS}
        return postings.norms(lengths, self.live)

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """Code units of each folded text, its separator included."""
        return self.gather(lambda segment: np.diff(segment.texts.starts), np.int64)

    @cached_property
    def letters(self) -> NDArray[np.int64]:
        """How often each code unit occurs in all texts together, deleted ones too."""
        counts = np.zeros(1 << 8 * UNIT, dtype=np.int64)
        for segment in self.segments:
            counts[segment.texts.letters] += np.diff(segment.texts.letter_starts)
        return counts

    @cached_property
    def mean_length(self) -> float:
        """Of the live reports."""
        return int(self.lengths[self.live].sum()) / max(1, self.total)

    @cached_property
    def mean_sentence(self) -> float:
        """Code units of a sentence, of the live reports."""
        sentences = sum(segment.live_sentences for segment in self.segments)
        return int(self.lengths[self.live].sum()) / max(1, sentences)

    def holders(self, reports: NDArray[np.intp]) -> int:
        """How many of these are live."""
        if self.total == len(self.live):
            return len(reports)
        return int(np.count_nonzero(self.live[reports]))

    def mask(self, reports: NDArray[np.intp]) -> NDArray[np.bool_]:
        """These reports, among all."""
        mask = np.zeros(len(self.live), dtype=np.bool_)
        mask[reports] = True
        return mask

    def occurrences(self, term: str) -> Postings:
        """How often a folded string occurs in each report."""
        return self._strings.get(term, lambda: self.joined(lambda segment: segment.counts(term)))

    def holding(self, term: str) -> NDArray[np.bool_]:
        """Which reports a folded string occurs in; not to be written to."""

        def found() -> NDArray[np.bool_]:
            mask = self.gather(lambda segment: segment.holding(term), np.bool_)
            mask.setflags(write=False)
            return mask

        return self._masks.get(term, found)

    def word(self, word: str) -> Held:
        """Out of which reports a word was cut, and how often; not to be written to."""
        return self._words.get(word, lambda: self._held(word))

    def joined(self, part: Callable[[Segment], Postings]) -> Postings:
        """Posting lists of the segments as one of the snapshot."""
        sizes = [segment.size for segment in self.segments]
        return postings.joined([part(segment) for segment in self.segments], sizes)

    def _held(self, word: str) -> Held:
        lists = {
            name: [segment.frequencies(name, word) for segment in self.segments]
            for name in WORD_FIELDS
        }
        return Held.of(lists, [segment.size for segment in self.segments])

    def entries(self, numbers: NDArray[np.intp]) -> list[Entry]:
        """What reports of ascending numbers are."""
        parts = (segment.entries(inside) for segment, inside in self.by_segment(numbers))
        return [entry for part in parts for entry in part]

    def paired(self, numbers: NDArray[np.intp]) -> list[PairedText]:
        """The original and folded texts of reports of ascending numbers."""
        parts = (segment.paired(inside) for segment, inside in self.by_segment(numbers))
        return [text for part in parts for text in part]

    def by_segment(self, numbers: NDArray[np.intp]) -> Iterator[tuple[Segment, NDArray[np.intp]]]:
        """Ascending numbers of reports, by the segment that holds them, as numbers there."""
        base = 0
        for segment in self.segments:
            low, high = numbers.searchsorted((base, base + segment.size)).tolist()
            if low < high:
                yield segment, numbers[low:high] - base
            base += segment.size

    def populate(self) -> None:
        """Have all of it at hand in memory, unless it would take more than half of what there is.

        A query touches hundreds of pages all over the files, and each costs the more when it is
        the first to. 2 GB take 2 s from a disk, 0.1 s if they have just been written.
        """
        mapped = [array for segment in self.segments for array in segment.arrays()]
        if 2 * sum(array.nbytes for array in mapped) < _memory():
            for array in mapped:
                arrays.populate(array)

    def gather(self, part: Callable[[Segment], NDArray[Any]], kind: type) -> NDArray[Any]:
        """One element a report, segment after segment."""
        parts = [part(segment) for segment in self.segments]
        return np.concatenate(parts) if parts else np.empty(0, dtype=kind)


def _memory() -> int:
    """Bytes of the machine's memory, 0 where it does not say."""
    if not hasattr(os, "sysconf"):
        return 0
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def open_snapshot(config: Config) -> Snapshot:
    """Open what the newest table of contents names; raises IndexDamagedError."""
    state = newest_state(config.segments)
    for _ in range(_ATTEMPTS):
        try:
            return _opened(config.segments, state or (0, 0))
        except Exception as error:
            # A damaged file fails anywhere inside Whoosh.
            newest = newest_state(config.segments)
            if newest == state:
                raise IndexDamagedError(config.index, str(error)) from error
            state = newest
    raise IndexDamagedError(config.index, Message(N_("索引一直在变动")))


def _opened(directory: Path, state: tuple[int, int]) -> Snapshot:
    toc = table_of_contents(directory)
    segments = tuple(open_segment(directory, segment) for segment in toc.segments)
    return Snapshot(state, commit_name(directory, toc.generation), segments)


def open_segment(directory: Path, whoosh_segment: WhooshSegment) -> Segment:
    """Open all of a segment's files; raises OSError for a missing one, ValueError for damage."""
    name = whoosh_segment.segment_id()
    path = postings_path(directory, name)
    # Reports without a single word have no postings, and nothing cannot be mapped.
    mapped = (
        np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
        if path.stat().st_size
        else np.empty(0, dtype=np.uint8)
    )
    return Segment(whoosh_segment, *arrays.read(arrays.array_path(directory, name)), mapped)


def _words(segment: Segment, name: str) -> NDArray[np.int32]:
    return segment.columns.lengths[name]


def _topic(segment: Segment, key: str) -> NDArray[np.bool_]:
    if key in segment.columns.topic_keys:
        column: NDArray[np.bool_] = segment.columns.topic[:, segment.columns.topic_keys.index(key)]
        return column
    return np.zeros(segment.size, dtype=np.bool_)
