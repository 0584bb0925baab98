"""Tables that run on over a page's end: the repeated heading goes, a cut row is made whole.

A table goes on where rows end one page and rows of the same width begin the next. Its heading
is repeated if the next page begins with the rows that it began with. A row is cut if what stands
at the top of the next page leaves some of its cells empty, and goes on only in cells whose last
line was full or stopped in mid-sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from indexer.extract.clean import visible
from indexer.extract.layout.values import PdfLine, PdfPage
from indexer.extract.lines import stitch
from indexer.report import BARRIER

_TOLERANCE = 3.0
"""How far, in points, the edges of a table may move from page to page."""

_HEADING = 4
"""A table's heading has no more rows than this."""

_Cell = list[tuple[str, int]]
"""Characters, each with its page."""


def join_tables(pages: Sequence[PdfPage]) -> tuple[PdfPage, ...]:
    """The pages, furniture gone, with every table that runs over their ends put together."""
    joined: list[PdfPage] = []
    above: PdfLine | None = None
    head: tuple[PdfLine, ...] = ()
    for page in pages:
        lines = list(page.lines)
        rows = tuple(takewhile(lambda line: line.row, lines))
        goes_on = above is not None and bool(rows) and _same_width(above, rows[0])
        if above is not None and goes_on:
            del lines[: _repeated(head, rows)]
            if lines and lines[0].row and _is_cut(above, lines[0]):
                last = next(n for n in reversed(range(len(joined))) if joined[n].lines)
                whole = _whole(above, lines.pop(0))
                joined[last] = replace(joined[last], lines=(*joined[last].lines[:-1], whole))
        joined.append(replace(page, lines=tuple(lines)))
        if not goes_on or len(rows) < len(page.lines):
            head = _last_table(page.lines)
        before = takewhile(lambda page: not page.is_lost, reversed(joined))
        above = next((p.lines[-1] for p in before if p.lines), None) if head else None
    return tuple(joined)


def _last_table(lines: Sequence[PdfLine]) -> tuple[PdfLine, ...]:
    """The rows of the table that ends a page."""
    rows = tuple(takewhile(lambda line: line.row and _same_width(line, lines[-1]), reversed(lines)))
    return rows[::-1]


def _same_width(row: PdfLine, other: PdfLine) -> bool:
    return abs(row.x0 - other.x0) <= _TOLERANCE and abs(row.x1 - other.x1) <= _TOLERANCE


def _repeated(head: Sequence[PdfLine], rows: Sequence[PdfLine]) -> int:
    """How many of the rows say again what the table began with."""
    pairs = zip(head[:_HEADING], rows, strict=False)
    return sum(
        1 for _ in takewhile(lambda pair: visible(pair[0].text) == visible(pair[1].text), pairs)
    )


def _is_cut(above: PdfLine, below: PdfLine) -> bool:
    before, after = _texts(above), _texts(below)
    if len(before) != len(after):
        return False
    goes_on = [n for n, text in enumerate(after) if text]
    stops = any(text and not after[n] for n, text in enumerate(before))
    return stops and all(before[n] and n in above.open for n in goes_on)


def _whole(above: PdfLine, below: PdfLine) -> PdfLine:
    """The two parts of a row as one, which knows what of it stands on which page."""
    text, breaks, page = BARRIER, [], above.page
    for one, other in zip(_cells(above), _cells(below), strict=True):
        left, right = (_said(part) for part in (one, other))
        blank = len(stitch(left, right)) - len(left) - len(right) if left and right else 0
        for character, number in (*one, *[(" ", below.page)] * blank, *other):
            if number != page:
                breaks.append((len(text), number))
                page = number
            text += character
        text += BARRIER
    return replace(above, text=text, breaks=tuple(breaks), open=below.open)


def _texts(row: PdfLine) -> list[str]:
    return row.text.split(BARRIER)[1:-1]


def _said(cell: _Cell) -> str:
    return "".join(character for character, _ in cell)


def _cells(row: PdfLine) -> list[_Cell]:
    """The characters of each cell, with their pages."""
    pages = dict(row.breaks)
    number = row.page
    cells: list[_Cell] = []
    for offset, character in enumerate(row.text):
        number = pages.get(offset, number)
        if character == BARRIER:
            cells.append([])
        else:
            cells[-1].append((character, number))
    return cells[:-1]
