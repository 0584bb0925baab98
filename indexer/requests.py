"""Filters, order and numbers as a person or a URL gives them -> checked values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from indexer.errors import BadChoiceError, BadNumberError, BadYearError
from indexer.folding import fold_query
from indexer.results import UNDECIDED, Filters, Sort, Years
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics

_YEARS = re.compile(r"([0-9]{4})年?(?:-([0-9]{4})年?)?")
T = TypeVar("T")

_FIRST_YEAR, _LAST_YEAR = 1000, 2999


def parse_filters(
    region: Iterable[str] = (), year: Iterable[str] = (), topic: Iterable[str] = ()
) -> Filters:
    """Chosen facet values; `none` is the undecided one.

    Raises UnknownRegionError, AmbiguousRegionError, BadYearError, UnknownTopicError.
    """
    return Filters(
        regions=_each(region, regions().resolve),
        years=_each(year, parse_years),
        topics=_each(topic, topics().resolve),
    )


def parse_years(typed: str) -> Years:
    """A year or a range, in digits of any width: 2025, 2020-2025; raises BadYearError."""
    match = _YEARS.fullmatch(fold_query(typed).replace("至", "-"))
    if match is None:
        raise BadYearError(typed)
    first, last = int(match[1]), int(match[2] or match[1])
    if not _FIRST_YEAR <= first <= last <= _LAST_YEAR:
        raise BadYearError(typed)
    return Years(first, last)


def parse_sort(typed: str) -> Sort:
    """The name of an order; raises BadChoiceError."""
    try:
        return Sort(typed)
    except ValueError:
        raise BadChoiceError("sort", typed, tuple(Sort)) from None


def whole_number(name: str, typed: str | int, lowest: int, highest: int | None = None) -> int:
    """A number in bounds; raises BadNumberError, which names what it is for."""
    try:
        number = int(typed)
    except ValueError:
        number = lowest - 1
    if number < lowest or (highest is not None and number > highest):
        bounds = (
            f" {lowest} 到 {highest} 的整数" if highest is not None else f"不小于 {lowest} 的整数"
        )
        raise BadNumberError(name, str(typed), bounds)
    return number


def _each(typed: Iterable[str], resolve: Callable[[str], T]) -> tuple[T | None, ...]:
    return tuple(
        dict.fromkeys(None if value == UNDECIDED else resolve(value) for value in typed if value)
    )
