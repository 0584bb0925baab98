"""A snapshot as the ranking looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.postings import Postings
from indexer.engine.embedded.ranking import Texts
from indexer.engine.embedded.snapshot import Snapshot
from indexer.units import UNIT


class SnapshotSource:
    """`ranking.Source` over the segments of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.live = snapshot.live
        self.lengths: NDArray[np.integer[Any]] = snapshot.lengths
        self.mean_length = snapshot.mean_length

    def occurrences(self, string: str) -> int:
        """As `Source.occurrences`."""
        if len(string) == 1 and ord(string) < len(self._snapshot.letters):
            return int(self._snapshot.letters[ord(string)])
        return sum(segment.occurrences(string) for segment in self._snapshot.segments)

    def counts(self, string: str) -> Postings:
        """As `Source.counts`."""
        return self._snapshot.occurrences(string)

    def texts(self, numbers: NDArray[np.intp]) -> Texts:
        """As `Source.texts`."""
        encoded = [np.empty(0, dtype=np.uint8)]
        sentences = [np.empty(0, dtype=np.int32)]
        begins = [np.empty(0, dtype=np.int64)]
        for segment, inside in self._snapshot.by_segment(numbers):
            texts = segment.texts
            begins.append(texts.starts[inside])
            for start, end in _rows(texts.starts[inside], texts.starts[inside + 1]):
                encoded.append(texts.text[UNIT * start : UNIT * end])
            for start, end in _rows(*texts.of_reports("sentences", inside)):
                sentences.append(texts.sentences[start:end])
        starts = np.concatenate(([0], self.lengths[numbers].cumsum()))
        moved = (starts[:-1] - np.concatenate(begins)).repeat(list(map(len, sentences[1:])))
        return Texts(
            codes=np.concatenate(encoded).view(">u2"),
            starts=starts,
            sentences=_with_first(np.concatenate(sentences) + moved, starts[:-1]),
            mean_length=self.mean_length,
            mean_sentence=self._snapshot.mean_sentence,
        )


def _rows(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    return zip(starts.tolist(), ends.tolist(), strict=True)


def _with_first(sentences: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sentences, and the starts of reports that begin with none, as with a table."""
    missing = np.append(sentences, -1)[sentences.searchsorted(starts)] != starts
    return np.sort(np.append(sentences, starts[missing])) if missing.any() else sentences
