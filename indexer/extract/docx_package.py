"""The parts of a Word package that hold text, as XML roots.

`python-docx` opens the package, of which it is given only the parts with text: it would read
pictures and embedded files too, and take for fatal what Word passes over, such as a picture
that is not there. Relationships of strict Office Open XML (ISO/IEC 29500-1) are renamed for it.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE as TYPES
from docx.opc.part import Part, XmlPart
from docx.oxml.parser import parse_xml
from docx.package import Package

from indexer.extract.docx_text import Element, attribute, local

MAX_UNPACKED = 1 << 30
"""Bytes that a package may unpack to; more is a bomb, or pictures without end."""

_STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = frozenset({TYPES.OFFICE_DOCUMENT})
_TEXT_PARTS = frozenset(
    {TYPES.FOOTNOTES, TYPES.ENDNOTES, TYPES.STYLES, TYPES.NUMBERING, TYPES.HEADER, TYPES.FOOTER}
)
_TYPES_OF_ALL = "[Content_Types].xml"
_RELS_OF_ALL = "_rels/.rels"
_HEAD = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_NO_RELATIONS = f"{_HEAD}</Relationships>".encode()


@dataclass(frozen=True, slots=True)
class Parts:
    """XML roots; `notes` are keyed by (footnote | endnote, id)."""

    document: Element
    margins: tuple[Element, ...]
    """Headers and footers."""
    notes: Mapping[tuple[str, str], Element]
    styles: Element | None
    numbering: Element | None


class TooLargeError(Exception):
    """A package that unpacks to more than `MAX_UNPACKED` bytes."""


def open_parts(data: bytes) -> Parts:
    """The parts of a package. Raises TooLargeError, and what zipfile and python-docx raise."""
    main = Package.open(BytesIO(essential(data))).main_document_part
    related = {relation.reltype: relation for relation in main.rels.values()}

    def root(kind: str) -> Element | None:
        relation = related.get(kind)
        return None if relation is None else _root(relation.target_part)

    return Parts(
        document=_root(main),
        margins=tuple(
            _root(relation.target_part)
            for relation in main.rels.values()
            if relation.reltype in (TYPES.HEADER, TYPES.FOOTER)
        ),
        notes=dict(
            entry
            for name, kind in (("footnote", TYPES.FOOTNOTES), ("endnote", TYPES.ENDNOTES))
            for entry in _notes(name, root(kind))
        ),
        styles=root(TYPES.STYLES),
        numbering=root(TYPES.NUMBERING),
    )


def _root(part: Part) -> Element:
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def _notes(name: str, root: Element | None) -> Iterator[tuple[tuple[str, str], Element]]:
    for note in () if root is None else root:
        # Notes with a type are the lines drawn between text and notes.
        if local(note) == name and attribute(note, "type") in (None, "normal"):
            yield (name, attribute(note, "id") or ""), note


def essential(data: bytes) -> bytes:
    """The package reduced to its text: the main part, and the parts that `Parts` names."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED:
            raise TooLargeError
        names = frozenset(package.namelist())
        top = _kept(package, names, _RELS_OF_ALL, _MAIN)
        main = next(iter(top.targets))
        below = _kept(package, names, _rels_of(main), _TEXT_PARTS)
        copy = BytesIO()
        with zipfile.ZipFile(copy, "w") as target:
            target.writestr(_TYPES_OF_ALL, package.read(_TYPES_OF_ALL))
            for kept in (top, below):
                target.writestr(kept.name, kept.xml)
                for name in kept.targets:
                    target.writestr(name, package.read(name))
    return copy.getvalue()


@dataclass(frozen=True, slots=True)
class _Relations:
    """A part of relationships, those that lead to text only, and what they lead to."""

    name: str
    xml: str
    targets: frozenset[str]


def _kept(
    package: zipfile.ZipFile, names: frozenset[str], name: str, kinds: frozenset[str]
) -> _Relations:
    folder = posixpath.dirname(posixpath.dirname(name))
    xml = package.read(name).replace(_STRICT, _TRANSITIONAL) if name in names else _NO_RELATIONS
    entries, targets = "", set()
    for relation in parse_xml(xml):
        kind, target = attribute(relation, "Type"), _target(relation, folder)
        if kind in kinds and target in names:
            targets.add(target)
            entries += (
                f"<Relationship Id={quoteattr(attribute(relation, 'Id') or '')}"
                f" Type={quoteattr(kind)} Target={quoteattr('/' + target)}/>"
            )
    return _Relations(name, f"{_HEAD}{entries}</Relationships>", frozenset(targets))


def _target(relation: Element, folder: str) -> str:
    if attribute(relation, "TargetMode") == "External":
        return ""
    target = attribute(relation, "Target") or ""
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(path)


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
