"""The parts of a Word package that hold text, as XML roots.

`python-docx` opens the package, of which it is given only the parts with text: it would read
pictures and embedded files too, and take for fatal what Word passes over, such as a picture
that is not there. What is unpacked is measured first, by what the package says of its parts:
no more than that is read of any.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE as TYPES
from docx.opc.part import Part
from docx.package import Package

from indexer.extract.docx.xml import Element, W, XmlError, parse, value
from indexer.extract.packages import opened

MOST_TEXT = 48 << 20
"""Bytes of XML read of a package: 5 million characters. As a tree they take ten times as much."""
MOST_PARTS = 2_000
"""Parts with text: a report of 300 sections has 1,800 headers and footers."""

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/officeDocument/relationships")
_TRANSITIONAL = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DIAGRAM = TYPES.DIAGRAM_DATA
_CHUNK = TYPES.A_F_CHUNK
_MAIN = frozenset({TYPES.OFFICE_DOCUMENT})
_TEXT_PARTS = frozenset(
    (
        *(TYPES.FOOTNOTES, TYPES.ENDNOTES, TYPES.STYLES, TYPES.NUMBERING),
        *(TYPES.HEADER, TYPES.FOOTER, TYPES.CHART, _DIAGRAM, _CHUNK),
    )
)
_MAIN_NAME = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_TYPES_OF_ALL = "[Content_Types].xml"
_TYPES_XML = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{}</Types>'
)
_HEAD = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


class PackageError(Exception):
    """A package that cannot be read; `str()` says why, in Chinese."""


class PackageLimitError(PackageError):
    """A package with more in it than is read."""


@dataclass(frozen=True, slots=True)
class Parts:
    """XML roots; `notes` are keyed by (footnote | endnote, id), `figures` and `chunks` by the
    relationship that names them. `unread` says in Chinese which parts were damaged.
    """

    document: Element
    margins: tuple[Element, ...] = ()
    """Headers and footers."""
    notes: Mapping[tuple[str, str], Element] = field(default_factory=dict)
    note_roots: tuple[Element, ...] = ()
    styles: Element | None = None
    numbering: Element | None = None
    figures: Mapping[str, Element] = field(default_factory=dict)
    """Charts, and the data of diagrams."""
    chunks: Mapping[str, bytes] = field(default_factory=dict)
    """Whole documents put into this one (`altChunk`), in whatever format."""
    unread: tuple[str, ...] = ()


def open_parts(path: Path, data: bytes) -> Parts:
    """The parts of the package at `path`.

    Raises PackageError, XmlError for a text that is none, and what `packages.opened` raises.
    """
    main = Package.open(BytesIO(_essential(path, data))).main_document_part
    document = _document(main)
    roots: dict[str, Element] = {}
    kinds: dict[str, list[Element]] = {}
    figures: dict[str, Element] = {}
    chunks: dict[str, bytes] = {}
    unread: dict[str, None] = {}
    for key, relation in main.rels.items():
        name, kind = str(relation.target_part.partname), relation.reltype
        if kind == _CHUNK:
            chunks[key] = relation.target_part.blob
            continue
        if name not in roots:
            try:
                roots[name] = parse(relation.target_part.blob)
            except XmlError as error:
                unread[f"部件 {name.lstrip('/')} 损坏（{error}），其内容没有读取。"] = None
                continue
            kinds.setdefault(kind, []).append(roots[name])
        if kind in (TYPES.CHART, _DIAGRAM):
            figures[key] = roots[name]
    notes = {"footnote": kinds.get(TYPES.FOOTNOTES, []), "endnote": kinds.get(TYPES.ENDNOTES, [])}
    return Parts(
        document=document,
        margins=(*kinds.get(TYPES.HEADER, ()), *kinds.get(TYPES.FOOTER, ())),
        notes={
            key: note
            for name, found in notes.items()
            for root in found
            for key, note in _notes(name, root)
        },
        note_roots=tuple(root for found in notes.values() for root in found),
        styles=next(iter(kinds.get(TYPES.STYLES, ())), None),
        numbering=next(iter(kinds.get(TYPES.NUMBERING, ())), None),
        figures=figures,
        chunks=chunks,
        unread=tuple(unread),
    )


def _document(main: Part) -> Element:
    try:
        root = parse(main.blob)
    except XmlError as error:
        raise type(error)(f"正文部件 {main.partname.lstrip('/')} {error}") from error
    if root.tag != W + "document":
        raise PackageError(f"正文部件 {main.partname.lstrip('/')} 不是 Word 正文")
    return root


def _notes(name: str, root: Element) -> Iterator[tuple[tuple[str, str], Element]]:
    for note in root.iterfind(W + name):
        # Notes with a type are the lines drawn between text and notes.
        if value(note, "type") in (None, "normal"):
            yield (name, value(note, "id") or ""), note


def _essential(path: Path, data: bytes) -> bytes:
    """The package reduced to its text: the main part, and the parts that `Parts` names."""
    try:
        with opened(path, data) as package:
            return _Reduction(package).copy()
    except zipfile.BadZipFile as error:
        raise PackageError(f"压缩数据与目录不符（{error}）") from error
    except (zlib.error, EOFError) as error:
        raise PackageError("压缩数据损坏，文件可能没有下载完整") from error
    except NotImplementedError as error:  # zipfile, of a way of packing that it does not know
        raise PackageError("压缩方式不是 Word 所用的") from error


@dataclass(frozen=True, slots=True)
class _Relation:
    key: str
    kind: str
    target: str


class _Reduction:
    """Copies what is needed of a package, measuring it before it is unpacked."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        # Names of parts are compared without case (ISO/IEC 29500-2, 6.2.2.3); some programs of
        # Chinese offices write them with backslashes.
        self._entries = {
            entry.filename.replace("\\", "/").lower(): entry for entry in package.infolist()
        }
        self._left = MOST_TEXT

    def copy(self) -> bytes:
        main = self._main()
        relations = [r for r in self._relations(_rels_of(main)) if r.kind in _TEXT_PARTS]
        names = list(dict.fromkeys((main, *(relation.target for relation in relations))))
        if len(names) > MOST_PARTS:
            raise PackageLimitError(f"有文字的部件有 {len(names)} 个，超过 {MOST_PARTS} 个")
        types = "".join(
            f"<Override PartName={quoteattr('/' + name)} ContentType='application/octet-stream'/>"
            for name in names
        )
        top = _Relation("rId1", TYPES.OFFICE_DOCUMENT, main)
        result = BytesIO()
        with zipfile.ZipFile(result, "w") as target:
            target.writestr(_TYPES_OF_ALL, _TYPES_XML.format(types))
            target.writestr("_rels/.rels", _written([top]))
            target.writestr(_rels_of(main), _written(relations))
            for name in names:
                target.writestr(name, self._read(name))
        return result.getvalue()

    def _main(self) -> str:
        try:
            named = [r.target for r in self._relations("_rels/.rels") if r.kind in _MAIN]
        except XmlError:
            named = []
        usual = [name for name in self._entries if _MAIN_NAME.fullmatch(name)]
        found = next(iter((*named, *sorted(usual))), None)
        if found is None:
            raise PackageError("里面没有正文部件")
        return found

    def _relations(self, name: str) -> list[_Relation]:
        """Relationships to parts that are there."""
        if name.lower() not in self._entries:
            return []
        folder = posixpath.dirname(posixpath.dirname(name))
        root = parse(_STRICT.sub(_TRANSITIONAL, self._read(name)))
        found = []
        for number, element in enumerate(root):
            target = self._target(element, folder)
            if target:
                key = element.get("Id") or f"none{number}"
                found.append(_Relation(key, element.get("Type") or "", target))
        return found

    def _target(self, relation: Element, folder: str) -> str:
        """The name of the part that a relationship leads to; empty where there is none."""
        if relation.get("TargetMode") == "External":
            return ""
        target = (relation.get("Target") or "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        path = posixpath.normpath(path).lower()
        return next((name for name in (path, unquote(path)) if name in self._entries), "")

    def _read(self, name: str) -> bytes:
        entry = self._entries[name.lower()]
        self._left -= entry.file_size
        if self._left < 0:
            raise PackageLimitError(f"文字部件解压后超过 {MOST_TEXT >> 20} MB")
        return self._package.read(entry)


def _written(relations: list[_Relation]) -> str:
    """Relationships as XML; each id once, as python-docx takes them."""
    unique = {relation.key: relation for relation in relations}
    lines = "".join(
        f"<Relationship Id={quoteattr(r.key)} Type={quoteattr(r.kind)}"
        f" Target={quoteattr('/' + r.target)}/>"
        for r in unique.values()
    )
    return f"{_HEAD}{lines}</Relationships>"


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
