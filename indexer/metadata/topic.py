"""What a report is about: weighted terms counted over its title and its body.

A term's count is damped by its logarithm and set against the length of the text, so that neither
one word repeated nor a long report that touches everything carries the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import log2

from indexer.folding import fold
from indexer.metadata.evidence import Evidence
from indexer.vocabulary.topics import Topic, topics

MOST = 6
"""Topics that one report carries at most."""

_LEAST = 4.0
"""The score below which a text is not about a subject: one telling term with company."""
_SHARE = 0.42
"""The share of the best topic's score that another must reach."""
_PAGE = 1200
"""Characters over which one occurrence of a term counts in full."""


def find_topics(evidence: Evidence) -> tuple[str, ...]:
    """Keys of the topics, the strongest first; () if nothing tells."""
    return topics_of(evidence.title, evidence.body)


def topics_of(title: str, body: str) -> tuple[str, ...]:
    """Keys of the topics of a title and a body, the strongest first."""
    ranked = sorted(scores(title, body).items(), key=lambda item: -item[1])
    if not ranked:
        return ()
    least = max(_LEAST, ranked[0][1] * _SHARE)
    return tuple(key for key, score in ranked[:MOST] if score >= least)


def scores(title: str, body: str) -> Mapping[str, float]:
    """How strongly title and body speak of each topic that they speak of at all."""
    head, text = fold(title), fold(body)
    pages = max(1.0, len(text) / _PAGE)
    found = {topic.key: _score(topic, head, text, pages) for topic in topics().all}
    return {key: score for key, score in found.items() if score > 0}


def _score(topic: Topic, title: str, body: str, pages: float) -> float:
    score = 0.0
    for term, weight in _terms(topic.key):
        if count := body.count(term):
            score += weight * log2(1 + count / pages)
        if term in title:
            score += weight * topic.title_weight
    return score


@cache
def _terms(key: str) -> tuple[tuple[str, float], ...]:
    """A topic's terms as folded text spells them."""
    topic = next(topic for topic in topics().all if topic.key == key)
    return tuple((fold(term), weight) for term, weight in topic.terms.items())
