"""The text of one Word paragraph, as tokens: characters, and marks that stand among them.

What a reader sees in the final version: insertions kept, deletions, hidden text and field codes
left out, of alternatives only the first. Elements are told by their local names, so that the
strict and the transitional form of Office Open XML read alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Element = Any
"""An lxml element; lxml publishes no types."""


class Mark(StrEnum):
    LINE = "line"
    PAGE = "page"
    NOTE = "note"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Token:
    """A mark inside a paragraph; a note's key, or the element of a text box's content."""

    mark: Mark
    note: tuple[str, str] | None = None
    box: Element = None


_SKIPPED = frozenset(
    (
        *("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "ctrlPr"),
        *("del", "moveFrom", "delText", "instrText", "fldData", "ddList", "rt", "Fallback"),
        *("softHyphen", "commentReference", "annotationRef", "footnoteRef", "endnoteRef"),
    )
)
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute, whatever its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        element = next((e for e in element if local(e) == name), None)
        if element is None:
            return None
    return element


def is_on(element: Element | None) -> bool:
    """Whether a Word toggle is there and not switched off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def tokens(element: Element) -> Iterator[str | Token]:
    """Characters and marks of a paragraph or of anything inside it, in reading order."""
    for part in element:
        name = local(part)
        if name in _SKIPPED:
            continue
        if name == "t":
            yield part.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name == "noBreakHyphen":
            yield "-"
        elif name in ("br", "cr"):
            if attribute(part, "type") not in ("page", "column"):
                yield Token(Mark.LINE)
        elif name == "lastRenderedPageBreak":
            yield Token(Mark.PAGE)
        elif name in _NOTES:
            yield Token(Mark.NOTE, note=(_NOTES[name], attribute(part, "id") or ""))
        elif name == "txbxContent":
            yield Token(Mark.BOX, box=part)
        elif name == "AlternateContent":
            yield from _alternative(part)
        elif not (name == "r" and is_on(child(part, "rPr", "vanish"))):
            yield from tokens(part)


def _alternative(element: Element) -> Iterator[str | Token]:
    """The first choice; the fallback only where there is none, since it says the same again."""
    chosen = child(element, "Choice")
    if chosen is None:
        chosen = child(element, "Fallback")
    if chosen is not None:
        yield from tokens(chosen)
