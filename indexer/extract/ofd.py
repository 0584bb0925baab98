"""OFD, the national format of fixed pages (GB/T 33190-2016), -> what is drawn on each page.

A ZIP package of XML: OFD.xml names documents, each of which names pages and templates under them.
Text stands there as Unicode with the place of every character, so that a page is read as one of a
PDF is. LibreOffice does not read OFD. Lengths are in millimetres; clauses are the standard's.
"""

from __future__ import annotations

import posixpath
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from math import atan2, degrees, hypot
from pathlib import Path

from indexer.errors import DamagedError
from indexer.extract.docx.xml import Element, XmlError, parse
from indexer.extract.layout.pages import laid_out
from indexer.extract.layout.values import Glyph, PageContent, Rule
from indexer.extract.limits import check_pages
from indexer.extract.pdf.status import Box, large_picture, page_status
from indexer.report import Extraction, Format, PageStatus

Matrix = tuple[float, float, float, float, float, float]

_POINT = 72 / 25.4
_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
_ABOVE = 0.88
"""The share of a character's height that stands above its base line, in Chinese fonts."""
_WIDEST = 1.5
_STRAIGHT = 0.2  # millimetres by which a straight line may lean
_POINTS = {"S": 1, "M": 1, "L": 1, "Q": 2, "B": 3, "C": 0}
"""Operators of a path (9.1, table 37) and how many points they take; A is a circle's arc."""
_ARC = 7
_DRAWN_TEXT = 200
"""Shapes with curves on a page without text: its characters were turned into drawings."""
_DRAWN_TEXT = 200
"""Shapes with curves on a page without text: its characters were turned into drawings."""
_DRAWN = frozenset({"TextObject", "PathObject", "ImageObject"})
_DEPTH = 4
_MOST = 200_000
"""Objects read of a page, and how deep composite objects may hold others: they can be a bomb."""
_A4 = (0.0, 0.0, 210.0, 297.0)


def read(path: Path, data: bytes) -> Extraction:
    """The blocks of an OFD, with the state of every page.

    Raises DamagedError, NoTextError, and TooLargeError for too many pages.
    """
    return laid_out(path, read_contents(path, data), Format.OFD)


def read_contents(path: Path, data: bytes) -> Iterator[PageContent | None]:
    """Each page's content, in order; None for one that is damaged. Raises DamagedError."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        try:
            pages = list(_pages(package))
        except _BROKEN as error:
            raise DamagedError(path, f"OFD 文件损坏（{error}）。请重新下载。") from error
        if not pages:
            raise DamagedError(path, "OFD 文件里没有页。请重新下载，或用阅读器另存为 PDF。")
        check_pages(path, len(pages))
        for number, (name, document) in enumerate(pages, 1):
            try:
                yield _content(package, number, name, document)
            except _BROKEN:
                yield None


_BROKEN = (XmlError, KeyError, ValueError, IndexError, zipfile.BadZipFile, zlib.error, EOFError)


@dataclass(frozen=True, slots=True)
class _Document:
    """What its pages share: the paper (left, top, width, height), and by their numbers templates
    and composite units."""

    box: Box
    templates: Mapping[str, Element]
    units: Mapping[str, Element]


def _pages(package: zipfile.ZipFile) -> Iterator[tuple[str, _Document]]:
    """The name of each page's file, and what it shares with others."""
    for root in _all(_xml(package, "OFD.xml"), "DocRoot"):
        name = _resolved("OFD.xml", root.text)
        document = _xml(package, name)
        templates = {
            template.get("ID"): _xml(package, _resolved(name, template.get("BaseLoc")))
            for template in _all(document, "TemplatePage")
        }
        resources = [
            _xml(package, _resolved(name, one.text))
            for kind in ("PublicRes", "DocumentRes")
            for one in _all(document, kind)
        ]
        units = {
            unit.get("ID"): unit
            for resource in resources
            for unit in _all(resource, "CompositeGraphicUnit")
        }
        shared = _Document(_box(document) or _A4, templates, units)
        for page in _all(document, "Page"):
            yield _resolved(name, page.get("BaseLoc")), shared


def _content(package: zipfile.ZipFile, number: int, name: str, document: _Document) -> PageContent:
    page = _xml(package, name)
    left, top, width, height = _box(page) or document.box
    layers = [page]
    for used in _all(page, "Template"):
        template = document.templates.get(used.get("TemplateID"))
        # What is under the page is drawn first (7.7, ZOrder: Background unless said otherwise).
        if template is not None:
            place = 0 if used.get("ZOrder") != "Foreground" else len(layers)
            layers.insert(place, template)
    paper = (_POINT, 0, 0, _POINT, -left * _POINT, -top * _POINT)
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    pictures: list[Box] = []
    outlines = 0
    for thing, move in islice(_things(layers, document.units, paper), _MOST):
        kind = _local(thing)
        if kind == "TextObject":
            glyphs += _glyphs(thing, move)
        elif kind == "PathObject":
            rules += _rules(thing, move)
            outlines += _is_curved(thing)
        else:
            x, y, wide, high = _numbers(thing.get("Boundary"), 4)
            pictures.append((*_moved(move, x, y), *_moved(move, x + wide, y + high)))
    size = (width * _POINT, height * _POINT)
    status = _status(glyphs, pictures, outlines, size)
    return PageContent(number, *size, tuple(glyphs), tuple(rules), status)


def _things(
    roots: Iterable[Element], units: Mapping[str, Element], move: Matrix, depth: int = 0
) -> Iterator[tuple[Element, Matrix]]:
    """Texts, paths and pictures, also of composite objects (13), in the order of drawing.

    With each comes the way from the space that its Boundary is given in to the page.
    """
    for thing in (thing for root in roots for thing in root.iter()):
        kind = _local(thing)
        if kind in _DRAWN:
            yield thing, move
        elif kind == "CompositeObject" and depth < _DEPTH:
            unit = units.get(thing.get("ResourceID"))
            if unit is not None:
                yield from _things([unit], units, _placed(thing, move), depth + 1)


def _status(
    glyphs: Sequence[Glyph], pictures: Sequence[Box], outlines: int, size: tuple[float, float]
) -> PageStatus:
    middles = [((one.x0 + one.x1) / 2, (one.top + one.bottom) / 2) for one in glyphs]
    return page_status(
        "".join(glyph.text for glyph in glyphs),
        "",
        pictures=bool(pictures) or outlines >= _DRAWN_TEXT,
        uncovered=bool(pictures) and large_picture(pictures, middles, size),
    )


def _glyphs(text: Element, parent: Matrix) -> Iterator[Glyph]:
    """The characters of a text object (11.3), each where its deltas put it."""
    size = float(text.get("Size") or 0)
    move = _placed(text, parent)
    x = y = 0.0
    for code in _all(text, "TextCode"):
        x, y = float(code.get("X") or x), float(code.get("Y") or y)
        across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        for char in code.text or "":
            dx, dy = next(across, 0.0), next(down, 0.0)
            wide = unicodedata.east_asian_width(char) in "WF"
            width = dx if not dy and 0 < dx <= _WIDEST * size else size * (1 if wide else 0.5)
            yield _glyph(char, (x, y), (width, size), move)
            x, y = x + dx, y + dy


def _glyph(
    char: str, place: tuple[float, float], extent: tuple[float, float], move: Matrix
) -> Glyph:
    (x, y), (width, size) = place, extent
    corners = [
        _moved(move, x + across, y + down)
        for across in (0, width)
        for down in (-_ABOVE * size, (1 - _ABOVE) * size)
    ]
    xs, ys = zip(*corners, strict=True)
    a, b, c, d, _, _ = move
    angle = round(degrees(atan2(b, a))) % 360
    return Glyph(char, min(xs), min(ys), max(xs), max(ys), size * hypot(c, d), angle)


def _deltas(value: str | None) -> Iterator[float]:
    """Distances between characters; "g 3 2.5" stands for 2.5 three times (11.3, table 46)."""
    words = iter((value or "").split())
    for word in words:
        if word == "g":
            times, distance = int(next(words, "0")), float(next(words, "0"))
            for _ in range(times):
                yield distance
        else:
            yield float(word)


def _rules(path: Element, parent: Matrix) -> Iterator[Rule]:
    """The straight sides of a path (9.1) that lie along the page."""
    move = _placed(path, parent)
    for data in _drawn(path):
        start = place = (0.0, 0.0)
        for operator, numbers in _operations(data.text or ""):
            end = (numbers[-2], numbers[-1]) if numbers else start
            if operator in "LC":
                (x0, y0), (x1, y1) = _moved(move, *place), _moved(move, *end)
                if min(abs(x1 - x0), abs(y1 - y0)) <= _STRAIGHT * _POINT:
                    yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            elif operator in "SM":
                start = end
            place = end


def _is_curved(path: Element) -> bool:
    return any("B" in (data.text or "") for data in _drawn(path))


def _drawn(path: Element) -> Iterator[Element]:
    """The data of a path itself: what clips it has data, too."""
    return (child for child in path if _local(child) == "AbbreviatedData")


def _operations(text: str) -> Iterator[tuple[str, list[float]]]:
    words = iter(text.split())
    for word in words:
        count = _ARC if word == "A" else 2 * _POINTS.get(word, 0)
        yield word, [float(next(words, "0")) for _ in range(count)]


def _placed(thing: Element, parent: Matrix) -> Matrix:
    """From the space of an object (8.5: its CTM, then its Boundary) to points on the page."""
    x, y, _, _ = _numbers(thing.get("Boundary"), 4)
    a, b, c, d, e, f = _numbers(thing.get("CTM"), 6) if thing.get("CTM") else _UNMOVED
    (e, f), (p, q, r, s, _, _) = _moved(parent, e + x, f + y), parent
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e, f


def _moved(by: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = by
    return a * x + c * y + e, b * x + d * y + f


def _box(root: Element) -> Box | None:
    """The paper's left, top, width and height (7.5), where they are given here."""
    box = next(iter(_all(root, "PhysicalBox")), None)
    if box is None:
        return None
    left, top, width, height = _numbers(box.text, 4)
    return (left, top, width, height) if width > 0 and height > 0 else None


def _numbers(text: str | None, count: int) -> list[float]:
    numbers = [float(word) for word in (text or "").split()]
    if len(numbers) != count:
        raise ValueError(f"{count} numbers expected")
    return numbers


def _all(root: Element, name: str) -> Iterator[Element]:
    """Elements by their local name: the namespace differs between versions of the standard."""
    return (element for element in root.iter() if _local(element) == name)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _xml(package: zipfile.ZipFile, name: str) -> Element:
    return parse(package.read(name))


def _resolved(base: str, location: str | None) -> str:
    """A location within the package, as given in the file `base` (ST_Loc, 7.3)."""
    joined = posixpath.join("/", posixpath.dirname(base), (location or "").strip())
    return posixpath.normpath(joined).lstrip("/")
