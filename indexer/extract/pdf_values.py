"""What the steps of reading a PDF hand on: a page's glyphs and rules, its lines, its state.

    glyphs and rules --(tables, lines)--> lines and rows --(furniture, flow)--> blocks

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
