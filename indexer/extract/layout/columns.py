"""Pieces of lines -> stretches of a page that are read one after another: columns by gutters.

A gutter is an upright strip as wide as a character that no text crosses for several lines, with
lines on either side that fill their column. (The cells of a table without rules do not fill
theirs.) Text that crosses the strip, such as a title above two columns, parts what is above it
from what is below; each column is looked through for gutters of its own.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from indexer.extract.layout.values import PdfLine
from indexer.extract.marks import is_finished

_STRIP = (0.8, 0.1)
"""From where to where, in em before the next column's edge, nothing may stand. The
typeset files have gutters of 2.0 to 2.4 em, of which hanging punctuation may take 1."""
_SPREAD = 0.6
"""In em: how unevenly the lines of a column begin when they were read off a picture."""
_STEP = 0.25
_TRIES = 200
_PIECES = 2_000
"""A page with more pieces is a drawing or an attack: no columns are looked for. A typeset
page has 86 lines at most."""
_DEPTH = 6
"""How often columns are looked for within columns."""
_ROWS = 3
"""The least lines on either side, one above another, that show a gutter."""
_FILLED = 0.8
_FILLING = 0.5
_SOME = 0.15
"""Half the lines of one column take up 0.8 of its width; of the other (names, headings) some do."""
_LARGE = 1.15
"""Type this much larger than most of the page's is a heading's."""
_ABOVE = 2
"""The pieces that a running header may be of."""
OVERLAP = 0.75
"""In em: punctuation set tight overlaps its neighbour's box by 0.5; what overlaps more, in another
size, is printed across, as a watermark is."""
_WIDE = 12.0
_EVEN = 0.3
"""In em: lines this wide that end this evenly are justified text, and no cells of a table."""
_NARROWEST = 6.0
"""The least width of a column in em; what is narrower is a list of names or figures."""


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two pieces that cross a gutter: to its left and to its right."""

    left: list[PdfLine]
    right: list[PdfLine]


@dataclass(frozen=True, slots=True)
class _Filling:
    """The lines of a column, and how many of them are full."""

    lines: int
    full: int

    @property
    def share(self) -> float:
        return self.full / self.lines if self.lines else 0.0


def stretches(pieces: Sequence[PdfLine], depth: int = _DEPTH) -> list[list[PdfLine]]:
    """The pieces of a page in stretches to be read in this order; no piece is lost."""
    edge, em = _gutter(pieces) if depth and len(pieces) <= _PIECES else (None, 0.0)
    if edge is None:
        return [list(pieces)] if pieces else []
    across, rest = _heads(pieces, em)
    found: list[list[PdfLine]] = []
    bands, crossing = _bands(rest, edge, em)
    for band, below in zip(bands, [*crossing, []], strict=True):
        if _is_columns(band, edge, em):
            found += [across] if across else []
            found += stretches(band.left, depth - 1) + stretches(band.right, depth - 1)
            across = []
        else:
            across = across + band.left + band.right
        across = across + below
    return found + ([across] if across else [])


def _is_columns(band: _Band, edge: float, em: float) -> bool:
    """Whether a band is read side by side, the gutter being known: also a short one is, and one
    whose text does not reach the second column."""
    if band.left and band.right:
        return _starts_at(band.right, edge, em)
    return len(band.left) + len(band.right) > _ROWS


def _gutter(pieces: Sequence[PdfLine]) -> tuple[float | None, float]:
    """The left edge of the column behind the clearest gutter; None without one. And the em."""
    sizes = [piece.size for piece in pieces if not piece.row]
    if len(sizes) < _ROWS:
        return None, 0.0
    em = max(median(sizes), 1.0)
    starts = sorted(piece.x0 for piece in pieces if not piece.row)
    step = max(_STEP * em, (starts[-1] - starts[0]) / _TRIES)
    best, most, tried = None, 0, starts[0] + _NARROWEST * em - step
    for n, edge in enumerate(starts):
        if edge < tried + step or bisect(starts, edge + _SPREAD * em) - n < _ROWS:
            continue
        tried = edge
        bands, _ = _bands(pieces, edge, em)
        lines = sum(_lines_beside(band, edge, em) for band in bands)
        if lines > most:
            best, most = edge, lines
    return (_short_gutter(pieces, em) if best is None else best), em


def _short_gutter(pieces: Sequence[PdfLine], em: float) -> float | None:
    """The gutter of a page's few last lines, of which the second column may have but one.

    Told by wide lines that break off in mid-sentence at one place, with text further right.
    """
    wide = [p for p in pieces if p.x1 - p.x0 >= _WIDE * em and not is_finished(p.text)]
    for piece in wide:
        if sum(abs(piece.x1 - other.x1) < _EVEN * em for other in wide) < 2:
            continue
        further = [p for p in pieces if p.x0 > piece.x1 + em and not p.row]
        if not further:
            continue
        edge = min(p.x0 for p in further)
        bands, crossing = _bands(pieces, edge, em)
        beside = any(piece in band.left and band.right for band in bands)
        if beside and len(crossing) <= _ABOVE + 1:
            return edge
    return None


def _heads(pieces: Sequence[PdfLine], em: float) -> tuple[list[PdfLine], list[PdfLine]]:
    """Large type above all columns, with the running header above it; and the rest.

    The title above three columns may cross no gutter: it stands in the middle one's width.
    """
    small = [piece for piece in pieces if piece.size <= _LARGE * em]
    end = 0.0
    for head in (piece for piece in pieces if piece.size > _LARGE * em):
        above = sum(middle(piece) < head.top for piece in small)
        beside = any(head.top <= middle(piece) <= head.bottom for piece in small)
        if above <= _ABOVE and not beside:
            end = max(end, head.bottom)
    return [p for p in pieces if middle(p) < end], [p for p in pieces if middle(p) >= end]


def _bands(
    pieces: Sequence[PdfLine], edge: float, em: float
) -> tuple[list[_Band], list[list[PdfLine]]]:
    """The bands from the top, and what crosses the strip before `edge` between each two."""
    start, end = edge - _STRIP[0] * em, edge - _STRIP[1] * em
    across = sorted((p for p in pieces if p.x0 < end and p.x1 > start), key=middle)
    heights = [middle(piece) for piece in across]
    crossing = [[piece] for piece in across]
    bands = [_Band([], []) for _ in range(len(across) + 1)]
    for piece in pieces:
        if piece.x0 < end and piece.x1 > start:
            continue
        place = bisect(heights, middle(piece))
        # What stands on one line with a piece that crosses belongs to it.
        for near in range(max(0, place - 1), min(len(across), place + 1)):
            if _on_one_line(piece, across[near]):
                crossing[near].append(piece)
                break
        else:
            (bands[place].left if piece.x1 <= end else bands[place].right).append(piece)
    return bands, crossing


def _lines_beside(band: _Band, edge: float, em: float) -> int:
    """How many lines of text stand side by side in a band; 0 if they are not columns."""
    if len(band.left) < _ROWS or len(band.right) < _ROWS:
        return 0
    if not _starts_at(band.right, edge, em):
        return 0
    left, right = _filled(band.left, em), _filled(band.right, em)
    filled = max(left.share, right.share) >= _FILLING and min(left.share, right.share) >= _SOME
    return left.lines + right.lines if filled and min(left.full, right.full) >= _ROWS else 0


def _starts_at(pieces: Iterable[PdfLine], edge: float, em: float) -> bool:
    """Whether the column begins at `edge`, be it with an indented line."""
    return min(piece.x0 for piece in pieces) < edge + 3 * em


def _filled(pieces: Sequence[PdfLine], em: float) -> _Filling:
    """How a column's lines fill it; not at all if it is too narrow for text."""
    rows = [row for row in aligned(pieces) if not row[0].row]
    widths = [sum(piece.x1 - piece.x0 for piece in row) for row in rows]
    width = max(piece.x1 for piece in pieces) - min(piece.x0 for piece in pieces)
    if width < _NARROWEST * em:
        return _Filling(0, 0)
    return _Filling(len(rows), sum(w >= _FILLED * width for w in widths))


def aligned(pieces: Iterable[PdfLine]) -> list[list[PdfLine]]:
    """Pieces on one base line put together, from the top down; each row of a table by itself.

    A piece is on the line of another if its middle is within half an em of the other's, which
    holds for superscripts, and for the boxes that a skewed scan gives.
    """
    lines: list[list[PdfLine]] = []
    widest: PdfLine | None = None
    for piece in sorted(pieces, key=middle):
        if widest is not None and not (widest.row or piece.row) and _on_one_line(piece, widest):
            lines[-1].append(piece)
            if piece.x1 - piece.x0 > widest.x1 - widest.x0:
                widest = piece
        else:
            lines.append([piece])
            widest = piece
    return lines


def _on_one_line(piece: PdfLine, other: PdfLine) -> bool:
    em = max(piece.size, other.size)
    if abs(middle(piece) - middle(other)) >= em / 2:
        return False
    alike = em < _LARGE * min(piece.size, other.size)
    return alike or overlap(piece, other) < OVERLAP * em


def overlap(piece: PdfLine, other: PdfLine) -> float:
    """The width, in points, that both take up; negative for a gap between them."""
    return min(piece.x1, other.x1) - max(piece.x0, other.x0)


def middle(piece: PdfLine) -> float:
    """The height, from the page's top, of the middle of a piece."""
    return (piece.top + piece.bottom) / 2
