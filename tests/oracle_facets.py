"""Filters and facets by looking at every report's metadata: written anew, not the product's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

from indexer.report import Metadata
from indexer.results import Facets, FacetValue, Filters, Years
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics


def passes(metadata: Metadata, filters: Filters, besides: str = "") -> bool:
    """Whether the chosen values let a report through, all facets but `besides`."""
    return all(
        facet == besides or not chosen or any(_has(facet, value, metadata) for value in chosen)
        for facet, chosen in (
            ("region", filters.regions),
            ("year", filters.years),
            ("topic", filters.topics),
        )
    )


def _has(facet: str, value: object, metadata: Metadata) -> bool:
    if facet == "region":
        return value in (chain_of(metadata) or (None,))
    if facet == "topic":
        return value in (metadata.topics or (None,))
    if isinstance(value, Years) and metadata.year is not None:
        return value.first <= metadata.year <= value.last
    return value is None and metadata.year is None


def chain_of(metadata: Metadata) -> tuple[str, ...]:
    """The region and what it lies in today, from the province down."""
    return (*_above(metadata.region.code), metadata.region.code) if metadata.region else ()


@cache
def _above(code: str) -> tuple[str, ...]:
    """Where a region lies today, from the province down, by looking at every place in force."""
    tree = regions()
    place = tree.get(code)
    assert place is not None
    if place.current:
        return tree.ancestors(code)[:-1]
    followed = [tree.ancestors(after) for after in tree.successors(code)]
    holders = [
        tree.ancestors(holder)
        for holder in {code for chain in followed for code in chain}
        if all(holder in chain for chain in followed) and _zeros(holder) >= _zeros(code)
    ]
    home = max(holders, key=len, default=())
    if place.parent is None or place.parent in home:
        return home
    if not home or any(place.parent in chain for chain in followed):
        return (*_above(place.parent), place.parent)
    return home


def _zeros(code: str) -> int:
    """How many of the two lower levels a code of GB/T 2260 leaves open."""
    return (code[2:] == "0000") + (code[4:] == "00")


def facets_of(matching: list[Metadata], filters: Filters) -> Facets:
    """The facets of reports that a search finds before it is narrowed."""
    return Facets(
        region=_values(
            (
                code
                for each in matching
                if passes(each, filters, "region")
                for code in chain_of(each) or (None,)
            ),
            regions().label,
        ),
        year=_values((each.year for each in matching if passes(each, filters, "year")), str),
        topic=_values(
            (
                key
                for each in matching
                if passes(each, filters, "topic")
                for key in each.topics or (None,)
            ),
            topics().label,
        ),
    )


def _values(found: Iterable[object], label: Callable[[str], str]) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(value, label(value) if value is not None else "未定", count)  # type: ignore[arg-type]  # str or int, as the label's own
        for value, count in Counter(found).items()
    )


def as_counts(values: Iterable[FacetValue]) -> dict[object, int]:
    """A facet without its order, labels, and chosen values that no report has."""
    return {value.value: value.count for value in values if value.count}
