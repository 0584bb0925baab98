"""A page of a PDF -> its glyphs, by pdfium's raw interface.

The raw interface, because the helpers of pypdfium2 make an object of every character and every
path: a report's page has 700 characters, and each is asked for six things at about half a
microsecond a call.

pdfium knows a glyph's place by its base line, its advance and its size before the text matrix;
the box given here is the advance along the base line and one size across it. The ascent and
descent that fonts state about themselves are off by up to half a line, so that glyphs of two
fonts on one line would not overlap.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from indexer.extract.layout.values import Glyph
from indexer.extract.pdf.copies import Glyphs, once

_ASCENT = 0.88
"""The part of its size by which an ideograph stands above the base line; the rest is below."""
_BLANK = 32
_FORM = 16
"""The bytes of a matrix that say how it turns and stretches; where it moves to comes after."""
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""The halves in which rare ideographs come: 𠮷 is two characters to pdfium."""
_HYPHENS = (2, 0xAD)
"""pdfium's code for a hyphen at the end of a line; the soft hyphen, which is seen when drawn."""
_TRUSTED_SIZE = 2.1
"""A shape larger than this many times the stated size belies it (fonts of Type 3); —— drawn as
one stroke is twice as wide as its size."""


@dataclass(frozen=True, slots=True)
class Upright:
    """From the space a page is drawn in to the page as it is read."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int
    """Quarter turns, clockwise, that the page asks to be shown with."""

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom) of a box given by any two opposite corners."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def upright(page: pdfium.FPDF_PAGE) -> Upright:
    """The visible part of a page and the way it is turned."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Upright(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)


def read_glyphs(page: pdfium.FPDF_PAGE, frame: Upright) -> Glyphs:
    """What is drawn as text within `frame`, without what pdfium makes up between it."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return Glyphs((), frozenset())
    try:
        return once(_drawn(text, frame))
    finally:
        pdfium.FPDFText_ClosePage(text)


def _drawn(text: pdfium.FPDF_TEXTPAGE, frame: Upright) -> Glyphs:
    """Every character that stands on the page; one loop, because it is gone through so often."""
    glyphs: list[Glyph] = []
    unmapped: list[int] = []
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    to_loose, to_matrix = ctypes.pointer(loose), ctypes.pointer(matrix)
    to_x, to_y = ctypes.pointer(x), ctypes.pointer(y)
    width, height = frame.size
    left, upper = frame.left, frame.top
    plain: int | None = None
    form = memoryview(matrix).cast("B")[:_FORM]
    known = b""
    turn, stretch = 0, 1.0
    for n in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, n)
        # Blanks and line ends between pieces of text are pdfium's guess; layout makes its own.
        if code <= _BLANK and (not code or pdfium.FPDFText_IsGenerated(text, n) == 1):
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, n, to_loose):
            continue
        pdfium.FPDFText_GetMatrix(text, n, to_matrix)
        size = pdfium.FPDFText_GetFontSize(text, n)
        if form != known:
            turn, stretch = _turn(matrix, frame), math.hypot(matrix.c, matrix.d)
            plain = 0 if frame.turns == 0 and matrix.b == 0 else None
            known = bytes(form)
        angle = turn if size >= 0 else (turn + 180) % 360
        size = abs(size) * stretch
        x0, x1 = loose.left - left, loose.right - left
        low, high, base = loose.bottom, loose.top, matrix.f
        trusted = _TRUSTED_SIZE * size
        if angle == plain and low <= base <= high <= low + trusted and x1 - x0 <= trusted:
            # Most glyphs: the base line is where the piece of text began. Asking costs.
            top = upper - base - _ASCENT * size
            bottom = top + size
        else:
            pdfium.FPDFText_GetCharOrigin(text, n, to_x, to_y)
            box = frame.box(loose.left, loose.bottom, loose.right, loose.top)
            size, (x0, top, x1, bottom) = _em_box(box, frame.point(x.value, y.value), size, angle)
        if 0 <= x0 + x1 <= 2 * width and 0 <= top + bottom <= 2 * height:
            if pdfium.FPDFText_HasUnicodeMapError(text, n) == 1:
                unmapped.append(len(glyphs))
            if code in _LOW and glyphs and ord(glyphs[-1].text) in _HIGH:
                pair = chr(0x10000 + (ord(glyphs[-1].text) - 0xD800 << 10) + code - 0xDC00)
                glyphs[-1] = glyphs[-1]._replace(text=pair)
                continue
            character = "-" if code in _HYPHENS else chr(code)
            glyphs.append(Glyph(character, x0, top, x1, bottom, size, angle))
    return Glyphs(tuple(glyphs), frozenset(unmapped))


def _turn(matrix: pdfium.FS_MATRIX, frame: Upright) -> int:
    """The angle of a base line as the page is read; degrees clockwise."""
    return round(90 * frame.turns - math.degrees(math.atan2(matrix.b, matrix.a))) % 360


def _em_box(
    box: tuple[float, float, float, float], base: tuple[float, float], size: float, angle: int
) -> tuple[float, tuple[float, float, float, float]]:
    """The size, and the box that is one size wide across the base line, whichever way it runs."""
    (x0, top, x1, bottom), (x, y) = box, base
    along, across = x1 - x0, bottom - top
    if angle in (90, 270):
        along, across = across, along
    if max(along, across) > _TRUSTED_SIZE * size:
        return max(across, along / _TRUSTED_SIZE), box
    low = (1 - _ASCENT) * size
    if angle == 0:
        top, bottom = y - size + low, y + low
    elif angle == 90:
        x0, x1 = x - low, x - low + size
    elif angle == 180:
        top, bottom = y - low, y - low + size
    elif angle == 270:
        x0, x1 = x - size + low, x + low
    return size, (x0, top, x1, bottom)
