"""One committed state of the index, opened: what every part of an answer is computed from."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.fields import Schema
from whoosh.reading import SegmentReader

from indexer.config import Config
from indexer.engine.embedded import arrays, postings
from indexer.engine.embedded.schema import (
    WORD_FIELDS,
    newest_state,
    postings_path,
    segment_reader,
    table_of_contents,
)
from indexer.engine.embedded.segment import Segment
from indexer.errors import IndexDamagedError
from indexer.paired import PairedText
from indexer.records import Entry

_ATTEMPTS = 20
"""A commit may delete the files that a table of contents just read still names."""


@dataclass(frozen=True)
class Snapshot:
    """All segments of one generation; report numbers run through them in order."""

    state: tuple[int, int]
    """What tells this commit from all others."""
    segments: tuple[Segment, ...]

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Which reports have not been deleted since their segment was written."""
        return self.gather(lambda segment: segment.live, np.bool_)

    @cached_property
    def ids(self) -> NDArray[np.str_]:
        """Report ids."""
        return self.gather(lambda segment: segment.columns.id, np.str_)

    @cached_property
    def region(self) -> NDArray[np.int32]:
        """GB/T 2260 codes, 0 for undecided."""
        return self.gather(lambda segment: segment.columns.region, np.int32)

    @cached_property
    def year(self) -> NDArray[np.int32]:
        """Years, 0 for undecided."""
        return self.gather(lambda segment: segment.columns.year, np.int32)

    @cached_property
    def date(self) -> NDArray[np.int32]:
        """YYYYMMDD, zeros for what is not known."""
        return self.gather(lambda segment: segment.columns.date, np.int32)

    @cached_property
    def topics(self) -> dict[str, NDArray[np.bool_]]:
        """For each topic, which reports have it."""
        keys = sorted({key for segment in self.segments for key in segment.columns.topic_keys})
        return {key: self.gather(partial(_topic, key=key), np.bool_) for key in keys}

    @cached_property
    def lengths(self) -> postings.FieldLengths:
        """Field lengths for ranking."""
        lengths = {
            name: self.gather(partial(_lengths, name=name), np.int32) for name in WORD_FIELDS
        }
        return postings.field_lengths(lengths, self.live)

    def occurrences(self, term: str) -> NDArray[np.int64]:
        """How often a folded string occurs in each report."""
        return self.gather(lambda segment: segment.counts(term), np.int64)

    def frequencies(self, word: str) -> dict[str, postings.Counts]:
        """How often a word was cut out of each field of each report."""
        return {
            name: self.gather(partial(Segment.frequencies, name=name, word=word), np.float32)
            for name in WORD_FIELDS
        }

    def entry(self, number: int) -> Entry:
        """What a report is."""
        segment, inside = self.located(number)
        return segment.entry(inside)

    def paired(self, number: int) -> PairedText:
        """A report's original and folded text."""
        segment, inside = self.located(number)
        return segment.paired(inside)

    def located(self, number: int) -> tuple[Segment, int]:
        """The segment that holds a report, and its number there."""
        for segment in self.segments:
            if number < segment.size:
                return segment, number
            number -= segment.size
        raise ValueError(f"no report of number {number}")

    def gather(self, part: Callable[[Segment], NDArray[Any]], kind: type) -> NDArray[Any]:
        """One element a report, segment after segment."""
        parts = [part(segment) for segment in self.segments]
        return np.concatenate(parts) if parts else np.empty(0, dtype=kind)


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
    raise IndexDamagedError(config.index, "索引一直在变动")


def _opened(directory: Path, state: tuple[int, int]) -> Snapshot:
    toc = table_of_contents(directory)
    with ExitStack() as stack:
        segments = [open_segment(directory, toc.schema, segment, stack) for segment in toc.segments]
        stack.pop_all()
    snapshot = Snapshot(state, tuple(segments))
    # Whoever still computes an answer from it keeps it open; then its files are closed.
    weakref.finalize(snapshot, _close, [segment.reader for segment in segments])
    return snapshot


def open_segment(
    directory: Path, fields: Schema, whoosh_segment: WhooshSegment, stack: ExitStack
) -> Segment:
    """Open all of a segment's files; the stack closes them if another one cannot be opened."""
    name = whoosh_segment.segment_id()
    texts, columns = arrays.read(arrays.array_path(directory, name))
    path = postings_path(directory, name)
    # Reports without a single word have no postings, and nothing cannot be mapped.
    mapped = (
        np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
        if path.stat().st_size
        else np.empty(0, dtype=np.uint8)
    )
    reader = segment_reader(directory, fields, whoosh_segment)
    stack.callback(reader.close)
    return Segment(reader, texts, columns, mapped)


def _close(readers: Sequence[SegmentReader]) -> None:
    for reader in readers:
        reader.close()


def _lengths(segment: Segment, name: str) -> NDArray[np.int32]:
    return segment.columns.lengths[name]


def _topic(segment: Segment, key: str) -> NDArray[np.bool_]:
    if key in segment.columns.topic_keys:
        column: NDArray[np.bool_] = segment.columns.topic[:, segment.columns.topic_keys.index(key)]
        return column
    return np.zeros(segment.size, dtype=np.bool_)
