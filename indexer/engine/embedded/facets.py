"""Filters as masks, and counts of what passes them.

The counts of a facet apply every filter but its own, so that several of its values can be
chosen. A report counts once for its region and once for each region above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.arrays import NO_REGION, NO_YEAR
from indexer.engine.embedded.snapshot import Snapshot
from indexer.results import Facets, FacetValue, Filters, Years
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics

Mask = NDArray[np.bool_]
T = TypeVar("T")


@dataclass(frozen=True)
class FilterMasks:
    """Which reports pass the chosen values of each facet."""

    region: Mask
    year: Mask
    topic: Mask

    @property
    def all(self) -> Mask:
        return self.region & self.year & self.topic


def filter_masks(filters: Filters, snapshot: Snapshot) -> FilterMasks:
    """A facet with nothing chosen lets everything pass."""
    everything = np.ones(len(snapshot.live), dtype=np.bool_)
    return FilterMasks(
        region=_any_of(filters.regions, lambda code: _in_region(code, snapshot), everything),
        year=_any_of(filters.years, lambda years: _in_years(years, snapshot), everything),
        topic=_any_of(filters.topics, lambda key: _has_topic(key, snapshot), everything),
    )


def count(found: Mask, filters: Filters, masks: FilterMasks, snapshot: Snapshot) -> Facets:
    """The facets of a result; values with no report are left out unless they are chosen."""
    return Facets(
        region=_regions(found & masks.year & masks.topic, filters, snapshot),
        year=_years(found & masks.region & masks.topic, filters, snapshot),
        topic=_topics(found & masks.region & masks.year, filters, snapshot),
    )


def _any_of(chosen: tuple[T, ...], mask: Callable[[T], Mask], everything: Mask) -> Mask:
    return reduce(np.logical_or, map(mask, chosen)) if chosen else everything


def _in_region(code: str | None, snapshot: Snapshot) -> Mask:
    undecided: Mask = snapshot.region == NO_REGION
    if code is None:
        return undecided
    # Few regions occur in a collection: ask for each of them once, not for each report.
    inside = [
        present
        for present in np.unique(snapshot.region)
        if present != NO_REGION and code in regions().ancestors(f"{present:06d}")
    ]
    return np.isin(snapshot.region, inside)


def _in_years(years: Years | None, snapshot: Snapshot) -> Mask:
    first, last = (years.first, years.last) if years else (NO_YEAR, NO_YEAR)
    inside: Mask = (snapshot.year >= first) & (snapshot.year <= last)
    return inside


def _has_topic(key: str | None, snapshot: Snapshot) -> Mask:
    if key is None:
        return ~reduce(np.logical_or, snapshot.topics.values(), np.zeros_like(snapshot.live))
    return snapshot.topics.get(key, np.zeros_like(snapshot.live))


def _regions(mask: Mask, filters: Filters, snapshot: Snapshot) -> tuple[FacetValue, ...]:
    tree = regions()
    counts = {code: 0 for chosen in filters.regions if chosen for code in tree.ancestors(chosen)}
    present, occurrences = np.unique(snapshot.region[mask], return_counts=True)
    for code, occurrence in zip(present, occurrences, strict=True):
        if code == NO_REGION:
            continue
        for ancestor in tree.ancestors(f"{code:06d}"):
            counts[ancestor] = counts.get(ancestor, 0) + int(occurrence)
    values = [
        FacetValue(code, tree.names(code)[-1], counts[code], _parent(tree.ancestors(code)))
        for code in sorted(counts, key=tree.ancestors)
    ]
    undecided = int(np.count_nonzero(mask & (snapshot.region == NO_REGION)))
    return (*values, *_undecided(undecided, None in filters.regions))


def _parent(ancestors: tuple[str, ...]) -> str | None:
    return ancestors[-2] if len(ancestors) > 1 else None


def _years(mask: Mask, filters: Filters, snapshot: Snapshot) -> tuple[FacetValue, ...]:
    present, occurrences = np.unique(snapshot.year[mask], return_counts=True)
    counts = {years.first: 0 for years in filters.years if years and years.first == years.last}
    counts |= {int(year): int(n) for year, n in zip(present, occurrences, strict=True)}
    undecided = counts.pop(NO_YEAR, 0)
    values = [FacetValue(year, str(year), counts[year]) for year in sorted(counts, reverse=True)]
    return (*values, *_undecided(undecided, None in filters.years))


def _topics(mask: Mask, filters: Filters, snapshot: Snapshot) -> tuple[FacetValue, ...]:
    counts = {key: int(np.count_nonzero(mask & has)) for key, has in snapshot.topics.items()}
    chosen = {key for key in filters.topics if key}
    values = [
        FacetValue(key, topics().label(key), counts.get(key, 0))
        for key in sorted({*counts, *chosen}, key=lambda key: (-counts.get(key, 0), key))
        if counts.get(key) or key in chosen
    ]
    undecided = int(np.count_nonzero(mask & _has_topic(None, snapshot)))
    return (*values, *_undecided(undecided, None in filters.topics))


def _undecided(count: int, chosen: bool) -> tuple[FacetValue, ...]:
    return (FacetValue(None, "未定", count),) if count or chosen else ()
