"""The text of one Word paragraph, as tokens: characters, and marks that stand among them.

What a reader sees in the final version: insertions kept, deletions, hidden text and field codes
left out, of alternatives one branch, of ruby the base.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from indexer.extract.docx.fields import Fields
from indexer.extract.docx.styles import Style, Styles
from indexer.extract.docx.symbols import drawn, may_be_symbols, symbol
from indexer.extract.docx.xml import (
    CHART,
    DIAGRAM,
    MC,
    VML,
    A,
    Element,
    M,
    R,
    W,
    branch,
    value,
)


class Mark(StrEnum):
    LINE = "line"
    """The text goes on in a new line, or on a new page or column."""
    PAGE = "page"
    """A page began here when Word last drew the document."""
    NOTE = "note"
    BOX = "box"
    FIGURE = "figure"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Token:
    """A mark inside a paragraph.

    `key` is a note's kind and id, `box` the element of a text box, `part` the relationship of a
    chart or diagram, `text` lettering drawn as a picture.
    """

    mark: Mark
    key: tuple[str, str] = ("", "")
    box: Element = None
    part: str = ""
    text: str = ""


_LINE = Token(Mark.LINE)
_PAGE = Token(Mark.PAGE)
_TEXT, _RUN, _PROPERTIES = W + "t", W + "r", W + "rPr"
_FIELD_MARK, _PAGE_MARK = W + "fldChar", W + "lastRenderedPageBreak"
_CODE, _SYMBOL, _LETTERING = W + "instrText", W + "sym", VML + "textpath"
_ALTERNATIVES = MC + "AlternateContent"
_FORMULA_TEXT, _FRACTION, _BRACKETS = M + "t", M + "f", M + "d"
_BREAKS = frozenset((W + "br", W + "cr"))
_REMOVED = frozenset((W + "del", W + "moveFrom"))
_SKIPPED = frozenset(
    W + name
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "fldData"),
        *("delText", "delInstrText", "rt", "softHyphen", "ffData"),
        *("commentReference", "annotationRef", "footnoteRef", "endnoteRef"),
    )
)
_WRITTEN = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_FIGURES = {CHART + "chart": R + "id", DIAGRAM + "relIds": R + "dm"}
_BOXES = frozenset((W + "txbxContent", A + "txBody"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"


class Texts:
    """Reads the paragraphs of one part, in order: a field may go on from one to the next."""

    def __init__(self, styles: Styles, fields: Fields, *, may_hide: bool) -> None:
        self._styles = styles
        self._fields = fields
        self._may_hide = may_hide

    @property
    def in_code(self) -> bool:
        """Whether the text stands inside a field's code."""
        return self._fields.in_code

    def tokens(self, parent: Element, style: Style) -> Iterator[str | Token]:
        """Characters and marks of a paragraph or of anything inside it, in reading order."""
        fields = self._fields
        for part in parent:
            tag = part.tag
            if tag == _TEXT:
                if not fields.in_code:
                    yield _text(part)
            elif tag == _RUN:
                if self._may_hide and self._styles.of_run(part.find(_PROPERTIES), style).hidden:
                    yield from self._hidden(part)
                else:
                    yield from self.tokens(part, style)
            elif tag in _REMOVED:
                yield from self._hidden(part)
            elif tag in _SKIPPED:
                continue
            elif tag == _PAGE_MARK:
                yield _PAGE
            elif tag == _FIELD_MARK:
                yield fields.pass_mark(part)
            elif tag == _CODE:
                fields.pass_code(part.text or "")
            elif tag == _ALTERNATIVES:
                chosen = branch(part)
                if chosen is not None:
                    yield from self.tokens(chosen, style)
            elif not fields.in_code and (token := _drawn(part, tag)) is not None:
                yield token
            elif tag not in _BOXES:
                yield from self._nested(part, tag, style)

    def _hidden(self, run: Element) -> Iterator[Token | str]:
        """What counts of text that is not shown: pages that begin in it, marks of fields."""
        for part in run.iter(_PAGE_MARK, _FIELD_MARK):
            if part.tag == _PAGE_MARK:
                yield _PAGE
            else:
                self._fields.pass_mark(part)

    def _nested(self, part: Element, tag: str, style: Style) -> Iterator[str | Token]:
        """What stands inside other elements, formulas on one line: a/b, (c)."""
        if tag == _FRACTION:
            for name, between in (("num", ""), ("den", "/")):
                yield between if not self._fields.in_code else ""
                inner = part.find(M + name)
                yield from () if inner is None else self.tokens(inner, style)
        elif tag == _BRACKETS:
            marks = part.find(M + "dPr")
            for name, usual in (("begChr", "("), ("endChr", ")")):
                found = None if marks is None else marks.find(M + name)
                mark = usual if found is None else found.get(M + "val") or ""
                if name == "endChr":
                    yield from self.tokens(part, style)
                yield mark if not self._fields.in_code else ""
        else:
            yield from self.tokens(part, style)


def _drawn(part: Element, tag: str) -> str | Token | None:
    """What an element stands for by itself; None for one that only holds others."""
    if tag in _WRITTEN:
        return _WRITTEN[tag]
    if tag in _BREAKS:
        return _LINE
    if tag == _FORMULA_TEXT:
        return part.text or ""
    if tag == _SYMBOL:
        return _symbol(part)
    if tag in _NOTES:
        return Token(Mark.NOTE, key=(_NOTES[tag], value(part, "id") or ""))
    if tag in _BOXES:
        return Token(Mark.BOX, box=part)
    if tag in _FIGURES:
        return Token(Mark.FIGURE, part=part.get(_FIGURES[tag]) or "")
    if tag == _LETTERING:
        return Token(Mark.DRAWN, text=part.get("string") or "")
    return None


def _text(element: Element) -> str:
    text = element.text or ""
    if text[:1] in _BLANKS or text[-1:] in _BLANKS:
        # Blanks at the edges count only where the file says that they do.
        text = text.replace("\n", " ") if element.get(_SPACE) == "preserve" else text.strip(_BLANKS)
    if text and may_be_symbols(text):
        # The properties stand first, if any do: a run may hold a hundred thousand texts.
        first = element.getparent()[0]
        fonts = first.find(W + "rFonts") if first.tag == _PROPERTIES else None
        return drawn(value(fonts, "ascii") or value(fonts, "hAnsi") or "", text)
    return text


def _symbol(element: Element) -> str:
    try:
        code = int(value(element, "char") or "", 16)
    except ValueError:
        return ""
    return symbol(value(element, "font") or "", code)
