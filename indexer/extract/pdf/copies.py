"""Characters that were drawn several times, and shapes that stand for several characters.

Bold type is often faked by drawing a character twice, a hair apart; it is read once. Characters
in one and the same box, one after another, are no copies but the parts of one shape (ﬁ, or ——
drawn as one stroke): each gets its share of the box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from indexer.extract.layout.values import Glyph

_TWICE = 0.3
_OVERLAP = 0.5
"""Copies of a character are this near to each other, in parts of its size and of its width: the
dots of a table of contents stand closer than copies of an ideograph."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page; `unmapped` holds the places of those without a Unicode mapping."""

    glyphs: tuple[Glyph, ...]
    unmapped: frozenset[int]


def once(drawn: Glyphs) -> Glyphs:
    """The characters of a page as a reader takes them, in the order of drawing."""
    glyphs = _parted(drawn.glyphs)
    copies = _copies(glyphs)
    if not copies:
        return Glyphs(tuple(glyphs), drawn.unmapped)
    kept = [n for n in range(len(glyphs)) if n not in copies]
    unmapped = frozenset(new for new, old in enumerate(kept) if old in drawn.unmapped)
    return Glyphs(tuple(glyphs[n] for n in kept), unmapped)


def _parted(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Each part of a shape in its share of the box."""
    if not any(
        one.x0 == other.x0 and one.top == other.top and one.x1 == other.x1
        for one, other in pairwise(glyphs)
    ):
        return glyphs
    parted: list[Glyph] = []
    for _, shape in groupby(glyphs, key=lambda glyph: glyph[1:]):
        parts = list(shape)
        x0, step = parts[0].x0, (parts[0].x1 - parts[0].x0) / len(parts)
        for n, part in enumerate(parts):
            parted.append(part._replace(x0=x0 + n * step, x1=x0 + (n + 1) * step))
    return parted


def _copies(glyphs: Sequence[Glyph]) -> set[int]:
    """The places of those that are there already."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, glyph in enumerate(glyphs):
        places[glyph.text].append(n)
    copies: set[int] = set()
    for text, same in places.items():
        if len(same) > 1 and not text.isspace():
            same.sort(key=lambda n: glyphs[n].x0)
            copies.update(_near(glyphs, same))
    return copies


def _near(glyphs: Sequence[Glyph], same: Sequence[int]) -> set[int]:
    """Of glyphs of one character, from left to right: those drawn after another just there."""
    found: set[int] = set()
    for k, n in enumerate(same):
        _, x0, top, x1, _, size, angle = glyphs[n]
        reach = _TWICE * size
        if angle == 0:
            reach = min(reach, _OVERLAP * (x1 - x0))
        for other in reversed(same[:k]):
            if x0 - glyphs[other].x0 >= reach:
                break
            if abs(top - glyphs[other].top) < reach and other not in found:
                found.add(max(n, other))
    return found
