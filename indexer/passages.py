"""Report and query -> where the query's text stands, and the passages worth showing.

Matches are found in the folded text and taken back to the original, so marks sit on its
characters whatever folding did to their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from indexer.addresses import LONGEST_PASSAGE, address_of, passage_url
from indexer.folding import fold_with_origin
from indexer.paired import PairedText
from indexer.query.terms import touches_number
from indexer.report import BlockKind
from indexer.results import Passage

PASSAGES = 3
"""Of one report in a list of results; of a single term two, a third says little more."""
SHORTEST = 60
"""Characters: a passage of fewer takes its neighbouring sentence in."""
LONGEST = 150
"""Characters: a sentence of more is cut at a clause."""

_LOOKED_AT = 100
"""Matches of each term that are looked at: a word like 的 stands in every sentence."""
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
        for place in _places(folded.text, term, whole_numbers)
    ]
    return sorted(found)


def marks(text: str, terms: Sequence[str], *, whole_numbers: bool = False) -> tuple[Span, ...]:
    """The union of the matches: sorted, disjoint spans of the original text."""
    return _union(matches(text, terms, whole_numbers=whole_numbers))


def passages(
    report: str,
    text: PairedText,
    terms: Sequence[str],
    limit: int = PASSAGES,
    *,
    whole_numbers: bool = False,
) -> tuple[Passage, ...]:
    """Up to `limit` passages in the order of the text, by variety and density of matches.

    Without any match, the opening of the report.
    """
    if not (text.folded and len(text.sentences)):
        return ()
    holding = _sentences_holding(text, terms, whole_numbers)
    chosen = _chosen(text, holding, len(terms), limit) if holding else [_opening(text)]
    return tuple(
        _passage(report, text, span, _marks_inside(text, span, terms, whole_numbers))
        for span in sorted(chosen)
    )


@dataclass(slots=True)
class _Holding:
    """A sentence with matches: the first of them in the folded text, and what there are."""

    is_body: bool
    place: int
    end: int
    count: int
    terms: int
    """A bit for each term that stands in it."""


def _sentences_holding(
    text: PairedText, terms: Sequence[str], whole_numbers: bool
) -> list[_Holding]:
    """The sentences with matches, those of the body first, then by variety and density."""
    found: dict[int, _Holding] = {}
    for number, term in enumerate(terms):
        bit, size = 1 << number, len(term)
        for place in _places(text.folded, term, whole_numbers, most=_LOOKED_AT):
            sentence = text.sentence_at(place)
            holding = found.get(sentence)
            if holding is None:
                found[sentence] = _Holding(text.is_body(sentence), place, place + size, 1, bit)
                continue
            if place < holding.place:
                holding.place, holding.end = place, place + size
            holding.count += 1
            holding.terms |= bit
    by_worth = [
        (not held.is_body, -held.terms.bit_count(), -held.count, held.place, held)
        for held in found.values()
    ]
    by_worth.sort(key=itemgetter(0, 1, 2, 3))
    return [held for *_, held in by_worth]


def _chosen(text: PairedText, holding: list[_Holding], terms: int, limit: int) -> list[Span]:
    """Greedily the sentence with most terms not shown yet; of equals the one worth most."""
    shown = 0
    chosen: list[Span] = []
    while holding and len(chosen) < limit:
        best = _with_most_new(holding, shown, terms - shown.bit_count())
        holding.remove(best)
        span = _window(text, best)
        if not any(span[0] < end and start < span[1] for start, end in chosen):
            shown |= best.terms
            chosen.append(span)
    return chosen


def _with_most_new(holding: list[_Holding], shown: int, possible: int) -> _Holding:
    """The first with most terms that are not among those shown, which can be so many."""
    best, most = holding[0], 0
    for held in holding:
        new = (held.terms & ~shown).bit_count()
        if new > most:
            best, most = held, new
        if most == possible:
            break
    return best


def _window(text: PairedText, holding: _Holding) -> Span:
    """The sentences that a match stands in, short ones widened and long ones cut."""
    match = text.origin(holding.place), text.origin(holding.end - 1) + 1
    low, high = text.sentence_at(holding.place), text.sentence_at(holding.end - 1)
    # The match lies inside even where it begins in the white space between two sentences.
    start = min(text.sentence(low)[0], match[0])
    end = max(text.sentence(high)[1], match[1])
    first = text.block(text.block_at(match[0]))[0]
    last = text.block(text.block_at(match[1] - 1))[1]
    while end - start < SHORTEST:
        if high + 1 < len(text.sentences) and text.sentence(high + 1)[0] < last:
            high += 1
            end = text.sentence(high)[1]
        elif low and text.sentence(low - 1)[0] >= first:
            low -= 1
            start = text.sentence(low)[0]
        else:
            break
    return (start, end) if end - start <= LONGEST else _cut(text.original, (start, end), match)


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


def _opening(text: PairedText) -> Span:
    """The beginning of the first paragraph, or of the text where there is none."""
    blocks = (text.block_at(text.sentence(number)[0]) for number in range(len(text.sentences)))
    paragraphs = (block for block in blocks if text.kind(block) is BlockKind.PARAGRAPH)
    start, end = text.block(next(paragraphs, text.block_at(text.sentence(0)[0])))
    return _cut(text.original, (start, end), (start, start + 1))


def _marks_inside(
    text: PairedText, span: Span, terms: Sequence[str], whole_numbers: bool
) -> tuple[Span, ...]:
    """What is marked of a stretch of the original, by matches that lie inside it."""
    low, high = text.folded_at(span[0]), text.folded_at(span[1])
    return _union(
        (text.origin(place), text.origin(place + len(term) - 1) + 1)
        for term in terms
        for place in _places(text.folded, term, whole_numbers, low, high)
    )


def _passage(report: str, text: PairedText, span: Span, marks: tuple[Span, ...]) -> Passage:
    start, end = span
    low, high = (marks[0][0], marks[-1][1]) if marks else span
    high = min(high, low + LONGEST_PASSAGE)
    address = str(address_of(report, text.dense(low), text.original[low:high]))
    return Passage(
        text=text.original[start:end],
        marks=tuple((first - start, last - start) for first, last in marks),
        paragraph=text.block_at(start),
        page=text.page_at(low),
        address=address,
        url=passage_url(address),
    )


def _places(
    text: str,
    term: str,
    whole_numbers: bool,
    low: int = 0,
    high: int | None = None,
    most: int | None = None,
) -> list[int]:
    """Where a term stands whole in [low, high) of a folded text, the first `most` of them."""
    found: list[int] = []
    place = text.find(term, low, high)
    while place >= 0 and len(found) != most:
        if not (whole_numbers and touches_number(text, place, place + len(term))):
            found.append(place)
        place = text.find(term, place + 1, high)
    return found


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)
