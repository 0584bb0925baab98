"""OFD: pages of text with the place of every character, read as those of a PDF are."""

from __future__ import annotations

import zipfile

import pytest

from indexer.errors import DamagedError, NoTextError, TooLargeError
from indexer.extract import extract, limits, ofd
from indexer.report import BlockKind, Format, PageStatus

MM = 72 / 25.4
RESOURCES = "<ofd:PublicRes>Res.xml</ofd:PublicRes>"


def text(words, x=20, y=20, size=5, deltas="g 40 5", **attributes):
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<ofd:TextObject Boundary="{x} {y} 170 10" Size="{size}"{more}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{deltas}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def page(*things, template=""):
    layer = f"<ofd:Layer>{''.join(things)}</ofd:Layer>"
    return f"<ofd:Page>{template}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


@pytest.fixture
def ofd_file(tmp_path):
    """A function that makes an OFD of pages; `common` and further files may be given."""

    def make(*pages, common="", **files):
        path = tmp_path / "报告.ofd"
        listed = "".join(f'<ofd:Page BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
        area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        document = (
            f"<ofd:Document><ofd:CommonData>{area}{common}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        )
        with zipfile.ZipFile(path, "w") as package:

            def write(name, xml):
                head, _, rest = xml.partition(">")
                space = ' xmlns:ofd="http://www.ofdspec.org/2016">'
                package.writestr(name, f"{head}{space}{rest}" if xml.startswith("<ofd") else xml)

            write(
                "OFD.xml",
                "<ofd:OFD><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            )
            write("D/Document.xml", document)
            for number, xml in enumerate(pages):
                write(f"D/Pages/{number}.xml", xml)
            for name, xml in files.items():
                write(f"D/{name}.xml", xml)
        return path

    return make


def contents(path):
    return list(ofd.read_contents(path, path.read_bytes()))


def test_lines_become_paragraphs_that_run_on_over_pages(ofd_file):
    lines = [
        "各位代表现在我代表市人民政府向大会报告工作请予审议并请市政协",
        "委员和列席人员提出意见。",
    ]
    first = page(
        text("政府工作报告", x=80, size=8, deltas="g 5 8"), text(lines[0], y=280, deltas="g 40 5.6")
    )
    found = extract(ofd_file(first, page(text(lines[1], deltas="g 40 5.6"))))
    assert found.format is Format.OFD
    assert [block.text for block in found.blocks] == ["政府工作报告", "".join(lines)]
    assert found.blocks[1].breaks == ((len(lines[0]), 2),)
    assert [page.status for page in found.pages] == [PageStatus.TEXT] * 2


def test_characters_stand_where_their_deltas_put_them(ofd_file):
    (content,) = contents(ofd_file(page(text("甲乙丙丁", deltas="4 g 2 6"))))
    assert [round(glyph.x0 / MM) for glyph in content.glyphs] == [20, 24, 30, 36]
    assert {glyph.size for glyph in content.glyphs} == {5 * MM}
    assert {glyph.angle for glyph in content.glyphs} == {0}


def test_objects_are_turned_and_enlarged_by_their_matrix(ofd_file):
    (content,) = contents(ofd_file(page(text("甲乙", CTM="0 2 -2 0 50 0", deltas="5"))))
    first, second = content.glyphs
    assert first.angle == 90
    assert first.size == pytest.approx(10 * MM)
    assert second.top - first.top == pytest.approx(10 * MM)


def test_templates_and_composite_objects_are_part_of_the_page(ofd_file):
    unit = (
        '<ofd:Res><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="9" Height="9">'
        f"<ofd:Content>{text('组合', x=0, y=0)}</ofd:Content></ofd:CompositeGraphicUnit>"
        "</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    used = '<ofd:CompositeObject ResourceID="7" Boundary="20 100 9 9" CTM="1 0 0 1 0 10"/>'
    path = ofd_file(
        page(text("正文"), used, template='<ofd:Template TemplateID="3"/>'),
        common='<ofd:TemplatePage ID="3" BaseLoc="Form.xml"/>' + RESOURCES,
        Form=page(text("表头")),
        Res=unit,
    )
    (content,) = contents(path)
    assert "".join(glyph.text for glyph in content.glyphs) == "表头正文组合"
    assert content.glyphs[-1].bottom == pytest.approx((100 + 10 + 5 + 0.6) * MM)


def test_a_composite_object_within_itself_ends(ofd_file):
    unit = (
        '<ofd:Res><ofd:CompositeGraphicUnit ID="7"><ofd:CompositeObject ResourceID="7"'
        f' Boundary="0 0 9 9"/>{text("字")}</ofd:CompositeGraphicUnit></ofd:Res>'
    )
    used = '<ofd:CompositeObject ResourceID="7" Boundary="0 0 9 9"/>'
    path = ofd_file(page(used), common=RESOURCES, Res=unit)
    (content,) = contents(path)
    assert 0 < len(content.glyphs) < 10


def test_ruled_lines_make_a_table(ofd_file):
    def line(data):
        data = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
        return f'<ofd:PathObject Boundary="20 20 80 20">{data}</ofd:PathObject>'

    rules = [line(f"M 0 {y} L 80 {y}") for y in (0, 10, 20)]
    rules += [line(f"M {x} 0 L {x} 20") for x in (0, 40, 80)]
    cells = [
        text(word, x=x, y=y)
        for word, x, y in (("地区", 22, 22), ("年份", 62, 22), ("安阳", 22, 32), ("2025", 62, 32))
    ]
    found = extract(ofd_file(page(*rules, *cells)))
    rows = [block.text.strip("\x1f").split("\x1f") for block in found.blocks]
    assert rows == [["地区", "年份"], ["安阳", "2025"]]
    assert {block.kind for block in found.blocks} == {BlockKind.ROW}


def test_a_page_of_a_picture_or_of_drawn_characters_is_told(ofd_file):
    picture = '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
    curve = (
        '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 B 1 1 2 2 3 3 C'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )
    path = ofd_file(page(picture), page(curve * 300), page())
    statuses = [content.status for content in contents(path)]
    assert statuses == [PageStatus.SCANNED, PageStatus.SCANNED, PageStatus.EMPTY]
    with pytest.raises(NoTextError, match="2 页没有文字层"):
        extract(path)


@pytest.mark.parametrize("broken", ["<ofd:Page>", page(text("字").replace("20 20", "20 x"))])
def test_one_broken_page_does_not_take_the_others_with_it(ofd_file, broken):
    found = extract(ofd_file(page(text("正文的开头。")), broken, page(text("正文的结尾。"))))
    assert "".join(block.text for block in found.blocks) == "正文的开头。正文的结尾。"
    assert any("第 2 页已损坏" in warning for warning in found.warnings)


def test_a_package_that_names_no_page_is_damaged(ofd_file):
    with pytest.raises(DamagedError, match="没有页"):
        extract(ofd_file())


def test_too_many_pages_are_refused_before_they_are_read(ofd_file, monkeypatch):
    monkeypatch.setattr(limits, "MAX_PAGES", 2)
    with pytest.raises(TooLargeError, match="3 页"):
        extract(ofd_file(*[page(text("字"))] * 3))
