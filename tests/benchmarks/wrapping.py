"""Paragraphs broken into lines of one width, in the ways that plain texts are; and read again.

What comes back is judged by the boundaries between paragraphs, each known by the number of
visible characters before it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from indexer.extract.clean import visible
from indexer.extract.txt import text_blocks
from indexer.extract.wraps import columns, wide_columns

_NEVER_FIRST = "，。、；：！？）》”’】〉」』%％,.;:!?)]}"
_NEVER_LAST = "（《“‘【〈「『([{"


@dataclass(frozen=True, slots=True)
class Style:
    """How paragraphs are put into lines; `first` and `other` begin their lines."""

    name: str
    first: str = ""
    other: str = ""
    between: str = ""
    """Lines between two paragraphs."""
    end: str = "\n"
    measure: Callable[[str], int] = columns
    rules: bool = True
    """No line begins with a closing mark or ends with an opening one; words stay whole."""


STYLES = (
    Style("indented", first="\u3000\u3000"),
    Style("indented by blanks, CRLF", first="    ", end="\r\n"),
    Style("indented, cut anywhere", first="\u3000\u3000", rules=False),
    Style("margin", first="        ", other="    "),
    Style("indented, blank lines", first="\u3000\u3000", between="\n"),
    Style("indented, every character one wide", first="\u3000\u3000", measure=len),
    Style("indented, “ ” two wide", first="\u3000\u3000", measure=wide_columns),
    Style("hanging", other="  "),
    Style("blank lines", between="\n"),
    Style("blank lines, CRLF, trailing blank", between="\r\n", end=" \r\n"),
    Style("blank line after every line, indented", first="    ", end="\n\n"),
    Style("flush, cut anywhere", rules=False),
    Style("flush"),
)


@dataclass(frozen=True, slots=True)
class Score:
    """Boundaries between paragraphs: found and right, found, and there to be found."""

    right: int = 0
    found: int = 0
    true: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.true + other.true)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0


def wrapped(paragraphs: Sequence[str], width: int, style: Style) -> str:
    """The paragraphs in lines of at most `width` columns."""
    text = []
    for paragraph in paragraphs:
        text += [line + style.end for line in _lines(paragraph, width, style)]
        text.append(style.between)
    return "".join(text)


def _lines(paragraph: str, width: int, style: Style) -> Iterator[str]:
    line = style.first
    rest = paragraph
    while rest:
        room = _fitting(rest, width - style.measure(line), style.measure)
        if style.rules:
            room = _allowed(rest, room)
        yield line + rest[:room].rstrip(" ")
        rest = rest[room:].lstrip(" ") if style.rules else rest[room:]
        line = style.other


def _fitting(text: str, room: int, measure: Callable[[str], int]) -> int:
    """How many characters fit; one at least."""
    widths = accumulate(measure(character) for character in text[: max(1, room)])
    return max(1, sum(1 for width in widths if width <= room))


def _allowed(text: str, cut: int) -> int:
    """The last place up to `cut` where a line may be broken."""
    if cut >= len(text):
        return len(text)
    for place in range(cut, max(0, cut - 20), -1):
        before, after = text[place - 1], text[place]
        word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if after not in _NEVER_FIRST and before not in _NEVER_LAST and not word:
            return place
    return cut


def score(paragraphs: Sequence[str], text: str) -> Score:
    """What of the paragraphs' boundaries comes back when `text` is read."""
    true = _boundaries(paragraphs)
    found = _boundaries([block.text for block in text_blocks(text)])
    return Score(len(true & found), len(found), len(true))


def _boundaries(paragraphs: Sequence[str]) -> frozenset[int]:
    lengths = [len(visible(paragraph)) for paragraph in paragraphs]
    return frozenset(accumulate(lengths[:-1]))


def documents(
    texts: Sequence[Sequence[str]], count: int, seed: int, size: int = 30
) -> Iterator[list[str]]:
    """Runs of `size` paragraphs from real texts, whose paragraphs are known."""
    draw = random.Random(seed)
    for _ in range(count):
        paragraphs = draw.choice(texts)
        start = draw.randrange(max(1, len(paragraphs) - size))
        yield list(paragraphs[start : start + size])


def scores(
    texts: Sequence[Sequence[str]],
    count: int,
    widths: Sequence[int],
    seed: int = 1,
    each: Callable[[Style, Score, Sequence[str], str], None] = lambda *_: None,
) -> dict[str, Score]:
    """The score of each style over `count` documents, their widths drawn from `widths`."""
    draw = random.Random(seed)
    total = {style.name: Score() for style in STYLES}
    for style in STYLES:
        for paragraphs in documents(texts, count, seed):
            text = wrapped(paragraphs, draw.choice(widths), style)
            one = score(paragraphs, text)
            total[style.name] += one
            each(style, one, paragraphs, text)
    return total
