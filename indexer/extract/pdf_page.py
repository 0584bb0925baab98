"""One page of a PDF -> its lines and table rows, with their places, and what state it is in.

Positions are in points from the page's upper left corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pdfplumber.page import Page as PlumberPage
from pdfplumber.table import Table

from indexer.extract.clean import clean, strip, visible
from indexer.extract.lines import stitch
from indexer.extract.pdf_values import PdfLine, PdfPage
from indexer.report import BARRIER, PageStatus

Char = dict[str, Any]
"""A character as pdfplumber gives it: text, x0, x1, top, bottom, size, upright."""

_CID = re.compile(r"\(cid:\d+\)")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\u00a1-\u00ff]")
_JUDGED_FROM = 50
_COMMON_SHARE = 0.6
_BROKEN_SHARE = 0.3


def read_page(page: PlumberPage, number: int) -> PdfPage:
    """The lines of a page; none where its characters cannot be trusted."""
    # Bold type is often faked by printing every character twice, a hair apart.
    deduped = page.dedupe_chars(tolerance=1)
    chars: list[Char] = deduped.chars
    text = "".join(char["text"] for char in chars)
    status = page_status(text, pictures=bool(page.images))
    lines: list[PdfLine] = []
    if status is PageStatus.TEXT:
        tables = _tables(deduped)
        prose = [c for c in chars if not any(_within(c, table.bbox) for table in tables)]
        lines = _text_lines(prose, number)
        for table in tables:
            lines = _insert(lines, _rows(table, chars, number))
    return PdfPage(number, float(page.width), float(page.height), tuple(lines), status)


def page_status(text: str, *, pictures: bool) -> PageStatus:
    """Whether the characters of a page are those printed on it.

    A font without a map to Unicode yields (cid:NN) or rare ideographs at random: in Chinese of
    any kind, six of ten ideographs are among the commoner half of GB 2312 or of Big5.
    """
    seen = visible(_CID.sub("\ufffd", text))
    if not seen:
        return PageStatus.SCANNED if pictures else PageStatus.EMPTY
    if len(seen) < _JUDGED_FROM:
        return PageStatus.TEXT
    ideographs = _IDEOGRAPH.findall(seen)
    common = sum(_is_common(character) for character in ideographs)
    rare = len(ideographs) >= _JUDGED_FROM and common < _COMMON_SHARE * len(ideographs)
    broken = len(_PRIVATE.findall(seen)) > _BROKEN_SHARE * len(seen)
    return PageStatus.GARBLED if rare or broken else PageStatus.TEXT


def _is_common(character: str) -> bool:
    """In level 1 of GB 2312 (rows 16 to 55) or of Big5 (lead bytes A4 to C6)."""
    simplified = character.encode("gb2312", "ignore")
    traditional = character.encode("big5", "ignore")
    return (bool(simplified) and simplified[0] <= 0xD7) or (
        bool(traditional) and traditional[0] <= 0xC6
    )


def _tables(page: PlumberPage) -> list[Table]:
    """Ruled tables; a frame around text is none, and a page without rules has none."""
    if len(page.edges) < 4:
        return []
    found = page.find_tables()
    return [table for table in found if _is_table(table)]


def _is_table(table: Table) -> bool:
    columns = max((len([c for c in row.cells if c]) for row in table.rows), default=0)
    return bool(columns >= 2 and len(table.cells) >= 3)


def _within(char: Char, box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _rows(table: Table, chars: Sequence[Char], number: int) -> list[PdfLine]:
    own = [char for char in chars if _within(char, table.bbox)]
    rows = []
    for row in table.rows:
        cells = [_cell(own, box) for box in row.cells if box is not None]
        if any(cells):
            x0, top, x1, bottom = row.bbox
            text = BARRIER.join(("", *cells, ""))
            rows.append(PdfLine(text, x0, x1, top, bottom, 0, number, row=True))
    return rows


def _cell(chars: Iterable[Char], box: tuple[float, float, float, float]) -> str:
    text = ""
    for line in _text_lines([char for char in chars if _within(char, box)], 0):
        text = stitch(text, line.text) if text else line.text
    return text


def _insert(lines: Sequence[PdfLine], rows: Sequence[PdfLine]) -> list[PdfLine]:
    """Rows put before the first line that stands below them."""
    if not rows:
        return list(lines)
    below = (n for n, line in enumerate(lines) if line.top >= rows[0].top)
    place = next(below, len(lines))
    return [*lines[:place], *rows, *lines[place:]]


def _text_lines(chars: Sequence[Char], number: int) -> list[PdfLine]:
    """Characters grouped to lines by height: one belongs to the line whose middle it crosses."""
    groups: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: (not c["upright"], _middle(c))):
        if groups and _same_line(groups[-1], char):
            groups[-1].append(char)
        elif not char["text"].isspace():
            groups.append([char])
    lines = (_line(sorted(group, key=lambda c: float(c["x0"])), number) for group in groups)
    return [line for line in lines if visible(line.text)]


def _same_line(group: Sequence[Char], char: Char) -> bool:
    tallest = max(group, key=lambda c: float(c["size"]))
    same = tallest["upright"] == char["upright"]
    return bool(same and tallest["top"] <= _middle(char) <= tallest["bottom"])


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _line(chars: Sequence[Char], number: int) -> PdfLine:
    text = ""
    last: Char | None = None
    for char in chars:
        if last is not None and _is_gap(last, char):
            text += " "
        text += clean(char["text"])
        last = char if not char["text"].isspace() else None
    inked = [char for char in chars if not char["text"].isspace()]
    return PdfLine(
        strip(text),
        min(float(c["x0"]) for c in inked),
        max(float(c["x1"]) for c in inked),
        min(float(c["top"]) for c in inked),
        max(float(c["bottom"]) for c in inked),
        sorted(float(c["size"]) for c in inked)[len(inked) // 2],
        number,
    )


def _is_gap(left: Char, right: Char) -> bool:
    """A blank that was not printed as a character: wide, or beside a letter or a figure."""
    gap = right["x0"] - left["x1"]
    narrow = left["text"].isascii() and right["text"].isascii()
    return bool(gap > (0.25 if narrow else 0.8) * max(left["size"], right["size"]))
