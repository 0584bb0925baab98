"""Filters, order and numbers as a person or a URL gives them -> checked values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from indexer.errors import BadChoiceError, BadNumberError, BadYearError, RequestError
from indexer.folding import fold_query
from indexer.messages import N_, Message
from indexer.query.nodes import And, Everything, Facet, Node, Not, Or
from indexer.query.tokens import on_its_own
from indexer.results import UNDECIDED, Filters, Mode, Problem, Sort, Years
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics

_YEARS = re.compile(r"([0-9]{4})年?(?:-([0-9]{4})年?)?")
_NUMBER = re.compile(r"-?[0-9]{1,18}")
T = TypeVar("T")

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Between them everything that is taken for a year."""

_NOT_KNOWN = N_("%(typed)s 没有用来筛选，按文字查找。%(reason)s")
_NOT_ON_TOP = N_("%(typed)s 在 OR、NOT 之下，没有用来筛选，按文字查找。")


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


def lifted(tree: Node) -> tuple[Node, Filters, tuple[Problem, ...]]:
    """The tree without the facets typed in it, the filters these are, and what became of others.

    Only a facet that is AND-ed with all the rest narrows the whole result. Any other, and one
    whose value is not known, becomes the text that was given as its value.
    """
    problems: list[Problem] = []
    filters = Filters()
    kept: list[Node] = []
    for node in tree.children if isinstance(tree, And) else (tree,):
        if not isinstance(node, Facet):
            kept.append(_as_text(node, problems))
            continue
        try:
            filters = joined(filters, parse_filters(**{node.name: (node.leaf.text,)}))
        except RequestError as error:
            problems.append(Problem(_NOT_KNOWN, {"typed": str(node), "reason": error.message}))
            kept.append(on_its_own(node.leaf))
    rest: Node = And(tuple(kept)) if len(kept) > 1 else kept[0] if kept else Everything()
    return rest, filters, tuple(problems)


def joined(one: Filters, other: Filters) -> Filters:
    """What both hold, values of one facet being alternatives; each value once."""
    if not other:
        return one
    return Filters(
        regions=tuple(dict.fromkeys((*one.regions, *other.regions))),
        years=tuple(dict.fromkeys((*one.years, *other.years))),
        topics=tuple(dict.fromkeys((*one.topics, *other.topics))),
    )


def _as_text(node: Node, problems: list[Problem]) -> Node:
    """A part of a tree with its facets read as text."""
    match node:
        case Facet(_, leaf):
            problems.append(Problem(_NOT_ON_TOP, {"typed": str(node)}))
            return on_its_own(leaf)
        case And(children):
            return And(tuple(_as_text(child, problems) for child in children))
        case Or(children):
            return Or(tuple(_as_text(child, problems) for child in children))
        case Not(child):
            return Not(_as_text(child, problems))
        case _:
            return node


def parse_years(typed: str) -> Years:
    """A year or a range from either end, in digits of any width: 2025, 2020-2025.

    Raises BadYearError.
    """
    match = _YEARS.fullmatch(fold_query(typed).replace("至", "-"))
    if match is None:
        raise BadYearError(typed)
    first, last = int(match[1]), int(match[2] or match[1])
    first, last = min(first, last), max(first, last)
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise BadYearError(typed)
    return Years(first, last)


def parse_sort(typed: str) -> Sort:
    """The name of an order; raises BadChoiceError."""
    try:
        return Sort(typed)
    except ValueError:
        raise BadChoiceError("sort", typed, tuple(Sort)) from None


def parse_mode(typed: str) -> Mode:
    """The name of a mode; raises BadChoiceError."""
    try:
        return Mode(typed)
    except ValueError:
        raise BadChoiceError("mode", typed, tuple(Mode)) from None


def whole_number(name: str, typed: str | int, lowest: int, highest: int | None = None) -> int:
    """A number in bounds; raises BadNumberError, which names what it is for."""
    written = str(typed)
    number = int(written) if _NUMBER.fullmatch(written) else lowest - 1
    if number < lowest or (highest is not None and number > highest):
        if highest is None:
            wanted = Message(N_("不小于 %(lowest)s 的整数"), {"lowest": lowest})
        else:
            bounds = {"lowest": lowest, "highest": highest}
            wanted = Message(N_("从 %(lowest)s 到 %(highest)s 的整数"), bounds)
        raise BadNumberError(name, written, wanted)
    return number


def _each(typed: Iterable[str], resolve: Callable[[str], T]) -> tuple[T | None, ...]:
    if not typed:
        return ()
    return tuple(
        dict.fromkeys(None if value == UNDECIDED else resolve(value) for value in typed if value)
    )
