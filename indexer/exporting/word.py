"""Entries as a DOCX: its parts are written one after the other, none is ever whole in memory.

Links are fields (HYPERLINK), which need no table of relations known beforehand. The parts are
those that ECMA-376 asks of the smallest document with styles (part 1, 11.3.10 and 11.3.12).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from indexer.citing import readable
from indexer.exporting.documents import Heading
from indexer.exporting.entries import Entry
from indexer.results import Passage

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_CONTENT_TYPES = (
    f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/></Types>'
)
_RELATIONS = (
    f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_OF_DOCUMENT = (
    f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
# A4, 2.54 cm all round; sizes below in half points, distances in twentieths of a point.
_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"'
    ' w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)


def _style(identity: str, name: str, paragraph: str, letters: str, based: bool = True) -> str:
    parent = '<w:basedOn w:val="Normal"/>' if based else ""
    default = "" if based else ' w:default="1"'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identity}"><w:name w:val="{name}"/>'
        f"{parent}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


_STYLES = (
    f'{_DECLARED}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"'
    ' w:cs="Times New Roman"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + _style(
        "Normal", "Normal", '<w:spacing w:after="80" w:line="320" w:lineRule="auto"/>', "", False
    )
    + _style(
        "Title",
        "Title",
        '<w:spacing w:after="120"/>',
        '<w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="32"/><w:szCs w:val="32"/>',
    )
    + _style(
        "Heading1",
        "heading 1",
        '<w:keepNext/><w:spacing w:before="320" w:after="80"/><w:outlineLvl w:val="0"/>',
        '<w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="24"/><w:szCs w:val="24"/>',
    )
    + _style(
        "Quote",
        "Quote",
        '<w:pBdr><w:left w:val="single" w:sz="12" w:space="10" w:color="A8281E"/></w:pBdr>'
        '<w:ind w:left="420"/>',
        '<w:rFonts w:eastAsia="楷体"/><w:sz w:val="22"/><w:szCs w:val="22"/>',
    )
    + _style("Citation", "Citation", "", '<w:color w:val="595959"/><w:sz w:val="18"/>')
    + "</w:styles>"
)


def docx_chunks(heading: Heading, entries: Iterable[Entry]) -> Iterator[bytes]:
    """The package, in pieces; it holds no time of writing, so the same entries give the same."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (
            ("[Content_Types].xml", _CONTENT_TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/_rels/document.xml.rels", _OF_DOCUMENT),
            ("word/styles.xml", _STYLES),
        ):
            package.writestr(_part(name), content)
        yield sink.taken()
        with package.open(_part("word/document.xml"), "w", force_zip64=True) as document:
            _write(document, f'{_DECLARED}<w:document xmlns:w="{_MAIN}"><w:body>')
            _write(document, "".join(_head(heading)))
            for number, entry in enumerate(entries, start=1):
                _write(document, "".join(_body(number, entry)))
                if len(sink) > _PIECE:
                    yield sink.taken()
            _write(document, f"{_SECTION}</w:body></w:document>")
    yield sink.taken()


_PIECE = 1 << 16
_MATCH = '<w:rPr><w:b/><w:color w:val="A8281E"/></w:rPr>'


class _Sink:
    """What a package is written to: it can only be appended to, and gives away what it has."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes, /) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is left open."""

    def __len__(self) -> int:
        return len(self._held)

    def taken(self) -> bytes:
        data = bytes(self._held)
        self._held.clear()
        return data


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _write(document: IO[bytes], text: str) -> None:
    document.write(text.encode())


def _head(heading: Heading) -> Iterator[str]:
    yield _paragraph("Title", _run(heading.title))
    for line in heading.lines:
        yield _paragraph("Normal", _run(line))
    if heading.link:
        yield _paragraph("Citation", _link(heading.link))


def _body(number: int, entry: Entry) -> Iterator[str]:
    yield _paragraph("Heading1", _run(f"{number}. {entry.cited.source.title}"))
    if entry.passages:
        for passage in entry.passages:
            yield from (_paragraph("Quote", line) for line in _marked(passage))
    else:
        yield from (_paragraph("Quote", _run(line)) for line in entry.cited.quote.splitlines())
    for line in (entry.lost, *entry.note.splitlines()):
        if line.strip():
            yield _paragraph("Normal", _run(line.strip()))
    link = entry.cited.link
    told = entry.reference or link
    before, found, after = told.rpartition(link) if link else (told, "", "")
    yield _paragraph("Citation", _run(before) + (_link(found) if found else "") + _run(after))


def _marked(passage: Passage) -> Iterator[str]:
    """A passage's paragraphs, its matches in bold."""
    text = passage.text
    bounds = [0, *(place for mark in passage.marks for place in mark), len(text)]
    line = ""
    for number, (start, end) in enumerate(pairwise(bounds)):
        first, *rest = text[start:end].split("\n")
        line += _run(first, bold=number % 2 == 1)
        for further in rest:
            yield line
            line = _run(further, bold=number % 2 == 1)
    yield line


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str, *, bold: bool = False) -> str:
    if not text:
        return ""
    letters = _MATCH if bold else ""
    return f'<w:r>{letters}<w:t xml:space="preserve">{escape(_printable(text))}</w:t></w:r>'


def _printable(text: str) -> str:
    """What XML can hold, blanks at either end kept."""
    shown = readable(text)
    lead = " " if text[:1].isspace() else ""
    return lead + shown + (" " if shown and text[-1:].isspace() else "")


def _link(address: str) -> str:
    instruction = quoteattr(f'HYPERLINK "{address}"')
    letters = '<w:rPr><w:color w:val="1D4F80"/><w:u w:val="single"/></w:rPr>'
    shown = f"<w:r>{letters}<w:t>{escape(address)}</w:t></w:r>"
    return f"<w:fldSimple w:instr={instruction}>{shown}</w:fldSimple>"
