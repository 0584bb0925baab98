"""XML of Word parts: parsed within limits, and always in the transitional namespaces.

Strict Office Open XML (ISO/IEC 29500-1) says the same as the transitional form that Word writes
by default (29500-4) under other namespaces; they are renamed before parsing, so that the rest of
the reader knows one set of names.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

Element = Any
"""What lxml gives; it publishes no types."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
VML = "{urn:schemas-microsoft-com:vml}"

_VALUE = W + "val"
_STRICT = re.compile(rb"([\"'])http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"\1http://schemas.openxmlformats.org/\2/2006/"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_OFF = frozenset(("0", "false", "off"))
_RESOURCE_LIMIT = 114  # libxml2's XML_ERR_RESOURCE_LIMIT
_MOST = 1 << 31


class XmlError(Exception):
    """A part that is no XML as Office Open XML allows it; `str()` says why, in Chinese."""


class XmlLimitError(XmlError):
    """A part beyond what the parser takes: nested 256 deep, 10 MB in one text, entities."""


def parse(data: bytes) -> Element:
    """The root of a part. Entities are not resolved, and nothing outside the part is read."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = _DECLARATION.sub("", data.decode("utf-16", "replace")).encode()
    if b"http://purl.oclc.org/ooxml/" in data:
        data = _STRICT.sub(_TRANSITIONAL, data)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        line = error.position[0]
        if error.code == _RESOURCE_LIMIT:
            raise XmlLimitError(f"第 {line} 行嵌套过深、过长或实体过多") from error
        raise XmlError(f"第 {line} 行不是合法的 XML（{error.msg}）") from error
    if root.getroottree().docinfo.internalDTD is not None:
        # ISO/IEC 29500-2, 8.1.4: a package's XML holds no DTD; entities would stay unread.
        raise XmlError("含有 DTD 声明，Word 文档不许有")
    return root


def _parser() -> Element:
    # One for each part: a parser keeps the names of all that it has parsed.
    return etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )


def value(element: Element | None, name: str = "val") -> str | None:
    """A Word attribute of an element that may be missing."""
    if element is None:
        return None
    found = element.get(_VALUE if name == "val" else W + name)
    return None if found is None else str(found)


def number(text: str | None, default: int) -> int:
    """A whole number as Word wrote it, kept within 32 bits; `default` for what is none."""
    try:
        return max(-_MOST, min(int(float(text or "")), _MOST))
    except (ValueError, OverflowError):
        return default


def toggle(element: Element | None) -> bool | None:
    """A Word toggle: None where it is not said."""
    return None if element is None else element.get(_VALUE) not in _OFF


def branch(element: Element) -> Element | None:
    """The one branch of an AlternateContent to be read: the others say the same again.

    The first choice whose extensions are Office's own, else the fallback (ISO/IEC 29500-3).
    """
    fallback = None
    for option in element:
        if option.tag == MC + "Choice":
            prefixes = (option.get("Requires") or "").split()
            if all(str(option.nsmap.get(p, "")).startswith(_UNDERSTOOD) for p in prefixes):
                return option
        elif option.tag == MC + "Fallback":
            fallback = option
    return fallback


def children(element: Element) -> Iterator[Element]:
    """Child elements, those of an AlternateContent's branch in its place."""
    for part in element:
        if part.tag == MC + "AlternateContent":
            chosen = branch(part)
            if chosen is not None:
                yield from children(chosen)
        else:
            yield part


def descend(element: Element, wanted: str, into: Iterable[str]) -> Iterator[Element]:
    """Elements named `wanted` under `element`, through wrappers but not through any of `into`."""
    closed = frozenset(into)
    for part in children(element):
        if part.tag == wanted:
            yield part
        elif part.tag not in closed:
            yield from descend(part, wanted, closed)
