"""Report and query -> where the query's text stands, and the passages worth showing.

Marks are computed on the folded text and mapped back, so they sit on the original's characters
whatever folding did to their number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.addresses import Compact, passage_url
from indexer.folding import fold_with_origin
from indexer.query.nodes import Node
from indexer.query.terms import marked_terms
from indexer.report import BlockKind, Document
from indexer.results import Passage
from indexer.structure import sentences

PASSAGES = 3
SHORTEST = 60
"""Characters: a passage of fewer takes its neighbouring sentence in."""
LONGEST = 150
"""Characters: a sentence of more is cut at a clause."""

_CLAUSE_END = re.compile(r"[，,；;：:、）)”\n]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """An occurrence: [start, end) in the original text, and which term of the query it is."""

    start: int
    end: int
    term: int


def matches(text: str, tree: Node) -> tuple[Match, ...]:
    """Every occurrence of every marked term, overlapping ones too, in order."""
    folded = fold_with_origin(text)
    found = []
    for number, term in enumerate(marked_terms(tree)):
        place = folded.text.find(term)
        while place >= 0:
            found.append(Match(*folded.span(place, place + len(term)), number))
            place = folded.text.find(term, place + 1)
    return tuple(sorted(found, key=lambda match: (match.start, match.end, match.term)))


def marks(text: str, tree: Node) -> tuple[Span, ...]:
    """The union of the matches: sorted, disjoint spans of the original text."""
    return _union((match.start, match.end) for match in matches(text, tree))


def passages(
    report: str, document: Document, tree: Node, limit: int = PASSAGES
) -> tuple[Passage, ...]:
    """Up to `limit` passages in the order of the text, by variety and density of matches.

    Without any match, the opening of the report.
    """
    if not document.text.strip():
        return ()
    found = matches(document.text, tree)
    chosen = _chosen(_Sentences(document), found, limit) if found else _opening(document)
    compact = Compact(document.text)
    return tuple(_passage(report, document, compact, found, span) for span in sorted(chosen))


class _Sentences:
    """The sentences and blocks of a document as spans of its text, each block cut once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._known: dict[int, tuple[Span, ...]] = {}

    def block(self, offset: int) -> Span:
        """The block that holds the character at `offset`."""
        return _block(self.document, self.document.block_at(offset))

    def at(self, offset: int) -> Span:
        """The sentence that holds the character at `offset`, or the next one of its block."""
        number = self.document.block_at(offset)
        if number not in self._known:
            base, end = _block(self.document, number)
            spans = sentences(self.document.blocks[number].text)
            self._known[number] = tuple((base + low, base + high) for low, high in spans) or (
                (base, end),
            )
        spans = self._known[number]
        return spans[min(bisect_right(spans, offset, key=_end), len(spans) - 1)]


def _end(span: Span) -> int:
    return span[1]


def _chosen(sentences: _Sentences, found: Sequence[Match], limit: int) -> list[Span]:
    """Greedily: the window with most terms not shown yet, then most terms, then most matches."""
    starts = [match.start for match in found]
    terms: dict[Span, list[int]] = {}
    for match in found:
        start, end = _window(sentences, match)
        inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
        terms[start, end] = [other.term for other in inside if other.end <= end]
    shown: set[int] = set()
    chosen: list[Span] = []
    while terms and len(chosen) < limit:
        best = max(terms, key=lambda span: _worth(sentences.document, span, terms[span], shown))
        shown.update(terms[best])
        chosen.append(best)
        terms = {span: kept for span, kept in terms.items() if not _overlap(span, best)}
    return chosen


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _worth(
    document: Document, span: Span, terms: Sequence[int], shown: set[int]
) -> tuple[int, bool, int, int, int]:
    kind = document.blocks[document.block_at(span[0])].kind
    is_body = kind not in (BlockKind.ASIDE, BlockKind.TITLE, BlockKind.HEADING)
    distinct = set(terms)
    return len(distinct - shown), is_body, len(distinct), len(terms), -span[0]


def _window(sentences: _Sentences, match: Match) -> Span:
    """The sentences that a match stands in, short ones widened and long ones cut."""
    start, end = sentences.at(match.start)[0], sentences.at(match.end - 1)[1]
    first, last = sentences.block(match.start)[0], sentences.block(match.end - 1)[1]
    # The match lies inside even where it begins in the white space between two sentences.
    start, end = min(start, match.start), max(end, match.end)
    while end - start < SHORTEST and (start > first or end < last):
        if end < last:
            end = max(end + 1, sentences.at(end)[1])
        else:
            start = min(start - 1, sentences.at(start - 1)[0])
    if end - start <= LONGEST:
        return start, end
    return _cut(sentences.document.text, (start, end), (match.start, match.end))


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


def _passage(
    report: str, document: Document, compact: Compact, found: Sequence[Match], span: Span
) -> Passage:
    start, end = span
    inside = _union(
        (match.start, match.end) for match in found if start <= match.start and match.end <= end
    )
    named = (inside[0][0], inside[-1][1]) if inside else span
    address = str(compact.address(report, *named))
    return Passage(
        text=document.text[start:end],
        marks=tuple((low - start, high - start) for low, high in inside),
        paragraph=document.block_at(start),
        page=document.page_at(named[0]),
        address=address,
        url=passage_url(address),
    )


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)
