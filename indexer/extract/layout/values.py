"""What the steps of reading a PDF hand on: a page's glyphs and rules, its lines, its state.

    glyphs and rules --(tables, lines)--> lines and rows --(furniture, flow)--> blocks

`tables` takes the glyphs of tables out of a page's content first; the making of lines
(`page_lines(content, tables)`) gets the rest, and puts the tables' rows where they stand.

Positions are in points from the upper left corner of the page as it is read: rotation of the
page is undone, y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from indexer.report import PageStatus


class Glyph(NamedTuple):
    """A character as it was drawn. A tuple, because a page has thousands."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    """The height of its type, in points, as printed (the text matrix included)."""
    angle: int
    """Of its base line, in degrees clockwise: 0 reads from left to right, 90 downwards."""


class Rule(NamedTuple):
    """A straight line that was drawn, or one side of a filled or stroked box."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """What was drawn on a page, in the order of drawing."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    status: PageStatus


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of text, or a row of a table (its text then holds barriers)."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    row: bool = False
    breaks: tuple[tuple[int, int], ...] = ()
    """Of a row that a page break cut: (offset in `text`, page) as in `report.Block`."""
    open: frozenset[int] = frozenset()
    """Of a row: its cells, counted from 0, whose text may go on on the next page."""
    column: int = 0
    """Which stretch of the page it stands in, in reading order; a title above two columns of
    text and these two columns are 0, 1 and 2."""
    aside: bool = False
    """No part of the page's text: a watermark, a seal, a note along the margin."""


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A ruled table of one page: where it stands, and its rows (`PdfLine.row`) from the top."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[PdfLine, ...]


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What was read of a page: lines and rows in reading order, and its state.

    `recognised` says that the lines were read off the page's picture (OCR).
    """

    number: int
    width: float
    height: float
    lines: tuple[PdfLine, ...]
    status: PageStatus
    recognised: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether it has text that nobody could read: what stands around it does not join."""
        unread = self.status not in (PageStatus.TEXT, PageStatus.EMPTY)
        return unread and not (self.recognised or self.lines)
