"""Posting lists as arrays, and BM25F over them.

Whoosh's own searcher and collectors go through Python for every posting and every field length;
here a list is two arrays, and scores are array operations over the reports that are in it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.codec import POSTING_UNITS
from indexer.equals import counted, firsts

K1 = 1.2
B = 0.75
# A word of the title says more of what a report is about than one of its body: the factor is
# the usual one between 2 and 5 of the BM25F literature (Robertson & Zaragoza 2009, section 3.6).
FIELD_WEIGHTS = {"title": 3.0, "body": 1.0}

_FEW = 16
"""With fewer occurrences than one in so many reports, sorting costs less than counting in all."""

_REPORT, _COUNT = map(POSTING_UNITS.index, ("report", "count"))

Rows = NDArray[np.uint16]
"""A posting list as it is stored: rows of `POSTING_UNITS`."""
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Reports that hold something: their numbers, ascending, and how often each holds it."""

    reports: NDArray[np.intp]
    counts: NDArray[Any]

    @property
    def nbytes(self) -> int:
        return self.reports.nbytes + self.counts.nbytes

    def of(self, wanted: NDArray[np.intp], size: int) -> NDArray[Any]:
        """The count of each of the reports wanted, of `size` there are: 0 where it is not held."""
        counts = np.zeros(size, dtype=self.counts.dtype)
        counts[self.reports] = self.counts
        return counts.take(wanted)


@dataclass(frozen=True, slots=True)
class Held:
    """Which reports hold a word, and how often; one element a report in every array."""

    mask: NDArray[np.bool_]
    counts: Mapping[str, NDArray[np.uint16]]
    """By the fields that hold it anywhere."""

    @property
    def nbytes(self) -> int:
        return self.mask.nbytes + sum(counts.nbytes for counts in self.counts.values())

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[Rows]], sizes: Sequence[int]) -> Held:
        """Of the posting lists of each field, one of each segment of so many reports."""
        total = sum(sizes)
        mask = np.zeros(total, dtype=np.bool_)
        found = {}
        for name, of_segments in lists.items():
            if not any(map(len, of_segments)):
                continue
            counts = np.zeros(total, dtype=np.uint16)
            # Segment by segment: what is made of one stays in the processor's cache.
            for rows, first in zip(of_segments, accumulate(sizes, initial=0), strict=False):
                # A copy: every other number would be gone through at half the speed.
                counts[first:][rows[:, _REPORT].astype(np.intp)] = rows[:, _COUNT].copy()
            mask |= counts != 0
            found[name] = counts
        for array in (mask, *found.values()):
            array.setflags(write=False)
        return cls(mask, found)


def tallied(numbers: NDArray[np.integer[Any]], size: int) -> Postings:
    """How often each number below `size` stands in an array."""
    if _FEW * len(numbers) < size:
        ordered = np.sort(numbers)
        begins = firsts(ordered)
        return Postings(ordered[begins].astype(np.intp), counted(begins, len(ordered)))
    counts = np.bincount(numbers, minlength=size)
    reports = counts.nonzero()[0]
    return Postings(reports, counts[reports])


def joined(parts: Sequence[Postings], sizes: Sequence[int]) -> Postings:
    """Lists of consecutive groups of reports, of these sizes, as one."""
    if len(parts) == 1:
        return parts[0]
    reports, counts = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.uint16)]
    for part, base in zip(parts, accumulate(sizes, initial=0), strict=False):
        reports.append(part.reports + base)
        counts.append(part.counts)
    return Postings(np.concatenate(reports), np.concatenate(counts))


def norms(lengths: Mapping[str, NDArray[np.int32]], live: NDArray[np.bool_]) -> dict[str, Scores]:
    """For each field and report, what BM25F divides occurrences by.

    `lengths` are the words in each field of each report; means are over the live ones.
    """
    reports = max(1, int(np.count_nonzero(live)))
    # Lengths are whole numbers, so that these sums are exact in whatever order segments come.
    means = {name: int(values[live].sum()) / reports or 1.0 for name, values in lengths.items()}
    return {
        name: 1 - B + B * values.astype(np.float32) / means[name]
        for name, values in lengths.items()
    }


def weighted(counts: Mapping[str, NDArray[Any]], norms: Mapping[str, Scores]) -> Scores:
    """Occurrences in several fields of some reports as one weighted, normalised count for each.

    One element a report in every array; fields without an occurrence may be left out.
    """
    parts = (
        FIELD_WEIGHTS[name] * of_field.astype(np.float32) / norms[name]
        for name, of_field in counts.items()
    )
    return reduce(np.add, parts)


def rarity(holders: float, total: int) -> float:
    """The weight of what `holders` of `total` reports hold: never negative (Lucene's form)."""
    return math.log1p((total - holders + 0.5) / (holders + 0.5))


def bm25f(counts: Scores, weight: float) -> Scores:
    """The score of one term in each report (Robertson, Zaragoza & Taylor 2004).

    The counts are `weighted`, its rarity the weight.
    """
    scores: Scores = weight * counts * (K1 + 1) / (counts + K1)
    return scores
