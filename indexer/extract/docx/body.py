"""One pass over a Word document: its parts -> blocks in reading order.

List numbers and pages are counted as they come. A table's row becomes one block, its cells
between barriers; what stands inside them and is no text of theirs (nested tables, notes) follows
the row. Notes follow the paragraph that refers to them, boxes and figures the one that holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from indexer.extract.clean import clean, strip
from indexer.extract.docx.drawings import figure_cells, shape_lines
from indexer.extract.docx.fields import Fields, whole_fields
from indexer.extract.docx.headings import Look
from indexer.extract.docx.lines import Drawn, Piece, block_of, is_seen, rejoined
from indexer.extract.docx.lists import lists
from indexer.extract.docx.package import Parts
from indexer.extract.docx.styles import Style, styles
from indexer.extract.docx.tables import Merges, cells_of, rows_of
from indexer.extract.docx.text import Mark, Texts, Token
from indexer.extract.docx.xml import A, Element, R, W, children
from indexer.report import BARRIER, Block, BlockKind

_GAP = " "
"""Between the paragraphs of one cell or note."""
_WORDS = re.compile(r"[^\W\d_]{2}")
_LOOKED_AT = 80
"""Characters up to which all runs of a paragraph are looked at, not only the first."""
_SAMPLED = 50
"""Long paragraphs of which the look is taken."""
_FRAMED = 3
"""Paragraphs from which a row of a single cell is a frame around text, not a row of a table."""
_PARAGRAPH, _TABLE, _RUN, _TEXT = W + "p", W + "tbl", W + "r", W + "t"
_PROPERTIES, _MARK = W + "pPr", W + "rPr"
_DELETED, _MOVED = W + "del", W + "moveFrom"
_PASSED = frozenset(
    W + name for name in ("sectPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "tcPr", "pPr", "r")
)
_ROWS = (BlockKind.ROW, BlockKind.NOTE)


class Body:
    """Reads a document's parts, once and in order."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._styles = styles(parts.styles)
        self._lists = lists(parts.numbering)
        self._may_hide = self._styles.may_hide
        self._notes: dict[tuple[str, str], Element] = dict(parts.notes)
        """Those not read yet: a note stands where it is first referred to."""
        self._fields: Mapping[Element, str] = {}
        for root in (parts.document, *parts.note_roots, *parts.margins):
            self._fields = {**self._fields, **whole_fields(root)}
            self._may_hide = self._may_hide or next(root.iter(W + "vanish"), None) is not None
        paged = next(parts.document.iter(W + "lastRenderedPageBreak"), None) is not None
        self._page: int | None = 1 if paged else None
        self._carried: list[Piece] = []
        """Lines of a paragraph whose end was deleted or hidden: they run into the next."""
        self._long = 0
        self._depth = 0
        """How many texts stand around this place, one inside the other."""
        self.chunks: list[tuple[int, str]] = []
        """Documents put into this one: the number of the block they stand before, their key."""
        self.elsewhere = 0
        """Documents that this one only refers to."""
        self._count = 0

    def blocks(self) -> Iterator[Drawn]:
        """What the body says."""
        for drawn in self._story(self._parts.document):
            self._count += 1
            yield drawn

    def margins(self) -> list[Block]:
        """What headers and footers say, once each; bare page numbers say nothing."""
        self._page = None
        texts = dict.fromkeys(self._flat(root) for root in self._parts.margins)
        return [Block(BlockKind.ASIDE, text) for text in texts if _WORDS.search(text)]

    def _story(self, parent: Element) -> Iterator[Drawn]:
        """A text of its own: a body, a cell, a box, a note. No field or paragraph leaves it."""
        outer, self._carried = self._carried, []
        self._depth += 1
        texts = Texts(self._styles, Fields(self._fields), may_hide=self._may_hide)
        yield from self._blocks(parent, texts)
        yield from self._rest()
        self._depth -= 1
        self._carried = outer

    def _rest(self) -> Iterator[Drawn]:
        carried, self._carried = self._carried, []
        for line in carried:
            block = block_of(line, Style())
            if is_seen(block.text):
                yield Drawn(block)

    def _flat(self, parent: Element) -> str:
        """A text on one line."""
        texts = (drawn.block.text.replace(BARRIER, _GAP) for drawn in self._story(parent))
        return _GAP.join(strip(text) for text in texts)

    def _blocks(self, parent: Element, texts: Texts) -> Iterator[Drawn]:
        for element in children(parent):
            tag = element.tag
            if tag == _PARAGRAPH:
                yield from self._paragraph(element, texts)
            elif tag == _TABLE:
                yield from self._rest()
                yield from self._table(element)
            elif tag == W + "altChunk":
                self.chunks.append((self._count, element.get(R + "id") or ""))
            elif tag == W + "subDoc":
                self.elsewhere += 1
            elif tag not in _PASSED:
                yield from self._blocks(element, texts)

    def _paragraph(self, element: Element, texts: Texts) -> Iterator[Drawn]:
        properties = element.find(_PROPERTIES)
        style = self._styles.of_paragraph(properties)
        mark = None if properties is None else properties.find(_MARK)
        deleted = mark is not None and (
            mark.find(_DELETED) is not None or mark.find(_MOVED) is not None
        )
        hidden = self._may_hide and self._styles.of_run(mark, style).hidden
        lines, after = self._lines(element, style, texts)
        said = any(line.said for line in lines)
        if not deleted and (said or not (hidden or texts.in_code)):
            lines[0].label = lines[0].label or self._label(style)
        if deleted or hidden:
            self._carried = lines if said else []
        else:
            look = self._look(element, style, lines) if said else None
            for line in rejoined(lines):
                if line.shown:
                    yield Drawn(block_of(line, style), look)
        for token in after:
            yield from self._apart(token)

    def _label(self, style: Style) -> str:
        if style.numbered is None:
            return ""
        key, depth = style.numbered
        if style.numbered_by:
            tied = self._lists.depth_of(key, style.key)
            tied = self._lists.depth_of(key, style.numbered_by) if tied is None else tied
            depth = depth if tied is None else tied
        return clean(self._lists.label(key, depth))

    def _lines(
        self, element: Element, style: Style, texts: Texts
    ) -> tuple[list[Piece], list[Token]]:
        """The paragraph's lines (soft breaks part them), and what stands apart from them."""
        lines = self._carried or [Piece(self._page)]
        self._carried = []
        after: list[Token] = []
        for token in texts.tokens(element, style):
            if isinstance(token, str):
                lines[-1].parts.append(token)
            elif token.mark is Mark.LINE:
                lines.append(Piece(self._page))
            elif token.mark is not Mark.PAGE:
                after.append(token)
            elif self._page is not None:
                self._page += 1
                lines[-1].turn(self._page)
        return lines, after

    def _look(self, element: Element, style: Style, lines: list[Piece]) -> Look | None:
        """What a paragraph of the text looks like; what stands in cells and notes is no heading.

        Long ones only tell what most of the text looks like, for which some are enough.
        """
        long = sum(len(line.text) for line in lines) > _LOOKED_AT
        self._long += long
        if self._depth > 1 or (long and self._long > _SAMPLED):
            return None
        size, bold = 0, True
        for run in element.iter(_RUN):
            if is_seen(run.findtext(_TEXT) or ""):
                weight = self._styles.weight(run.find(_MARK), style)
                size, bold = max(size, weight[0]), bold and weight[1]
                if long:
                    break
        return Look(size or style.size, bold, style.centred, style.contents)

    def _apart(self, token: Token) -> Iterator[Drawn]:
        """What stands beside the text: a note, a box, a figure, lettering."""
        if token.mark is Mark.NOTE:
            note = self._notes.pop(token.key, None)
            text = "" if note is None else self._flat(note)
            if is_seen(text):
                yield Drawn(Block(BlockKind.NOTE, f"{BARRIER}{text}{BARRIER}", self._page))
        elif token.mark is Mark.FIGURE:
            root = self._parts.figures.get(token.part)
            yield from self._row([] if root is None else figure_cells(root), self._page)
        elif token.mark is Mark.DRAWN:
            text = strip(clean(token.text))
            if is_seen(text):
                yield Drawn(Block(BlockKind.PARAGRAPH, text, self._page))
        elif token.box.tag == A + "txBody":
            for line in shape_lines(token.box):
                yield Drawn(Block(BlockKind.PARAGRAPH, line, self._page))
        else:
            yield from self._story(token.box)

    def _table(self, element: Element) -> Iterator[Drawn]:
        merges = Merges()
        for row in rows_of(element):
            start, end = self._page, self._page
            cells = []
            for cell in cells_of(row, merges):
                self._page = start
                cells.append(list(self._story(cell)))
                # The cells of a row that a page break cuts are cut side by side.
                end = max(end or 0, self._page or 0) or None
            self._page = end
            merges.next_row()
            if len(cells) == 1 and _is_frame(cells[0]):
                yield from cells[0]
                continue
            spoken = [[d.block for d in cell if d.block.kind not in _ROWS] for cell in cells]
            page = next((cell[0].page for cell in spoken if cell), start)
            yield from self._row([_GAP.join(b.text for b in cell) for cell in spoken], page)
            yield from (d for cell in cells for d in cell if d.block.kind in _ROWS)

    def _row(self, cells: list[str], page: int | None) -> Iterator[Drawn]:
        if any(is_seen(text) for text in cells):
            yield Drawn(Block(BlockKind.ROW, BARRIER.join(("", *cells, "")), page))


def _is_frame(cell: list[Drawn]) -> bool:
    return sum(drawn.block.kind not in _ROWS for drawn in cell) >= _FRAMED
