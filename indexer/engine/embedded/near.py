"""What stands together in one sentence or paragraph of a segment.

Occurrences are given numbers of the units they stand in; what is wanted together is the
intersection of those numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.segment import Positions, Segment
from indexer.engine.embedded.suffixes import UNIT, encode
from indexer.folding import fold_query
from indexer.query.nodes import InOrder, Scope, Within
from indexer.query.terms import needed

Find = Callable[[Segment, str], Positions]
"""The ascending positions of a string in a segment."""


def within(node: Within, segment: Segment, find: Find) -> NDArray[np.bool_]:
    """Which reports hold all the leaves in one unit."""
    starts = segment.texts.sentences if node.scope is Scope.SENTENCE else segment.texts.paragraphs
    held = [
        _units(starts, segment, alternatives, find)
        for leaf in node.leaves
        for alternatives in needed(leaf)
    ]
    together = reduce(np.intersect1d, held)
    return _reports(segment, starts[together])


def in_order(node: InOrder, segment: Segment, find: Find) -> NDArray[np.bool_]:
    """Which reports hold the phrases one behind the other in one sentence."""
    starts = segment.texts.sentences
    terms = [fold_query(phrase.text) for phrase in node.phrases]
    held = [_units(starts, segment, (term,), find) for term in terms]
    places = [find(segment, term) for term in terms]
    bounds = np.append(starts, len(segment.texts.suffixes))
    found = [
        unit
        for unit in reduce(np.intersect1d, held).tolist()
        if _follow(terms, places, int(bounds[unit]), int(bounds[unit + 1]))
    ]
    return _reports(segment, starts[np.array(found, dtype=np.intp)])


def _follow(terms: Sequence[str], places: Sequence[Positions], start: int, end: int) -> bool:
    """Whether the terms stand one behind the other in [start, end): each where it is first."""
    for term, positions in zip(terms, places, strict=True):
        number = int(np.searchsorted(positions, start))
        if number == len(positions):
            return False
        start = int(positions[number]) + _length(term)
        if start > end:
            return False
    return True


def _units(
    starts: NDArray[np.int32], segment: Segment, alternatives: Sequence[str], find: Find
) -> NDArray[np.intp]:
    """The units in which any of these strings begins and ends."""
    ends = np.append(starts[1:], len(segment.texts.suffixes))
    found = [np.empty(0, dtype=np.intp)]
    for term in alternatives:
        positions = find(segment, term)
        units = np.searchsorted(starts, positions, side="right") - 1
        whole = (units >= 0) & (positions + _length(term) <= ends[units])
        found.append(units[whole])
    return np.unique(np.concatenate(found))


def _reports(segment: Segment, positions: NDArray[np.int32]) -> NDArray[np.bool_]:
    mask = np.zeros(segment.size, dtype=np.bool_)
    mask[segment.reports_of(positions.astype(np.int64))] = True
    return mask


def _length(term: str) -> int:
    return len(encode(term)) // UNIT
