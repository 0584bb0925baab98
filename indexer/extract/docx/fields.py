"""Word's fields: which characters are a field's code and which its result.

A field is three marks among the runs: begin, (code) separate, (result) end. Fields nest, in codes
as in results, and a table of contents is one field over many paragraphs. Only marks that form
whole fields count: one that was begun and never ended would swallow the rest of the document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.extract.docx.xml import Element, W, number, toggle, value

# What Word draws by a field that has no result. EQ \o puts characters over each other (a figure
# in a circle, ruby over its base), \f and \s are fractions and shifted characters; MACROBUTTON
# shows a text that can be clicked.
_OVERSTRIKE = re.compile(
    r"\s*eq\b.*?\\o\b(?:\s*\\a[lcrd])*\s*\((.*)\)\s*$", re.IGNORECASE | re.DOTALL
)
_PARTS = re.compile(r"[,，;；]")
_FRACTION = re.compile(
    r"\s*eq\s*\\f\s*\(([^()\\]*)[,，;；]([^()\\]*)\)\s*$", re.IGNORECASE | re.DOTALL
)
_BUTTON = re.compile(r"\s*macrobutton\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_SHIFTED = re.compile(r"\\s\\(?:up|do)\s*\d*\s*\(")
_CIRCLES = frozenset("○〇Ｏ◯")
_LONGEST_CODE = 1000


@dataclass
class _Open:
    """A field that has begun; its code is over once `result` is."""

    code: str = ""
    drawn: str = ""
    result: bool = False


@dataclass
class Fields:
    """The fields open at a place of the text; changes as the marks are passed."""

    whole: Mapping[Element, str]
    """The marks of whole fields: begin, separate, end."""
    _open: list[_Open] = field(default_factory=list)
    _codes: int = 0

    @property
    def in_code(self) -> bool:
        """Whether what stands here is code and not text."""
        return self._codes > 0

    def pass_mark(self, mark: Element) -> str:
        """Go past a mark; what a field without result draws, at its end."""
        kind = self.whole.get(mark)
        if kind == "begin":
            self._open.append(_Open(drawn=_chosen(mark)))
            self._codes += 1
        elif kind == "separate" and self._open and not self._open[-1].result:
            self._open[-1].result = True
            self._codes -= 1
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if not ended.result:
                self._codes -= 1
                return "" if self.in_code else ended.drawn or drawn(ended.code)
        return ""

    def pass_code(self, text: str) -> None:
        if self._open and len(self._open[-1].code) < _LONGEST_CODE:
            self._open[-1].code += text[:_LONGEST_CODE]


def whole_fields(root: Element) -> Mapping[Element, str]:
    """The marks under `root` that belong to fields which are begun and ended."""
    whole: dict[Element, str] = {}
    opened: list[list[tuple[Element, str]]] = []
    for mark in root.iter(W + "fldChar"):
        kind = value(mark, "fldCharType")
        if kind == "begin":
            opened.append([(mark, kind)])
        elif kind == "separate" and opened:
            opened[-1].append((mark, kind))
        elif kind == "end" and opened:
            whole.update((*opened.pop(), (mark, kind)))
    return whole


def _chosen(mark: Element) -> str:
    """The entry chosen of a form's list, or its box to tick: results that no run holds."""
    box = mark.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        checked = box.find(W + "checked")
        return "☒" if toggle(box.find(W + "default") if checked is None else checked) else "☐"
    entries = mark.find(f"{W}ffData/{W}ddList")
    if entries is None:
        return ""
    texts = [value(entry) or "" for entry in entries.iterfind(W + "listEntry")]
    result = entries.find(W + "result")
    at = number(value(entries.find(W + "default") if result is None else result), 0)
    return texts[at] if 0 <= at < len(texts) else ""


def drawn(code: str) -> str:
    """What Word draws for a field's code that has no result; empty for most."""
    if found := _FRACTION.match(code):
        return f"{found[1].strip()}/{found[2].strip()}"
    if found := _OVERSTRIKE.match(code):
        parts = [part.strip() for part in _PARTS.split(found[1])]
        if len(parts) == 2 and parts[0] in _CIRCLES:
            return _circled(parts[1])
        # Ruby stands raised beside its base.
        return "".join(part for part in parts if not _SHIFTED.match(part))
    if found := _BUTTON.match(code):
        return found[1].strip()
    return ""


def _circled(text: str) -> str:
    """21 in a circle as ㉑; what has no character of its own without its circle."""
    count = number(text, 0) if text.isdecimal() else 0
    for first, last, start in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= count <= last:
            return chr(ord(start) + count - first)
    return text
