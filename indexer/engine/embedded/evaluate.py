"""A query tree over a snapshot -> which reports, how often, how well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded import near, postings, ranking
from indexer.engine.embedded.postings import Postings, tallied
from indexer.engine.embedded.segment import Positions, Segment
from indexer.engine.embedded.snapshot import Snapshot
from indexer.engine.embedded.source import SnapshotSource
from indexer.engine.embedded.whole_numbers import is_cut
from indexer.folding import fold_query
from indexer.query.nodes import (
    And,
    Everything,
    Facet,
    Field,
    InOrder,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Within,
    Words,
    wanted_leaves,
)
from indexer.query.questions import content
from indexer.query.terms import needed, variants
from indexer.words import query_words, search_words

MOST_WORDS = 500
"""Different words of a query that are scored; what is found must have all of them even so."""

# A query's text is cut several times on the way.
_cut_for_search = lru_cache(1000)(search_words)

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Evaluated:
    """For each report of the snapshot: found or not, and its score.

    Scores of reports that were not found mean nothing. `relaxed` if no report has all the words,
    and those found come near to having them.
    """

    found: Mask
    score: Scores
    relaxed: bool


def evaluate(tree: Node, lookup: Lookup, *, by_relevance: bool = True) -> Evaluated:
    """Find and score.

    Scores are only good to break ties unless the order is `by_relevance`.
    """
    snapshot = lookup.snapshot
    found = matching(tree, lookup) & snapshot.live
    stretches = _stretches(tree)
    # Where nothing is found, what comes near may be.
    score = _score(tree, stretches, lookup, found if found.any() else snapshot.live)
    relaxed = False
    if stretches and (by_relevance or not found.any()):
        source = SnapshotSource(snapshot)
        wanted = ranking.units(stretches)
        cut = [query_words(stretch) for stretch in stretches]
        several = len({word for pieces in cut for word in pieces}) > 1
        # Inside one word, pairs say nothing that the word does not.
        weights = ranking.add_pairs(
            score, wanted, source, in_all=any(len(pieces) > 1 for pieces in cut)
        )
        besides = _besides_words(tree) if several else None
        if not found.any() and besides is not None:
            eligible = matching(besides, lookup) & snapshot.live
            found = ranking.close(np.where(eligible, score, np.float32(0))) & eligible
            relaxed = bool(found.any())
        # A single word is in no better company in one sentence than in another.
        if by_relevance and several and found.any():
            ranking.refine(score, found.nonzero()[0], wanted, weights, source)
    return Evaluated(found, score, relaxed)


def _stretches(tree: Node) -> list[str]:
    """The unquoted text of a query without its question words."""
    return [
        stretch
        for leaf in wanted_leaves(tree)
        if isinstance(leaf, Words)
        for stretch in content(fold_query(leaf.text))
    ]


def _besides_words(node: Node) -> Node | None:
    """What must hold even where not all words do; None where words are not simply AND-ed."""
    match node:
        case Words():
            return Everything()
        case And(children) if any(isinstance(child, Words) for child in children):
            return And(
                tuple(Everything() if isinstance(child, Words) else child for child in children)
            )
        case _:
            return None


class Lookup:
    """Where the strings of a query count."""

    def __init__(self, snapshot: Snapshot, *, whole_numbers: bool = False) -> None:
        self.snapshot = snapshot
        self._whole_numbers = whole_numbers
        self._occurrences: dict[str, Postings] = {}

    def occurrences(self, term: str) -> Postings:
        """How often a string counts in each report."""
        if term not in self._occurrences:
            self._occurrences[term] = self._counted(term)
        return self._occurrences[term]

    def matches(self, terms: Iterable[str]) -> NDArray[np.int64]:
        """How often these count in each report, taken together."""
        matches = np.zeros(len(self.snapshot.live), dtype=np.int64)
        for term in terms:
            held = self.occurrences(term)
            matches[held.reports] += held.counts
        return matches

    def any_of(self, terms: tuple[str, ...]) -> Mask:
        """Reports that hold any of these strings."""
        return reduce(np.logical_or, map(self._holding, terms))

    def _holding(self, term: str) -> Mask:
        if term in self._occurrences or self.cuts_numbers(term):
            return self.snapshot.mask(self.occurrences(term).reports)
        return self.snapshot.holding(term)

    def positions(
        self, segment: Segment, term: str, reports: NDArray[np.intp] | None = None
    ) -> Positions:
        """Where a string counts, ascending; in these reports only."""
        if reports is not None and len(reports) < segment.size:
            return self.positions_in(segment, reports, term)
        return self._uncut(segment, segment.positions(term), term)

    def positions_in(self, segment: Segment, reports: NDArray[np.intp], term: str) -> Positions:
        """As `positions`, in these reports of the segment only."""
        return self._uncut(segment, segment.positions_in(reports, term), term)

    def _uncut(self, segment: Segment, found: Positions, term: str) -> Positions:
        """Without those that cut a number in two, where whole ones are wanted."""
        if self.cuts_numbers(term):
            return found[~is_cut(segment.texts.text, found, term)]
        return found

    def _counted(self, term: str) -> Postings:
        if not self.cuts_numbers(term):
            return self.snapshot.occurrences(term)
        return self.snapshot.joined(
            lambda segment: tallied(segment.reports_of(self.positions(segment, term)), segment.size)
        )

    def cuts_numbers(self, term: str) -> bool:
        """Whether the string does not count wherever it stands."""
        return self._whole_numbers and (term[0].isdigit() or term[-1].isdigit())


def matching(node: Node, lookup: Lookup) -> Mask:
    """Reports for which a tree holds exactly, deleted ones too."""
    snapshot = lookup.snapshot
    match node:
        case Phrase(text):
            return snapshot.mask(lookup.occurrences(fold_query(text)).reports)
        case Words(text):
            return _words_mask(fold_query(text), lookup)
        case InOrder():
            find = partial(near.in_order, node, find=lookup.positions)
            return snapshot.gather(find, np.bool_)
        case Within():
            find = partial(near.within, node, find=lookup.positions)
            return snapshot.gather(find, np.bool_)
        case Field(name, leaf):
            return snapshot.gather(partial(_holds, name=name.value, leaf=leaf), np.bool_)
        case And(children):
            return reduce(np.logical_and, (matching(child, lookup) for child in children))
        case Or(children):
            return reduce(np.logical_or, (matching(child, lookup) for child in children))
        case Not(child):
            return ~matching(child, lookup)
        case Everything():
            return np.ones(len(snapshot.live), dtype=np.bool_)
        case Facet():
            raise ValueError(f"{node} is a filter, not something to look for")


def _words_mask(folded: str, lookup: Lookup) -> Mask:
    """Reports with all the words, and those with the text as it stands.

    jieba may cut the same characters differently in their surroundings there: what stands in a
    report letter for letter is never missed.
    """
    spellings = variants(folded)
    verbatim = lookup.any_of(spellings)
    wanted = {word for stretch in content(folded) for word in _cut_for_search(stretch)}
    # The words of a date (2026, 3, 11, 年) stand almost anywhere.
    if not wanted or len(spellings) > 1:
        return verbatim
    with_all = np.ones_like(verbatim)
    for word in wanted:
        with_all &= lookup.snapshot.word(word).mask
        if not with_all.any():
            break
    return verbatim | with_all


def _holds(segment: Segment, name: str, leaf: Leaf) -> Mask:
    """Which reports' title, issuer or kind holds the leaf."""
    values = segment.columns.named[name]
    holding = np.ones(segment.size, dtype=np.bool_)
    for alternatives in needed(leaf):
        # Lists are ten times as fast here as a generator over reports.
        masks = [np.array([term in value for value in values], np.bool_) for term in alternatives]
        holding &= reduce(np.logical_or, masks)
    return holding


def _score(tree: Node, stretches: Sequence[str], lookup: Lookup, wanted: Mask) -> Scores:
    """BM25F summed over words, phrases, and runs of words that stand together.

    Of the reports wanted; what it is for others means nothing. A word that the query repeats counts
    as often.
    """
    snapshot = lookup.snapshot
    reports = wanted.nonzero()[0]
    norms = {name: norm.take(reports) for name, norm in snapshot.norms.items()}
    scores = np.zeros(len(reports), dtype=np.float32)

    def add(counts: Mapping[str, NDArray[Any]], holders: int, number: int) -> None:
        nonlocal scores
        if counts:
            rarity = postings.rarity(holders, snapshot.total)
            scores += number * postings.bm25f(postings.weighted(counts, norms), rarity)

    times = Counter(word for stretch in stretches for word in _cut_for_search(stretch))
    for word, number in islice(times.items(), MOST_WORDS):
        of_word = snapshot.word(word)
        holders = int(np.count_nonzero(of_word.mask & snapshot.live))
        counts = {name: of_field.take(reports) for name, of_field in of_word.counts.items()}
        add(counts, holders, number)
    for string in dict.fromkeys(_strings(tree)):
        held = lookup.occurrences(string)
        add({"body": held.of(reports, len(wanted))}, snapshot.holders(held.reports), 1)
    score = np.zeros(len(wanted), dtype=np.float32)
    score[reports] = scores
    return score


def _strings(tree: Node) -> Iterator[str]:
    """What counts as a whole: phrases, and unquoted text of several words."""
    for leaf in wanted_leaves(tree):
        folded = fold_query(leaf.text)
        if isinstance(leaf, Phrase) or len(_cut_for_search(folded)) != 1:
            yield folded
