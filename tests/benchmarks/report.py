"""Tables of what was measured. A ratio is ours / peer: under 1 we are faster.

A ratio compares medians over the queries that the peer answered rightly, the same for both.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.benchmarks.contenders import Answer, Query
from tests.benchmarks.measuring import Cost, Timing
from tests.benchmarks.ours import NAME as OURS
from tests.benchmarks.synthetic import Collection
from tests.benchmarks.work import LENGTHS, SHARES

PHRASES = tuple(f"phrase, {name}" for name in SHARES)
KINDS = (*PHRASES, "one word", "three words", "A B -C", "A OR B", "same sentence")

_MEGABYTE = 1e6


@dataclass(frozen=True)
class Indexed:
    """What indexing took, and how large the index is; `cost` None where there is no index."""

    cost: Cost | None
    bytes_on_disk: int


@dataclass(frozen=True)
class Measured:
    """All that one size gave."""

    collection: Collection
    indexed: Mapping[str, Indexed]
    timings: Sequence[Timing]
    right: Mapping[Query, Answer]
    serving_memory: int | None
    """RssAnon of a process that only served our answers."""
    one_more_seconds: float
    """Adding one report to our finished index, in a process of its own."""


def print_size(measured: Measured, examples: int) -> None:
    """Everything about one size; `examples` wrong answers of each peer."""
    number = measured.collection.reports
    characters = measured.collection.characters
    print(f"\n== {number:,} reports, {characters / number:,.0f} characters each ==")
    _print_indexing(measured)
    names = _names(measured.timings)
    _print_searching(
        "Searching (reports, occurrences, three facets, ten hits, passages): median / p95 in ms"
        " (ratio of medians)",
        {kind: [t for t in measured.timings if t.query.kind == kind] for kind in KINDS},
        names,
    )
    _print_searching(
        "Phrases by length",
        {
            f"{length:>2} characters, {kind.removeprefix('phrase, ')}": [
                t for t in measured.timings if t.query.kind == kind and t.query.length == length
            ]
            for length in LENGTHS
            for kind in PHRASES
        },
        names,
    )
    _print_found(measured.timings, names)
    _print_wrong(measured, names, examples)


def print_growth(sizes: Sequence[Measured]) -> None:
    """How medians grow from one size to the next."""
    names = _names([timing for measured in sizes for timing in measured.timings])
    rows = []
    for kind in KINDS:
        for name in names:
            medians = [_median(_of(measured.timings, name, kind)) for measured in sizes]
            if sum(median is not None for median in medians) > 1:
                rows.append([kind, name, *map(_shown, medians), *_growth(medians)])
    heads = [f"{measured.collection.reports:,}" for measured in sizes]
    grown = [f"to {head}" for head in heads[1:]]
    print()
    _print_table("Growth of medians (ms)", ["work", "engine", *heads, *grown], rows)


def wrong_of_ours(timings: Iterable[Timing]) -> int:
    """How many of our answers are not the right ones."""
    return sum(t.name == OURS and t.milliseconds is None for t in timings)


def _print_indexing(measured: Measured) -> None:
    number = measured.collection.reports
    rows = []
    for name, indexed in measured.indexed.items():
        cost = indexed.cost
        taken = (
            ["-", "-", "-", "-"]
            if cost is None
            else [
                f"{number / cost.seconds:,.0f}",
                f"{number / cost.cpu_seconds:,.0f}",
                f"{cost.seconds:,.1f}",
                f"{cost.peak / _MEGABYTE:,.0f}" if cost.peak else "-",
            ]
        )
        rows.append([name, *taken, f"{indexed.bytes_on_disk / _MEGABYTE:,.1f}"])
    print()
    _print_table(
        "Indexing from extracted text, one core",
        ["engine", "reports/s", "per CPU s", "s", "peak MB", "index MB"],
        rows,
    )
    memory = measured.serving_memory
    if memory is not None:
        print(f"ours, serving all these queries: {memory / _MEGABYTE:,.0f} MB anonymous memory")
    print(f"ours, one more report: {measured.one_more_seconds:.2f} s")


def _print_searching(
    title: str, rows: Mapping[str, Sequence[Timing]], names: Sequence[str]
) -> None:
    table = []
    for head, timings in rows.items():
        if not timings:
            continue
        cells = [_cell(timings, name) for name in names]
        table.append([head, str(len({t.query for t in timings})), *cells])
    print()
    _print_table(title, ["work", "n", *names], table)


def _cell(timings: Sequence[Timing], name: str) -> str:
    taken = {t.query: t.milliseconds for t in timings if t.name == name}
    right = [value for value in taken.values() if value is not None]
    if not right:
        return "all wrong" if taken else "-"
    tail = statistics.quantiles(right, n=20, method="inclusive")[-1] if right[1:] else right[0]
    shown = f"{_shown(statistics.median(right))} / {_shown(tail)}"
    if name == OURS:
        return shown
    ours = [
        t.milliseconds
        for t in timings
        if t.name == OURS and t.milliseconds is not None and taken.get(t.query) is not None
    ]
    if not ours:
        return shown
    return f"{shown} ({statistics.median(ours) / statistics.median(right):.2f})"


def _print_found(timings: Sequence[Timing], names: Sequence[str]) -> None:
    rows = []
    for kind in KINDS:
        totals = [
            [t.answer.total for t in timings if t.name == name and t.query.kind == kind]
            for name in names
        ]
        if any(totals):
            rows.append(
                [kind, *(f"{statistics.median(found):,.0f}" if found else "-" for found in totals)]
            )
    print()
    _print_table("Reports found, median of all answers, wrong ones too", ["work", *names], rows)


def _print_wrong(measured: Measured, names: Sequence[str], examples: int) -> None:
    kinds = [kind for kind in KINDS if any(query.kind == kind for query in measured.right)]
    rows = []
    for kind in kinds:
        cells = []
        for name in names:
            asked = [t for t in measured.timings if t.name == name and t.query.kind == kind]
            wrong = sum(t.milliseconds is None for t in asked)
            cells.append(f"{wrong} of {len(asked)}" if asked else "-")
        rows.append([kind, *cells])
    print()
    _print_table("Wrong answers (not timed)", ["work", *names], rows)
    for name in names:
        wrong_ones = [t for t in measured.timings if t.name == name and t.milliseconds is None]
        for timing in wrong_ones[:examples]:
            print(f"  {name}: {timing.query.typed} {_difference(timing, measured.right)}")
        if len(wrong_ones) > examples > 0:
            print(f"  {name}: … and {len(wrong_ones) - examples} more")


def _difference(timing: Timing, right: Mapping[Query, Answer]) -> str:
    given, true = timing.answer, right[timing.query]
    if given.total != true.total:
        return f"is in {true.total} reports, not {given.total}"
    if given.occurrences not in (None, true.occurrences):
        return f"occurs {true.occurrences} times, not {given.occurrences}"
    return "has other facet counts"


def _names(timings: Iterable[Timing]) -> list[str]:
    """The engines, ours first."""
    names = dict.fromkeys(timing.name for timing in timings)
    return [OURS, *(name for name in names if name != OURS)]


def _of(timings: Iterable[Timing], name: str, kind: str) -> list[float]:
    return [
        t.milliseconds
        for t in timings
        if t.name == name and t.query.kind == kind and t.milliseconds is not None
    ]


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None


def _growth(medians: Sequence[float | None]) -> list[str]:
    return [
        f"x {after / before:.1f}" if before and after else "-"
        for before, after in pairwise(medians)
    ]


def _shown(milliseconds: float | None) -> str:
    if milliseconds is None:
        return "-"
    return f"{milliseconds:,.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


def _print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    print(title)
    for row in (heads, *rows):
        first, *rest = zip(row, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
        print("  " + "   ".join(cells).rstrip())
