"""A snapshot as the ranking looks at it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.ranking import Texts
from indexer.engine.embedded.segment import Segment
from indexer.engine.embedded.snapshot import Snapshot


class SnapshotSource:
    """`ranking.Source` over the segments of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.live = snapshot.live
        self.lengths: NDArray[np.integer[Any]] = snapshot.gather(_lengths, np.int64)
        reports = max(1, int(np.count_nonzero(self.live)))
        self.mean_length = int(self.lengths[self.live].sum()) / reports
        sentences = sum(len(segment.texts.sentences) for segment in snapshot.segments)
        self._mean_sentence = int(self.lengths.sum()) / max(1, sentences)

    def occurrences(self, string: str) -> int:
        """As `Source.occurrences`."""
        return sum(segment.occurrences(string) for segment in self._snapshot.segments)

    def counts(self, string: str) -> NDArray[np.int64]:
        """As `Source.counts`."""
        return self._snapshot.occurrences(string)

    def texts(self, numbers: NDArray[np.intp]) -> Texts:
        """As `Source.texts`."""
        codes, sentences, sizes = [], [], [0]
        for segment, number in map(self._located, numbers.tolist()):
            start, end = segment.texts.starts[number : number + 2].tolist()
            inside = segment.texts.sentences
            low, high = np.searchsorted(inside, (start, end))
            # A table at the beginning has no sentence before its first cell.
            begins = np.union1d(inside[low:high] - start, [0])
            sentences.append(begins + sizes[-1])
            codes.append(segment.texts.text.view(">u2")[start:end])
            sizes.append(sizes[-1] + end - start)
        return Texts(
            codes=np.concatenate(codes).astype(np.uint16),
            starts=np.array(sizes, dtype=np.int64),
            sentences=np.concatenate(sentences).astype(np.int64),
            mean_length=self.mean_length,
            mean_sentence=self._mean_sentence,
        )

    def _located(self, number: int) -> tuple[Segment, int]:
        for segment in self._snapshot.segments:
            if number < segment.size:
                return segment, number
            number -= segment.size
        raise ValueError(f"no report of number {number}")


def _lengths(segment: Segment) -> NDArray[np.int64]:
    return np.diff(segment.texts.starts)
