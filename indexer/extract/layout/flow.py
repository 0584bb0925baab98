"""Lines of PDF pages -> blocks: paragraphs put together over line, column and page ends.

A line goes on in the next unless something speaks against it:

1. *Type*: the next is set in another size.
2. *Place*: the next, or the last, stands apart (centred, or to the right of any indent), or the
   next is indented as paragraphs are. A title that fills its line goes on in the next.
3. *Room*: the characters that may not be parted at the beginning of the next line would have
   fitted on the last, and that is finished, a heading, or more than five em short.
4. *Distance*: the two are further apart than lines of a paragraph are.
5. *Words*: a number or a dash begins the next after a finished sentence. Only where paragraphs
   begin with neither indent nor distance: there the words are all that tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.extract import marks
from indexer.extract.layout.columns import middle
from indexer.extract.layout.frames import INDENT, Frame, Place, frames, usual_size
from indexer.extract.layout.values import PdfLine, PdfPage
from indexer.extract.lines import stitch
from indexer.report import Block, BlockKind

_SIZES = 0.07
_SIZES_RECOGNISED = 0.3
"""Sizes that differ by more than this part are different: 15 and 16 points do by 0.06, 14 and 15
by 0.07. For boxes read off a picture this is a guess: with sizes, made uneven by 5 % (one
standard deviation), paragraphs come out the same."""
_SLACK = 0.25
_SLACK_PLAIN = -0.1
"""In em: what is wanted beyond a character's width to say that it would have fitted. Where that
is all that tells paragraphs, its width is enough, less what is lost by rounding."""
_NARROW = 0.6
"""In em: a letter or a figure; 0.5 in Chinese fonts, 0.64 in DejaVu that stands in for Arial."""
_SHORT = 5.0
"""In em: a line that ends this short of the edge ends its paragraph, finished or not."""
_APART = 1.25
_FAR = 2.0
"""Lines further apart than 1.25 times the usual part paragraphs; in mid-sentence, where a
character of a taller font may have pushed them apart, 2 times."""
_CENTRED = 1.0
"""In em: what a centred line, broken where it reads best, may leave free."""
_TITLE = 3.0
"""The greatest distance, in em, of two lines of a title."""
_HEADING = 4
"""The most lines of a heading, in a narrow column."""
_HABIT = 0.5
"""The share of paragraphs that must begin alike for all to be taken to."""

_LATIN = r"[A-Za-z0-9０-９.,:%％°'/_\-+@~]"
_CLOSING = r"[，。、；：！？）)》〉」』】〕\]％%…]"
_OPENING = r"[（(《〈「『【〔\[]"
# What a line end does not part: marks that end, marks that begin, words and figures, and what is
# on either side of quotation marks, which typesetting programs cannot tell to open or to close.
_UNIT = re.compile(
    rf"{_OPENING}*[“”‘’]*(?:(?:{_LATIN}+{_CLOSING}*)+|.{_CLOSING}*)"
    rf"(?:[“”‘’]+{_OPENING}*(?:{_LATIN}+|.|$){_CLOSING}*)*",
    re.DOTALL,
)
_CLAUSE = re.compile("[一二三四五六七八九十]+[是要]|第[一二三四五六七八九十]+[，,、]|[①-⓿❶-➓]")
"""Numbers inside of paragraphs: more often 二是 goes on with a paragraph than it begins one."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """What was measured on all lines: the frame of each stretch, how paragraphs begin."""

    frames: Mapping[Place, Frame]
    sizes: float
    slack: float = _SLACK
    indented: bool = False
    hanging: bool = False
    """All lines of a paragraph are indented but the first."""
    spaced: bool = False

    def frame(self, line: PdfLine) -> Frame:
        return self.frames[line.page, line.column]


def flow(pages: Sequence[PdfPage]) -> tuple[Block, ...]:
    """Blocks of all pages, in order; each knows its page, and where further ones begin."""
    layout = _measure(pages)
    groups: list[list[PdfLine]] = []
    is_cut = False
    for page in pages:
        is_cut = is_cut or page.is_lost
        for line in page.lines:
            if groups and not (is_cut or _parted(groups[-1], line, layout)):
                groups[-1].append(line)
            else:
                groups.append([line])
            is_cut = False
    return tuple(_block(lines) for lines in groups)


def _block(lines: Sequence[PdfLine]) -> Block:
    first = lines[0]
    if first.row:
        return Block(BlockKind.ROW, first.text, first.page, first.breaks)
    parts, length, breaks = [first.text], len(first.text), []
    for above, line in pairwise(lines):
        if line.page != above.page:
            breaks.append((length + _blank(above, line), line.page))
        part = " " * _blank(above, line) + line.text
        parts.append(part)
        length += len(part)
    return Block(BlockKind.PARAGRAPH, "".join(parts), first.page, tuple(breaks))


def _blank(above: PdfLine, line: PdfLine) -> int:
    """Whether a blank parts two lines of a paragraph: 1 or 0."""
    return len(stitch(above.text[-1:], line.text[:1])) - len(above.text[-1:]) - len(line.text[:1])


def _measure(pages: Sequence[PdfPage]) -> _Layout:
    lines = [line for page in pages for line in page.lines]
    size = usual_size(lines)
    seen = any(page.recognised for page in pages)
    sizes = _SIZES_RECOGNISED if seen else _SIZES
    layout = _Layout(frames(lines, sizes), sizes)
    ends: list[tuple[bool, bool]] = []
    middles: list[bool] = []
    for last, line in pairwise(line for line in lines if abs(line.size - size) <= sizes * size):
        if last.row or line.row:
            continue
        indented = layout.frame(line).is_indented(line)
        finished, fits = marks.is_finished(last.text), _fits(last, line, layout)
        if finished and fits and not _stands_apart(line, layout.frame(line)):
            ends.append((indented, _is_apart(last, line, layout.frame(line).pitch, _APART)))
        elif not (finished or fits):
            middles.append(indented)
    habitual = _HABIT * len(ends)
    indenting = sum(indented for indented, _ in ends) > habitual
    spaced = sum(apart for _, apart in ends) > habitual
    return replace(
        layout,
        slack=_SLACK if seen or indenting else _SLACK_PLAIN,
        indented=indenting,
        hanging=not indenting and sum(middles) > _HABIT * len(middles),
        spaced=spaced,
    )


def _parted(lines: Sequence[PdfLine], line: PdfLine, layout: _Layout) -> bool:
    """Whether `line` begins a block of its own after one of `lines`."""
    first, last = lines[0], lines[-1]
    if last.row or line.row:
        return True
    if marks.begins_closing(line.text) or marks.ends_open(last.text):
        return False
    if _is_stacked(last, line):
        return False
    if marks.is_date(line.text) or marks.is_entry(last.text):
        return True
    if abs(last.size - line.size) > layout.sizes * max(last.size, line.size):
        return True
    before, here = layout.frame(last), layout.frame(line)
    fits = _fits(last, line, layout)
    if not fits and _hangs(first, last, line, layout):
        return False
    if _stands_apart(last, before) or _stands_apart(line, here):
        return not _wraps(last, before, line)
    if layout.hanging or here.is_indented(line):
        return True
    finished = marks.is_finished(last.text)
    if fits and (finished or _is_heading(lines) or _room(last, before) > _SHORT):
        return True
    if _is_apart(last, line, here.pitch, _APART if finished or fits else _FAR):
        return True
    return finished and not (layout.indented or layout.spaced) and _is_item(line.text)


def _is_heading(lines: Sequence[PdfLine]) -> bool:
    return len(lines) <= _HEADING and marks.is_heading("".join(line.text for line in lines))


def _is_item(text: str) -> bool:
    return marks.begins_item(text) and not _CLAUSE.match(text)


def _is_stacked(last: PdfLine, line: PdfLine) -> bool:
    """One character below another: a title set downwards, as covers have it."""
    return (
        len(last.text) == len(line.text) == 1
        and not (last.text.isascii() or line.text.isascii())
        and abs(last.x0 - line.x0) < _CENTRED * line.size
        and last.page == line.page
    )


def _fits(last: PdfLine, line: PdfLine, layout: _Layout) -> bool:
    """Whether what `line` begins with would have had room on `last`."""
    return _room(last, layout.frame(last)) > _unit(line.text) + layout.slack


def _hangs(first: PdfLine, last: PdfLine, line: PdfLine, layout: _Layout) -> bool:
    """Whether the lines of an item, its number standing out to the left, go on in `line`."""
    em = max(line.size, 1.0)
    if last is not first:
        return last.x0 - first.x0 > INDENT[0] * em and abs(line.x0 - last.x0) < _CENTRED * em
    if not INDENT[0] * em < line.x0 - first.x0 < INDENT[1] * em:
        return False
    return layout.hanging or (
        not layout.indented
        and not marks.is_finished(last.text)
        and marks.begins_item(first.text)
        and first.column == line.column
    )


def _room(line: PdfLine, frame: Frame) -> float:
    """What is left of the line, in em."""
    return (frame.right - line.x1) / max(line.size, 1.0)


def _unit(text: str) -> float:
    """The width, in em, of the characters at the beginning of `text` that stay together."""
    found = _UNIT.match(text)
    return sum(_NARROW if c.isascii() else 1.0 for c in found.group()) if found else 0.0


def _stands_apart(line: PdfLine, frame: Frame) -> bool:
    """Centred, at the right edge, or in a block of its own: further in than paragraphs begin."""
    return frame.indent(line) > INDENT[1]


def _wraps(last: PdfLine, before: Frame, line: PdfLine) -> bool:
    """Whether a line that stands apart had no room for what `line` begins with."""
    em = max(last.size, 1.0)
    if marks.is_finished(last.text) or abs(middle(line) - middle(last)) > _TITLE * em:
        return False
    unit = _unit(line.text)
    around = (before.right - before.left - last.x1 + last.x0) / em
    beside = abs(line.x0 - last.x0) <= _CENTRED * em or not _stands_apart(last, before)
    return around <= unit + _CENTRED or (beside and _room(last, before) <= unit + _SLACK)


def _is_apart(last: PdfLine, line: PdfLine, pitch: float, times: float) -> bool:
    same = (last.page, last.column) == (line.page, line.column)
    return same and middle(line) - middle(last) > times * pitch
