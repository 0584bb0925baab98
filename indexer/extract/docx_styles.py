"""Word's paragraph styles: which make a title or a heading, which number their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.extract.docx_text import Element, attribute, child, local

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLES = frozenset({"title", "标题"})
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Style:
    """`level` counts from 1, 0 for body text; `number` is (numId, depth) or None."""

    title: bool = False
    level: int = 0
    number: tuple[str, int] | None = None


def styles(root: Element | None) -> Mapping[str, Style]:
    """Style id -> style, with what is inherited from the style that it is based on."""
    if root is None:
        return {}
    elements = {
        attribute(e, "styleId") or "": e
        for e in root
        if local(e) == "style" and attribute(e, "type") == "paragraph"
    }
    return {key: _style(key, elements, 0) for key in elements}


def _style(key: str, elements: Mapping[str, Element], depth: int) -> Style:
    element = elements.get(key)
    if element is None or depth > len(elements):  # styles based on each other in a ring
        return Style()
    based = child(element, "basedOn")
    parent = (
        Style() if based is None else _style(attribute(based, "val") or "", elements, depth + 1)
    )
    name = child(element, "name")
    words = "" if name is None else (attribute(name, "val") or "").strip().lower()
    found = _HEADING.match(words)
    own = properties(child(element, "pPr"), parent)
    if words in _TITLES:
        return Style(True, 0, own.number)
    return Style(own.title, int(found.group(1)) if found else own.level, own.number)


def properties(element: Element | None, style: Style) -> Style:
    """What a paragraph's own properties make of its style."""
    if element is None:
        return style
    outline, level = child(element, "outlineLvl"), style.level
    if outline is not None:
        depth = int(attribute(outline, "val") or _DEEPEST)
        level = depth + 1 if depth < _DEEPEST else 0
    return Style(style.title, level, _number(child(element, "numPr"), style.number))


def _number(element: Element | None, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    if element is None:
        return inherited
    number, depth = child(element, "numId"), child(element, "ilvl")
    key = attribute(number, "val") if number is not None else (inherited or ("", 0))[0]
    if not key or key == "0":  # 0 takes a style's number away
        return None
    at = attribute(depth, "val") if depth is not None else None
    return key, int(at) if at is not None else (inherited or ("", 0))[1]
