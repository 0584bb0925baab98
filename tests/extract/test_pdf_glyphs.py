"""What is drawn on a page: every character once, upright, at its place and in its size."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.extract.pdf.document import read_contents

CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
TREE = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


@pytest.fixture
def raw_file(tmp_path):
    """A function that makes a PDF of one page from its contents, fonts and further objects.

    The objects are numbered from 5.
    """

    def make(contents, fonts, *objects, page=""):
        stream = contents.encode("latin-1") if isinstance(contents, str) else contents
        bodies = [
            CATALOGUE.encode(),
            TREE.encode(),
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R {page}"
            f" /Resources << /Font << {fonts} >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            *(body.encode() for body in objects),
        ]
        data, places = b"%PDF-1.7\n", []
        for number, body in enumerate(bodies, 1):
            places.append(len(data))
            data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        data += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n" % (len(bodies) + 1, table)
        data += b"<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (
            len(bodies) + 1,
            data.rindex(b"xref"),
        )
        path = tmp_path / "raw.pdf"
        path.write_bytes(data)
        return path

    return make


def contents(path):
    (content,) = read_contents(path, path.read_bytes())
    return content


def said(path):
    return "".join(glyph.text for glyph in contents(path).glyphs)


HELVETICA = "/F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
GBK = (
    "/F << /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H"
    " /DescendantFonts [5 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
    " /FontDescriptor 6 0 R >>",
    "<< /Type /FontDescriptor /FontName /SimSun /Flags 6 /FontBBox [0 -141 1000 859]"
    " /ItalicAngle 0 /Ascent 859 /Descent -141 /StemV 80 /CapHeight 700 >>",
)


def test_a_font_that_is_not_in_the_file_is_read_by_its_encoding(raw_file):
    text = "关于印发《法治政府建设实施纲要》的通知".encode("gbk").hex()
    path = raw_file(f"BT /F 16 Tf 72 700 Td <{text}> Tj ET", *GBK)
    assert said(path) == "关于印发《法治政府建设实施纲要》的通知"


@pytest.mark.parametrize("character", ["甲", "1", "。"])
def test_a_character_alone_in_such_a_font_is_read(raw_file, character):
    code = character.encode("gbk").hex()
    path = raw_file(f"BT /F 16 Tf 72 700 Td <{code}> Tj ET", *GBK)
    assert said(path) == character


def test_places_are_those_of_the_page_as_it_is_read(raw_file):
    path = raw_file("BT /F 20 Tf 100 700 Td (M) Tj ET", HELVETICA)
    (glyph,) = contents(path).glyphs
    assert (glyph.x0, glyph.size, glyph.angle) == (pytest.approx(100), 20, 0)
    # The base line is 100 points below the upper edge, and most of the box above it.
    assert glyph.top < 100 < glyph.bottom
    assert glyph.bottom - glyph.top == pytest.approx(20)


@pytest.mark.parametrize(
    ("turn", "matrix", "x", "top"),
    [
        # The lower left corner of the paper becomes the upper left one of the page, and so on.
        (90, "0 1 -1 0 100 50", 50, 100),
        (180, "-1 0 0 -1 500 100", 100, 100),
        (270, "0 -1 1 0 500 700", 100, 100),
    ],
)
def test_a_turned_page_is_set_upright(raw_file, turn, matrix, x, top):
    path = raw_file(f"BT /F 20 Tf {matrix} Tm (AB) Tj ET", HELVETICA, page=f"/Rotate {turn}")
    content = contents(path)
    assert (content.width, content.height) == ((800, 600) if turn != 180 else (600, 800))
    first, second = content.glyphs
    assert (first.text, first.angle, second.angle) == ("A", 0, 0)
    assert first.x0 == pytest.approx(x, abs=1)
    assert first.top < top < first.bottom
    assert second.x0 > first.x0


@pytest.mark.parametrize(
    ("matrix", "angle"), [("0 1 -1 0", 270), ("0 -1 1 0", 90), ("-1 0 0 -1", 180)]
)
def test_text_that_runs_another_way_says_so(raw_file, matrix, angle):
    path = raw_file(f"BT /F 20 Tf {matrix} 300 400 Tm (A) Tj ET", HELVETICA)
    (glyph,) = contents(path).glyphs
    assert (glyph.angle, glyph.size) == (angle, 20)


def test_the_size_of_type_is_the_one_printed(raw_file):
    path = raw_file("q .5 0 0 .5 0 0 cm BT /F 2 Tf 16 0 0 16 72 700 Tm (M) Tj ET Q", HELVETICA)
    (glyph,) = contents(path).glyphs
    assert glyph.size == pytest.approx(16)


def test_only_the_visible_part_of_a_page_is_read(raw_file):
    drawn = "BT /F 10 Tf 50 50 Td (x) Tj 100 100 Td (y) Tj ET"
    path = raw_file(drawn, HELVETICA, page="/CropBox [100 100 300 300]")
    content = contents(path)
    assert [glyph.text for glyph in content.glyphs] == ["y"]
    assert content.glyphs[0].x0 == pytest.approx(50)
    assert (content.width, content.height) == (200, 200)


def test_bold_type_faked_by_printing_twice_is_read_once(raw_file):
    whole = "BT /F 16 Tf 72 700 Td (Report) Tj .4 0 Td (Report) Tj ET"
    single = "".join(
        f"BT /F 16 Tf {72 + 14 * n + shift} 600 Td ({letter}) Tj ET "
        for n, letter in enumerate("Tifa")
        for shift in (0, 0.3, 0.6)
    )
    assert said(raw_file(whole + " " + single, HELVETICA)) == "ReportTifa"


def test_repeated_characters_are_not_taken_for_bold(raw_file):
    assert (
        said(raw_file("BT /F 16 Tf 72 700 Td (1111 llll ....) Tj ET", HELVETICA))
        == "1111 llll ...."
    )


def test_blanks_that_pdfium_makes_up_are_left_out(raw_file):
    path = raw_file("BT /F 16 Tf 72 700 Td (A) Tj 60 0 Td (B) Tj 0 -30 Td (C) Tj ET", HELVETICA)
    assert said(path) == "ABC"


def test_a_shape_that_stands_for_two_characters_says_both(raw_file):
    font = (
        "/F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>",
        "<< /Length 120 >>\nstream\n1 begincodespacerange <00> <ff> endcodespacerange\n"
        "1 beginbfchar <4d> <20142014> endbfchar\n" + " " * 50 + "\nendstream",
    )
    glyphs = contents(raw_file("BT /F 20 Tf 72 700 Td (M) Tj ET", *font)).glyphs
    assert [glyph.text for glyph in glyphs] == ["—", "—"]
    assert glyphs[0].x1 == pytest.approx(glyphs[1].x0)


def test_ideographs_beyond_the_basic_plane_are_whole(raw_file):
    font = (
        "/F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>",
        "<< /Length 120 >>\nstream\n1 begincodespacerange <00> <ff> endcodespacerange\n"
        "1 beginbfchar <4d> <d842dfb7> endbfchar\n" + " " * 50 + "\nendstream",
    )
    assert said(raw_file("BT /F 20 Tf 72 700 Td (MNM) Tj ET", *font)) == "𠮷N𠮷"


def test_what_was_filled_into_a_form_is_read(tmp_path):
    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawString(72, 750, "Name:")
    canvas.acroForm.textfield(name="n", value="Beiguan 2025", x=120, y=740, width=200, height=24)
    canvas.save()
    assert said(path) == "Name:Beiguan 2025"


def test_no_character_of_a_typeset_report_is_lost(corpus):
    from tests.benchmarks.pdf_reading import lost

    for name in ("gov", "rlcid", "wzcol", "tex"):
        missing, count = lost(corpus / "typeset" / f"{name}.pdf")
        assert missing <= 0.001 * count
