"""One segment, opened: where strings and words stand in its reports."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader, TermNotFound

from indexer.engine.embedded.arrays import PARTS, Columns, Texts, WordLists
from indexer.engine.embedded.codec import POSTING, extent
from indexer.engine.embedded.postings import Postings, tallied
from indexer.engine.embedded.schema import unpack_card
from indexer.engine.embedded.suffixes import UNIT, bounds, decode, encode, in_characters
from indexer.paired import PairedText
from indexer.records import Entry

Positions = NDArray[np.int32]

_REMEMBERED = 1000
"""Strings whose place in the suffix array is kept: a query asks for most of its own twice."""

_PARTS = tuple(PARTS)


class SegmentDamagedError(ValueError):
    """A segment's files do not hold what they should."""


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # Damaged bytes fail anywhere inside Whoosh, and in many ways.
        raise SegmentDamagedError(f"{type(error).__name__}: {error}") from error


@dataclass(frozen=True)
class Segment:
    """Whoosh's reader and our arrays for the same reports, in the same order."""

    reader: SegmentReader
    texts: Texts
    columns: Columns
    postings: NDArray[np.uint8]
    """Whoosh's postings file, mapped."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    """Whoosh's readers seek in shared files."""

    @property
    def size(self) -> int:
        """Reports, deleted ones too."""
        return len(self.columns.region)

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Which reports have not been deleted since the segment was written."""
        mask = np.ones(self.size, dtype=np.bool_)
        mask[list(self.reader.segment().deleted_docs())] = False
        return mask

    def counts(self, term: str) -> Postings:
        """How often a folded string occurs in which reports, overlapping occurrences too."""
        low, high = self.bounds(term)
        return tallied(self.texts.reports[low:high], self.size)

    def occurrences(self, term: str) -> int:
        """How often a folded string occurs in all reports together, deleted ones too."""
        low, high = self.bounds(term)
        return high - low

    def positions(self, term: str) -> Positions:
        """Where a folded string occurs, in ascending code units of the segment's text."""
        low, high = self.bounds(term)
        return np.sort(self.texts.suffixes[low:high])

    def reports_of(self, positions: Positions) -> NDArray[np.intp]:
        """The number of the report that each position lies in."""
        return np.searchsorted(self.texts.starts, positions, side="right") - 1

    def text(self, start: int, end: int) -> str:
        """The folded text between two code units."""
        return decode(self.texts.text[UNIT * max(0, start) : UNIT * end])

    def paired(self, number: int) -> PairedText:
        """A report's original and folded text; raises SegmentDamagedError."""
        with _damage_told():
            return self._paired(number)

    def _paired(self, number: int) -> PairedText:
        texts = self.texts
        start, end = texts.starts[number : number + 2].tolist()
        folded = self.text(start, end - 1)
        sentences = _inside(texts.sentences, start, end)
        return PairedText(
            original=decode(self._part(number, "originals")),
            folded=folded,
            runs=self._part(number, "runs"),
            sentences=in_characters(folded, sentences, end - 1 - start),
            blocks=self._part(number, "blocks"),
            pages=self._part(number, "pages"),
        )

    def kept(
        self, number: int
    ) -> tuple[bytes, NDArray[np.int32], NDArray[np.int32], tuple[NDArray[Any], ...]]:
        """What a merge takes over of a report.

        Its folded text, where in it sentences and paragraphs begin, and its parts.
        """
        texts = self.texts
        start, end = texts.starts[number : number + 2].tolist()
        return (
            texts.text[UNIT * start : UNIT * (end - 1)].tobytes(),
            _inside(texts.sentences, start, end),
            _inside(texts.paragraphs, start, end),
            tuple(self._part(number, name) for name in PARTS),
        )

    def _part(self, number: int, name: str) -> NDArray[Any]:
        column = _PARTS.index(name)
        start, end = self.texts.parts[number : number + 2, column].tolist()
        part: NDArray[Any] = getattr(self.texts, name)[start:end]
        return part

    def frequencies(self, name: str, word: str) -> Postings:
        """How often a word was cut out of a field of which reports; raises SegmentDamagedError."""
        with self._lock, _damage_told():
            try:
                start, end = extent(self.reader.term_info(name, word))
            except TermNotFound:
                start, end = 0, 0
            postings = self.postings[start:end].view(POSTING)
        return Postings(postings["report"].astype(np.intp), postings["count"].copy())

    def postings_of(self, lists: WordLists) -> NDArray[np.void]:
        """All postings of a field; raises SegmentDamagedError."""
        end = lists.start + int(lists.sizes.sum()) * POSTING.itemsize
        with _damage_told():
            return self.postings[lists.start : end].view(POSTING)

    def entry(self, number: int) -> Entry:
        """What a report is; raises SegmentDamagedError."""
        with _damage_told():
            return unpack_card(self._part(number, "cards").tobytes())

    @cached_property
    def bounds(self) -> Callable[[str], tuple[int, int]]:
        """The slice of the suffix array whose suffixes begin with a folded string."""
        text, suffixes = self.texts.text.data, self.texts.suffixes.data

        @lru_cache(_REMEMBERED)
        def found(term: str) -> tuple[int, int]:
            # Many strings begin with the same few characters.
            within = found(term[0]) if len(term) > 1 else (0, len(suffixes))
            return bounds(text, suffixes, encode(term), *within)

        return found


def _inside(places: NDArray[np.int32], start: int, end: int) -> NDArray[np.int32]:
    """Those of some ascending places that lie in [start, end), counted from `start`."""
    return places[bisect_left(places, start) : bisect_left(places, end)] - np.int32(start)
