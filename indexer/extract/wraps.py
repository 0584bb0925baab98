"""Text that was broken into lines at one width: told, and where its paragraphs end.

The mark of such a text is that a line stops only where the next word would not have fitted,
mostly in mid-sentence, time and again at the same column. Three ways of counting columns are
tried, because programs differ: marks like “ and … take one column or two, or every character
takes one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from indexer.extract import marks

if TYPE_CHECKING:
    from indexer.extract.lines import Line

_WIDTHS = range(15, 200)
_WORD = re.compile(
    r"[（(《〈“‘「『【〔\[]*(?:[!-'*-~]+|.)[，。、；：！？）)》〉”’」』】〕\]％%…—]*"
)
"""What goes to the next line as a whole: no line ends with （ or begins with ，."""
_CLOSING = re.compile("[，。、；：！？）》”’」』】〕]$")
_EXCEPTIONS = 0.03
"""The share of lines that may pass the width: addresses, rows of a table."""
_NEARLY = "四个字宽"
"""Where text is wrapped, few lines end so little before the width; where it is not, as many."""
_FEWEST = 5
_BLANK = 1
"""The column of a blank that stood where a line was broken, and went."""

Measure = Callable[[str], int]


def columns(text: str) -> int:
    """The width of `text` in columns: two for a wide character, one for another."""
    return sum(2 if east_asian_width(c) in "WF" or c == "\u2003" else 1 for c in text)


def wide_columns(text: str) -> int:
    """The same where “, … and other characters of ambiguous width take two columns."""
    return sum(2 if east_asian_width(c) in "WFA" or c == "\u2003" else 1 for c in text)


_MEASURES: tuple[Measure, ...] = (columns, wide_columns, len)


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a text was broken into lines: at `width`, as `measure` counts it."""

    width: int
    measure: Measure
    first: int
    """The indent of most lines that begin a paragraph."""
    inner: int
    """The indent of most lines that go on with one."""
    parted: bool
    """Blank lines stand between paragraphs."""
    spread: bool
    """Blank lines stand between all lines."""

    def continues(self, last: Line, line: Line) -> bool:
        """Whether `line` goes on with the paragraph whose last printed line is `last`.

        Where neither indents nor blank lines part paragraphs, a full line that ends a sentence
        is a paragraph's end once in four times; then only a number says that one begins.
        """
        indented = abs(self.first - self.inner) > 1
        told = indented or (self.parted and not self.spread)
        if not _is_full(last, line, self.width - _BLANK * told, self.measure):
            return False
        if indented:
            return abs(line.indent - self.inner) < abs(line.indent - self.first)
        finished = marks.is_finished(last.text)
        if line.indent > last.indent + 1:
            return False
        if line.gap and not self.spread:  # a page's end in mid-sentence has one too
            return not (finished or marks.is_heading(last.text) or not marks.is_running(last.text))
        return told or not (finished and marks.numbering(line.text))


def wrap_of(lines: Sequence[Line]) -> Wrap | None:
    """How the lines were broken; None where they were not."""
    if len(lines) < _FEWEST or _too_long(lines):
        return None
    found = [wrap for measure in _MEASURES if (wrap := _wrap(lines, measure))]
    return max(found, key=lambda one: one[0])[1] if found else None


def _too_long(lines: Sequence[Line]) -> bool:
    """Whether lines are paragraphs, as in nearly every text: a look at their lengths tells."""
    longest = max(_WIDTHS)
    return sum(len(line.text) > longest for line in lines) > _EXCEPTIONS * len(lines)


def _wrap(lines: Sequence[Line], measure: Measure) -> tuple[float, Wrap] | None:
    """The wrapping as one measure has it, and how distinctly."""
    width = _width(lines, measure)
    if width not in _WIDTHS:
        return None
    full: list[tuple[Line, Line]] = []
    ends: list[tuple[Line, Line]] = []
    for pair in pairwise(lines):
        (full if _is_full(*pair, width, measure) else ends).append(pair)
    cut = sum(not marks.is_finished(line.text) for line, _ in full)
    near = width - measure(_NEARLY)
    nearly = sum(_extent(line, measure) > near for line, _ in ends)
    running = sum(marks.is_running(line.text) for line, _ in full)
    # Half the full lines of a narrow list end with ；, one line in twelve of a list of headings
    # is full, and lines of any text crowd under its width by chance, but not in mid-sentence.
    if cut < max(_FEWEST - 2, 0.45 * len(full), 0.08 * len(lines), 1.5 * nearly):
        return None
    if running < 0.25 * len(full):  # a list of names or titles of one length
        return None
    return cut - nearly, _marked(width, measure, [line for _, line in full], [b for _, b in ends])


def _marked(width: int, measure: Measure, inside: Sequence[Line], begun: Sequence[Line]) -> Wrap:
    """How paragraphs are told, from lines after full ones and from lines after others."""
    inner = Counter(line.indent for line in inside).most_common(1)[0][0]
    indents = Counter(line.indent for line in begun).most_common(1) or [(inner, 0)]
    first, count = indents[0]
    return Wrap(
        width,
        measure,
        first=first if 2 * count >= len(begun) else inner,
        inner=inner,
        parted=sum(line.gap for line in begun) >= 0.8 * max(1, len(begun)),
        spread=sum(line.gap for line in inside) >= 0.8 * len(inside),
    )


def _width(lines: Sequence[Line], measure: Measure) -> int:
    """What hardly a line passes; marks that may hang in the margin are not counted."""
    extents = sorted(
        _extent(line, measure)
        - measure(closing.group() if (closing := _CLOSING.search(line.text)) else "")
        for line in lines
    )
    return extents[len(extents) - 1 - int(_EXCEPTIONS * len(extents))]


def _is_full(line: Line, following: Line, width: int, measure: Measure) -> bool:
    """Whether the word that begins the following line had no room at the end of this one."""
    word = _WORD.match(following.text)
    return _extent(line, measure) + measure(word.group() if word else "") > width


def _extent(line: Line, measure: Measure) -> int:
    return (line.lead if measure is len else line.indent) + measure(line.text)
