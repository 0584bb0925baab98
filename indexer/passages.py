"""Reports and query -> where the query's text stands, and the passages worth showing.

Matches are found in the folded text and taken back to the original, so marks sit on its
characters whatever folding did to their number. Passages of all hits are chosen at once: what is
the same for each match is done in arrays, which takes a third of the time that it takes hit by hit.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.addresses import LONGEST_PASSAGE, address_of, passage_url
from indexer.equals import counted, firsts
from indexer.folding import fold_with_origin
from indexer.paired import KINDS, PairedTexts, Places
from indexer.query.terms import touches_number
from indexer.report import BlockKind
from indexer.results import Passage

PASSAGES = 3
"""Of one report in a list of results."""
ENOUGH = 2
"""More are shown only of terms that these do not show: the same ones again say little more."""
SHORTEST = 60
"""Code units: a passage of fewer takes its neighbouring sentence in."""
LONGEST = 150
"""Code units: a sentence of more is cut at a clause."""

_MOST_TERMS = 62
"""Terms that are told apart in choosing passages: as many as there are bits; the rest are one."""
_PARAGRAPH = KINDS.index(BlockKind.PARAGRAPH)
_CLAUSE_END = re.compile(r"[，,；;：:、）)”\n]")

Span = tuple[int, int]


def matches(text: str, terms: Sequence[str], *, whole_numbers: bool = False) -> list[Span]:
    """Every occurrence of every folded term in an original text, overlapping ones too, in order.

    With `whole_numbers` those that touch no number.
    """
    folded = fold_with_origin(text)
    found = [
        (int(folded.origin[place]), int(folded.origin[place + len(term) - 1]) + 1)
        for term in terms
        for place in occurrences(folded.text, term, whole_numbers=whole_numbers)
    ]
    return sorted(found)


def marks(text: str, terms: Sequence[str], *, whole_numbers: bool = False) -> tuple[Span, ...]:
    """The union of the matches: sorted, disjoint spans of the original text."""
    return tuple(_union(matches(text, terms, whole_numbers=whole_numbers)))


def passages(
    reports: Sequence[str],
    texts: PairedTexts,
    places: Sequence[Places],
    sizes: Sequence[int],
) -> list[tuple[Passage, ...]]:
    """For each report up to `PASSAGES` in the order of its text, by variety and density.

    `places` hold where each term stands in the folded texts, ascending; `sizes` the terms' code
    units. A report without a match shows its opening, one without a sentence nothing.
    """
    found = _found(texts, places, sizes)
    cutter = _Cutter(texts, found)
    candidates = _candidates(texts, found, len(reports))
    return [
        cutter.passages(number, report, held)
        for number, (report, held) in enumerate(zip(reports, candidates, strict=True))
    ]


def passages_at(
    reports: Sequence[str],
    texts: PairedTexts,
    places: Sequence[Places],
    sizes: Sequence[int],
    stretches: Sequence[Stretch],
    longest: int,
) -> list[Passage]:
    """The passages at these stretches, each cut around its first match if it is too long.

    `places` and `sizes` are as for `passages`.
    """
    cutter = _Cutter(texts, _found(texts, places, sizes))
    rows = np.array(stretches, dtype=np.int64).reshape(-1, len(Stretch._fields))
    starts, ends = texts.origin(rows[:, 1]).tolist(), texts.origin_end(rows[:, 2]).tolist()
    return [
        cutter.passage_at(reports[at.report], at.report, start, end, longest)
        for at, start, end in zip(stretches, starts, ends, strict=True)
    ]


class Stretch(NamedTuple):
    """Of the report of that number, from where to where in the folded texts."""

    report: int
    start: int
    end: int


class _Found(NamedTuple):
    """All matches in the order of the text: their places, and the bit of the term."""

    start: Places
    end: Places
    bit: Places
    origin: Places
    """Where they start in the originals."""
    origin_end: Places


_Candidate = tuple[int, int, int, int, int]
"""A sentence with matches, widened where it is short: terms, start, end, match, match_end.

A bit for each term that stands in it; where it stands in the original, and the first match in it.
A plain tuple: of a hundred, three are shown.
"""


def _found(texts: PairedTexts, places: Sequence[Places], sizes: Sequence[int]) -> _Found:
    nothing = np.empty(0, dtype=np.int64)
    start = np.concatenate([nothing, *places])
    counts = list(map(len, places))
    bits = [1 << min(number, _MOST_TERMS) for number in range(len(places))]
    order = start.argsort(kind="stable")
    start = start[order]
    end = start + np.array(sizes, np.int64).repeat(counts)[order]
    bit = np.array(bits, np.int64).repeat(counts)[order]
    return _Found(start, end, bit, texts.origin(start), texts.origin_end(end))


def _candidates(texts: PairedTexts, found: _Found, reports: int) -> list[list[_Candidate]]:
    """For each report the sentences with matches, those worth most first.

    Sentences of the body come before headings and what is around it; then variety counts, then
    density, then the order of the text.
    """
    none: list[list[_Candidate]] = [[] for _ in range(reports)]
    if not (len(found.start) and len(texts.sentences)):
        return none
    report = texts.starts.searchsorted(found.start, side="right") - 1
    # What begins before the first sentence counts as of the first.
    sentence = texts.sentences.searchsorted(found.start, side="right") - 1
    np.maximum(sentence, texts.of_sentences[report], out=sentence)
    begins = firsts(sentence)
    held, report = sentence[begins], report[begins]
    terms = np.bitwise_or.reduceat(found.bit, begins)
    counts = counted(begins, len(sentence))
    start, end = _windows(texts, held, report, found.start[begins], found.end[begins])
    keys = (-counts, -np.bitwise_count(terms).astype(np.int64), ~texts.bodies[held], report)
    order = np.lexsort(keys)
    columns = (
        terms,
        texts.origin(start),
        texts.origin_end(end),
        found.origin[begins],
        found.origin_end[begins],
    )
    rows = list(zip(*(column[order].tolist() for column in columns), strict=True))
    bounds = report[order].searchsorted(np.arange(reports + 1)).tolist()
    return [rows[low:high] for low, high in pairwise(bounds)]


def _windows(
    texts: PairedTexts,
    sentence: NDArray[np.intp],
    report: NDArray[np.intp],
    match: Places,
    match_end: Places,
) -> tuple[Places, Places]:
    """From where to where in the folded text the sentences of matches go, short ones widened.

    They are widened by the sentences behind them in the same block, then by those before.
    """
    begins = np.concatenate((texts.sentences, texts.starts[-1:]))
    last = texts.starts[report + 1] - 1
    start = np.minimum(begins[sentence], match)
    end = begins[texts.sentences.searchsorted(match_end - 1, side="right")]
    end = np.minimum(end, last)
    short = (end - start < SHORTEST).nonzero()[0]
    if not len(short):
        return start, end
    blocks = np.concatenate((texts.paragraphs, last[-1:]))
    above = blocks[texts.paragraphs.searchsorted(match[short], side="right") - 1]
    below = blocks[texts.paragraphs.searchsorted(match_end[short] - 1, side="right")]
    wide = begins[texts.sentences.searchsorted(start[short] + SHORTEST)]
    end[short] = np.maximum(end[short], np.minimum(np.minimum(wide, below), last[short]))
    before = texts.sentences.searchsorted(end[short] - SHORTEST, side="right") - 1
    wide = begins[np.maximum(before, 0)]
    start[short] = np.minimum(start[short], np.maximum(wide, above))
    return start, end


class _Cutter:
    """Cuts passages out of the originals."""

    def __init__(self, texts: PairedTexts, found: _Found) -> None:
        self._texts = texts
        # Lists: looking something up in them is some times as fast as in arrays.
        self._starts: list[int] = found.origin.tolist()
        self._ends: list[int] = found.origin_end.tolist()
        self._blocks: list[int] = texts.blocks.tolist()
        self._dense: list[int] = texts.dense.tolist()
        self._pages: list[int] = texts.pages.tolist()
        self._page_numbers: list[int] = texts.page_numbers.tolist()
        self._some_recognised = min(self._page_numbers, default=0) < 0

    def passages(
        self, number: int, report: str, candidates: list[_Candidate]
    ) -> tuple[Passage, ...]:
        """What to show of the report of that number, in the order of its text."""
        spans = self._chosen(candidates) if candidates else self._opening(number)
        first = int(self._texts.of_blocks[number])
        return tuple(self._passage(report, first, *span) for span in spans)

    def passage_at(self, name: str, report: int, start: int, end: int, longest: int) -> Passage:
        """What stands at a stretch of the original, cut around its first match if too long."""
        if end - start > longest:
            first = bisect_left(self._starts, start)
            match, match_end = start, start + 1
            if first < len(self._starts) and self._starts[first] < end:
                match, match_end = self._starts[first], min(self._ends[first], end)
            start, end = self._cut(start, end, match, match_end, longest)
        return self._passage(name, int(self._texts.of_blocks[report]), start, end)

    def _chosen(self, candidates: list[_Candidate]) -> list[Span]:
        """Greedily the candidate with most terms not shown yet; of equals the one worth most."""
        left = 0
        for candidate in candidates:
            left |= candidate[0]
        chosen: list[Span] = []
        while candidates and len(chosen) < PASSAGES:
            terms, start, end, match, match_end = candidates.pop(_with_most_of(left, candidates))
            if len(chosen) >= ENOUGH and not terms & left:
                break
            if end - start > LONGEST:
                start, end = self._cut(start, end, match, match_end)
            if all(end <= low or high <= start for low, high in chosen):
                left &= ~terms
                chosen.append((start, end))
        return sorted(chosen)

    def _cut(
        self, start: int, end: int, match: int, match_end: int, longest: int = LONGEST
    ) -> Span:
        """About `longest` code units around a match, from clause to clause if there are any."""
        text = self._texts.units(start, end)
        spare = max(0, longest - (match_end - match))
        low = max(start, match - spare // 3)
        high = min(end, max(low + longest, match_end))
        if low > start:
            clause = _CLAUSE_END.search(text, low - start, match - start)
            low = start + clause.end() if clause else low
        if high < end:
            clauses = list(_CLAUSE_END.finditer(text, match_end - start, high - start))
            high = start + clauses[-1].end() if clauses else high
        return self._texts.whole_characters(low, high)

    def _opening(self, number: int) -> list[Span]:
        """The beginning of the first paragraph, or of the text where there is none."""
        texts = self._texts
        if texts.of_sentences[number] == texts.of_sentences[number + 1]:
            return []
        first, last = texts.of_blocks[number : number + 2].tolist()
        ends = [*self._blocks[first + 1 : last], int(texts.original_starts[number + 1])]
        kinds = texts.kinds[first:last].tolist()
        # Behind each block stands one code unit: a line feed, or the separator.
        blocks = (
            (kind, start, end - 1)
            for kind, start, end in zip(kinds, self._blocks[first:last], ends, strict=True)
            if texts.original(start, end - 1).strip()
        )
        held = next(blocks)
        _, start, end = next((block for block in (held, *blocks) if block[0] == _PARAGRAPH), held)
        return [self._cut(start, end, start, start + 1)]

    def _passage(self, report: str, first: int, start: int, end: int) -> Passage:
        """A stretch of the original; the report's first block has that number."""
        texts = self._texts
        marks = self._marks(start, end)
        low, high = (marks[0][0], marks[-1][1]) if marks else (start, end)
        block = bisect_right(self._blocks, low) - 1
        begin = self._blocks[block]
        base = min(begin, start)
        whole = texts.original(base, end)
        if len(whole) == end - base:
            shown = tuple([(first - start, last - start) for first, last in marks])
            text, before = whole[start - base :], whole[begin - base : low - base]
            named = whole[low - base : high - base]
        else:  # some characters are two code units
            shown = tuple(
                (len(texts.original(start, first)), len(texts.original(start, last)))
                for first, last in marks
            )
            text, before = texts.original(start, end), texts.original(begin, low)
            named = texts.original(low, high)
        dense = self._dense[block] + len("".join(before.split()))
        address = str(address_of(report, dense, named[:LONGEST_PASSAGE]))
        page = bisect_right(self._pages, low) - 1
        return Passage(
            text=text.rstrip(),
            marks=shown,
            paragraph=(block if begin <= start else bisect_right(self._blocks, start) - 1) - first,
            page=abs(self._page_numbers[page]) or None,
            recognised=self._some_recognised and self._is_recognised(start, end),
            address=address,
            url=passage_url(address),
        )

    def _is_recognised(self, start: int, end: int) -> bool:
        """Whether some of a stretch was read off the picture of a page."""
        first, behind = bisect_right(self._pages, start) - 1, bisect_left(self._pages, end)
        return min(self._page_numbers[first:behind]) < 0

    def _marks(self, start: int, end: int) -> list[Span]:
        """The union of the matches that lie inside a stretch."""
        low = bisect_left(self._starts, start)
        high = bisect_left(self._starts, end, low)
        inside = zip(self._starts[low:high], self._ends[low:high], strict=True)
        return _union([span for span in inside if span[1] <= end])


def _with_most_of(wanted: int, candidates: list[_Candidate]) -> int:
    """Which first has most of the terms wanted."""
    best, most, possible = 0, 0, wanted.bit_count()
    for number, candidate in enumerate(candidates):
        if most == possible:
            break
        held = (candidate[0] & wanted).bit_count()
        if held > most:
            best, most = number, held
    return best


def occurrences(text: str, term: str, *, whole_numbers: bool = False) -> Iterator[int]:
    """Where a term stands whole in a folded text."""
    place = text.find(term)
    while place >= 0:
        if not (whole_numbers and touches_number(text, place, place + len(term))):
            yield place
        place = text.find(term, place + 1)


def _union(spans: Iterable[Span]) -> list[Span]:
    """Disjoint spans, of spans whose starts ascend."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
