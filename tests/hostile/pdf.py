"""PDF files made to break their reader."""

from __future__ import annotations

import zlib
from collections.abc import Callable

FILES: dict[str, Callable[[], bytes]] = {}
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 5 0 R/Contents 4 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_HELVETICA = b"<</Font<</F <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
_HELLO = b"BT /F 12 Tf 72 700 Td (Hello) Tj ET"
MANY = 1_000_000


def _file(make: Callable[[], bytes]) -> Callable[[], bytes]:
    FILES[make.__name__.strip("_")] = make
    return make


def _pdf(objects: dict[int, bytes], *, trailer: bytes = b"", start: int | None = None) -> bytes:
    """A file of objects under their numbers; 1 is the catalogue. `start` replaces startxref."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    last = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % last
    for number in range(1, last):
        place = places.get(number)
        out += b"0000000000 00000 f \n" if place is None else b"%010d 00000 n \n" % place
    out += b"trailer <</Size %d/Root 1 0 R%s>>\n" % (last, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % (table if start is None else start))


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def _flate(data: bytes, entries: bytes = b"") -> bytes:
    return _stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + entries)


def _page(content: bytes = _stream(_HELLO), resources: bytes = _HELVETICA, **more: bytes) -> bytes:
    """A file of one page; `more` objects are named o6, o7 and so on."""
    objects = {1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: content, 5: resources}
    return _pdf(objects | {int(name[1:]): body for name, body in more.items()})


def _cid_font(entries: bytes = b"", widths: bytes = b"") -> bytes:
    return (
        b"<</Font<</F <</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>%s>>]%s>>>>>>"
        % (widths, entries)
    )


@_file
def length_is_the_stream_itself():
    content = b"<</Length 4 0 R>>\nstream\n%s\nendstream" % _HELLO
    return _page(content)


@_file
def table_before_is_itself():
    whole = _page()
    table = whole.rindex(b"xref\n0")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % table)


@_file
def table_is_beyond_the_end():
    return _pdf({1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: _stream(_HELLO), 5: _HELVETICA}, start=10**12)


@_file
def forms_within_forms_ten_to_the_twelfth():
    levels = 12
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>"
    more = {
        f"o{6 + n}": _stream(b"/X Do " * 10 if n < levels else b"", form % (7 + n))
        for n in range(levels + 1)
    }
    return _page(_stream(b"/X Do"), b"<</XObject<</X 6 0 R>>>>", **more)


@_file
def form_draws_itself():
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>"
    return _page(_stream(b"/X Do"), b"<</XObject<</X 6 0 R>>>>", o6=_stream(b"/X Do /X Do", form))


@_file
def page_tree_is_a_loop():
    return _pdf({1: _CATALOG, 2: b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>", 3: _PAGE})


@_file
def page_tree_of_a_thousand_million():
    levels = 9
    objects = {1: _CATALOG}
    for n in range(levels):
        kids = b"%d 0 R " % (n + 3) * 10
        objects[n + 2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (10 ** (levels - n), kids)
    return _pdf(objects | {levels + 2: b"<</Type/Page/MediaBox[0 0 9 9]>>"})


@_file
def one_page_counted_two_thousand_million():
    pages = _PAGES.replace(b"/Count 1", b"/Count 2000000000")
    return _pdf({1: _CATALOG, 2: pages, 3: _PAGE, 4: _stream(_HELLO), 5: _HELVETICA})


@_file
def twenty_thousand_pages():
    kids = b"3 0 R " * 20_000
    pages = b"<</Type/Pages/Kids[%s]/Count 20000>>" % kids
    return _pdf({1: _CATALOG, 2: pages, 3: _PAGE, 4: _stream(_HELLO), 5: _HELVETICA})


@_file
def page_of_a_gigabyte_packed():
    packer = zlib.compressobj(9)
    blank = b" " * (1 << 20)
    data = b"".join(packer.compress(blank) for _ in range(1 << 10)) + packer.flush()
    return _page(_stream(data, b"/Filter/FlateDecode"))


@_file
def page_of_a_gigabyte_packed_twice():
    once = zlib.compress(b" " * (1 << 30), 9)
    return _page(_stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]"))


@_file
def page_behind_a_thousand_filters():
    return _page(_stream(_HELLO, b"/Filter[%s]" % (b"/ASCIIHexDecode" * 1000)))


@_file
def predictor_of_a_thousand_million_columns():
    parameters = b"/DecodeParms<</Predictor 15/Colors 4/BitsPerComponent 16/Columns 1000000000>>"
    return _page(_flate(_HELLO, parameters))


@_file
def five_million_characters():
    line = b"(%s) Tj 0 -1 Td " % (b"A" * 1000)
    return _page(_flate(b"BT /F 1 Tf 0 842 Td " + line * 5000 + b"ET"))


@_file
def five_million_characters_one_by_one():
    return _page(_flate(b"BT /F 1 Tf " + b"1 0 Td (A) Tj " * (5 * MANY) + b"ET"))


@_file
def widths_up_to_a_thousand_million():
    content = _stream(b"BT /F 12 Tf 72 700 Td <4E00> Tj ET")
    return _page(content, _cid_font(widths=b"/W[0 1000000000 500]"))


@_file
def widths_of_two_million_characters():
    widths = b"/W[0[%s]]" % (b"500 " * (2 * MANY))
    return _page(_stream(b"BT /F 12 Tf 72 700 Td <4E00> Tj ET"), _cid_font(widths=widths))


@_file
def characters_mapped_by_a_range_without_end():
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
        b"endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <4E00> endbfrange endcmap end"
    )
    font = _cid_font(b"/ToUnicode 6 0 R")
    return _page(_stream(b"BT /F 12 Tf 72 700 Td <4E00> Tj ET"), font, o6=_stream(cmap))


@_file
def grid_of_24_000_cells():
    across, down = 120, 200
    lines = [b"%f 0 m %f 842 l S" % (x * 4.9, x * 4.9) for x in range(across + 1)]
    lines += [b"0 %f m 595 %f l S" % (y * 4.2, y * 4.2) for y in range(down + 1)]
    cells = [
        b"BT /F 2 Tf %f %f Td (%d) Tj ET" % (x * 4.9 + 1, y * 4.2 + 1, x + y)
        for x in range(across)
        for y in range(down)
    ]
    return _page(_flate(b"\n".join(lines + cells)))


@_file
def million_lines():
    lines = (b"%d %d m %d %d l S" % (n % 595, n % 842, n % 97, n % 89) for n in range(MANY))
    return _page(_flate(b"\n".join(lines)))


@_file
def million_states_saved():
    return _page(_flate(b"q " * MANY + _HELLO))


@_file
def array_nested_a_hundred_thousand_deep():
    return _page(_stream(b"BT /F 12 Tf " + b"[" * 100_000 + b"(x)" + b"]" * 100_000 + b" TJ ET"))


@_file
def dictionary_nested_a_hundred_thousand_deep():
    deep = b"<</A " * 100_000 + b"0" + b">>" * 100_000
    return _page(_stream(_HELLO), b"<</Font %s>>" % deep)


@_file
def references_in_a_circle():
    return _page(b"6 0 R", o6=b"7 0 R", o7=b"6 0 R")


@_file
def glyph_that_writes_itself():
    font = (
        b"<</Font<</F 6 0 R>>>>",
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 65"
        b"/LastChar 65/Widths[1]/Encoding<</Differences[65/A]>>/CharProcs<</A 7 0 R>>"
        b"/Resources<</Font<</F 6 0 R>>>>>>",
        _stream(b"1 0 d0 BT /F 1 Tf (AA) Tj ET"),
    )
    return _page(_stream(b"BT /F 12 Tf 72 700 Td (AA) Tj ET"), font[0], o6=font[1], o7=font[2])


@_file
def pattern_painted_with_itself():
    pattern = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001"
    within = b"/Resources<</Pattern<</P 6 0 R>>>>"
    paint = b"/Pattern cs /P scn 0 0 595 842 re f"
    return _page(_stream(paint), b"<</Pattern<</P 6 0 R>>>>", o6=_stream(paint, pattern + within))


@_file
def page_as_wide_as_the_earth():
    page = _PAGE.replace(b"[0 0 595 842]", b"[-1e30 -1e30 1e30 1e30]")
    objects = {1: _CATALOG, 2: _PAGES, 3: page, 4: _stream(_HELLO), 5: _HELVETICA}
    return _pdf(objects)


@_file
def cipher_that_does_not_exist():
    objects = {1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: _stream(_HELLO), 5: _HELVETICA}
    cipher = b"/Encrypt<</Filter/Standard/V 99/R 99/Length -1/O()/U()/P -1>>/ID[()()]"
    return _pdf(objects, trailer=cipher)


@_file
def picture_in_the_page_without_end():
    head = b"BI /W 100000 /H 100000 /BPC 8 /CS /RGB ID "
    return _page(_flate(head + bytes(range(256)) * 40_000))
