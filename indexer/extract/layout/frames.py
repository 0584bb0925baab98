"""Where text begins and ends on a page, and how far its lines are apart: measured on the lines.

Each stretch of a page (a column, a title above columns) is measured by itself. One that has too
few lines, or whose lines are all indented, is told by the stretches like it on other pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from indexer.extract import marks
from indexer.extract.layout.columns import middle
from indexer.extract.layout.values import PdfLine

_SETTLED = 5
"""A stretch with this many lines of body size is measured by itself."""
_NEAR = 0.6
"""Edges within this many em are one: boxes read off a picture are that uneven."""
_SHARE = 0.1
"""The share of lines that an edge must have; ragged text reaches its right edge seldom."""
_RAGGED = 2.0
"""How far short of the right edge, in em, all lines of a stretch may end by chance."""
_ALIGNED = 0.25
"""The share of lines that begin at the left edge: .40 at least in each of 544 typeset stretches,
.86 in the middle one."""
_FULL = 0.3
_LEADING = 1.5
_STEP = 2.0
_WIDTHS = 20.0
"""In points: widths of text that differ by less are one."""
INDENT = (1.2, 3.6)
"""The least and the most indent of a paragraph's first line, in em. Two are usual."""

Place = tuple[int, int]
"""Page and stretch."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The edges of a stretch's text and the distance of its lines, in points."""

    left: float
    right: float
    pitch: float

    def indent(self, line: PdfLine) -> float:
        """How far `line` begins from the left edge, in em."""
        return (line.x0 - self.left) / max(line.size, 1.0)

    def is_indented(self, line: PdfLine) -> bool:
        """Whether `line` begins like a paragraph's first line."""
        return INDENT[0] <= self.indent(line) <= INDENT[1]


class _Shape(NamedTuple):
    """Edges that many stretches share, to a few points, on one side of the sheet: margins differ
    between odd and even pages."""

    side: int
    left: float
    right: float


def frames(lines: Iterable[PdfLine], sizes: float) -> dict[Place, Frame]:
    """The frame of every stretch; `sizes` is the part by which sizes may differ that are one."""
    stretches: defaultdict[Place, list[PdfLine]] = defaultdict(list)
    for line in lines:
        if not line.row:
            stretches[line.page, line.column].append(line)
    own: dict[Place, Frame] = {}
    shapes: Counter[_Shape] = Counter()
    for place, found in stretches.items():
        size = usual_size(found)
        frame = _measured([x for x in found if abs(x.size - size) <= sizes * size], size)
        if frame is not None:
            own[place] = frame
            shapes[_shape(place, frame)] += len(found)
    return {
        place: _own(place, found, own[place], shapes)
        if place in own
        else _others(place, found, shapes)
        for place, found in stretches.items()
    }


def usual_size(lines: Iterable[PdfLine]) -> float:
    """The size, to half a point, in which most characters are set; 0 without any."""
    tally: Counter[float] = Counter()
    for line in lines:
        if not line.row:
            tally[round(line.size * 2) / 2] += len(line.text)
    return max(tally, key=lambda size: tally[size], default=0.0)


def _measured(lines: Sequence[PdfLine], size: float) -> Frame | None:
    """None where the lines are too few, or do not begin at an edge, as centred ones do not."""
    if len(lines) < _SETTLED:
        return None
    least = max(2, _SHARE * len(lines))
    near = _NEAR * size
    lefts = sorted(line.x0 for line in lines)
    # Punctuation hangs over the right edge of justified text; other characters do not.
    rights = sorted(-line.x1 for line in lines if not marks.ends_closing(line.text))
    rights = rights or sorted(-line.x1 for line in lines)
    left = _edge(lefts, least, near)
    if sum(abs(x - left) <= near for x in lefts) < _ALIGNED * len(lines):
        return None
    return Frame(left, -_edge(rights, least, near, first=True), _pitch(lines, size))


def _edge(places: Sequence[float], least: float, near: float, *, first: bool = False) -> float:
    """The outermost of sorted `places` with at least `least` of them near."""
    for n, place in enumerate(places):
        close = [other for other in places[n:] if other <= place + near]
        if len(close) >= min(least, len(places)):
            return place if first else median(close)
    return places[0]


def _pitch(lines: Sequence[PdfLine], size: float) -> float:
    """The usual distance between the middles of a line and the next."""
    steps = [
        middle(below) - middle(above)
        for above, below in pairwise(lines)
        if middle(below) > middle(above)
    ]
    return median(steps) if steps else _LEADING * size


def _shape(place: Place, frame: Frame) -> _Shape:
    return _Shape(
        place[0] % 2, _STEP * round(frame.left / _STEP), _STEP * round(frame.right / _STEP)
    )


def _own(place: Place, lines: Sequence[PdfLine], mine: Frame, shapes: Counter[_Shape]) -> Frame:
    """A frame as it was measured, but for a page whose lines are all indented, or none full:
    that has the edges of its like, first of those on the same side of the sheet.
    """
    em = max(usual_size(lines), 1.0)
    same = _shape(place, mine)
    alike = [
        (shape.side == same.side, weight - len(lines) * (shape == same), shape)
        for shape, weight in shapes.items()
        if -_NEAR * em <= mine.left - shape.left <= INDENT[1] * em
        and mine.right - shape.right <= _RAGGED * em
        and (shape != same or weight > len(lines))
    ]
    if not alike:
        return mine
    _, weight, home = max(alike)
    left, right = mine.left, mine.right
    if left - home.left > 2 * _NEAR * em and not _is_filled(lines, mine, em):
        left, right = home.left, max(home.right, right)
    elif weight > len(lines) and home.right - right <= _RAGGED * em:
        right = max(home.right, right)
    return Frame(left, right, mine.pitch)


def _is_filled(lines: Sequence[PdfLine], frame: Frame, em: float) -> bool:
    """Whether many lines go on at the right edge, as those of text set in do and items do not."""
    full = sum(frame.right - x.x1 < em and not marks.is_finished(x.text) for x in lines)
    return full > _FULL * len(lines)


def _others(place: Place, lines: Sequence[PdfLine], shapes: Counter[_Shape]) -> Frame:
    """The frame of a few lines: the narrowest around them, so that columns come before pages."""
    em = max(usual_size(lines), 1.0)
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    around = [
        (shape.side != place[0] % 2, round((shape.right - shape.left) / _WIDTHS), -weight, shape)
        for shape, weight in shapes.items()
        if shape.left - _NEAR * em <= left and right <= shape.right + _RAGGED * em
    ]
    pitch = _pitch(lines, em)
    if not around:
        return Frame(left, right, pitch)
    home = min(around)[-1]
    return Frame(home.left, home.right, pitch)
