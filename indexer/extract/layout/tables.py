"""The ruled tables of a page: rules -> cells, by pdfplumber's own functions; glyphs -> rows.

A frame around text is no table: there are two cells side by side at least. What stands in the
cells is taken out of the page's glyphs.

A row that a page break cuts has no line along the cut in the files of some programs; the ends of
its uprights show where one would be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from indexer.extract import marks
from indexer.extract.layout.values import Glyph, PageContent, PdfLine, PdfTable, Rule
from indexer.extract.lines import stitch
from indexer.report import BARRIER

Cell = tuple[float, float, float, float]
"""x0, top, x1, bottom."""
Edge = dict[str, Any]

_EDGES = 2_000
"""Above this many (after joining) finding the cells takes seconds; it is a drawing, no table."""
_RAW_EDGES = 20_000
_CROSSINGS = 10_000
"""Likewise: from here on the cells take more than 3 seconds. Real pages have up to 360."""
_SNAP = 3.0
"""How far apart, in points, lines may be that were meant as one: pdfplumber's own default."""
_UPRIGHTS = 3
_HIGHEST = 0.5
_TILT = 10
_OVERSIZED = 3.0
_MARGIN = 2.0
"""A rule this near to the paper's edge frames the page."""

_PADDING = 14.0
"""What a cell may keep free beside its text, in points, both sides together (Word: 10.8)."""

TextLines = Callable[[Sequence[Glyph], int], Sequence[PdfLine]]
"""Glyphs of one cell and the page's number -> lines from the top."""


def find_tables(
    content: PageContent, text_lines: TextLines
) -> tuple[PageContent, tuple[PdfTable, ...]]:
    """The page without what stands in its tables, and these, from the top."""
    tables = [cells for cells in _tables(content) if _is_table(cells, content)]
    if not tables:
        return content, ()
    rest: Sequence[Glyph] = content.glyphs
    found = []
    for cells in tables:
        inside: dict[Cell, list[Glyph]] = defaultdict(list)
        rest = _taken(rest, cells, inside)
        rows = _rows(cells, inside, content.number, text_lines)
        if rows:
            found.append(PdfTable(*_bounds(cells), rows))
    return replace(content, glyphs=tuple(rest)), tuple(found)


def _tables(content: PageContent) -> list[list[Cell]]:
    edges = [_edge(rule) for rule in content.rules if not _frames(rule, content)]
    if not 4 <= len(edges) <= _RAW_EDGES:
        return []
    edges = merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    if len(edges) > _EDGES:
        return []
    closed = [*edges, *_missing(edges, "top"), *_missing(edges, "bottom")]
    crossings = edges_to_intersections(closed, _SNAP, _SNAP)
    if len(crossings) > _CROSSINGS:
        return []
    tables: list[list[Cell]] = cells_to_tables(intersections_to_cells(crossings))
    return tables


def _missing(edges: Sequence[Edge], end: str) -> Iterator[Edge]:
    """The lines that would close tables where three uprights or more end at one height."""
    level = [edge for edge in edges if edge["orientation"] == "h"]
    uprights = [edge for edge in edges if edge["orientation"] == "v"]
    uprights.sort(key=lambda edge: float(edge[end]))
    start = 0
    for n in range(1, len(uprights) + 1):
        if n < len(uprights) and uprights[n][end] - uprights[n - 1][end] <= _SNAP:
            continue
        group, start = uprights[start:n], n
        x0, x1 = min(edge["x0"] for edge in group), max(edge["x0"] for edge in group)
        y = group[-1][end] if end == "bottom" else group[0][end]
        ruled = any(
            abs(edge["top"] - y) <= 2 * _SNAP and edge["x0"] < x1 and edge["x1"] > x0
            for edge in level
        )
        if len({edge["x0"] for edge in group}) >= _UPRIGHTS and not ruled:
            yield _edge(Rule(x0, y, x1, y))


def _edge(rule: Rule) -> Edge:
    """A rule as pdfplumber's functions take it."""
    x0, top, x1, bottom = rule
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if x1 - x0 >= bottom - top else "v",
        "object_type": "line",
    }


def _frames(rule: Rule, content: PageContent) -> bool:
    if rule.x0 == rule.x1:
        return not _MARGIN < rule.x0 < content.width - _MARGIN
    return not _MARGIN < rule.top < content.height - _MARGIN


def _is_table(cells: Sequence[Cell], content: PageContent) -> bool:
    """Two cells side by side are enough: what a page break left of a row.

    Two boxes as high as the page are its columns.
    """
    columns = Counter(cell[1] for cell in cells)
    _, top, _, bottom = _bounds(cells)
    low = bottom - top <= _HIGHEST * content.height
    return max(columns.values()) >= 2 and (low or len(cells) > 2)


def _bounds(cells: Sequence[Cell]) -> Cell:
    return (
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )


def _taken(
    glyphs: Sequence[Glyph], cells: Sequence[Cell], inside: dict[Cell, list[Glyph]]
) -> list[Glyph]:
    """The glyphs that are in none of the cells; the others go into `inside`."""
    left, top, right, bottom = _bounds(cells)
    usual = median(glyph.size for glyph in glyphs) if glyphs else 0.0
    rest = []
    last = cells[0]
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if not (left <= x <= right and top <= y <= bottom) or _is_laid_over(glyph, usual):
            rest.append(glyph)
            continue
        # Glyphs of one cell follow each other, so the last cell is looked at first.
        for cell in (last, *cells):
            if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
                inside[cell].append(glyph)
                last = cell
                break
        else:
            rest.append(glyph)
    return rest


def _is_laid_over(glyph: Glyph, usual: float) -> bool:
    """Of a watermark or a seal: slanted, or far larger than the page's type."""
    slant = abs(glyph.angle - 90 * round(glyph.angle / 90))
    return slant > _TILT or glyph.size > _OVERSIZED * usual


def _rows(
    cells: Sequence[Cell], inside: dict[Cell, list[Glyph]], number: int, text_lines: TextLines
) -> tuple[PdfLine, ...]:
    """Rows by the top of their cells: a cell that spans several is said in its first."""
    tops: dict[float, list[Cell]] = defaultdict(list)
    for cell in cells:
        tops[cell[1]].append(cell)
    rows = []
    left, _, right, _ = _bounds(cells)
    for top in sorted(tops):
        row = sorted(tops[top])
        lines = [text_lines(inside[cell], number) for cell in row]
        if any(lines):
            text = BARRIER.join(("", *map(_text, lines), ""))
            goes_on = frozenset(n for n, cell in enumerate(row) if _is_open(cell, lines[n]))
            bottom = max(cell[3] for cell in row)
            rows.append(PdfLine(text, left, right, top, bottom, 0, number, row=True, open=goes_on))
    return tuple(rows)


def _is_open(cell: Cell, lines: Sequence[PdfLine]) -> bool:
    """Whether its text may go on on another page: no room for a character, or in mid-sentence."""
    if not lines:
        return False
    last = lines[-1]
    text = _text(lines)
    room = cell[2] - cell[0] - _PADDING - (last.x1 - last.x0)
    return room < last.size or (marks.is_running(text) and not marks.is_finished(text))


def _text(lines: Iterable[PdfLine]) -> str:
    text = ""
    for line in lines:
        text = stitch(text, line.text) if text else line.text
    return text
