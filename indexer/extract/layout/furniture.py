"""What every page repeats: page numbers, running headers and footers. Told from text and place.

Only a page's outermost lines are judged, as far as they stand near the paper's edge:

1. *Repeated*: three pages in ten, and three pages at least (two, if it is smaller than the text
   or well apart from it), have the line, in one size and at one height; figures may differ.
   Headers that differ between odd and even pages are on half of them.
2. *Chapters*: at one height most pages have a line, and most of these lines are there twice or
   more, or are small type above the text: headers that name the chapter.
3. *Page numbers*: a number in the dress of one (- 1 -, 第 1 页 共 9 页, 1/9). A bare number must
   count the pages, or stand well apart from the text: a figure of a table that was cut, or a
   year at a page's end, is text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.extract.layout.frames import usual_size
from indexer.extract.layout.values import PdfLine, PdfPage

_DASH = r"[-‐‑–—―－─━_·•・~～〜*=|｜]"
_NUMBER = r"(?:[\d０-９]{1,4}|[ivxlc]{1,7}|[一二三四五六七八九十百〇○零]{1,5})"
_BARE = re.compile(rf"[（(\[［〔]?\s*({_NUMBER})\s*[）)\]］〕]?", re.IGNORECASE)
_DRESSED = re.compile(
    rf"(?:{_DASH}+\s*{_NUMBER}\s*{_DASH}*|{_NUMBER}\s*{_DASH}+"
    rf"|{_DASH}*\s*第?\s*{_NUMBER}\s*页?\s*[,，、/／|｜(（]?\s*(?:共|总|of)\s*{_NUMBER}\s*页?\s*[)）]?\s*{_DASH}*"
    rf"|第\s*{_NUMBER}\s*页|{_NUMBER}\s*页|[\d０-９]{{1,4}}\s*[/／]\s*[\d０-９]{{1,4}}"
    rf"|(?:page|p\.?|页码?)\s*[:：]?\s*{_NUMBER}(?:\s*(?:of|/)\s*{_NUMBER})?)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[\d０-９]+|[一二三四五六七八九十百〇○零]+(?=页)")
_WHITE = re.compile(r"\s+")
_EDGE = 0.15
"""The share of a page's height, above and below, in which its furniture stands: GB/T 9704 leaves
37 mm above and 35 mm below of 297, and sets page numbers into the latter."""
_LINES = 3
_REPEATED = 0.3
_AT_LEAST = 3
_LONG = 8
"""Lines alike in so many characters, and in size, need not stand at one height: a first page
often has its header elsewhere, and the title of the same words in larger type below."""
_CHAPTERS = 0.5
_TWICE = 0.8
"""The share of the lines at a height that must be alike."""
_NEAR = 4.0
"""In points: lines this near to one height are at one."""
_LONGEST = 40
"""The most characters of a page number: 第 100 页，共 100 页 has 15."""
_APART = 1.5
"""In em: what is this far from the text is well apart."""
_ASIDE = 0.8
"""In em: between a small header and the text. (Small type below may be notes.)"""
_YEARS = 1900
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_CHINESE = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


@dataclass(frozen=True, slots=True)
class Cleared:
    """Pages without their furniture, and what running headers said, each text once."""

    pages: tuple[PdfPage, ...]
    running: tuple[PdfLine, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near an edge of the paper. `apart`: from the line next to it, in em."""

    line: PdfLine
    page: int
    height: float
    """From the edge: above from the top, below, negative, from the bottom."""
    apart: float

    @property
    def mask(self) -> str:
        return _mask(self.line)


def clear(pages: Sequence[PdfPage]) -> Cleared:
    """Page numbers at an edge go; what is repeated there, and asides anywhere, are kept apart."""
    edges = [edge for page in pages for edge in _edges(page)]
    numbers = _page_numbers(edges)
    rest = [edge for edge in edges if id(edge.line) not in numbers]
    repeated = _repeated(rest, pages) | _chapters(rest, pages)
    # A watermark is told by the text across it; the last page may have too little of that.
    marks = {(line.text, line.size) for page in pages for line in page.lines if line.aside}
    running: list[PdfLine] = []
    cleared = []
    for page in pages:
        kept = []
        for line in page.lines:
            if id(line) in repeated or (line.text, line.size) in marks:
                running.append(line)
            elif id(line) not in numbers:
                kept.append(line)
        cleared.append(replace(page, lines=tuple(kept)))
    return Cleared(tuple(cleared), tuple(_different(running)))


def _different(lines: Sequence[PdfLine]) -> Iterator[PdfLine]:
    """Each text once; those that differ only in a number that counts the pages, too."""
    alike: defaultdict[str, dict[str, PdfLine]] = defaultdict(dict)
    for line in lines:
        alike[_mask(line)].setdefault(line.text, line)
    for same in alike.values():
        numbers = [(line.page, _DIGITS.findall(text)) for text, line in same.items()]
        offsets = {
            int(found[-1]) - page for page, found in numbers if found and found[-1].isdigit()
        }
        yield from list(same.values())[: 1 if len(offsets) == 1 else None]


def _edges(page: PdfPage) -> Iterator[_Edge]:
    """The outermost lines at either end, as far as they stand near the paper's edge."""
    lines = sorted((line for line in page.lines if not line.aside), key=lambda line: line.top)
    for n, line in enumerate(lines[:_LINES]):
        if line.row or line.bottom > _EDGE * page.height:
            break
        after = lines[n + 1].top - line.bottom if n + 1 < len(lines) else page.height
        yield _Edge(line, page.number, line.top, after / max(line.size, 1.0))
    for n, line in enumerate(reversed(lines[-_LINES:])):
        if line.row or line.top < (1 - _EDGE) * page.height:
            break
        before = line.top - lines[-n - 2].bottom if n + 1 < len(lines) else page.height
        yield _Edge(line, page.number, line.bottom - page.height, before / max(line.size, 1.0))


def _mask(line: PdfLine) -> str:
    return _WHITE.sub("", _DIGITS.sub("#", line.text))


def _repeated(edges: Sequence[_Edge], pages: Sequence[PdfPage]) -> set[int]:
    """The ids of lines that enough pages have."""
    share = _REPEATED * len(pages)
    body = usual_size(line for page in pages for line in page.lines)
    alike: defaultdict[tuple[str, int], list[_Edge]] = defaultdict(list)
    for edge in edges:
        alike[edge.mask, round(edge.line.size)].append(edge)
    found: set[int] = set()
    for (mask, _), same in alike.items():
        for level in [same] if len(mask) >= _LONG else _levels(same):
            count = len({edge.page for edge in level})
            off = all(edge.line.size < body or edge.apart > _APART for edge in level)
            if count >= max(share, 2 if off else _AT_LEAST):
                found |= {id(edge.line) for edge in level}
    return found


def _chapters(edges: Sequence[_Edge], pages: Sequence[PdfPage]) -> set[int]:
    """The ids of lines at a height where most pages have a line that is furniture by its like."""
    body = usual_size(line for page in pages for line in page.lines)
    found: set[int] = set()
    for level in _levels(edges):
        if len({edge.page for edge in level}) < max(_AT_LEAST, _CHAPTERS * len(pages)):
            continue
        tally = Counter(edge.mask for edge in level)
        twice = [edge for edge in level if tally[edge.mask] > 1]
        small = [e for e in level if e.height > 0 and e.line.size < body and e.apart > _ASIDE]
        for alike in (twice, small):
            if len(alike) >= _TWICE * len(level):
                found |= {id(edge.line) for edge in alike}
    return found


def _levels(edges: Iterable[_Edge]) -> Iterator[list[_Edge]]:
    """Lines that stand at one height, measured from their edge of the paper."""
    level: list[_Edge] = []
    for edge in sorted(edges, key=lambda edge: edge.height):
        if level and edge.height - level[0].height > _NEAR:
            yield level
            level = []
        level.append(edge)
    if level:
        yield level


def _page_numbers(edges: Sequence[_Edge]) -> set[int]:
    """The ids of lines that are page numbers."""
    short = [edge for edge in edges if len(edge.line.text) <= _LONGEST]
    found = {id(edge.line) for edge in short if _DRESSED.fullmatch(edge.line.text)}
    bare = [
        (edge, value)
        for edge in short
        if id(edge.line) not in found and (value := _value(edge.line.text)) is not None
    ]
    counted = Counter(value - edge.page for edge, value in bare)
    for edge, value in bare:
        counts = counted[value - edge.page] > 1 or value == edge.page
        if counts or (edge.apart > _APART and value < _YEARS and edge.line.text.isdecimal()):
            found.add(id(edge.line))
    return found


def _value(text: str) -> int | None:
    """What a number and nothing else counts; None for other text."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    number = match[1].lower()
    if number.isdecimal():
        return int(number)
    if number[0] in _ROMAN:
        values = [_ROMAN[c] for c in number]
        after = [*values[1:], 0]
        return sum(v if v >= a else -v for v, a in zip(values, after, strict=True))
    return _chinese(number)


def _chinese(number: str) -> int:
    """二十三 or 二三 as 23."""
    total, digit = 0, 0
    for character in number:
        if character == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = digit * 10 + _CHINESE[character]
    return total + digit
