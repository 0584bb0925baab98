"""What stands together in one sentence or paragraph of a segment.

The units (sentences, paragraphs) that hold the rarest of what is wanted are numbered; in each of
them, the rest is looked for. What stands in other reports is not even put in order: that takes most
of the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.segment import Positions, Segment
from indexer.engine.embedded.stretches import Division
from indexer.equals import firsts
from indexer.folding import fold_query
from indexer.query.nodes import InOrder, Scope, Within
from indexer.query.terms import needed
from indexer.units import UNIT, encode


class Find(Protocol):
    """The ascending positions of a string in a segment; in these reports at least."""

    def __call__(
        self, segment: Segment, term: str, reports: NDArray[np.intp] | None = None
    ) -> Positions: ...


def within(node: Within, segment: Segment, find: Find) -> NDArray[np.bool_]:
    """Which reports hold all the leaves in one unit."""
    division = segment.sentences if node.scope is Scope.SENTENCE else segment.paragraphs
    each_once = dict.fromkeys(needs for leaf in node.leaves for needs in needed(leaf))
    rarest, *others = sorted(each_once, key=lambda terms: sum(map(segment.occurrences, terms)))
    units = _Units.that_hold(_places(rarest, segment, find), division)
    for alternatives in others:
        places = _places(alternatives, segment, find, units.reports(segment))
        held = (each.next(units.begins)[1] <= units.ends for each in places)
        units = units.only(reduce(np.logical_or, held))
    return _mask(segment, units)


def in_order(node: InOrder, segment: Segment, find: Find) -> NDArray[np.bool_]:
    """Which reports hold the phrases one behind the other in one sentence."""
    return _mask(segment, _in_order(node, segment, find))


def sentences_in_order(node: InOrder, segment: Segment, find: Find) -> Positions:
    """Where the sentences begin that hold the phrases one behind the other, ascending."""
    return _in_order(node, segment, find).begins


def _in_order(node: InOrder, segment: Segment, find: Find) -> _Units:
    terms = [fold_query(phrase.text) for phrase in node.phrases]
    rarest = min(terms, key=segment.occurrences)
    held = _places([rarest], segment, find)
    units = _Units.that_hold(held, segment.sentences)
    reports = units.reports(segment)
    places = {term: _places([term], segment, find, reports)[0] for term in set(terms)}
    behind = units.begins
    for term in terms:
        # Each where it is first: nothing that stands later leaves more room for the next.
        _, behind = places[term].next(behind)
    return units.only(behind <= units.ends)


def _places(
    terms: Iterable[str],
    segment: Segment,
    find: Find,
    reports: NDArray[np.intp] | None = None,
) -> list[_Places]:
    return [_Places(find(segment, term, reports), _length(term)) for term in terms]


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
        begins = np.append(self.positions, np.int32(nowhere))[self.positions.searchsorted(starts)]
        return begins, begins + np.int32(self.length)


@dataclass(frozen=True)
class _Units:
    """Some of the units of a segment: [begins[i], ends[i]) each, ascending."""

    begins: Positions
    ends: Positions

    @classmethod
    def that_hold(cls, alternatives: Iterable[_Places], division: Division) -> _Units:
        """The units in which any of these strings begins and ends."""
        numbers = [np.empty(0, dtype=np.intp)]
        for places in alternatives:
            unit = division.number(places.positions)
            whole = (unit >= 0) & (places.positions + places.length <= division.ends(unit))
            numbers.append(unit[whole])
        number = np.concatenate(numbers)
        if len(numbers) > 2:
            number.sort()
        number = number[firsts(number)]
        return cls(division.starts[number], division.ends(number))

    def only(self, some: NDArray[np.bool_]) -> _Units:
        """Those chosen."""
        return _Units(self.begins[some], self.ends[some])

    def reports(self, segment: Segment) -> NDArray[np.intp]:
        """Those that they are in, each once."""
        number = segment.reports_of(self.begins)
        return number[firsts(number)]


def _mask(segment: Segment, units: _Units) -> NDArray[np.bool_]:
    mask = np.zeros(segment.size, dtype=np.bool_)
    mask[units.reports(segment)] = True
    return mask


def _length(term: str) -> int:
    return len(encode(term)) // UNIT
