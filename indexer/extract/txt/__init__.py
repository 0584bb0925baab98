"""Plain text, Markdown and web pages -> blocks.

decode      bytes -> characters, whatever they were saved as
mojibake    text spoiled by an earlier wrong reading is told
markdown, html
            marks understood and taken out
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.errors import NoTextError, UnsupportedError
from indexer.extract.aside import asides
from indexer.extract.clean import clean, strip, visible
from indexer.extract.lines import Line, join, read_lines
from indexer.extract.txt import html, markdown
from indexer.extract.txt.decode import Decoded, decode
from indexer.report import BARRIER, Block, BlockKind, Extraction, Format

_LINE_END = re.compile("\r+\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def read(path: Path, data: bytes) -> Extraction:
    """The blocks of a plain text or a web page.

    Raises NoTextError where no character can be seen, and UnsupportedError for a web page that
    only says that there is no report.
    """
    decoded = decode(data, html.declared_encoding(data))
    if html.is_html(decoded.text):
        return _read_page(path, decoded)
    blocks = text_blocks(decoded.text)
    if not any(visible(block.text) for block in blocks):
        raise NoTextError(path, "文件里没有文字。请检查它是否完整。")
    return Extraction(Format.TEXT, blocks, warnings=decoded.warnings)


def _read_page(path: Path, decoded: Decoded) -> Extraction:
    page = html.read_page(decoded.text)
    blocks = _mark_asides(page.blocks)
    if not any(visible(block.text) for block in blocks):
        raise NoTextError(
            path, "内容是网页（HTML），里面没有文字。请在浏览器里打开，把正文另存为文本。"
        )
    said = html.error_page(blocks)
    if said:
        raise UnsupportedError(
            path, f"内容是网页（HTML），只写着“{said}”，不是报告。请重新下载正文。"
        )
    return Extraction(Format.TEXT, blocks, warnings=(*decoded.warnings, *page.warnings))


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
            prose.append(markdown.plain(text))
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
        text = strip(clean(markdown.unmark(words)))
        if visible(text):
            yield replace(line, text=text, level=level)


def _paragraphs(lines: Sequence[Line]) -> list[Block]:
    return [
        Block(BlockKind.HEADING if line.level else BlockKind.PARAGRAPH, line.text, level=line.level)
        for line in join(lines)
    ]


def _mark_asides(blocks: Sequence[Block]) -> tuple[Block, ...]:
    found = asides([block.text for block in blocks])
    return tuple(
        Block(BlockKind.ASIDE, block.text) if number in found and _may_be_aside(block) else block
        for number, block in enumerate(blocks)
    )


def _may_be_aside(block: Block) -> bool:
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
