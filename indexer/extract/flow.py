"""Lines of PDF pages -> blocks: paragraphs put together over line and page ends.

A line goes on in the next unless something speaks against it: it ends short of the margin, or
the next is indented, is set in another size, stands apart, or begins a numbered heading after a
finished sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.extract import marks
from indexer.extract.lines import stitch
from indexer.extract.pdf_values import PdfLine, PdfPage
from indexer.report import Block, BlockKind

_SHORT = 1.5
_RAGGED = 5.0
_INDENT = 1.2
_APART = 1.8
_SIZES = 1.0
_SETTLED_FROM = 3


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the text of a page begins and ends, in points; the usual distance of its lines."""

    left: float
    right: float
    pitch: float


def flow(pages: Sequence[PdfPage]) -> tuple[Block, ...]:
    """Blocks of all pages, in order; each knows its page, and where further ones begin."""
    size = _body_size(line for page in pages for line in page.lines)
    whole = _column([line for page in pages for line in page.lines], size)
    blocks: list[Block] = []
    last: PdfLine | None = None
    columns = {page.number: _column(page.lines, size, whole) for page in pages}
    for page in pages:
        for line in page.lines:
            if last is not None and not _parted(last, line, columns):
                blocks[-1] = _lengthened(blocks[-1], line)
            else:
                kind = BlockKind.ROW if line.row else BlockKind.PARAGRAPH
                blocks.append(Block(kind, line.text, line.page))
            last = line
    return tuple(blocks)


def _lengthened(block: Block, line: PdfLine) -> Block:
    text = stitch(block.text, line.text)
    breaks = block.breaks
    if line.page != (breaks[-1][1] if breaks else block.page):
        breaks = (*breaks, (len(text) - len(line.text), line.page))
    return Block(block.kind, text, block.page, breaks)


def _body_size(lines: Iterable[PdfLine]) -> float:
    """The size, in half points, in which most characters are set."""
    tally: Counter[float] = Counter()
    for line in lines:
        if not line.row:
            tally[round(line.size * 2) / 2] += len(line.text)
    return tally.most_common(1)[0][0] if tally else 0.0


def _column(lines: Sequence[PdfLine], size: float, fallback: _Column | None = None) -> _Column:
    body = [line for line in lines if not line.row and abs(line.size - size) <= _SIZES]
    if len(body) < _SETTLED_FROM and fallback is not None:
        return fallback
    if not body:
        return _Column(0, 0, 0)
    starts = Counter(round(line.x0 / 3) for line in body)
    left = min(start for start, n in starts.items() if n >= 0.15 * len(body)) * 3
    steps = [
        below.top - above.top
        for above, below in pairwise(body)
        if above.page == below.page and below.top > above.bottom - above.size / 2
    ]
    pitch = sorted(steps)[len(steps) // 2] if steps else size * 1.5
    return _Column(left, max(line.x1 for line in body), pitch)


def _parted(last: PdfLine, line: PdfLine, columns: dict[int, _Column]) -> bool:
    """Whether `line` begins a block of its own."""
    if last.row or line.row:
        return True
    if marks.begins_closing(line.text) or marks.ends_open(last.text):
        return False
    if abs(last.size - line.size) > _SIZES:
        return True
    before, here = columns[last.page], columns[line.page]
    em = max(line.size, 1.0)
    if line.x0 - here.left >= _INDENT * em and line.x0 - last.x0 >= -_INDENT * em:
        return True
    # An unfinished line may leave room for the word that begins the next; a finished one not.
    room = _SHORT if marks.is_finished(last.text) else _RAGGED
    if before.right - last.x1 > room * em or marks.is_date(line.text):
        return True
    if last.page == line.page and line.top - last.top > _APART * here.pitch:
        return True
    return marks.is_finished(last.text) and marks.begins_item(line.text)
