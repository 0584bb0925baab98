"""The facets of all reports, prepared once so that a query only has to count.

A table numbers the values that occur, in the order in which they are listed; each report has such a
number (regions, years) or a bit for each (topics).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.arrays import NO_REGION, NO_YEAR
from indexer.results import FacetValue
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics

_FEW = 64
"""With fewer found than one in so many, topics are counted in these sooner than in bits of all."""

Mask = NDArray[np.bool_]
Reports = NDArray[np.intp]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Values:
    """What is shown of each value, in arrays: from them a part is chosen at once."""

    values: NDArray[np.object_]
    labels: NDArray[np.object_]
    parents: NDArray[np.object_]

    @classmethod
    def of(cls, shown: Sequence[tuple[str | int, str, str | None]]) -> Values:
        """Of value, label and parent of each."""
        columns = np.empty((len(shown), 3), dtype=np.object_)
        for row, columns_of in enumerate(shown):
            columns[row] = columns_of
        return cls(*np.ascontiguousarray(columns.T))

    def counted(self, counts: Counts) -> list[FacetValue]:
        """Those with a report."""
        some = counts.nonzero()[0]
        columns = (self.values[some], self.labels[some], counts[some], self.parents[some])
        return list(map(FacetValue, *map(np.ndarray.tolist, columns)))

    def most_first(self, counts: Counts) -> list[FacetValue]:
        """Those with a report, the most frequent first; of equals, in the order of the table."""
        some = (-counts).argsort(kind="stable")[: np.count_nonzero(counts)]
        columns = (self.values[some], self.labels[some], counts[some], self.parents[some])
        return list(map(FacetValue, *map(np.ndarray.tolist, columns)))


@dataclass(frozen=True)
class Regions:
    """The regions of reports, and the places that those name and lie in today."""

    present: tuple[str | None, ...]
    """The different regions as codes, ascending; before them None for undecided."""
    number: Reports
    """Which of them each report has."""
    rank: Reports
    """Where each of them stands in the tree, a place directly before those in it; None last."""
    places: Values
    """Each directly before those in it."""
    inside: Mapping[str | None, Reports]
    """The numbers in `present` that lie in each place, in the order of `places`; of None too."""

    @classmethod
    def of(cls, codes: NDArray[np.int32]) -> Regions:
        """The table of these codes of GB/T 2260, one a report."""
        tree = regions()
        distinct, number = np.unique(codes, return_inverse=True)
        present = [None if code == NO_REGION else f"{code:06d}" for code in distinct.tolist()]
        chains = [tree.lineage(code) if code else () for code in present]
        places = sorted({chain[: end + 1] for chain in chains for end in range(len(chain))})
        rank = {chain: place for place, chain in enumerate(places)}
        inside: dict[str | None, list[int]] = {chain[-1]: [] for chain in places}
        for at, chain in enumerate(chains):
            for code in chain or (None,):
                inside.setdefault(code, []).append(at)
        return cls(
            present=tuple(present),
            number=number.astype(np.intp, copy=False),
            rank=np.array([rank.get(chain, len(rank)) for chain in chains], dtype=np.intp),
            places=Values.of(
                [
                    (chain[-1], tree.label(chain[-1]), chain[-2] if len(chain) > 1 else None)
                    for chain in places
                ]
            ),
            inside={code: np.array(held, dtype=np.intp) for code, held in inside.items()},
        )

    def within(self, code: str | None) -> Mask:
        """The reports of a region and of those under it; of None, those of no region."""
        wanted = np.zeros(len(self.present), dtype=np.bool_)
        wanted[self.inside.get(code, [])] = True
        mask: Mask = wanted[self.number]
        return mask

    def order(self, reports: Reports) -> Reports:
        """Numbers that ascend as the tree lists the regions; the undecided come last."""
        return self.rank[self.number[reports]]

    def count(self, reports: Reports) -> tuple[list[FacetValue], int]:
        """The values of these reports; how many have none."""
        own = np.bincount(self.number[reports], minlength=len(self.present))
        lower, upper = self._pairs
        counts = np.bincount(upper, weights=own[lower], minlength=len(self.places.values))
        undecided = int(own[0]) if self.present[:1] == (None,) else 0
        return self.places.counted(counts.astype(np.int64)), undecided

    @cached_property
    def _pairs(self) -> tuple[Reports, Reports]:
        """Pairs: a number in `present`, and one in `places` that it lies in."""
        held = [self.inside[code] for code in self.places.values]
        upper = np.arange(len(held), dtype=np.intp).repeat([len(each) for each in held])
        return np.concatenate([np.empty(0, dtype=np.intp), *held]), upper


@dataclass(frozen=True)
class Years:
    """The years of reports."""

    distinct: NDArray[np.int32]
    """Descending; 0 for undecided."""
    number: Reports
    """Which of them each report has."""
    values: Values

    @classmethod
    def of(cls, years: NDArray[np.int32]) -> Years:
        """The table of these years, one a report."""
        distinct, number = np.unique(-years, return_inverse=True)
        return cls(
            distinct=-distinct,
            number=number.astype(np.intp, copy=False),
            values=Values.of([(year, str(year), None) for year in (-distinct).tolist()]),
        )

    def between(self, first: int, last: int) -> Mask:
        """The reports of these years, both included."""
        mask: Mask = ((self.distinct >= first) & (self.distinct <= last))[self.number]
        return mask

    def count(self, reports: Reports) -> tuple[list[FacetValue], int]:
        """The values of these reports; how many have none."""
        counts = np.bincount(self.number[reports], minlength=len(self.distinct))
        undecided = int(counts[self.distinct == NO_YEAR].sum())
        counts[self.distinct == NO_YEAR] = 0
        return self.values.counted(counts), undecided


@dataclass(frozen=True)
class Topics:
    """The topics of reports."""

    keys: tuple[str, ...]
    has: Mask
    """One row for each key, and a last one for no topic at all; one column a report."""
    values: Values

    @classmethod
    def of(cls, has: Mapping[str, Mask], size: int) -> Topics:
        """The table of which of `size` reports have each topic."""
        rows = np.zeros((len(has) + 1, size), dtype=np.bool_)
        for row, mask in zip(rows, has.values(), strict=False):
            row[:] = mask
        rows[-1] = ~rows.any(axis=0)
        shown = Values.of([(key, topics().label(key), None) for key in has])
        return cls(tuple(has), rows, shown)

    def having(self, key: str | None) -> Mask:
        """The reports that have a topic; of None, those that have none."""
        if key is not None and key not in self.keys:
            return np.zeros(self.has.shape[1], dtype=np.bool_)
        row: Mask = self.has[-1 if key is None else self.keys.index(key)]
        return row

    def count(self, found: Mask) -> tuple[list[FacetValue], int]:
        """The values of the reports found, the most frequent first; how many have none."""
        counts = self._counts(found)
        return self.values.most_first(counts[:-1]), int(counts[-1])

    def _counts(self, found: Mask) -> Counts:
        """One for each row."""
        counts: Counts
        reports = found.nonzero()[0]
        if _FEW * len(reports) < len(found):
            counts = self.has.take(reports, axis=1).sum(axis=1)
        else:
            counts = np.bitwise_count(self._bits & _bits(found)).sum(axis=1, dtype=np.int64)
        return counts

    @cached_property
    def _bits(self) -> NDArray[np.uint64]:
        return _bits(self.has)


def _bits(masks: Mask) -> NDArray[np.uint64]:
    """The last axis a report a bit, in words that are filled up with zeros."""
    packed = np.packbits(masks, axis=-1)
    words = np.zeros((*masks.shape[:-1], -(-masks.shape[-1] // 64)), dtype=np.uint64)
    words.view(np.uint8)[..., : packed.shape[-1]] = packed
    return words
