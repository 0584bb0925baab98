"""Filters as masks, and counts of what passes them.

The counts of a facet apply every filter but its own, so that several of its values can be
chosen. A report counts once for its region and once for each region above it in the tree of
today, where an abolished region lies in what followed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.arrays import NO_YEAR
from indexer.engine.embedded.snapshot import Snapshot
from indexer.results import Facets, FacetValue, Filters, Years
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics

Mask = NDArray[np.bool_]
Reports = NDArray[np.intp]
T = TypeVar("T")


@dataclass(frozen=True)
class FilterMasks:
    """Which reports pass the chosen values of each facet; None where nothing is chosen."""

    region: Mask | None
    year: Mask | None
    topic: Mask | None

    def passed(self, found: Mask) -> Mask:
        """What passes all of them."""
        return _passed(found, self.region, self.year, self.topic)


def filter_masks(filters: Filters, snapshot: Snapshot) -> FilterMasks:
    """The reports that pass each facet's filter."""
    return FilterMasks(
        region=_any_of(filters.regions, lambda code: snapshot.regions.within(code)),
        year=_any_of(filters.years, lambda years: _in_years(years, snapshot)),
        topic=_any_of(filters.topics, lambda key: snapshot.topics.having(key)),
    )


def count(found: Mask, filters: Filters, masks: FilterMasks, snapshot: Snapshot) -> Facets:
    """The facets of a result; values with no report are left out unless they are chosen."""
    everything = found.nonzero()[0]

    def reports(*others: Mask | None) -> Reports:
        passing = _passed(found, *others)
        return everything if passing is found else passing.nonzero()[0]

    return Facets(
        region=_regions(reports(masks.year, masks.topic), filters, snapshot),
        year=_years(reports(masks.region, masks.topic), filters, snapshot),
        topic=_topics(_passed(found, masks.region, masks.year), filters, snapshot),
    )


def _passed(found: Mask, *masks: Mask | None) -> Mask:
    return reduce(np.logical_and, (mask for mask in masks if mask is not None), found)


def _any_of(chosen: tuple[T, ...], mask: Callable[[T], Mask]) -> Mask | None:
    return reduce(np.logical_or, map(mask, chosen)) if chosen else None


def _in_years(years: Years | None, snapshot: Snapshot) -> Mask:
    first, last = (years.first, years.last) if years else (NO_YEAR, NO_YEAR)
    return snapshot.years.between(first, last)


def _regions(reports: Reports, filters: Filters, snapshot: Snapshot) -> tuple[FacetValue, ...]:
    tree = regions()
    values, undecided = snapshot.regions.count(reports)
    wanted = {code for chosen in filters.regions if chosen for code in tree.lineage(chosen)}
    for code in _missing(wanted, values):
        above = tree.lineage(code)[:-1]
        values.append(FacetValue(code, tree.label(code), 0, above[-1] if above else None))
    if wanted:
        values.sort(key=lambda value: tree.lineage(str(value.value)))
    return (*values, *_undecided(undecided, None in filters.regions))


def _years(reports: Reports, filters: Filters, snapshot: Snapshot) -> tuple[FacetValue, ...]:
    values, undecided = snapshot.years.count(reports)
    wanted = {years.first for years in filters.years if years and years.first == years.last}
    values += [FacetValue(year, str(year), 0) for year in _missing(wanted, values)]
    if wanted:
        values.sort(key=lambda value: int(value.value or 0), reverse=True)
    return (*values, *_undecided(undecided, None in filters.years))


def _topics(found: Mask, filters: Filters, snapshot: Snapshot) -> tuple[FacetValue, ...]:
    values, undecided = snapshot.topics.count(found)
    wanted = {key for key in filters.topics if key}
    values += [FacetValue(key, topics().label(key), 0) for key in sorted(_missing(wanted, values))]
    return (*values, *_undecided(undecided, None in filters.topics))


def _missing(wanted: set[T], values: Iterable[FacetValue]) -> set[T]:
    """Chosen values that no report has: they stay listed."""
    return wanted.difference(value.value for value in values) if wanted else wanted


def _undecided(count: int, chosen: bool) -> tuple[FacetValue, ...]:
    return (FacetValue(None, "未定", count),) if count or chosen else ()
