"""One segment, opened: where strings and words stand in its reports."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment as WhooshSegment

from indexer.engine.embedded import bitmaps
from indexer.engine.embedded.arrays import Columns, Texts, WordLists
from indexer.engine.embedded.codec import POSTING, POSTING_UNITS
from indexer.engine.embedded.postings import Postings, tallied
from indexer.engine.embedded.schema import unpack_card
from indexer.engine.embedded.stretches import Division
from indexer.engine.embedded.suffixes import ascending, bounds
from indexer.paired import PairedText
from indexer.records import Entry
from indexer.units import UNIT, decode, encode

Positions = NDArray[np.int32]

_SIZE = POSTING.itemsize
_REMEMBERED = 1000
"""Strings whose place in the suffix array is kept: a query asks for most of its own twice."""


class SegmentDamagedError(ValueError):
    """A segment's files do not hold what they should."""


class _DamageTold:
    """Damaged arrays fail anywhere, and in many ways.

    A class: a query passes here some hundred times, and a generator takes ten times as long.
    """

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception):
            raise SegmentDamagedError(f"{type(error).__name__}: {error}") from error


_damage_told = _DamageTold()


@dataclass(frozen=True)
class Segment:
    """What Whoosh says of a segment, and our arrays for the same reports, in the same order."""

    whoosh: WhooshSegment
    texts: Texts
    columns: Columns
    word_lists: Mapping[str, WordLists]
    postings: NDArray[np.uint8]
    """Whoosh's postings file, mapped."""

    @property
    def size(self) -> int:
        """Reports, deleted ones too."""
        return len(self.columns.region)

    def arrays(self) -> Iterator[NDArray[Any]]:
        """All of its arrays that may be large."""
        yield self.postings
        yield from self.texts.arrays()
        for lists in self.word_lists.values():
            yield from lists.arrays()

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Which reports have not been deleted since the segment was written."""
        mask = np.ones(self.size, dtype=np.bool_)
        mask[list(self.whoosh.deleted_docs())] = False
        return mask

    @cached_property
    def live_sentences(self) -> int:
        """The sentences of the reports that have not been deleted."""
        starts, ends = self.texts.of_reports("sentences", self.live.nonzero()[0])
        return int((ends - starts).sum())

    def counts(self, term: str) -> Postings:
        """How often a folded string occurs in which reports, overlapping occurrences too."""
        low, high = self.bounds(term)
        return tallied(self.texts.reports[low:high], self.size)

    def holding(self, term: str) -> NDArray[np.bool_]:
        """Which reports a folded string occurs in: some times as fast as how often."""
        low, high = self.bounds(term)
        texts = self.texts
        stored = bitmaps.stored((low, high), texts.frequent.data, texts.holders, self.size)
        return bitmaps.mask(texts.reports[low:high], self.size) if stored is None else stored

    def occurrences(self, term: str) -> int:
        """How often a folded string occurs in all reports together, deleted ones too."""
        low, high = self.bounds(term)
        return high - low

    def positions(self, term: str) -> Positions:
        """Where a folded string occurs, in ascending code units of the segment's text."""
        low, high = self.bounds(term)
        return ascending(self.texts.suffixes[low:high])

    def positions_in(self, reports: NDArray[np.intp], term: str) -> Positions:
        """As `positions`, of these reports only."""
        low, high = self.bounds(term)
        wanted = np.zeros(self.size, dtype=np.bool_)
        wanted[reports] = True
        inside = wanted.take(self.texts.reports[low:high]).nonzero()[0]
        return ascending(self.texts.suffixes[low:high][inside])

    def reports_of(self, positions: Positions) -> NDArray[np.intp]:
        """The number of the report that each position lies in."""
        return self.texts.starts.searchsorted(positions, side="right") - 1

    @cached_property
    def sentences(self) -> Division:
        """The text, divided into sentences."""
        return Division(self.texts.sentences, len(self.texts.suffixes))

    @cached_property
    def paragraphs(self) -> Division:
        """The text, divided into paragraphs."""
        return Division(self.texts.paragraphs, len(self.texts.suffixes))

    def text(self, start: int, end: int) -> str:
        """The folded text between two code units."""
        return decode(self.texts.text[UNIT * max(0, start) : UNIT * end])

    def paired(self, numbers: NDArray[np.intp]) -> list[PairedText]:
        """The original and folded texts of reports; raises SegmentDamagedError."""
        with _damage_told:
            starts, parts = self.texts.starts, self.texts.parts
            rows = [each[at].tolist() for each in (starts, parts) for at in (numbers, numbers + 1)]
            return list(map(self._paired, *rows))

    def _paired(self, start: int, end: int, begins: list[int], ends: list[int]) -> PairedText:
        """The report between two places of the text; its parts, in the order of `PARTS`."""
        texts = self.texts
        original, run, block, page, _, sentence, paragraph = begins
        originals, runs, blocks, pages, _, sentences, paragraphs = ends
        return PairedText(
            texts.originals[original:originals],
            texts.text[UNIT * start : UNIT * (end - 1)],
            texts.runs[run:runs],
            texts.sentences[sentence:sentences],
            texts.bodies[sentence:sentences],
            texts.paragraphs[paragraph:paragraphs],
            texts.blocks[block:blocks],
            texts.pages[page:pages],
            start,
        )

    def frequencies(self, name: str, word: str) -> NDArray[np.uint16]:
        """How often a word was cut out of a field of which reports: rows of `POSTING_UNITS`.

        Raises SegmentDamagedError.
        """
        lists = self.word_lists[name]
        with _damage_told:
            first, last = lists.find(word)
            start, end = lists.start + _SIZE * first, lists.start + _SIZE * last
            return self.postings[start:end].view(np.uint16).reshape(-1, len(POSTING_UNITS))

    def postings_of(self, lists: WordLists) -> NDArray[np.void]:
        """All postings of a field; raises SegmentDamagedError."""
        end = lists.start + int(lists.postings[-1]) * POSTING.itemsize
        with _damage_told:
            return self.postings[lists.start : end].view(POSTING)

    def entries(self, numbers: NDArray[np.intp]) -> list[Entry]:
        """What reports are; raises SegmentDamagedError."""
        with _damage_told:
            spans = map(slice, *map(np.ndarray.tolist, self.texts.of_reports("cards", numbers)))
            return [unpack_card(self.texts.cards[span].tobytes()) for span in spans]

    @cached_property
    def bounds(self) -> Callable[[str], tuple[int, int]]:
        """The slice of the suffix array whose suffixes begin with a folded string."""
        texts = self.texts
        searched = texts.text.data, texts.suffixes.data, texts.samples.data

        @lru_cache(_REMEMBERED)
        def found(term: str) -> tuple[int, int]:
            encoded = encode(term)
            if len(encoded) == UNIT:
                return self._beginning_with(encoded)
            return bounds(*searched, encoded)

        return found

    def _beginning_with(self, unit: bytes) -> tuple[int, int]:
        """The slice of the suffix array whose suffixes begin with a code unit."""
        # Memory views give plain numbers.
        letters, starts = self.texts.letters.data, self.texts.letter_starts.data
        wanted = int.from_bytes(unit, "big")
        number = bisect_left(letters, wanted)
        if number == len(letters) or letters[number] != wanted:
            return 0, 0
        return starts[number], starts[number + 1]
