"""Word's styles: what paragraphs and runs have from them, by inheritance and by their own.

A paragraph has its properties from the document's defaults, then its style (and the styles that
this is based on), then itself; a run from those, its character style, then itself
(ISO/IEC 29500-1, 17.7.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indexer.extract.docx.xml import Element, W, number, toggle, value

_STYLE, _RUN_STYLE = W + "pStyle", W + "rStyle"
_OUTLINE, _LIST, _ALIGN = W + "outlineLvl", W + "numPr", W + "jc"
_HIDDEN, _BOLD, _SIZE = W + "vanish", W + "b", W + "sz"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLES = frozenset({"title", "标题"})
_CONTENTS = re.compile(r"(?:toc|目录|table of figures)\s*\d*$", re.IGNORECASE)
_DEEPEST = 9
_BODY_SIZE = 20
"""Half points of a text whose size is said nowhere (ISO/IEC 29500-1, 17.3.2.38)."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph, or a run, looks like.

    `level` counts from 1, 0 for body text; `numbered` is (numId, depth) or None, `numbered_by` the
    style that said so; `size` is in half points; `contents` marks lines of a table of contents.
    """

    key: str = ""
    title: bool = False
    contents: bool = False
    level: int = 0
    numbered: tuple[str, int] | None = None
    numbered_by: str = ""
    centred: bool = False
    hidden: bool = False
    bold: bool = False
    size: int = _BODY_SIZE


@dataclass
class Styles:
    """The styles of a document, each worked out when it is first asked for."""

    _elements: Mapping[str, Element] = field(default_factory=dict)
    _default: str = ""
    """The style of paragraphs that name none."""
    _base: Style = field(default_factory=Style)
    _known: dict[str, Style] = field(default_factory=dict)

    @property
    def may_hide(self) -> bool:
        """Whether any style could hide text."""
        return any(e.find(f"{W}rPr/{W}vanish") is not None for e in self._elements.values())

    def named(self, key: str) -> Style:
        """A style by its id; the document's defaults for one that there is not."""
        chain: dict[str, None] = {}
        while key not in self._known and key in self._elements and key not in chain:
            chain[key] = None
            key = value(self._elements[key].find(W + "basedOn")) or ""
        style = self._known.get(key, self._base)
        for name in reversed(chain):
            style = self._known[name] = _inherited(self._elements[name], name, style)
        return style

    def of_paragraph(self, properties: Element | None) -> Style:
        """What a paragraph is, by its style and its own properties (`pPr`)."""
        if properties is None:
            return self.named(self._default)
        key = value(properties.find(_STYLE))
        return _applied(properties, self.named(self._default if key is None else key))

    def of_run(self, properties: Element | None, paragraph: Style) -> Style:
        """What a run is, by its paragraph, its character style and its own properties (`rPr`)."""
        if properties is None:
            return paragraph
        named = properties.find(_RUN_STYLE)
        if named is None:
            return _run(properties, paragraph)
        style = self.named(value(named) or "")
        # A toggle that both styles set is off again (ISO/IEC 29500-1, 17.7.3).
        both = replace(
            paragraph,
            hidden=style.hidden != paragraph.hidden,
            bold=style.bold != paragraph.bold,
            size=paragraph.size if style.size == self._base.size else style.size,
        )
        return _run(properties, both)

    def weight(self, properties: Element | None, paragraph: Style) -> tuple[int, bool]:
        """How large and how bold a run is; most have no style of their own."""
        if properties is not None and properties.find(_RUN_STYLE) is None:
            size, bold = properties.find(_SIZE), toggle(properties.find(_BOLD))
            return (
                paragraph.size if size is None else number(value(size), paragraph.size),
                paragraph.bold if bold is None else bold,
            )
        style = self.of_run(properties, paragraph)
        return style.size, style.bold


def styles(root: Element | None) -> Styles:
    """What the part of styles defines."""
    if root is None:
        return Styles()
    elements = {value(e, "styleId") or "": e for e in root.iterfind(W + "style")}
    default = next(
        (
            key
            for key, e in elements.items()
            if value(e, "type") == "paragraph" and value(e, "default") in ("1", "true", "on")
        ),
        "",
    )
    base = _run(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), Style())
    base = _applied(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"), base)
    return Styles(elements, default, base)


def _inherited(element: Element, key: str, parent: Style) -> Style:
    """A style, from the one that it is based on."""
    style = _applied(element.find(W + "pPr"), replace(parent, key=key))
    if style.numbered is not None and style.numbered != parent.numbered:
        style = replace(style, numbered_by=key)
    style = _run(element.find(W + "rPr"), style)
    words = (value(element.find(W + "name")) or "").strip().lower()
    heading = _HEADING.match(words)
    if words in _TITLES:
        return replace(style, title=True, level=0)
    if _CONTENTS.match(words):
        return replace(style, contents=True, level=0)
    return replace(style, level=int(heading[1])) if heading else style


def _applied(properties: Element | None, style: Style) -> Style:
    """`style` with a paragraph's properties."""
    if properties is None:
        return style
    outline, at, align = (
        properties.find(_OUTLINE),
        properties.find(_LIST),
        properties.find(_ALIGN),
    )
    if outline is None and at is None and align is None:
        return style
    level = style.level
    if outline is not None:
        depth = number(value(outline), _DEEPEST)
        level = depth + 1 if 0 <= depth < _DEEPEST else 0
    return replace(
        style,
        level=level,
        numbered=style.numbered if at is None else _list(at, style.numbered),
        numbered_by=style.numbered_by if at is None else "",
        centred=style.centred if align is None else value(align) == "center",
    )


def _list(element: Element, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    """A paragraph's list; one that gives only the depth has the list of its style."""
    key, depth = value(element.find(W + "numId")), value(element.find(W + "ilvl"))
    old = inherited or ("", 0)
    key = old[0] if key is None else key
    if not key or key == "0":  # 0 takes a style's number away
        return None
    return key, old[1] if depth is None else number(depth, 0)


def _run(properties: Element | None, style: Style) -> Style:
    """`style` with a run's properties."""
    if properties is None:
        return style
    hidden, bold = toggle(properties.find(_HIDDEN)), toggle(properties.find(_BOLD))
    size = properties.find(_SIZE)
    if hidden is None and bold is None and size is None:
        return style
    return replace(
        style,
        hidden=style.hidden if hidden is None else hidden,
        bold=style.bold if bold is None else bold,
        size=style.size if size is None else number(value(size), style.size),
    )
