"""What is drawn on a page beside its text: rules, from the segments of paths, and pictures.

On the way, pieces of text without width are given one. pdfium's text layer passes over them, and
a single character has none where its font is not in the file and the substitute lacks it: Droid
Sans Fallback has no figures, a machine without Chinese fonts no 甲 and 乙. What is outlined has
the width of a pen at least, so they are drawn as outlines.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from indexer.extract.layout.values import Rule
from indexer.extract.pdf.glyphs import Upright

_THIN = 4.0
"""A filled box up to this wide, in points, is a line; the thickest border of Word is 6 pt, of
which LibreOffice and Word draw the double and triple ones as lines of their own."""
_STRAIGHT = 1.0
"""How far, in points, the ends of a level line may differ in height."""
_OBJECTS = 20_000
"""Paths looked at on a page: a map or a chart has more, and no table that could be read."""
_DEPTH = 8
_NO_WIDTH = 0.01
_PEN = 1.0

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""
Matrix = tuple[float, float, float, float, float, float]

_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Drawings:
    """What else is on a page, cut to its edges."""

    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]
    outlines: int
    """Shapes with curves: characters, where there are hundreds of them."""
    text: bool
    """Whether there is any piece of text, whatever became of it."""


def read_drawings(page: pdfium.FPDF_PAGE, frame: Upright) -> Drawings:
    """Rules and pictures, cut to the page. Goes before the reading of glyphs: see above."""
    rules: list[Rule] = []
    pictures: list[Box] = []
    text = False
    outlines = 0
    width, height = frame.size
    for number, (item, kind, matrix) in enumerate(_objects(page)):
        if number >= _OBJECTS:
            break
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            straight = tuple(_rules(item, matrix, frame))
            outlines += not straight
            for rule in straight:
                x0, x1 = max(0.0, rule.x0), min(width, rule.x1)
                top, bottom = max(0.0, rule.top), min(height, rule.bottom)
                if x0 <= x1 and top <= bottom:
                    rules.append(Rule(x0, top, x1, bottom))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_picture(item, matrix, frame))
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            text = True
            _widen(item)
    return Drawings(tuple(rules), tuple(pictures), outlines, text)


def _widen(item: pdfium.FPDF_PAGEOBJECT) -> None:
    """Make the text layer take up a piece of text that has no width, if its font is not here."""
    left, right, unused = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPageObj_GetBounds(item, left, unused, right, unused)
    if right.value - left.value >= _NO_WIDTH:
        return
    font = pdfium.FPDFTextObj_GetFont(item)
    if font and pdfium.FPDFFont_GetIsEmbedded(font) == 0:
        pdfium.FPDFTextObj_SetTextRenderMode(item, pdfium.FPDF_TEXTRENDERMODE_STROKE)
        pdfium.FPDFPageObj_SetStrokeWidth(item, _PEN)
        # Its bounds are worked out anew when it is moved, if only to where it is.
        pdfium.FPDFPageObj_Transform(item, *_PLAIN)


def _objects(
    page: pdfium.FPDF_PAGE,
) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, int, Matrix]]:
    """Every object of the page and of the forms in it, with the matrix of its forms."""
    for n in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _within(pdfium.FPDFPage_GetObject(page, n), _PLAIN, 0)


def _within(
    item: pdfium.FPDF_PAGEOBJECT, matrix: Matrix, depth: int
) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, int, Matrix]]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, kind, matrix
    elif depth < _DEPTH:
        inner = _times(_matrix(item), matrix)
        for n in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _within(pdfium.FPDFFormObj_GetObject(item, n), inner, depth + 1)


def _rules(item: pdfium.FPDF_PAGEOBJECT, forms: Matrix, frame: Upright) -> Iterator[Rule]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not (fill.value or stroke.value):
        return
    matrix = _times(_matrix(item), forms)
    for points, closed in _outlines(item, matrix, frame):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
        if not stroke.value and min(x1 - x0, bottom - top) <= _THIN:
            rule = _middle(x0, top, x1, bottom)
            if rule is not None:
                yield rule
            continue
        ends = points[1:] + points[:1] if closed or not stroke.value else points[1:]
        for (ax, ay), (bx, by) in zip(points, ends, strict=False):
            rule = _straight(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            if rule is not None:
                yield rule


def _middle(x0: float, top: float, x1: float, bottom: float) -> Rule | None:
    """The line along the middle of a thin box."""
    if x1 - x0 >= bottom - top:
        y = (top + bottom) / 2
        return _straight(x0, y, x1, y)
    x = (x0 + x1) / 2
    return _straight(x, top, x, bottom)


def _straight(x0: float, top: float, x1: float, bottom: float) -> Rule | None:
    """A level or upright line; None for a slanted one and for a dot."""
    if bottom - top <= _STRAIGHT < x1 - x0:
        y = (top + bottom) / 2
        return Rule(x0, y, x1, y)
    if x1 - x0 <= _STRAIGHT < bottom - top:
        x = (x0 + x1) / 2
        return Rule(x, top, x, bottom)
    return None


def _outlines(
    item: pdfium.FPDF_PAGEOBJECT, matrix: Matrix, frame: Upright
) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The corners of each straight-sided piece of a path, and whether it is closed."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    segment = None
    a, b, c, d, e, f = matrix
    for n in range(pdfium.FPDFPath_CountSegments(item)):
        before, segment = segment, pdfium.FPDFPath_GetPathSegment(item, n)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points, pdfium.FPDFPathSegment_GetClose(before) == 1
            points, curved = [], False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        px, py = x.value, y.value
        points.append(frame.point(a * px + c * py + e, b * px + d * py + f))
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
    if len(points) > 1 and not curved:
        yield points, pdfium.FPDFPathSegment_GetClose(segment) == 1


def _picture(item: pdfium.FPDF_PAGEOBJECT, forms: Matrix, frame: Upright) -> Box:
    """Where a picture shows: the unit square under its matrix, cut to the page."""
    a, b, c, d, e, f = _times(_matrix(item), forms)
    corners = [frame.point(x, y) for x, y in ((e, f), (a + e, b + f), (c + e, d + f))]
    corners.append(frame.point(a + c + e, b + d + f))
    width, height = frame.size
    xs = [min(max(x, 0.0), width) for x, _ in corners]
    ys = [min(max(y, 0.0), height) for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(item: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return _PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first`, `then` the other."""
    if then is _PLAIN:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
