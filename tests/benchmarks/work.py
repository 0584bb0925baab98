"""What is searched for: phrases by how many reports hold them, words, words combined.

Everything is drawn from the texts. Half of the phrases begin and end where jieba parts words, as
typed ones mostly do; half begin anywhere. The plain scan says what is right.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.folding import fold, fold_query
from indexer.query.nodes import QUOTES, Phrase
from indexer.report import BARRIER
from indexer.words import words
from tests.benchmarks.contenders import Answer, Query
from tests.benchmarks.ours import SAME_SENTENCE
from tests.benchmarks.peers.plain_scan import Scan
from tests.benchmarks.synthetic import SENTENCE_ENDS

LENGTHS = (2, 4, 8, 20)
SHARES = {"rare": 0.01, "middling": 0.1, "frequent": 1.01}
"""Up to which share of the reports a phrase is called so; the bounds themselves are above."""

_WARMING = 1
"""Queries of each kind and length that are put to every engine before any is timed."""
_SAMPLE = 400
"""Reports whose texts phrases are drawn from, and among which they are first looked for."""
_STRETCH = 300
_ATTEMPTS = 300
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_UNUSABLE = re.compile(
    f"[{re.escape(fold(SENTENCE_ENDS) + BARRIER + ''.join((*QUOTES, *QUOTES.values())))}]"
)


@dataclass(frozen=True)
class Work:
    """Queries in the order in which they are put, and the right answers of the exact ones."""

    warming: tuple[Query, ...]
    measured: tuple[Query, ...]
    right: dict[Query, Answer]


def draw(scan: Scan, number: int, seed: int, *, with_sentences: bool) -> Work:
    """About `number` queries of every kind; fewer where the texts have no more such phrases."""
    chosen = random.Random(seed)
    texts = chosen.sample(scan.texts, min(_SAMPLE, len(scan.texts)))
    right: dict[Query, Answer] = {}
    kinds = [
        *_phrases(chosen, scan, texts, max(1, number // len(LENGTHS)) + _WARMING, right),
        _distinct(lambda: _one_word(chosen, texts), number + _WARMING),
        _distinct(lambda: _three_words(chosen, texts), number + _WARMING),
        _distinct(lambda: _without(chosen, texts), number + _WARMING),
        _distinct(lambda: _either(chosen, texts), number + _WARMING),
    ]
    if with_sentences:
        together = _distinct(lambda: _one_sentence(chosen, texts), number + _WARMING)
        right |= {query: scan.answer(query) for query in together}
        kinds.append(together)
    measured = [query for queries in kinds for query in queries[_WARMING:]]
    chosen.shuffle(measured)
    return Work(
        warming=tuple(query for queries in kinds for query in queries[:_WARMING]),
        measured=tuple(measured),
        right=right,
    )


def _phrases(
    chosen: random.Random, scan: Scan, texts: list[str], wanted: int, right: dict[Query, Answer]
) -> Iterator[list[Query]]:
    """For each length and each class of frequency, so many phrases; their answers go in `right`."""
    for length in LENGTHS:
        found: dict[str, list[Query]] = {name: [] for name in SHARES}
        seen: set[str] = set()
        for attempt in range(_ATTEMPTS * wanted):
            if all(len(queries) == wanted for queries in found.values()):
                break
            text = chosen.choice(texts)
            phrase = (_anywhere, _at_words)[attempt % 2](chosen, text, length)
            if phrase is None or phrase in seen or not _is_usable(phrase):
                continue
            seen.add(phrase)
            guessed = _share(sum(phrase in text for text in texts) / len(texts))
            if len(found[guessed]) == wanted:
                continue
            answer = scan.answer(_phrase("", phrase))
            name = _share(answer.total / len(scan.texts))
            if len(found[name]) < wanted:
                query = _phrase(f"phrase, {name}", phrase)
                found[name].append(query)
                right[query] = answer
        yield from found.values()


def _phrase(kind: str, phrase: str) -> Query:
    return Query(kind, str(Phrase(phrase)), every=(phrase,), exact=True, length=len(phrase))


def _share(share: float) -> str:
    return next(name for name, bound in SHARES.items() if share < bound)


def _anywhere(chosen: random.Random, text: str, length: int) -> str | None:
    start = chosen.randrange(len(text) - length)
    return text[start : start + length]


def _at_words(chosen: random.Random, text: str, length: int) -> str | None:
    # A stretch of the text is cut, not the whole of it: enough to find where words part.
    begin = chosen.randrange(max(1, len(text) - _STRETCH))
    stretch = text[begin : begin + _STRETCH]
    bounds: set[int] = set()
    place = 0
    for piece in words(stretch):
        start = stretch.index(piece, place)
        place = start + len(piece)
        bounds |= {start, place}
    fitting = [start for start in sorted(bounds) if start + length in bounds]
    if not fitting:
        return None
    start = chosen.choice(fitting)
    return stretch[start : start + length]


def _is_usable(phrase: str) -> bool:
    return (
        phrase[0].isalnum()
        and phrase[-1].isalnum()
        and not _UNUSABLE.search(phrase)
        and fold_query(phrase) == phrase
    )


def _distinct(draw_one: Callable[[], Query | None], wanted: int) -> list[Query]:
    found: dict[Query, None] = {}
    for _ in range(_ATTEMPTS * wanted):
        if len(found) == wanted:
            break
        query = draw_one()
        if query is not None:
            found[query] = None
    return list(found)


def _words_of(chosen: random.Random, texts: list[str], number: int) -> tuple[str, ...] | None:
    """Different words of one report."""
    text = chosen.choice(texts)
    begin = chosen.randrange(max(1, len(text) - _STRETCH))
    found = [word for word in words(text[begin : begin + _STRETCH]) if _HAN.fullmatch(word)]
    return _some(chosen, found, number)


def _some(chosen: random.Random, found: list[str], number: int) -> tuple[str, ...] | None:
    """So many of these words, the repeated ones more likely; none a part of another."""
    counted = Counter(found)
    some: list[str] = []
    for word in (
        chosen.choices(list(counted), list(counted.values()), k=3 * number) if found else ()
    ):
        if not any(word in other or other in word for other in some):
            some.append(word)
    return tuple(some[:number]) if len(some) >= number else None


def _one_word(chosen: random.Random, texts: list[str]) -> Query | None:
    found = _words_of(chosen, texts, 1)
    return Query("one word", found[0], every=found) if found else None


def _three_words(chosen: random.Random, texts: list[str]) -> Query | None:
    found = _words_of(chosen, texts, 3)
    return Query("three words", " ".join(found), every=found) if found else None


def _without(chosen: random.Random, texts: list[str]) -> Query | None:
    found, other = _words_of(chosen, texts, 2), _words_of(chosen, texts, 1)
    if not (found and other) or other[0] in found:
        return None
    return Query("A B -C", f"{' '.join(found)} -{other[0]}", every=found, none=other)


def _either(chosen: random.Random, texts: list[str]) -> Query | None:
    found = _words_of(chosen, texts, 2)
    return Query("A OR B", " OR ".join(found), any=found) if found else None


def _one_sentence(chosen: random.Random, texts: list[str]) -> Query | None:
    sentence = chosen.choice(re.split(f"[{re.escape(fold(SENTENCE_ENDS))}]", chosen.choice(texts)))
    found = _some(chosen, [word for word in words(sentence) if _HAN.fullmatch(word)], 2)
    if not found:
        return None
    typed = f"{SAME_SENTENCE}({' '.join(str(Phrase(word)) for word in found)})"
    return Query("same sentence", typed, every=found, exact=True, together=True)
