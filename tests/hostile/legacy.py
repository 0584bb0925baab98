"""Older formats and false names made to break their reader; names with their suffixes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from tests.hostile.word import SECRET

FILES: dict[str, Callable[[], bytes]] = {}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _file(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def enter(make: Callable[[], bytes]) -> Callable[[], bytes]:
        FILES[name] = make
        return make

    return enter


@_file("braces_a_million_deep.rtf")
def _braces():
    return b"{\\rtf1 " + b"{" * 1_000_000 + b"x" + b"}" * 1_000_000 + b"}"


@_file("bytes_without_end.rtf")
def _binary():
    return b"{\\rtf1 {\\pict\\bin2147483647 x} \\ansi\\uc2147483647 \\u-1 text}"


@_file("links_to_the_disk.rtf")
def _links():
    field = b'{\\field{\\*\\fldinst INCLUDETEXT "%s"}{\\fldrslt x}}' % SECRET.encode()
    return b"{\\rtf1 text " + field + b"}"


@_file("sectors_in_a_circle.doc")
def _circle():
    header = _OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 0, 0, 0, 0) + struct.pack("<109I", *[0] * 109)
    table = struct.pack("<128I", *[0] * 128)
    return header + table + "WordDocument".encode("utf-16-le").ljust(512, b"\x00")


@_file("section_from_the_disk.odt")
def _section():
    kind = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{kind}:office:1.0" xmlns:text="{kind}:text:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
        '<text:p>hello</text:p><text:section text:name="s">'
        f'<text:section-source xlink:href="{SECRET}"/>'
        "<text:p>inside</text:p></text:section></office:text></office:body></office:document-content>"
    )
    return _odt(content)


@_file("text_of_half_a_gigabyte_packed.odt")
def _bomb():
    return _odt(" " * (1 << 29))


def _odt(content: str) -> bytes:
    out = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.text"
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = '<m:file-entry m:full-path="{}" m:media-type="{}"/>'
    listed = entry.format("/", kind) + entry.format("content.xml", "text/xml")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind, zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        manifest = f'<m:manifest xmlns:m="{namespace}">{listed}</m:manifest>'
        package.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()
