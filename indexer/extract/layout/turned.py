"""A page turned so that most of its text reads from left to right.

Wide tables are often set sideways on an upright page, without the page's being marked as turned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from indexer.extract.layout.values import Glyph, PageContent, Rule

_TILT = 10
"""Degrees by which text may be off a quarter turn: a scan's layer of text follows the scan."""

Box = tuple[float, float, float, float]


def turned(content: PageContent) -> PageContent:
    """The page as most of its glyphs ask to be read; as it is, when these are upright."""
    quarters = Counter(_quarter(glyph.angle) for glyph in content.glyphs)
    quarter = max(range(4), key=lambda q: quarters[q])
    if quarter == 0:
        return content
    turn = _turn(quarter, content.width, content.height)
    width, height = content.width, content.height
    if quarter != 2:
        width, height = height, width
    return replace(
        content,
        width=width,
        height=height,
        glyphs=tuple(_glyph(glyph, turn, quarter) for glyph in content.glyphs),
        rules=tuple(Rule(*turn((r.x0, r.top, r.x1, r.bottom))) for r in content.rules),
    )


def _glyph(glyph: Glyph, turn: Callable[[Box], Box], quarter: int) -> Glyph:
    box = turn((glyph.x0, glyph.top, glyph.x1, glyph.bottom))
    return Glyph(glyph.text, *box, glyph.size, (glyph.angle - 90 * quarter) % 360)


def _quarter(angle: int) -> int | None:
    quarter = round(angle / 90)
    return quarter % 4 if abs(angle - 90 * quarter) <= _TILT else None


def _turn(quarter: int, width: float, height: float) -> Callable[[Box], Box]:
    """What undoes so many quarter turns clockwise on a page of this size."""
    if quarter == 1:
        return lambda box: (box[1], width - box[2], box[3], width - box[0])
    if quarter == 2:
        return lambda box: (width - box[2], height - box[3], width - box[0], height - box[1])
    return lambda box: (height - box[3], box[0], height - box[1], box[2])
