"""Facets as a page shows them: what can be chosen, what is chosen, what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.query.nodes import FacetName
from indexer.results import UNDECIDED, Facets, FacetValue
from webapp.language import Labels
from webapp.params import FACETS, SearchParams

SHOWN = 10
"""Values of a facet that stand open; the others wait behind 更多."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be ticked. `url` is the search with only this value of its facet.

    `inside` holds the regions under a region. `open` says that something inside is chosen.
    """

    value: str
    label: str
    count: int
    chosen: bool
    url: str
    inside: tuple[Choice, ...] = ()

    @property
    def open(self) -> bool:
        return any(choice.chosen or choice.open for choice in self.inside)


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet: its values that stand open, and the rest."""

    name: FacetName
    title: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]

    def __bool__(self) -> bool:
        return bool(self.choices)

    @property
    def more_open(self) -> bool:
        return any(choice.chosen or choice.open for choice in self.more)


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value; `url` is the search without it."""

    title: str
    label: str
    url: str


def facet_views(facets: Facets, params: SearchParams, labels: Labels) -> tuple[FacetView, ...]:
    """The three facets, chosen values among them even where nothing is left to count."""
    return (
        _view("region", _regions(facets.region, params, labels), labels),
        _view("year", _years(facets.year, params, labels), labels),
        _view("topic", _topics(facets.topic, params, labels), labels),
    )


def chips(params: SearchParams, labels: Labels) -> tuple[Chip, ...]:
    """The chosen values of every facet, in the order of the address."""
    return tuple(
        Chip(
            labels.facet(name),
            labels.value(name, value, within=True),
            params.without(name, value).url(),
        )
        for name in FACETS
        for value in params.facet(name)
    )


def _view(name: FacetName, choices: tuple[Choice, ...], labels: Labels) -> FacetView:
    # One value behind a fold costs more than it saves.
    cut = SHOWN if len(choices) > SHOWN + 1 else len(choices)
    return FacetView(name, labels.facet(name), choices[:cut], choices[cut:])


def _choice(
    name: FacetName,
    value: str,
    count: int,
    params: SearchParams,
    labels: Labels,
    inside: tuple[Choice, ...] = (),
) -> Choice:
    return Choice(
        value=value,
        label=labels.value(name, value),
        count=count,
        chosen=value in params.facet(name),
        url=params.narrowed_to(name, (value,)).url(),
        inside=inside,
    )


def _written(value: FacetValue) -> str:
    return UNDECIDED if value.value is None else str(value.value)


def _counts(values: Iterable[FacetValue], chosen: Iterable[str]) -> dict[str, int]:
    counts = {_written(value): value.count for value in values}
    return counts | {value: 0 for value in chosen if value not in counts}


def _regions(
    values: tuple[FacetValue, ...], params: SearchParams, labels: Labels
) -> tuple[Choice, ...]:
    counts = _counts(values, params.region)
    parents = {_written(value): value.parent for value in values}
    under: dict[str | None, list[str]] = {}
    for value in counts:
        parent = parents.get(value)
        under.setdefault(parent if parent in counts else None, []).append(value)

    def branch(parent: str | None) -> tuple[Choice, ...]:
        return _ranked(
            _choice("region", value, counts[value], params, labels, branch(value))
            for value in under.get(parent, ())
        )

    return branch(None)


def _topics(
    values: tuple[FacetValue, ...], params: SearchParams, labels: Labels
) -> tuple[Choice, ...]:
    counts = _counts(values, params.topic)
    return _ranked(
        _choice("topic", value, count, params, labels) for value, count in counts.items()
    )


def _years(
    values: tuple[FacetValue, ...], params: SearchParams, labels: Labels
) -> tuple[Choice, ...]:
    """The newest first; chosen ranges before all, counted as the sum of their years."""
    counts = _counts(values, (value for value in params.year if "-" not in value))
    ranges = tuple(
        _choice("year", value, _within(value, counts), params, labels)
        for value in params.year
        if "-" in value
    )
    ordered = sorted(counts, key=lambda value: (value != UNDECIDED, value), reverse=True)
    return ranges + tuple(
        _choice("year", value, counts[value], params, labels) for value in ordered
    )


def _within(years: str, counts: dict[str, int]) -> int:
    first, last = (int(end) for end in years.split("-"))
    return sum(
        count for year, count in counts.items() if year.isdigit() and first <= int(year) <= last
    )


def _ranked(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """The most reports first, what is undecided last."""
    return tuple(
        sorted(
            choices,
            key=lambda choice: (choice.value == UNDECIDED, -choice.count, choice.value),
        )
    )
