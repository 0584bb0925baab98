"""Glyphs of a page -> its lines in reading order, with the rows of its tables among them.

    glyphs --(runs)--> pieces --(columns)--> stretches --(aligned)--> lines

A run is what was drawn without a gap; neighbours with no more than a blank between them make a
piece; the pieces of a line are put together only when the columns are known. Lines that were
read off a picture are pieces too, and come in by `reading_order`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from indexer.extract.clean import clean, strip, visible
from indexer.extract.layout.columns import OVERLAP, aligned, overlap, stretches
from indexer.extract.layout.values import Glyph, PageContent, PdfLine, PdfTable

_TOUCHING = 0.2
"""The widest gap inside a run, in em: less than the narrowest character that another font may
have put there (a comma has 0.25), more than justified text is commonly spaced out by."""
_WORDS = 0.7
"""The widest blank between words, in em; the narrowest gutter has 1."""
_LEVEL = 0.5
"""How far apart, in em, the middles of neighbours on a line may be: a superscript's is less."""
_BLANK = 0.25
_BLANK_WIDE = 0.8
"""A gap that was printed as a blank: between letters or figures, and beside an ideograph."""
_BLANK_LETTERS = 0.13
"""The same between two letters: justified English has blanks of 0.2, letters stand within 0.05.
Figures among ideographs are spaced out with them, and make no words."""
_TILT = 10
"""Degrees: a scan's layer of text may be askew by a few, a watermark slants by 30 to 60."""
_LARGER = 1.5
_WATERMARKS = 50
"""More pieces of large type than this are the text of a page, with much small type beside it."""
_NEIGHBOURS = 3
"""The furthest, in em, that the next letter of a slanted line may be."""
_OVERPRINTED = 2
"""Type this much larger than the page's, with so many pieces of text across it, is a watermark."""


def page_lines(content: PageContent, tables: Sequence[PdfTable]) -> tuple[PdfLine, ...]:
    """The lines of a page and the rows of its tables, whose glyphs are not in `content`.

    Text at another angle than the page's, and large type across its lines, is marked `aside`
    and comes last.
    """
    number = content.number
    level = [glyph for glyph in content.glyphs if _is_level(glyph)]
    slanted = [glyph for glyph in content.glyphs if not _is_level(glyph)]
    pieces = [_piece(run, number) for run in _runs(level)]
    asides = _watermarks(pieces)
    if asides:
        pieces = [piece for piece in pieces if piece not in asides]
    rows = [row for table in tables for row in table.rows]
    return (
        *reading_order([*_spanned(pieces), *rows]),
        *(replace(line, aside=True) for line in text_lines_of(asides)),
        *_slanted_lines(slanted, number),
    )


def reading_order(pieces: Sequence[PdfLine]) -> tuple[PdfLine, ...]:
    """Pieces of lines, in any order -> whole lines in reading order, each with its `column`."""
    return tuple(
        replace(line, column=column)
        for column, stretch in enumerate(stretches(pieces))
        for line in text_lines_of(stretch)
    )


def text_lines(glyphs: Sequence[Glyph], number: int) -> tuple[PdfLine, ...]:
    """The lines of a place without columns, such as a table's cell, from the top down."""
    return tuple(text_lines_of(_piece(run, number) for run in _runs(glyphs)))


def text_lines_of(pieces: Iterable[PdfLine]) -> Iterator[PdfLine]:
    for row in aligned(pieces):
        line = _joined(sorted(row, key=lambda piece: piece.x0))
        if visible(line.text):
            yield line if line.row else replace(line, text=strip(line.text))


def _is_level(glyph: Glyph) -> bool:
    return glyph.angle <= _TILT or glyph.angle >= 360 - _TILT


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs drawn one after another, without a gap, on one line; blanks begin no run."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and _touches(run[-1], glyph):
            run.append(glyph)
        elif not glyph.text.isspace():
            if run:
                yield run
            run = [glyph]
    if run:
        yield run


def _touches(left: Glyph, right: Glyph) -> bool:
    em = max(left.size, right.size)
    gap = right.x0 - left.x1
    height = (right.top + right.bottom - left.top - left.bottom) / 2
    widest = _BLANK_LETTERS if _is_letter(left.text) and _is_letter(right.text) else _TOUCHING
    return -_LEVEL * em < gap < widest * em and abs(height) < _LEVEL * em


def _piece(run: Sequence[Glyph], number: int) -> PdfLine:
    inked = [glyph for glyph in run if not glyph.text.isspace()]
    return PdfLine(
        clean("".join(glyph.text for glyph in run)),
        inked[0].x0,
        max(glyph.x1 for glyph in inked),
        median(glyph.top for glyph in inked),
        median(glyph.bottom for glyph in inked),
        median(glyph.size for glyph in inked),
        number,
    )


def _spanned(pieces: Sequence[PdfLine]) -> Iterator[PdfLine]:
    """Pieces joined over the blanks between words, which no gutter is as narrow as."""
    drawn = {id(piece): n for n, piece in enumerate(pieces)}
    for row in aligned(pieces):
        row.sort(key=lambda piece: piece.x0)
        if any(overlap(a, b) > OVERLAP * a.size for a, b in pairwise(row)):
            # LibreOffice at times prints parts of a justified line over each other.
            row.sort(key=lambda piece: drawn[id(piece)])
        start = 0
        for n, (left, right) in enumerate(pairwise(row), 1):
            if right.x0 - left.x1 > _WORDS * max(left.size, right.size):
                yield _joined(row[start:n])
                start = n
        yield _joined(row[start:])


def _joined(pieces: Sequence[PdfLine]) -> PdfLine:
    """One line of pieces from left to right. Its height is that of its longest piece."""
    first = pieces[0]
    if first.row:
        return first
    text = first.text
    for left, right in pairwise(pieces):
        if _is_gap(left, right) and not (text[-1:].isspace() or right.text[:1].isspace()):
            text += " "
        text += right.text
    main = max(pieces, key=lambda piece: len(piece.text))
    x0, x1 = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    return replace(main, text=text, x0=x0, x1=x1)


def _is_gap(left: PdfLine, right: PdfLine) -> bool:
    """A blank that was not drawn as a character."""
    before, after = left.text[-1:], right.text[:1]
    widest = _BLANK_WIDE
    if _is_letter(before) and _is_letter(after):
        widest = _BLANK_LETTERS
    elif before.isascii() and after.isascii():
        widest = _BLANK
    return right.x0 - left.x1 > widest * max(left.size, right.size)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _watermarks(pieces: Sequence[PdfLine]) -> list[PdfLine]:
    """Large level type that the text of the page is printed across."""
    if not pieces:
        return []
    usual = median(piece.size for piece in pieces)
    large = [piece for piece in pieces if piece.size >= _LARGER * usual]
    if len(large) > _WATERMARKS:
        return []
    return [piece for piece in large if _crossed(piece, pieces) >= _OVERPRINTED]


def _crossed(large: PdfLine, pieces: Iterable[PdfLine]) -> int:
    """How many smaller pieces stand within the box of a large one, across its height."""
    return sum(
        piece.size * _LARGER <= large.size
        and min(piece.x1, large.x1) - max(piece.x0, large.x0) > piece.size
        and large.top < (piece.top + piece.bottom) / 2 < large.bottom
        for piece in pieces
    )


def _slanted_lines(glyphs: Sequence[Glyph], number: int) -> Iterator[PdfLine]:
    """Text at an angle, in the order of drawing: the letters round a seal are one line."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and math.dist(_centre(run[-1]), _centre(glyph)) > _NEIGHBOURS * glyph.size:
            yield from _slanted(run, number)
            run = []
        run.append(glyph)
    if run:
        yield from _slanted(run, number)


def _centre(glyph: Glyph) -> tuple[float, float]:
    return (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2


def _slanted(run: Sequence[Glyph], number: int) -> Iterator[PdfLine]:
    text = strip(clean("".join(glyph.text for glyph in run)))
    if visible(text):
        yield PdfLine(
            text,
            min(glyph.x0 for glyph in run),
            max(glyph.x1 for glyph in run),
            min(glyph.top for glyph in run),
            max(glyph.bottom for glyph in run),
            median(glyph.size for glyph in run),
            number,
            aside=True,
        )
