"""Facets as a page shows them: what can be chosen, what is chosen, what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from indexer.query.nodes import FacetName
from indexer.requests import parse_years
from indexer.results import UNDECIDED, Facets, FacetValue
from indexer.vocabulary.regions import COUNTRY, regions
from webapp.language import Labels
from webapp.opened import Opened
from webapp.params import FACETS, SearchParams
from webapp.years import Chart, chart

SHOWN = 10
"""Values of a level that are to be seen; the others wait behind 其余, unless they are chosen."""
WHOLE = 60
"""A tree of up to so many regions is on the page as a whole; of a larger one what is open."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be ticked. `url` is the search with only this value of its facet, where
    a page shows links.

    `inside` holds the regions under a region, where they are on the page, and `open` says that
    they are to be seen; `closed` says that there are some and that they are not on the page.
    """

    value: str
    label: str
    count: int
    chosen: bool
    url: str
    inside: Level | None = None
    open: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """Values beside each other: those to be seen, and the rest, in which nothing is chosen."""

    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet: its values; years as bars, and in the list what no bar stands for."""

    name: FacetName
    title: str
    level: Level
    chart: Chart | None = None

    def __bool__(self) -> bool:
        return bool(self.level.choices) or self.chart is not None


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value; `url` is the search without it. `chinese`: its label is, on every page."""

    title: str
    label: str
    url: str
    chinese: bool


def facet_views(
    facets: Facets,
    params: SearchParams,
    labels: Labels,
    opened: Opened = Opened(),  # noqa: B008 # frozen
    *,
    linked: bool = False,
) -> tuple[FacetView, ...]:
    """The three facets, chosen values among them even where nothing is left to count.

    `linked`: values are links to searches, rather than boxes to tick.
    """
    bars = chart(facets.year, params, labels, opened)
    make = _Making(params, labels, linked)
    return (
        FacetView("region", labels.facet("region"), _regions(facets, make, opened)),
        FacetView("year", labels.facet("year"), _beside(bars, facets, make), bars),
        FacetView("topic", labels.facet("topic"), _topics(facets, make)),
    )


def chips(params: SearchParams, labels: Labels) -> tuple[Chip, ...]:
    """The chosen values of every facet, in the order of the address."""
    return tuple(
        Chip(
            labels.facet(name),
            labels.value(name, value, within=True),
            params.without(name, value).url(),
            chinese=name == "region" and value != UNDECIDED,
        )
        for name in FACETS
        for value in params.facet(name)
    )


def _level(ranked: Iterable[Choice]) -> Level:
    listed = tuple(ranked)
    # One value behind a fold costs more than it saves.
    if len(listed) <= SHOWN + 1:
        return Level(listed, ())
    rest = listed[SHOWN:]
    risen = tuple(choice for choice in rest if choice.chosen or choice.open)
    return Level(
        (*listed[:SHOWN], *risen),
        tuple(choice for choice in rest if not (choice.chosen or choice.open)),
    )


@dataclass(frozen=True, slots=True)
class _Making:
    """What every choice is made with."""

    params: SearchParams
    labels: Labels
    linked: bool

    def choice(self, name: FacetName, value: str, count: int) -> Choice:
        return Choice(
            value=value,
            label=self.labels.value(name, value),
            count=count,
            chosen=value in self.params.facet(name),
            url=self.params.narrowed_to(name, (value,)).url() if self.linked else "",
        )


def _written(value: FacetValue) -> str:
    return UNDECIDED if value.value is None else str(value.value)


def _counts(values: Iterable[FacetValue], chosen: Iterable[str]) -> dict[str, int]:
    counts = {_written(value): value.count for value in values}
    return counts | {value: 0 for value in chosen if value not in counts}


def _ranked(counts: Mapping[str, int], values: Iterable[str]) -> list[str]:
    """The whole country first, then the most reports, what is undecided last."""
    return sorted(
        values, key=lambda value: (value == UNDECIDED, value != COUNTRY, -counts[value], value)
    )


def _regions(facets: Facets, make: _Making, opened: Opened) -> Level:
    """The tree, as deep as it stands open: what a search has not asked for is not even made."""
    counts: dict[str, int] = {}
    under: dict[str | None, list[str]] = {None: []}
    # There may be thousands, each after the one it lies in.
    for value in facets.region:
        code = UNDECIDED if value.value is None else str(value.value)
        under.setdefault(value.parent if value.parent in counts else None, []).append(code)
        counts[code] = value.count
    for code in make.params.region:
        if code not in counts:
            under[None].append(code)
            counts[code] = 0
    holding = {above for code in make.params.region for above in regions().lineage(code)[:-1]}
    wanted = {above for code in opened.regions for above in regions().lineage(code)}
    shown = counts if len(counts) <= WHOLE else holding | wanted

    def branch(value: str) -> Choice:
        choice = make.choice("region", value, counts[value])
        if value not in under:
            return choice
        if value not in shown:
            return replace(choice, closed=True)
        is_open = value in holding or value in opened.regions
        return replace(choice, inside=level(value), open=is_open)

    def level(parent: str | None) -> Level:
        return _level(branch(value) for value in _ranked(counts, under[parent]))

    return level(None)


def _topics(facets: Facets, make: _Making) -> Level:
    counts = _counts(facets.topic, make.params.topic)
    return _level(make.choice("topic", value, counts[value]) for value in _ranked(counts, counts))


def _beside(bars: Chart | None, facets: Facets, make: _Making) -> Level:
    """Chosen years and ranges that no bar stands for, and what is undecided."""
    counts = _counts(facets.year, ())
    drawn = {bar.value for bar in bars.bars} if bars else set()

    def rows() -> Iterator[Choice]:
        for value in make.params.year:
            if value not in drawn and value != UNDECIDED:
                yield make.choice("year", value, _within(value, counts))
        if UNDECIDED in counts or UNDECIDED in make.params.year:
            yield make.choice("year", UNDECIDED, counts.get(UNDECIDED, 0))

    listed = tuple(rows())
    return Level(listed, ())


def _within(years: str, counts: Mapping[str, int]) -> int:
    span = parse_years(years)
    return sum(
        count
        for year, count in counts.items()
        if year.isdigit() and span.first <= int(year) <= span.last
    )
