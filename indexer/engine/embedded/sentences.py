"""Which sentences of the reports found hold what was asked for.

A sentence holds a phrase that begins in it; one that ends in a later sentence makes one stretch of
them. Of several words or phrases it must hold all that are AND-ed, whatever their order; what is
no text (titles, exclusions) says nothing of sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded import near
from indexer.engine.embedded.evaluate import Lookup
from indexer.engine.embedded.segment import Positions, Segment
from indexer.equals import firsts
from indexer.query.nodes import And, InOrder, Node, Or, Phrase, Within, Words
from indexer.query.terms import told_by
from indexer.sameness import combined
from indexer.units import UNIT, encode

Numbers = NDArray[np.intp]

MOST_PLACES = 3_000_000
"""Occurrences that are looked at; of more, those in the newest reports. About a second's work."""


@dataclass(frozen=True)
class Stretches:
    """Sentences of a snapshot, ascending: of which report, from where to where in the folded text
    of its segment, and the digest of what they say."""

    report: Numbers
    begin: Positions
    end: Positions
    prints: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.report)


def manageable(reports: Numbers, terms: Sequence[str], lookup: Lookup) -> Numbers:
    """Of ascending reports those in which the terms are not too many to be looked at."""
    counts = lookup.matches(terms)[reports]
    if int(counts.sum()) <= MOST_PLACES:
        return reports
    newest = (-lookup.snapshot.date[reports]).argsort(kind="stable")
    within = counts[newest].cumsum() <= MOST_PLACES
    return np.sort(reports[newest[within]])


def holding(
    tree: Node, terms: Sequence[str], reports: Numbers, lookup: Lookup
) -> tuple[Stretches, bool]:
    """The sentences of ascending `reports` that hold what a tree asks for.

    If there are none, those that hold as many different `terms` as any, and True.
    """
    parts = list(_parts(reports, lookup))
    strict = [part.asked_for(tree) for part in parts]
    if any(map(len, strict)):
        return _joined(parts, strict), False
    counted = [part.counted(terms) for part in parts]
    most = max((int(counts.max(initial=0)) for _, counts in counted), default=0)
    loose = [numbers[counts == most] for numbers, counts in counted]
    return _joined(parts, loose), any(map(len, loose))


class _Part:
    """The sentences of a segment, by number."""

    def __init__(self, base: int, segment: Segment, inside: Numbers, lookup: Lookup) -> None:
        self._base = base
        self._segment = segment
        self._inside = inside
        self._lookup = lookup
        self._held: dict[str, Numbers] = {}
        self._crossing: list[tuple[Numbers, Numbers]] = []

    def asked_for(self, node: Node) -> Numbers:
        """Those that hold what a tree asks for, ascending."""
        found = self._of(node)
        return np.empty(0, dtype=np.intp) if found is None else found

    def counted(self, terms: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Those that hold any of these strings, ascending, and how many different ones."""
        nothing = np.empty(0, dtype=np.intp)
        held = np.concatenate([nothing, *(self._holding(term) for term in terms)])
        return np.unique(held, return_counts=True)

    def stretches(self, numbers: Numbers) -> Stretches:
        """Sentences, each with those behind it into which something runs on from it."""
        texts = self._segment.texts
        last = numbers.copy()
        for begins, ends in self._crossing:
            places = numbers.searchsorted(begins)
            known = places < len(numbers)
            known[known] = numbers[places[known]] == begins[known]
            np.maximum.at(last, places[known], ends[known])
        prints = texts.prints[numbers].copy()
        for step in range(1, 1 + int((last - numbers).max(initial=0))):
            longer = numbers + step <= last
            prints[longer] = combined(prints[longer], texts.prints[numbers[longer] + step])
        begin = texts.sentences[numbers]
        inside = self._segment.reports_of(begin)
        following = np.append(texts.sentences, np.int32(len(texts.suffixes)))[last + 1]
        end = np.minimum(following, (texts.starts[inside + 1] - 1).astype(np.int32))
        return Stretches(self._base + inside, begin, end, prints)

    def _of(self, node: Node) -> Numbers | None:
        """As `asked_for`; None for a node that says nothing of sentences."""
        match node:
            case Phrase() | Words():
                return self._all([self._any(terms) for terms in told_by(node)])
            case Within(_, leaves):
                return self._all([self._any(terms) for leaf in leaves for terms in told_by(leaf)])
            case InOrder():
                begins = near.sentences_in_order(node, self._segment, self._positions)
                return self._segment.texts.sentences.searchsorted(begins)
            case And(children):
                return self._all(
                    [each for child in children if (each := self._of(child)) is not None]
                )
            case Or(children):
                found = [each for child in children if (each := self._of(child)) is not None]
                return reduce(np.union1d, found) if found else None
            case _:
                return None

    def _all(self, found: Sequence[Numbers]) -> Numbers | None:
        return reduce(_common, found) if found else None

    def _any(self, terms: Sequence[str]) -> Numbers:
        return reduce(np.union1d, map(self._holding, terms))

    def _holding(self, term: str) -> Numbers:
        if term not in self._held:
            starts = self._segment.texts.sentences
            positions = self._positions(self._segment, term)
            number = np.maximum(self._segment.sentences.number(positions), 0)
            ends = positions + np.int32(len(encode(term)) // UNIT)
            following = np.append(starts, np.int32(len(self._segment.texts.suffixes)))
            across = (ends > following[number + 1]).nonzero()[0]
            if len(across):
                last = starts.searchsorted(ends[across] - 1, side="right") - 1
                self._crossing.append((number[across], last))
            self._held[term] = number[firsts(number)]
        return self._held[term]

    def _positions(self, segment: Segment, term: str, reports: Numbers | None = None) -> Positions:
        return self._lookup.positions_in(segment, self._inside, term)


def _parts(reports: Numbers, lookup: Lookup) -> Iterator[_Part]:
    base = 0
    for segment in lookup.snapshot.segments:
        low, high = reports.searchsorted((base, base + segment.size)).tolist()
        if low < high:
            yield _Part(base, segment, reports[low:high] - base, lookup)
        base += segment.size


def _common(one: Numbers, other: Numbers) -> Numbers:
    return np.intersect1d(one, other, assume_unique=True)


def _joined(parts: Sequence[_Part], numbers: Sequence[Numbers]) -> Stretches:
    each = [part.stretches(of_part) for part, of_part in zip(parts, numbers, strict=True)]

    def together(part: Callable[[Stretches], NDArray[np.generic]], kind: type) -> NDArray[Any]:
        return np.concatenate([np.empty(0, dtype=kind), *map(part, each)])

    return Stretches(
        together(lambda one: one.report, np.intp),
        together(lambda one: one.begin, np.int32),
        together(lambda one: one.end, np.int32),
        together(lambda one: one.prints, np.uint64),
    )
