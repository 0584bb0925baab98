"""Report and query -> where the query's text stands, and the passages worth showing.

Marks are computed on the folded text and mapped back, so they sit on the original's characters
whatever folding did to their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.addresses import LONGEST_PASSAGE, address_of, passage_url
from indexer.folding import fold_with_origin
from indexer.query.nodes import Node
from indexer.query.terms import marked_terms, touches_number
from indexer.report import BlockKind, Document
from indexer.results import Passage
from indexer.structure import sentences

PASSAGES = 3
SHORTEST = 60
"""Characters: a passage of fewer takes its neighbouring sentence in."""
LONGEST = 150
"""Characters: a sentence of more is cut at a clause."""

_CANDIDATES = 40
"""Sentences looked at closely: a word like 的 stands in all of them."""
_CLAUSE_END = re.compile(r"[，,；;：:、）)”\n]")
_LESS_WORTH = frozenset({BlockKind.ASIDE, BlockKind.TITLE, BlockKind.HEADING})

Span = tuple[int, int]
Offsets = NDArray[np.int64]


@dataclass(frozen=True)
class Matches:
    """Occurrences in the order of the text, overlapping ones too.

    The i-th is [`start[i]`, `end[i]`) of the original, and `term[i]` is which term of the query.
    """

    start: Offsets
    end: Offsets
    term: Offsets

    def __len__(self) -> int:
        return len(self.start)

    def inside(self, span: Span) -> Matches:
        """Those that lie within a span."""
        chosen = (self.start >= span[0]) & (self.end <= span[1])
        return Matches(self.start[chosen], self.end[chosen], self.term[chosen])

    def union(self) -> tuple[Span, ...]:
        """The spans they cover: sorted and disjoint."""
        return _union(zip(self.start.tolist(), self.end.tolist(), strict=True))


def matches(text: str, tree: Node, *, whole_numbers: bool = False) -> Matches:
    """Every occurrence of every marked term; of `whole_numbers`, those that touch no number."""
    folded = fold_with_origin(text)
    places = [
        np.fromiter(_places(folded.text, term, whole_numbers), np.int64)
        for term in marked_terms(tree)
    ]
    sizes = [len(found) for found in places]
    first = np.concatenate([np.empty(0, np.int64), *places])
    lengths = np.repeat(np.array([len(term) for term in marked_terms(tree)], np.int64), sizes)
    start = folded.origin[first].astype(np.int64)
    end = folded.origin[first + lengths - 1].astype(np.int64) + 1
    term = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((term, end, start))
    return Matches(start[order], end[order], term[order])


def marks(text: str, tree: Node, *, whole_numbers: bool = False) -> tuple[Span, ...]:
    """The union of the matches: sorted, disjoint spans of the original text."""
    return matches(text, tree, whole_numbers=whole_numbers).union()


def passages(
    report: str,
    document: Document,
    tree: Node,
    limit: int = PASSAGES,
    *,
    whole_numbers: bool = False,
) -> tuple[Passage, ...]:
    """Up to `limit` passages in the order of the text, by variety and density of matches.

    Without any match, the opening of the report.
    """
    if not document.text.strip():
        return ()
    found = matches(document.text, tree, whole_numbers=whole_numbers)
    chosen = _chosen(_Sentences(document), found, limit) if len(found) else _opening(document)
    return tuple(_passage(report, document, found, span) for span in sorted(chosen))


class _Sentences:
    """The sentences and blocks of a document as spans of its text, each block cut once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._known: dict[int, tuple[Offsets, Offsets]] = {}

    def block(self, offset: int) -> Span:
        """The block that holds the character at `offset`."""
        return _block(self.document, self.document.block_at(offset))

    def at(self, offset: int) -> Span:
        """The sentence that holds the character at `offset`, or the next one of its block."""
        starts, ends = self._of(self.document.block_at(offset))
        number = min(int(np.searchsorted(ends, offset, side="right")), len(ends) - 1)
        return int(starts[number]), int(ends[number])

    def holding(self, offsets: Offsets) -> Offsets:
        """For each of some ascending offsets, where its sentence begins."""
        blocks = np.searchsorted(self.document.starts, offsets, side="right") - 1
        begins = np.empty_like(offsets)
        for low, high in pairwise([*_changes(blocks), len(blocks)]):
            starts, ends = self._of(int(blocks[low]))
            numbers = np.searchsorted(ends, offsets[low:high], side="right")
            begins[low:high] = starts[np.minimum(numbers, len(ends) - 1)]
        return begins

    def _of(self, number: int) -> tuple[Offsets, Offsets]:
        if number not in self._known:
            base, end = _block(self.document, number)
            spans = sentences(self.document.blocks[number].text) or ((0, end - base),)
            self._known[number] = (
                np.array([base + low for low, _ in spans], np.int64),
                np.array([base + high for _, high in spans], np.int64),
            )
        return self._known[number]


def _changes(values: Offsets) -> list[int]:
    """Where each run of equal values begins."""
    return [0, *(np.flatnonzero(np.diff(values)) + 1).tolist()]


def _chosen(sentences: _Sentences, found: Matches, limit: int) -> list[Span]:
    """Greedily: the window with most terms not shown yet, then most terms, then most matches."""
    terms: dict[Span, set[int]] = {}
    worth: dict[Span, tuple[bool, int, int, int]] = {}
    for number in _promising(sentences, found):
        span = _window(sentences, (int(found.start[number]), int(found.end[number])))
        inside = found.inside(span)
        terms[span] = set(inside.term.tolist())
        is_body = _is_body(sentences.document, span[0])
        worth[span] = (is_body, len(terms[span]), len(inside), -span[0])
    shown: set[int] = set()
    chosen: list[Span] = []
    while terms and len(chosen) < limit:
        best = max(terms, key=lambda span: (len(terms[span] - shown), *worth[span]))
        shown |= terms[best]
        chosen.append(best)
        terms = {span: kept for span, kept in terms.items() if not _overlap(span, best)}
    return chosen


def _promising(sentences: _Sentences, found: Matches) -> list[int]:
    """The first match of each of the sentences with most terms and most matches."""
    begins = sentences.holding(found.start)
    first = np.array(_changes(begins))
    count = np.diff([*first, len(begins)])
    new_term = np.zeros(len(begins), np.int64)
    _, first_of_pair = np.unique(np.stack((begins, found.term)), axis=1, return_index=True)
    new_term[first_of_pair] = 1
    variety = np.add.reduceat(new_term, first)
    is_body = np.array([_is_body(sentences.document, int(found.start[at])) for at in first])
    best = np.lexsort((first, -count, -variety, ~is_body))[:_CANDIDATES]
    # A term that stands only where there is little else must not be left out of sight.
    _, first_of_term = np.unique(found.term, return_index=True)
    return sorted({*first[best].tolist(), *first_of_term.tolist()})


def _is_body(document: Document, offset: int) -> bool:
    return document.blocks[document.block_at(offset)].kind not in _LESS_WORTH


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _window(sentences: _Sentences, match: Span) -> Span:
    """The sentences that a match stands in, short ones widened and long ones cut."""
    start, end = sentences.at(match[0])[0], sentences.at(match[1] - 1)[1]
    first, last = sentences.block(match[0])[0], sentences.block(match[1] - 1)[1]
    # The match lies inside even where it begins in the white space between two sentences.
    start, end = min(start, match[0]), max(end, match[1])
    while end - start < SHORTEST and (start > first or end < last):
        if end < last:
            end = max(end + 1, sentences.at(end)[1])
        else:
            start = min(start - 1, sentences.at(start - 1)[0])
    if end - start <= LONGEST:
        return start, end
    return _cut(sentences.document.text, (start, end), match)


def _cut(text: str, window: Span, match: Span) -> Span:
    """About `LONGEST` characters around the match, from clause to clause where there are any."""
    spare = max(0, LONGEST - (match[1] - match[0]))
    low = max(window[0], match[0] - spare // 3)
    high = min(window[1], max(low + LONGEST, match[1]))
    if low > window[0]:
        clause = _CLAUSE_END.search(text, low, match[0])
        low = clause.end() if clause else low
    if high < window[1]:
        ends = [clause.end() for clause in _CLAUSE_END.finditer(text, match[1], high)]
        high = ends[-1] if ends else high
    return low, high


def _block(document: Document, number: int) -> Span:
    start = document.starts[number]
    return start, start + len(document.blocks[number].text)


def _opening(document: Document) -> list[Span]:
    """The beginning of the first paragraph, or of the text where there is none."""
    kinds = [block.kind for block in document.blocks]
    first = kinds.index(BlockKind.PARAGRAPH) if BlockKind.PARAGRAPH in kinds else 0
    start, end = _block(document, first)
    return [_cut(document.text, (start, end), (start, start + 1))]


def _passage(report: str, document: Document, found: Matches, span: Span) -> Passage:
    start, end = span
    inside = found.inside(span).union()
    named = (inside[0][0], inside[-1][1]) if inside else span
    if named[1] - named[0] > LONGEST_PASSAGE:
        named = named[0], named[0] + LONGEST_PASSAGE
    address = str(address_of(report, document.text, *named))
    return Passage(
        text=document.text[start:end],
        marks=tuple((low - start, high - start) for low, high in inside),
        paragraph=document.block_at(start),
        page=document.page_at(named[0]),
        address=address,
        url=passage_url(address),
    )


def _places(text: str, term: str, whole_numbers: bool) -> Iterator[int]:
    place = text.find(term)
    while place >= 0:
        if not (whole_numbers and touches_number(text, place, place + len(term))):
            yield place
        place = text.find(term, place + 1)


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)
