"""A document as the finders look at it: plain digits, even spacing, the places to look first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import cached_property
from pathlib import PurePath

from indexer.metadata.dates import FIRST_YEAR, NUMERAL
from indexer.report import BARRIER, BlockKind, Document

HEAD = 3000
"""Characters of the body in which a title's company stands: addressee, adoption, signature."""
TAIL = 1200

_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
_WIDE |= {ord("－"): "-", ord("～"): "-", ord("—"): "—", ord(BARRIER): "\n"}
_INDENT = re.compile(r"[ \t]*\u3000[\u3000 \t]*|[ \t\xa0]{4,}")
_ARTICLE = re.compile(r"第一条|第一章|\n目\s*录")
_SPACES = re.compile(r"[^\S\n]+")
_FIRST = 3
_WHITE = re.compile(r"\s+")
_SPREAD_DAY = re.compile(
    rf"[一二] ?{NUMERAL}(?: ?{NUMERAL}){{2}} ?年"
    r"(?: ?[一二三四五六七八九十]){1,2} ?月(?: ?[一二三四五六七八九十]){1,3} ?日"
)
_AROUND_NUMBERS = re.compile(r"(?<=\d) (?=[年月日])|(?<=[年月]) (?=\d)|(?<=[^\x00-\x7f]) (?=\d+年)")


def plain(text: str) -> str:
    """Digits and Latin letters of one width, no blanks inside dates, indents as line feeds.

    Web pages flattened to one line keep their paragraphs only as pairs of wide blanks.
    """
    text = _INDENT.sub("\n", text.translate(_WIDE).replace("\u200d", ""))
    text = _AROUND_NUMBERS.sub("", _SPACES.sub(" ", text))
    return _SPREAD_DAY.sub(lambda found: found[0].replace(" ", ""), text)


@dataclass(frozen=True)
class Evidence:
    """`title` and `stem` are single lines; `body` and `asides` hold lines, without the title.

    `title` is empty where only the opening words of the text stand for one.
    """

    title: str
    stem: str
    folders: tuple[str, ...]
    """Names of the folders the file lies in, nearest first."""
    body: str
    asides: str
    headings: tuple[str, ...]
    latest: int = MAXYEAR
    """The last year that may be meant where a year is only named."""

    def usual(self, year: int) -> bool:
        """Whether a year that is only named, not dated with, may be the document's."""
        return FIRST_YEAR <= year <= self.latest

    @property
    def head(self) -> str:
        return self.body[:HEAD]

    @property
    def tail(self) -> str:
        return self.body[-TAIL:]

    @cached_property
    def preamble(self) -> str:
        """What stands before a law's first article or chapter; "" for what has no articles."""
        first = _ARTICLE.search(self.head)
        return self.head[: first.start()] if first else ""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        stripped = (line.strip() for line in self.body.split("\n"))
        return tuple(line for line in stripped if line)


def evidence(document: Document, path: PurePath, today: date | None = None) -> Evidence:
    """`today` tells which years still lie ahead; without it none does.

    Next year's documents (计划, 要点) are written this year.
    """
    own = [block for block in document.blocks if block.kind is not BlockKind.ASIDE]
    title = _WHITE.sub("", document.title)
    body = [
        block.text
        for block in own
        # A meeting printed in one line with the title is no part of it, and tells the day.
        if block.kind is not BlockKind.TITLE or _WHITE.sub("", block.text) not in title
    ]
    opened = not any(block.kind is BlockKind.TITLE for block in own) and any(
        _WHITE.sub("", text).startswith(title.rstrip("…")) for text in body[:_FIRST]
    )
    return Evidence(
        title="" if opened else _line(document.title),
        stem=_line(path.stem),
        folders=tuple(_line(name) for name in reversed(path.parent.parts)),
        body=plain("\n".join(body)),
        asides=plain(
            "\n".join(block.text for block in document.blocks if block.kind is BlockKind.ASIDE)
        ),
        headings=tuple(_line(block.text) for block in own if block.kind is BlockKind.HEADING),
        latest=today.year + 1 if today else MAXYEAR,
    )


def _line(text: str) -> str:
    return plain(text).replace("\n", " ").strip()
