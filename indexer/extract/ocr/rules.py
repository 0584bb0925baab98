"""The picture of a page -> the straight lines drawn on it, which make its tables.

A line is a row of dots each of which is darker than what is just above and below. Of a line that
noise has gnawed at most dots still are; in a row of characters they are not, for there are gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.extract.layout.values import Rule
from indexer.extract.ocr.recognised import RecognisedLine

_LONGEST_STROKE = 26.0
"""Points. What is longer and straight is no part of a character: titles are set in 22."""
_THICKEST = 4.0
"""Points: a rule is no bar."""
_DARKER = 24
"""Levels of grey: twice what noise of 12 leaves of itself when five dots are averaged."""
_MOST = 0.85
"""The part of a stretch of line that has to be dark."""
_EDGE = 0.2
"""The part of a line of text's height, from each of its sides, in which a rule may touch it."""


def find_rules(
    image: NDArray[np.uint8], scale: float, lines: Sequence[RecognisedLine]
) -> tuple[Rule, ...]:
    """Rules in points, of a straight picture with `scale` dots a point.

    What runs through `lines` are strokes of their characters.
    """
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    level = [Rule(x0, y, x1, y) for x0, x1, y in _stretches(grey, scale)]
    upright = [Rule(x, y0, x, y1) for y0, y1, x in _stretches(grey.T, scale)]
    return tuple(
        _trimmed(rule, lines) for rule in (*level, *upright) if not _is_stroke(rule, lines)
    )


def _stretches(grey: NDArray[np.uint8], scale: float) -> Iterator[tuple[float, float, float]]:
    """Start, end and height, in points, of lines along the rows of a picture."""
    import cv2

    stroke, thickest = round(_LONGEST_STROKE * scale), round(_THICKEST * scale)
    smooth = cv2.blur(np.ascontiguousarray(grey), (5, 1))
    thin = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, np.ones((2 * thickest, 1), np.uint8))
    dark = (thin > _DARKER).astype(np.float32)
    # A line that is not quite straight goes on in the next row of dots.
    dark = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    middle = (cv2.blur(dark, (stroke, 1)) >= _MOST).astype(np.uint8)
    ends = round((2 * _MOST - 1) * stroke)  # where the stretches around it were no longer dark
    whole = cv2.dilate(middle, np.ones((3, ends), np.uint8))
    for x, y, width, height, _ in cv2.connectedComponentsWithStats(whole)[2][1:]:
        if height <= 2 * thickest and width >= stroke:
            yield float(x) / scale, float(x + width) / scale, float(y + height / 2) / scale


def _is_stroke(rule: Rule, lines: Iterable[RecognisedLine]) -> bool:
    """Whether most of it lies inside lines of text."""
    return sum(map(sum, _inside(rule, lines))) > sum(_extent(rule)) / 2


def _inside(rule: Rule, lines: Iterable[RecognisedLine]) -> Iterator[tuple[float, float]]:
    """How much of a rule lies in each line that it runs through, across and down."""
    for line in lines:
        edge = _EDGE * (line.bottom - line.top)
        across = min(rule.x1, line.x1 - edge) - max(rule.x0, line.x0 + edge)
        down = min(rule.bottom, line.bottom - edge) - max(rule.top, line.top + edge)
        if across >= 0 and down >= 0:
            yield across, down


def _extent(rule: Rule) -> tuple[float, float]:
    return rule.x1 - rule.x0, rule.bottom - rule.top


def _trimmed(rule: Rule, lines: Iterable[RecognisedLine]) -> Rule:
    """Without strokes of a line of text that it ends at: those of a caption above a table."""
    x0, top, x1, bottom = rule
    for line in lines:
        edge = _EDGE * (line.bottom - line.top)
        if top == bottom and line.top + edge < top < line.bottom - edge:
            if line.x0 < x0 < line.x1 < x1:
                x0 = line.x1
            elif x0 < line.x0 < x1 < line.x1:
                x1 = line.x0
        elif x0 == x1 and line.x0 + edge < x0 < line.x1 - edge:
            if line.top < top < line.bottom < bottom:
                top = line.bottom
            elif top < line.top < bottom < line.bottom:
                bottom = line.top
    return Rule(x0, top, x1, bottom)
