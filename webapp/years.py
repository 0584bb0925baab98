"""The years of a search as bars: a year each, those far back a decade each, and the gaps between.

A bar is a value that can be chosen: `2024`, or the range of years that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.requests import parse_years
from indexer.results import UNDECIDED, FacetValue, Years
from webapp.language import Labels
from webapp.opened import Opened
from webapp.params import SearchParams

BARS = 12
"""So many have room for their counts."""
STEPS = 20
"""Heights that a bar can have."""
_FULL = 7
"""With more bars than these, two digits of the year have to do, and 1.2k for 1,234."""
_EMPTY = 2
"""So many years without reports stand as empty places; more are a gap."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The reports of a year, or of several. `height` is 1 to `STEPS`, and 0 for no report.

    `label` says which years in full, `tick` and `number` say it and how many in little room.
    `inside`: a chosen range holds all of it. `gap`: years without any report, left out, lie
    between it and the bar before. `aside`: where one decade is seen closer, it stands for all
    that lies before or after, and is not drawn to scale. `url`: the search with only its years.
    """

    value: str
    label: str
    tick: str
    count: int
    number: str
    height: int
    chosen: bool
    inside: bool
    gap: bool
    aside: bool
    url: str


@dataclass(frozen=True, slots=True)
class Zoom:
    """The way to the years of a decade one by one, or back to all decades."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars, and the ways to look closer. `first` and `last` are the years of reports.

    `closer` is the decade that is seen year by year while the rest stands aside.
    """

    bars: tuple[Bar, ...]
    zooms: tuple[Zoom, ...]
    first: int
    last: int
    closer: int | None


def chart(
    values: Iterable[FacetValue], params: SearchParams, labels: Labels, opened: Opened
) -> Chart | None:
    """The bars of these counts; None where no report has a year."""
    counts = {int(value.value): value.count for value in values if value.value is not None}
    if not counts:
        return None
    years = sorted(counts)
    closer = opened.decade if any(year // 10 * 10 == opened.decade for year in years) else None
    spans = _around(years, closer) if closer is not None else _folded(years)
    sums = [sum(counts.get(year, 0) for year in range(a.first, a.last + 1)) for a in spans]
    chosen = [parse_years(value) for value in params.year if value != UNDECIDED]
    aside = [closer is not None and span.first // 10 * 10 != closer for span in spans]
    highest = max((n for n, beyond in zip(sums, aside, strict=True) if not beyond), default=0) or 1
    bars = tuple(
        Bar(
            value=str(span),
            label=labels.value("year", str(span)),
            tick=_tick(span, roomy=len(spans) <= _FULL),
            count=count,
            number=_short(count, roomy=len(spans) <= _FULL),
            height=STEPS if beyond else -(-count * STEPS // highest),
            chosen=span in chosen,
            inside=any(span.first >= one.first and span.last <= one.last for one in chosen),
            gap=before is not None and _is_gap(before.last, span.first),
            aside=beyond,
            url=params.narrowed_to("year", (str(span),)).url(),
        )
        for span, count, beyond, before in zip(spans, sums, aside, (None, *spans[:-1]), strict=True)
    )
    return Chart(bars, _zooms(years, spans, params, labels, opened), years[0], years[-1], closer)


def _folded(years: Sequence[int]) -> list[Years]:
    """Spans from the oldest: single years, but decades as far as there is no room."""
    decades = sorted({year // 10 for year in years})
    for fold in range(len(decades)):
        spans = [Years(ten * 10, ten * 10 + 9) for ten in decades[:fold]]
        # Together, for years across the end of a decade leave no gap.
        spans += _one_by_one([year for year in years if year // 10 in decades[fold:]])
        if len(spans) <= BARS:
            return spans
    newest = _one_by_one([year for year in years if year // 10 == decades[-1]])
    room = max(BARS - len(newest), 1)
    older = [Years(ten * 10, ten * 10 + 9) for ten in decades[:-1]]
    if len(older) > room:
        cut = len(older) - room + 1
        older = [Years(years[0], older[cut - 1].last), *older[cut:]]
    return [*older, *newest]


def _around(years: Sequence[int], closer: int) -> list[Years]:
    """The years of one decade, and in one span each what lies before and after it."""
    before = [year for year in years if year < closer]
    within = [year for year in years if closer <= year < closer + 10]
    after = [year for year in years if year >= closer + 10]
    aside = [Years(part[0], part[-1]) if part else None for part in (before, after)]
    spans = [aside[0], *_one_by_one(within), aside[1]]
    return [span for span in spans if span is not None]


def _one_by_one(years: Sequence[int]) -> list[Years]:
    """A span for each year, and for the few that are missing between two."""
    spans: list[Years] = []
    for year in years:
        if spans and not _is_gap(spans[-1].last, year):
            spans += (Years(empty, empty) for empty in range(spans[-1].last + 1, year))
        spans.append(Years(year, year))
    return spans


def _is_gap(before: int, after: int) -> bool:
    return after - before - 1 > _EMPTY


def _tick(span: Years, *, roomy: bool) -> str:
    if span.last - span.first not in (0, 9):
        return "…"
    first = str(span.first) if roomy else f"{span.first % 100:02}"
    return first if span.first == span.last else f"{first}s"


def _short(count: int, *, roomy: bool) -> str:
    if not count or roomy or count < 1000:
        return str(count or "")
    return f"{count / 1000:.1f}k" if count < 9950 else f"{count / 1000:.0f}k"


def _zooms(
    years: Sequence[int],
    spans: Sequence[Years],
    params: SearchParams,
    labels: Labels,
    opened: Opened,
) -> tuple[Zoom, ...]:
    """To every decade that a longer span hides; back, where one is seen closer."""
    alone = {span.first for span in spans if span.first == span.last}
    hidden = sorted({year // 10 * 10 for year in years if year not in alone})
    zooms = [Zoom(labels.decade(str(ten)), opened.closer(ten).url(params)) for ten in hidden]
    if not hidden or opened.decade is None:
        return tuple(zooms)
    return (Zoom(labels.say("全部年代"), opened.closer(None).url(params)), *zooms)
