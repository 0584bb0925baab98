"""Lines of a Word paragraph as they grow, and the blocks that they become."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.extract.clean import INVISIBLE, clean, strip
from indexer.extract.docx.headings import Look
from indexer.extract.docx.styles import Style
from indexer.extract.lines import Line, join
from indexer.report import BARRIER, Block, BlockKind

_COUNTED = re.compile(r"[^\W_]|[①-⓿㈠-㊉]")
_SEEN = re.compile(f"[^{INVISIBLE}\\s{BARRIER}]")
_TAIL = 500
"""Characters of a growing paragraph that are looked at to tell whether a line goes on with it."""


@dataclass
class Piece:
    """A line of a paragraph as it grows; `label` is its number, `breaks` count without it."""

    page: int | None = None
    label: str = ""
    parts: list[str] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)
    _cleaned: str = ""

    @property
    def text(self) -> str:
        """What was written so far, cleaned."""
        if self.parts:
            self._cleaned += clean("".join(self.parts))
            self.parts.clear()
        return self._cleaned

    @property
    def said(self) -> bool:
        """Whether anything that can be seen was written."""
        return is_seen(self.text)

    @property
    def shown(self) -> bool:
        """Whether the line says anything: a number alone does (as in a column of them)."""
        return self.said or _COUNTED.search(self.label) is not None

    @property
    def last_page(self) -> int | None:
        return self.breaks[-1][1] if self.breaks else self.page

    def turn(self, page: int) -> None:
        """A page begins here: with the line, while it is empty."""
        if self.said:
            self.breaks.append((len(self.text), page))
        else:
            self.page = page


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block, and what its paragraph looks like; None for what is no paragraph of the text."""

    block: Block
    look: Look | None = None


def block_of(line: Piece, style: Style) -> Block:
    """A block of a stripped line, its page breaks moved along."""
    full = line.label + line.text
    text = strip(full)
    lead = full.find(text) - len(line.label) if text else 0
    breaks = tuple(
        (max(0, offset - lead), page) for offset, page in line.breaks if offset - lead < len(text)
    )
    kind = BlockKind.PARAGRAPH
    if style.title:
        kind = BlockKind.TITLE
    elif style.level:
        kind = BlockKind.HEADING
    return Block(kind, text, line.page, breaks, style.level)


def rejoined(lines: Sequence[Piece]) -> list[Piece]:
    """Lines that a soft break cut in mid-sentence, as in text pasted from a page, made whole."""
    whole: list[Piece] = list(lines[:1])
    for line in lines[1:]:
        last = whole[-1]
        if _goes_on(last.text, line.text):
            start = len(last.text)
            if line.page is not None and line.page != last.last_page:
                last.breaks.append((start, line.page))
            last.breaks += [(start + offset, page) for offset, page in line.breaks]
            last.parts.append(line.text)
        else:
            whole.append(line)
    return whole


def is_seen(text: str) -> bool:
    """Whether any character of `text` can be seen."""
    return _SEEN.search(text) is not None


def _goes_on(last: str, text: str) -> bool:
    pair = [Line(strip(last[-_TAIL:])), Line(strip(text[:_TAIL]))]
    return all(line.text for line in pair) and len(join(pair)) == 1
