"""What stands together in one sentence or paragraph of a segment.

The units (sentences, paragraphs) that hold the rarest of what is wanted are numbered; in each of
them, the rest is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.segment import Positions, Segment
from indexer.folding import fold_query
from indexer.query.nodes import InOrder, Scope, Within
from indexer.query.terms import needed
from indexer.units import UNIT, encode

Find = Callable[[Segment, str], Positions]
"""The ascending positions of a string in a segment."""


def within(node: Within, segment: Segment, find: Find) -> NDArray[np.bool_]:
    """Which reports hold all the leaves in one unit."""
    starts = segment.texts.sentences if node.scope is Scope.SENTENCE else segment.texts.paragraphs
    each_once = dict.fromkeys(needs for leaf in node.leaves for needs in needed(leaf))
    wanted = sorted(
        (
            [_Places(find(segment, term), _length(term)) for term in alternatives]
            for alternatives in each_once
        ),
        key=_number,
    )
    units = _Units.that_hold(wanted[0], starts, segment)
    for alternatives in wanted[1:]:
        held = (places.next(units.begins)[1] <= units.ends for places in alternatives)
        units = units.only(reduce(np.logical_or, held))
    return _reports(segment, units)


def in_order(node: InOrder, segment: Segment, find: Find) -> NDArray[np.bool_]:
    """Which reports hold the phrases one behind the other in one sentence."""
    return _reports(segment, _in_order(node, segment, find))


def sentences_in_order(node: InOrder, segment: Segment, find: Find) -> Positions:
    """Where the sentences begin that hold the phrases one behind the other, ascending."""
    return _in_order(node, segment, find).begins


def _in_order(node: InOrder, segment: Segment, find: Find) -> _Units:
    terms = [fold_query(phrase.text) for phrase in node.phrases]
    places = {term: _Places(find(segment, term), _length(term)) for term in set(terms)}
    rarest = min(([one] for one in places.values()), key=_number)
    units = _Units.that_hold(rarest, segment.texts.sentences, segment)
    behind = units.begins
    for term in terms:
        # Each where it is first: nothing that stands later leaves more room for the next.
        _, behind = places[term].next(behind)
    return units.only(behind <= units.ends)


@dataclass(frozen=True)
class _Places:
    """Where a string of that many code units stands, ascending."""

    positions: Positions
    length: int

    def next(self, starts: Positions) -> tuple[Positions, Positions]:
        """Where the first one from each of these places on begins and ends.

        Both are behind all text if there is none.
        """
        nowhere = np.iinfo(np.int32).max - self.length
        begins = np.append(self.positions, np.int32(nowhere))[
            np.searchsorted(self.positions, starts)
        ]
        return begins, begins + np.int32(self.length)


@dataclass(frozen=True)
class _Units:
    """Some of the units of a segment: [begins[i], ends[i]) each, ascending."""

    begins: Positions
    ends: Positions

    @classmethod
    def that_hold(
        cls, alternatives: Iterable[_Places], starts: Positions, segment: Segment
    ) -> _Units:
        """The units in which any of these strings begins and ends."""
        numbers = [np.empty(0, dtype=np.intp)]
        for places in alternatives:
            unit = np.searchsorted(starts, places.positions, side="right") - 1
            whole = (unit >= 0) & (places.positions + places.length <= _ends(unit, starts, segment))
            numbers.append(unit[whole])
        number = np.sort(np.concatenate(numbers))
        number = number[np.diff(number, prepend=-1) > 0]
        return cls(starts[number], _ends(number, starts, segment))

    def only(self, some: NDArray[np.bool_]) -> _Units:
        """Those chosen."""
        return _Units(self.begins[some], self.ends[some])


def _ends(number: NDArray[np.intp], starts: Positions, segment: Segment) -> Positions:
    """Where units end: where the next begins, or all the text ends."""
    following = number + 1
    last = following >= len(starts)
    ends = starts[np.where(last, 0, following)] if len(starts) else starts
    return np.where(last, np.int32(len(segment.texts.suffixes)), ends)


def _number(alternatives: Sequence[_Places]) -> int:
    return sum(len(places.positions) for places in alternatives)


def _reports(segment: Segment, units: _Units) -> NDArray[np.bool_]:
    mask = np.zeros(segment.size, dtype=np.bool_)
    mask[segment.reports_of(units.begins)] = True
    return mask


def _length(term: str) -> int:
    return len(encode(term)) // UNIT
