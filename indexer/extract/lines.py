"""Lines of a plain text -> paragraphs: undoing the breaks that are not the author's.

Two lines are joined only on evidence, because a title, a signature or a verse that was run
into its neighbour cannot be told apart again:

1. *Marks*: the first ends with an opening bracket, or the second begins with a mark that
   begins no line (，。》”…): a link or a page break stood between them.
2. *Unfinished sentence*: the first is running text (20 characters or more with an end of
   sentence in it, or ending with a comma, 和 or 的; or 40 with a comma) that stops short of an
   end; the second is running text itself, and begins neither with a number, 一是, a dash or a
   date, nor deeper than the text does.
   A page break that left "方便群 / 众查阅" is one of these.
3. *Wrapping*: the text was broken at one width (see `wraps`); then that alone decides.
4. *Line ends inside paragraphs*: where blank lines part the paragraphs, and marks as in 1 stand
   at single line ends, such a line end parts no paragraphs at all: a web page's links were put
   on lines of their own. Only a salutation, a date or a number begins a line there.

In a text whose paragraphs are indented, an indented line always begins one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from indexer.extract import marks
from indexer.extract.clean import INVISIBLE, clean, strip
from indexer.extract.spaced import close_up
from indexer.extract.wraps import Wrap, columns, wrap_of

_RUN = 20
_SENTENCE = re.compile("[。；！？]")
_HANGING = re.compile("[，、和与及或的]$")
_MARGIN = re.compile(f"[{INVISIBLE}]*")
_INNER_INDENT = re.compile(r"(?:\u3000|\u2003){2,}")
_ZERO_WIDTH = re.compile("[\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, stripped, and what stood before it.

    `indent` counts columns (an ideograph has two), `lead` the indent's characters. `gap` tells
    whether a blank line stands before it, `level` is that of a marked heading.
    """

    text: str
    indent: int = 0
    lead: int = 0
    gap: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text was broken into lines, measured on the whole of it."""

    indented: bool
    """Paragraphs begin two columns or more to the right."""
    inline: bool
    """Blank lines part paragraphs, and single line ends stand inside them."""
    wrap: Wrap | None
    """How lines were wrapped; None where they were not."""


def read_lines(raw: Iterable[str]) -> list[Line]:
    """Cleaned, non-empty lines; those that hold several indented paragraphs are cut."""
    found: list[Line] = []
    gap = False
    for text in raw:
        cleaned = clean(text)
        if not strip(cleaned):
            # A line of zero width marks a page's end on Wikisource, in mid-sentence too.
            gap = gap or not _ZERO_WIDTH.fullmatch(cleaned)
            continue
        for number, piece in enumerate(_pieces(cleaned)):
            margin = _MARGIN.match(piece)
            lead = margin.group() if margin else ""
            new = Line(close_up(strip(piece)), columns(lead), len(lead), gap and number == 0)
            found.append(new)
        gap = False
    return found


def _pieces(text: str) -> Iterator[str]:
    """`text` cut before an indent that follows an end of sentence or leads to a number.

    Web pages saved without their line breaks keep the paragraphs' indents.
    """
    start = 0
    for found in _INNER_INDENT.finditer(text):
        before, after = strip(text[start : found.start()]), strip(text[found.end() :])
        if before and after and (marks.is_finished(before) or marks.begins_item(after)):
            yield text[start : found.start()]
            start = found.start()
    yield text[start:]


def measure(lines: Sequence[Line]) -> Layout:
    """The layout of a text, from the lines that are plainly running text."""
    running = [
        (line.indent >= 2, after is None or after.gap)
        for line, after in zip_longest(lines, lines[1:])
        if len(line.text) >= 2 * _RUN and marks.is_running(line.text)
    ]
    indented = sum(indent for indent, _ in running)
    parted = sum(gap for _, gap in running)
    return Layout(
        indented=bool(running) and indented >= 0.3 * len(running),
        inline=len(running) >= 2 and parted >= 0.6 * len(running) and _cuts(lines) >= 2,
        wrap=wrap_of(lines),
    )


def _cuts(lines: Sequence[Line]) -> int:
    """How often a line, no blank line before it, plainly goes on with the one above."""
    return sum(
        not line.gap and (marks.ends_open(above.text) or marks.begins_closing(line.text))
        for above, line in pairwise(lines)
    )


def join(lines: Sequence[Line]) -> list[Line]:
    """Lines joined to paragraphs where there is evidence; see the module's text."""
    layout = measure(lines)
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        if last is not None and _continues(joined[-1], last, line, layout):
            joined[-1] = replace(joined[-1], text=stitch(joined[-1].text, line.text))
        else:
            joined.append(line)
        last = line
    return joined


def _continues(paragraph: Line, last: Line, line: Line, layout: Layout) -> bool:
    """Whether `line` goes on with `paragraph`, whose last printed line was `last`."""
    if line.level or paragraph.level:
        return False
    if marks.ends_open(paragraph.text) or marks.begins_closing(line.text):
        return True
    if layout.wrap is not None:
        return layout.wrap.continues(last, line)
    if layout.indented and line.indent >= 2:
        return False
    if marks.begins_item(line.text) or marks.is_date(line.text):
        return False
    if layout.inline and not line.gap:
        return not marks.is_salutation(paragraph.text)
    return not marks.is_heading(paragraph.text) and _unfinished(paragraph.text, line.text)


def _unfinished(paragraph: str, line: str) -> bool:
    return (
        _stops_short(paragraph)
        and marks.is_running(line)
        and not marks.is_issuer(line)
        and not marks.is_salutation(line)
    )


def _stops_short(paragraph: str) -> bool:
    """Running text, not a title with a comma in it, that ends where no sentence can."""
    if len(paragraph) < _RUN or marks.is_finished(paragraph):
        return False
    return (
        _HANGING.search(paragraph) is not None
        or _SENTENCE.search(paragraph) is not None
        or (len(paragraph) >= 2 * _RUN and marks.is_running(paragraph))
    )


def stitch(left: str, right: str) -> str:
    """Two pieces of one text; a blank only where it parts words of letters."""
    return f"{left} {right}" if _parts_words(left[-1:], right[:1]) else left + right


def _parts_words(left: str, right: str) -> bool:
    if not (left.isascii() and right.isascii() and left and right):
        return False
    # A figure next to a letter is a subscript cut off more often than a word: PM 10, M 2.
    return right.isalpha() and (left.isalpha() or left in ",.;:")
