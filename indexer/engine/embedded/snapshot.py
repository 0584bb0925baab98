"""One committed state of the index, opened: what every part of an answer is computed from."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from indexer.config import Config
from indexer.engine.embedded import arrays, phrases, postings
from indexer.engine.embedded.schema import (
    WORD_FIELDS,
    newest_generation,
    segment_reader,
    table_of_contents,
)
from indexer.errors import IndexDamagedError

_ATTEMPTS = 20
"""A commit may delete the files that a table of contents just read still names."""


@dataclass(frozen=True)
class Segment:
    """Whoosh's reader and our arrays for the same reports, in the same order."""

    reader: IndexReader
    texts: arrays.Texts
    columns: arrays.Columns


@dataclass(frozen=True)
class Snapshot:
    """All segments of one generation; report numbers run through them in order."""

    generation: int
    segments: tuple[Segment, ...]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    """Whoosh's readers seek in shared files."""

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Which reports have not been deleted since their segment was written."""
        masks = []
        for segment in self.segments:
            mask = np.ones(segment.reader.doc_count_all(), dtype=np.bool_)
            mask[list(segment.reader.segment().deleted_docs())] = False
            masks.append(mask)
        return _concatenated(masks, np.bool_)

    @cached_property
    def ids(self) -> NDArray[np.str_]:
        """Report ids."""
        return _concatenated([segment.columns.id for segment in self.segments], np.str_)

    @cached_property
    def region(self) -> NDArray[np.int32]:
        """GB/T 2260 codes, 0 for undecided."""
        return _concatenated([segment.columns.region for segment in self.segments], np.int32)

    @cached_property
    def year(self) -> NDArray[np.int32]:
        """Years, 0 for undecided."""
        return _concatenated([segment.columns.year for segment in self.segments], np.int32)

    @cached_property
    def date(self) -> NDArray[np.int32]:
        """YYYYMMDD, zeros for what is not known."""
        return _concatenated([segment.columns.date for segment in self.segments], np.int32)

    @cached_property
    def topics(self) -> dict[str, NDArray[np.bool_]]:
        """For each topic, which reports have it."""
        keys = sorted({key for segment in self.segments for key in segment.columns.topic_keys})
        return {
            key: _concatenated(
                [_topic(segment.columns, key) for segment in self.segments], np.bool_
            )
            for key in keys
        }

    @cached_property
    def lengths(self) -> postings.FieldLengths:
        """Field lengths for ranking."""
        with self._lock:
            return postings.field_lengths([segment.reader for segment in self.segments], self.live)

    def occurrences(self, term: str) -> NDArray[np.int64]:
        """How often a folded string occurs in each report."""
        return _concatenated(
            [phrases.counts(segment.texts, term) for segment in self.segments], np.int64
        )

    def frequencies(self, word: str) -> dict[str, postings.Counts]:
        """How often a word was cut out of each field of each report."""
        with self._lock:
            return {
                name: _concatenated(
                    [postings.frequencies(segment.reader, name, word) for segment in self.segments],
                    np.float32,
                )
                for name in WORD_FIELDS
            }

    def stored(self, number: int) -> dict[str, str]:
        """Whoosh's stored fields of a report."""
        for segment in self.segments:
            count = segment.reader.doc_count_all()
            if number < count:
                with self._lock:
                    stored: dict[str, str] = segment.reader.stored_fields(number)
                return stored
            number -= count
        raise ValueError(f"no report of number {number}")


def open_snapshot(config: Config) -> Snapshot:
    """Open what the newest table of contents names; raises IndexDamagedError."""
    generation = newest_generation(config.segments)
    for _ in range(_ATTEMPTS):
        try:
            return _opened(config.segments)
        except Exception as error:
            newest = newest_generation(config.segments)
            if newest == generation:
                raise IndexDamagedError(config.index, str(error)) from error
            generation = newest
    raise IndexDamagedError(config.index, "索引一直在变动")


def _opened(directory: Path) -> Snapshot:
    toc = table_of_contents(directory)
    segments = []
    for segment in toc.segments:
        reader = segment_reader(directory, toc.schema, segment)
        path = arrays.array_path(directory, segment.segment_id())
        segments.append(Segment(reader, *arrays.read(path)))
    snapshot = Snapshot(toc.generation, tuple(segments))
    # Whoever still computes an answer from it keeps it open; then its files are closed.
    weakref.finalize(snapshot, _close, [segment.reader for segment in segments])
    return snapshot


def _close(readers: Sequence[IndexReader]) -> None:
    for reader in readers:
        reader.close()


def _topic(columns: arrays.Columns, key: str) -> NDArray[np.bool_]:
    if key in columns.topic_keys:
        column: NDArray[np.bool_] = columns.topic[:, columns.topic_keys.index(key)]
        return column
    return np.zeros(len(columns.region), dtype=np.bool_)


def _concatenated(parts: Sequence[NDArray], kind: type) -> NDArray:  # type: ignore[type-arg]
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)
