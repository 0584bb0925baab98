"""What was read off the picture of a page (OCR): kept as it was seen, laid out like other pages.

The lines take the place of the page's characters, before tables, lines and paragraphs are made of
these. So that other rules for making them do not cost another reading of the picture, lines are
kept here with their places, and as bytes in the catalogue.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from indexer.extract.layout.values import Glyph, PageContent, Rule
from indexer.report import PageStatus

UNREAD = frozenset({PageStatus.SCANNED, PageStatus.GARBLED, PageStatus.MIXED})
"""The states of pages that say more than their characters tell."""

_MEASURED_FROM = 2.0
"""The least length, in em, of a line whose size is told by its length rather than its height."""
_HEIGHT = 0.9
"""How high ideographs are, in em."""
_SAME_SIZE = 0.15
"""Sizes this near to each other are one: they are measured to a tenth or so."""
# What stands at both sides of a page number is one sign, and a long dash is easily taken for 一.
_PAGE_NUMBER = re.compile(r"^[-—–一]\s*(\d{1,4})\s*[-—–一]$")
_OPENING = "（《“‘〈「『【〔([{"
_CLOSING = "，。、；：？！）》”’〉」』】〕,.;:?!)]}"


class RecognisedLine(NamedTuple):
    """A line and the box around it, in points, of the page set upright and straight."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was seen on a page of this size, in points. `rules` are lines that were drawn."""

    width: float
    height: float
    lines: tuple[RecognisedLine, ...]
    rules: tuple[Rule, ...] = ()


NONE_RECOGNISED: Mapping[int, Recognised] = MappingProxyType({})
"""Of no page of a file."""


def laid_over(content: PageContent, seen: Recognised, sizes: Sequence[float]) -> PageContent:
    """The page with what was read off its picture, in type of the `sizes` that its file has.

    Of a page of which some characters can be trusted these stay, and what was seen there too is
    left out; where nothing else was, there is nothing that it does not say. Any other page says
    only what was seen.
    """
    glyphs = tuple(_glyphs(seen.lines, sizes))
    if content.status is PageStatus.MIXED:
        beside = tuple(_beside(glyphs, content.glyphs))
        if not beside:
            return replace(content, status=PageStatus.TEXT)
        rules = (*content.rules, *seen.rules)
        return replace(content, glyphs=(*content.glyphs, *beside), rules=rules)
    return replace(content, width=seen.width, height=seen.height, glyphs=glyphs, rules=seen.rules)


def pack(seen: Recognised) -> bytes:
    """As bytes; places to a tenth of a point, which is a fifth of a dot of the picture."""
    value = {
        "size": _rounded((seen.width, seen.height)),
        "lines": [[line.text, *_rounded(line[1:])] for line in seen.lines],
        "rules": [_rounded(rule) for rule in seen.rules],
    }
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(packed: bytes) -> Recognised:
    """What `pack` made these bytes of; raises ValueError for others."""
    try:
        value = json.loads(zlib.decompress(packed))
        width, height = value["size"]
        return Recognised(
            width,
            height,
            tuple(RecognisedLine(*line) for line in value["lines"]),
            tuple(Rule(*rule) for rule in value["rules"]),
        )
    except (zlib.error, LookupError, TypeError) as error:
        raise ValueError(str(error)) from error


def _rounded(places: Sequence[float]) -> list[float]:
    return [round(place, 1) for place in places]


def _glyphs(lines: Iterable[RecognisedLine], sizes: Sequence[float]) -> Iterator[Glyph]:
    """The characters of lines, spread over their boxes."""
    for line in lines:
        size = _size(line)
        size = _nearest(size, sizes) or size
        text = _PAGE_NUMBER.sub(r"-\1-", line.text)
        middle = (line.top + line.bottom) / 2
        em = (line.x1 - line.x0) / max(_length(text), 0.5)
        x = line.x0 - em * _blank_before(text)
        for character in text:
            width = em * _width(character)
            yield Glyph(character, x, middle - size / 2, x + width, middle + size / 2, size, 0)
            x += width


def type_sizes(pages: Iterable[Recognised]) -> tuple[float, ...]:
    """The sizes, in half points, of the type of a file; the longer lines tell better."""
    lines = sorted((line for page in pages for line in page.lines), key=_length_of, reverse=True)
    sizes: list[float] = []
    for line in lines:
        size = _size(line)
        if _nearest(size, sizes) is None:
            sizes.append(round(2 * size) / 2)
    return tuple(sizes)


def _nearest(size: float, sizes: Iterable[float]) -> float | None:
    """The first of `sizes` that `size` may be meant to be."""
    return next((known for known in sizes if abs(size - known) <= _SAME_SIZE * known), None)


def _size(line: RecognisedLine) -> float:
    """The size of a line's type. The height of ink varies; so does the length of what is spaced
    out, or in narrow letters."""
    by_height = (line.bottom - line.top) / _HEIGHT
    length = _length(line.text)
    if length < _MEASURED_FROM:
        return by_height
    return min(by_height, (line.x1 - line.x0) / length)


def _length_of(line: RecognisedLine) -> float:
    return _length(line.text)


def _length(text: str) -> float:
    """How long a line's ink is, in em."""
    behind = 0.5 if text[-1:] in _CLOSING and _width(text[-1:]) == 1 else 0.0
    return sum(map(_width, text)) - _blank_before(text) - behind


def _blank_before(text: str) -> float:
    return 0.5 if text[:1] in _OPENING and _width(text[:1]) == 1 else 0.0


def _width(character: str) -> float:
    """Of a character in em. Quotation marks and dashes are set wide in Chinese."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _beside(seen: Sequence[Glyph], own: Sequence[Glyph]) -> Iterator[Glyph]:
    """What was seen where none of the page's own characters stands."""
    for glyph in seen:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if not any(o.x0 <= x <= o.x1 and o.top <= y <= o.bottom for o in own):
            yield glyph
