"""Where a text speaks of the topics: the terms of the vocabulary, found all at once and weighed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from indexer.folding import fold
from indexer.vocabulary.topics import TITLE_WEIGHT, Topics, topics

_OFFICE = re.compile(
    r"(?:行政)?(?:主管|监督管理|监督|管理)?(?:部门|机关|厅|局|委员会|办公室|部(?![分署队委件])|委(?![托员派]))"
    r"(?!组成人员|成员)"
)
"""What follows a term that only names who is in charge: 卫生|行政主管部门, 教育|厅.

A notice on who sits on a committee is about its field: 安全生产|委员会组成人员.
"""
_AGAIN = 0.5
"""What a term counts that the same passage had before."""
_CONTRAST = 1.5
"""The exponent that lets a passage belong to its strongest topic rather than to all it touches."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at [start, end) of a folded text, and what it weighs for each topic it tells of."""

    term: int
    start: int
    end: int
    weights: Mapping[str, float]


@dataclass(frozen=True)
class Terms:
    """A matcher and, term by term, the term as the vocabulary spells it and its topics."""

    spelled: tuple[str, ...]
    weights: tuple[Mapping[str, float], ...]
    matcher: AhoCorasick

    def find(self, text: str) -> Iterator[Hit]:
        """Terms that tell of a topic: of those that overlap, the first and longest."""
        for term, start, end in self.matcher.find_matches_as_indexes(text):
            if weights := self.weights[term]:
                yield Hit(term, start, end, weights)

    def subjects(self, text: str) -> tuple[Hit, ...]:
        """The same without the terms that only name an office."""
        return tuple(hit for hit in self.find(text) if not names_office(text, hit.end))


def names_office(text: str, end: int) -> bool:
    """Whether what ends there is the beginning of an office's name."""
    return _OFFICE.match(text, end) is not None


@cache
def body_terms() -> Terms:
    return _terms(topics(), in_title=False)


@cache
def title_terms() -> Terms:
    return _terms(topics(), in_title=True)


def _terms(vocabulary: Topics, in_title: bool) -> Terms:
    spelled = {fold(phrase): phrase for phrase in vocabulary.neutral}
    weights: dict[str, dict[str, float]] = {phrase: {} for phrase in spelled}
    for topic in vocabulary.all:
        own = dict(topic.terms)
        if in_title:
            own |= dict.fromkeys(topic.titles, TITLE_WEIGHT)
        for term, weight in own.items():
            spelled.setdefault(fold(term), term)
            weights.setdefault(fold(term), {})[topic.key] = weight
    return Terms(
        tuple(spelled[folded] for folded in weights),
        tuple(weights.values()),
        AhoCorasick(list(weights), matchkind=MatchKind.LeftmostLongest),
    )


def weigh(hits: Iterable[Hit]) -> dict[str, float]:
    """How strongly the terms of one passage speak of each topic."""
    seen: set[int] = set()
    strength: dict[str, float] = {}
    for hit in hits:
        share = _AGAIN if hit.term in seen else 1.0
        seen.add(hit.term)
        for key, weight in hit.weights.items():
            strength[key] = strength.get(key, 0.0) + weight * share
    return strength


def divided(strength: Mapping[str, float], amount: float) -> dict[str, float]:
    """`amount` shared out among the topics, the stronger ones taking more than their part."""
    sharp = {key: value**_CONTRAST for key, value in strength.items()}
    whole = sum(sharp.values())
    return {key: amount * value / whole for key, value in sharp.items()} if whole else {}


def told(key: str, terms: Terms, counts: Counter[int]) -> list[tuple[float, str, int]]:
    """(weight, term, count) of the terms that tell of a topic."""
    return [
        (terms.weights[term][key], terms.spelled[term], count)
        for term, count in counts.items()
        if key in terms.weights[term]
    ]
