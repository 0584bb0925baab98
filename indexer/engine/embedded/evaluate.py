"""A query tree over a snapshot -> which reports, how often, how well."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, reduce

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded import postings
from indexer.engine.embedded.snapshot import Snapshot
from indexer.folding import fold_query
from indexer.query.nodes import And, Everything, Node, Not, Or, Phrase, Words, wanted_leaves
from indexer.query.terms import marked_terms
from indexer.words import search_words

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Evaluated:
    """For each report of the snapshot: found or not, occurrences of the query's text, score."""

    found: Mask
    matches: NDArray[np.int64]
    score: Scores


def evaluate(tree: Node, snapshot: Snapshot) -> Evaluated:
    """Find, count and score. What is not found counts and scores nothing."""
    lookup = _Lookup(snapshot)
    found = _mask(tree, lookup) & snapshot.live
    matches = np.zeros(len(found), dtype=np.int64)
    for term in marked_terms(tree):
        matches += lookup.occurrences(term)
    return Evaluated(found, np.where(found, matches, 0), np.where(found, _score(tree, lookup), 0))


class _Lookup:
    """Each string and each word of a query is looked up once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.occurrences = cache(snapshot.occurrences)
        self.frequencies = cache(snapshot.frequencies)


def _mask(node: Node, lookup: _Lookup) -> Mask:
    match node:
        case Phrase(text):
            return lookup.occurrences(fold_query(text)) > 0
        case Words(text):
            return _words_mask(fold_query(text), lookup)
        case And(children):
            return reduce(np.logical_and, (_mask(child, lookup) for child in children))
        case Or(children):
            return reduce(np.logical_or, (_mask(child, lookup) for child in children))
        case Not(child):
            return ~_mask(child, lookup)
        case Everything():
            return np.ones(len(lookup.snapshot.live), dtype=np.bool_)


def _words_mask(folded: str, lookup: _Lookup) -> Mask:
    """Reports with all the words, and those with the text as it stands.

    jieba may cut the same characters differently in their surroundings there: what stands in a
    report letter for letter is never missed.
    """
    verbatim: Mask = lookup.occurrences(folded) > 0
    words = set(search_words(folded))
    if not words:
        return verbatim
    holders = (
        reduce(np.logical_or, (counts > 0 for counts in lookup.frequencies(word).values()))
        for word in words
    )
    found: Mask = verbatim | reduce(np.logical_and, holders)
    return found


def _score(tree: Node, lookup: _Lookup) -> Scores:
    """BM25F summed over words, phrases, and runs of words that stand together."""
    snapshot = lookup.snapshot
    score = np.zeros(len(snapshot.live), dtype=np.float32)
    strings: dict[str, None] = {}
    words: dict[str, None] = {}
    for leaf in wanted_leaves(tree):
        folded = fold_query(leaf.text)
        leaf_words = search_words(folded) if isinstance(leaf, Words) else []
        words.update(dict.fromkeys(leaf_words))
        if len(leaf_words) != 1:
            strings[folded] = None
    for word in words:
        score += postings.bm25f(lookup.frequencies(word), snapshot.live, snapshot.lengths)
    for string in strings:
        counts = {"body": lookup.occurrences(string).astype(np.float32)}
        score += postings.bm25f(counts, snapshot.live, snapshot.lengths)
    return score
