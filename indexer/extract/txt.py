"""Plain text and Markdown -> blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.errors import NoTextError
from indexer.extract import markdown
from indexer.extract.aside import asides
from indexer.extract.clean import clean, visible
from indexer.extract.decode import decode
from indexer.extract.lines import Line, join, read_lines
from indexer.report import BARRIER, Block, BlockKind, Extraction, Format

_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def read(path: Path, data: bytes) -> Extraction:
    """The blocks of a plain text. Raises NoTextError where no character can be seen."""
    decoded = decode(data)
    blocks = text_blocks(decoded.text)
    if not any(visible(block.text) for block in blocks):
        raise NoTextError(path, "文件里没有文字。请检查它是否完整。")
    return Extraction(Format.TEXT, blocks, warnings=decoded.warnings)


def text_blocks(text: str) -> tuple[Block, ...]:
    """Blocks of a text whose line ends may be of any kind."""
    marked = markdown.is_markdown(text)
    blocks: list[Block] = []
    prose: list[Line] = []
    for line in _lines(_LINE_END.split(markdown.without_comments(text)), marked):
        if isinstance(line, Line):
            prose.append(line)
        else:
            blocks += [*_paragraphs(prose), line]
            prose = []
    blocks += _paragraphs(prose)
    return _mark_asides(blocks)


def _lines(raw: Sequence[str], marked: bool) -> Iterator[Line | Block]:
    """Lines of prose, and rows of tables where Markdown draws them."""
    if not marked:
        yield from read_lines(raw)
        return
    prose: list[str] = []
    for text in raw:
        cells = markdown.cells(text)
        if cells is None:
            prose.append(text)
            continue
        yield from _marked_lines(prose)
        prose = []
        if any(cells):
            row = BARRIER.join(("", *(clean(markdown.unmark(cell)) for cell in cells), ""))
            yield Block(BlockKind.ROW, row)
    yield from _marked_lines(prose)


def _marked_lines(raw: Sequence[str]) -> Iterator[Line]:
    for line in read_lines(raw):
        level, words = markdown.heading(line.text)
        text = markdown.unmark(words)
        if visible(text):
            yield Line(text, line.indent, line.width, line.gap, level)


def _paragraphs(lines: Sequence[Line]) -> list[Block]:
    return [
        Block(BlockKind.HEADING if line.level else BlockKind.PARAGRAPH, line.text, level=line.level)
        for line in join(lines)
    ]


def _mark_asides(blocks: Sequence[Block]) -> tuple[Block, ...]:
    found = asides([block.text for block in blocks])
    return tuple(
        Block(BlockKind.ASIDE, block.text) if number in found else block
        for number, block in enumerate(blocks)
    )
