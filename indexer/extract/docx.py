"""Word documents -> blocks, in the order of the body: paragraphs, tables, content controls.

A table's row becomes one block, its cells between barriers; a merged cell is read once. Notes
follow the paragraph that refers to them, text boxes the paragraph that holds them; what headers
and footers say stands once at the end, as asides. Pages are known only where Word recorded the
breaks that it last rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.errors import DamagedError, NoTextError, UnsupportedError
from indexer.extract.aside import asides
from indexer.extract.clean import clean, strip, visible
from indexer.extract.docx_numbers import Counters, Numbering, label, numbering
from indexer.extract.docx_package import Parts, TooLargeError, open_parts
from indexer.extract.docx_styles import Style, properties, styles
from indexer.extract.docx_text import Element, Mark, attribute, child, local, tokens
from indexer.extract.lines import Line, join
from indexer.report import BARRIER, Block, BlockKind, Extraction, Format

_WORDS = re.compile(r"[^\W\d_]{2}")
_DROPPED = frozenset(("del", "moveFrom"))
_GAP = " "
"""Between the paragraphs of one cell or note."""


def read(path: Path, data: bytes) -> Extraction:
    """The blocks of a Word document.

    Raises DamagedError for what cannot be opened, UnsupportedError for a package that unpacks
    beyond measure, NoTextError where no character can be seen.
    """
    try:
        parts = open_parts(data)
        reader = _Reader(parts)
        blocks = (*_mark_asides(reader.body()), *reader.margins())
    except TooLargeError as error:
        raise UnsupportedError(path, "解压后过大（超过 1 GB）。请删去图片后另存。") from error
    except Exception as error:  # whatever zipfile, lxml and python-docx may raise on a broken file
        raise DamagedError(
            path, f"DOCX 文件损坏，无法打开（{type(error).__name__}）。请用 Word 打开并重新保存。"
        ) from error
    if not any(visible(block.text) for block in blocks):
        raise NoTextError(path, "文档里没有文字，可能只有图片。请换成有文字的版本。")
    return Extraction(Format.DOCX, blocks, warnings=_warnings(parts.document))


def _warnings(document: Element) -> tuple[str, ...]:
    chunks = sum(local(element) == "altChunk" for element in document.iter())
    return (f"有 {chunks} 处嵌入的子文档没有读取。",) if chunks else ()


@dataclass
class _Piece:
    """A line of a paragraph as it grows."""

    text: str = ""
    page: int | None = None
    breaks: list[tuple[int, int]] = field(default_factory=list)


class _Reader:
    """One pass over a body: it counts list numbers and pages as they come."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._styles = styles(parts.styles)
        self._numbering: Numbering = numbering(parts.numbering)
        self._counters = Counters()
        paged = any(local(e) == "lastRenderedPageBreak" for e in parts.document.iter())
        self._page: int | None = 1 if paged else None
        self._carried = ""

    def body(self) -> list[Block]:
        blocks = list(self._blocks(self._parts.document))
        rest = strip(self._carried)
        return [*blocks, Block(BlockKind.PARAGRAPH, rest, self._page)] if rest else blocks

    def margins(self) -> list[Block]:
        """What headers and footers say, once each; bare page numbers say nothing."""
        texts = dict.fromkeys(self._flat(root) for root in self._parts.margins)
        return [Block(BlockKind.ASIDE, text) for text in texts if _WORDS.search(text)]

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name not in _DROPPED:
                yield from self._blocks(element)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        style = self._style(element)
        lines, notes, boxes = self._lines(element)
        if child(element, "pPr", "rPr", "del") is not None:
            self._carried = "".join(line.text for line in lines)  # its end was deleted
            lines = []
        elif any(visible(line.text) for line in lines):
            lines[0] = self._numbered(style, lines[0])
        for line in lines:
            block = _block(line, style)
            if visible(block.text):
                yield block
        for key in notes:
            yield from self._note(key)
        for box in boxes:
            yield from self._blocks(box)

    def _style(self, element: Element) -> Style:
        own = child(element, "pPr")
        name = child(element, "pPr", "pStyle")
        base = self._styles.get(attribute(name, "val") or "" if name is not None else "", Style())
        return properties(own, base)

    def _numbered(self, style: Style, line: _Piece) -> _Piece:
        if style.number is None:
            return line
        number = label(self._numbering, self._counters, *style.number)
        moved = [(offset + len(number), page) for offset, page in line.breaks]
        return _Piece(number + line.text, line.page, moved)

    def _lines(self, element: Element) -> tuple[list[_Piece], list[tuple[str, str]], list[Element]]:
        """The paragraph's lines (soft breaks part them), the notes and boxes it refers to."""
        lines = [_Piece(self._carried, self._page)]
        self._carried = ""
        notes: list[tuple[str, str]] = []
        boxes: list[Element] = []
        for token in tokens(element):
            if isinstance(token, str):
                lines[-1].text += clean(token)
            elif token.mark is Mark.PAGE:
                self._turn_page(lines[-1])
            elif token.mark is Mark.LINE:
                lines.append(_Piece(page=self._page))
            elif token.note is not None:
                notes.append(token.note)
            else:
                boxes.append(token.box)
        return _rejoined(lines), notes, boxes

    def _turn_page(self, line: _Piece) -> None:
        if self._page is None:
            return
        self._page += 1
        if visible(line.text):
            line.breaks.append((len(line.text), self._page))
        else:
            line.page = self._page

    def _note(self, key: tuple[str, str]) -> Iterator[Block]:
        note = self._parts.notes.get(key)
        text = "" if note is None else self._flat(note)
        if visible(text):
            yield Block(BlockKind.NOTE, f"{BARRIER}{text}{BARRIER}", page=self._page)

    def _flat(self, parent: Element) -> str:
        """Everything under `parent` on one line, but for nested tables."""
        texts = []
        for paragraph in _paragraphs(parent):
            lines, _, boxes = self._lines(paragraph)
            style = self._style(paragraph)
            if any(visible(line.text) for line in lines):
                lines[0] = self._numbered(style, lines[0])
            texts += [line.text for line in lines] + [self._flat(box) for box in boxes]
        return _GAP.join(strip(text) for text in texts if visible(text))

    def _table(self, element: Element) -> Iterator[Block]:
        for row in _rows(element):
            page = self._page
            cells = list(_cells(row))
            texts = [self._flat(cell) for cell in cells]
            if any(visible(text) for text in texts):
                yield Block(BlockKind.ROW, BARRIER.join(("", *texts, "")), page=page)
            for cell in cells:
                for nested in _nested(cell):
                    yield from self._table(nested)


def _block(line: _Piece, style: Style) -> Block:
    """A block of a stripped line, its page breaks moved along."""
    text = strip(line.text)
    lead = line.text.find(text) if text else 0
    breaks = tuple(
        (max(0, offset - lead), page) for offset, page in line.breaks if offset - lead < len(text)
    )
    kind = BlockKind.PARAGRAPH
    if style.title:
        kind = BlockKind.TITLE
    elif style.level:
        kind = BlockKind.HEADING
    return Block(kind, text, line.page, breaks, style.level)


def _rejoined(lines: Sequence[_Piece]) -> list[_Piece]:
    """Lines that a soft break cut in mid-sentence, as in text pasted from a page, made whole."""
    whole: list[_Piece] = []
    for line in lines:
        pair = [Line(strip(piece.text)) for piece in (*whole[-1:], line)]
        if len(pair) == 2 and all(p.text for p in pair) and len(join(pair)) == 1:
            last = whole[-1]
            start = len(last.text)
            breaks = [(start + offset, page) for offset, page in line.breaks]
            if line.page is not None and line.page != (
                last.breaks[-1][1] if last.breaks else last.page
            ):
                breaks.insert(0, (start, line.page))
            whole[-1] = _Piece(last.text + line.text, last.page, last.breaks + breaks)
        else:
            whole.append(line)
    return whole


def _paragraphs(parent: Element) -> Iterator[Element]:
    for element in parent:
        name = local(element)
        if name == "p":
            yield element
        elif name not in _DROPPED and name != "tbl":
            yield from _paragraphs(element)


def _rows(parent: Element) -> Iterator[Element]:
    """Rows of a table that were not deleted, those in content controls too."""
    for element in parent:
        name = local(element)
        if name == "tr":
            if child(element, "trPr", "del") is None:
                yield element
        elif name not in ("tbl", "p"):
            yield from _rows(element)


def _cells(parent: Element) -> Iterator[Element]:
    """Cells of a row, but for those that continue the cell above them."""
    for element in parent:
        name = local(element)
        if name == "tc":
            merged = child(element, "tcPr", "vMerge")
            if merged is None or attribute(merged, "val") == "restart":
                yield element
        elif name not in ("tbl", "p"):
            yield from _cells(element)


def _nested(parent: Element) -> Iterator[Element]:
    for element in parent:
        name = local(element)
        if name == "tbl":
            yield element
        elif name != "p":
            yield from _nested(element)


def _mark_asides(blocks: Sequence[Block]) -> tuple[Block, ...]:
    found = asides([block.text for block in blocks])
    return tuple(
        replace(block, kind=BlockKind.ASIDE, level=0)
        if number in found and block.kind is BlockKind.PARAGRAPH
        else block
        for number, block in enumerate(blocks)
    )
