"""Word documents: what a reader of the final version sees, in its order."""

import io
import zipfile

import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from indexer.errors import DamagedError, NoTextError
from indexer.extract import extract
from indexer.extract.docx.numbers import written
from indexer.report import BARRIER, Block, BlockKind

ALTERNATIVE = """<w:p {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<w:r><w:t>锚定段</w:t></w:r><w:r><mc:AlternateContent>
<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent>
</mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p>
</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""


def append(xml):
    """An edit that puts WordprocessingML at the end of the body."""

    def edit(document):
        body = document.element.body
        body.insert(len(body) - 1, parse_xml(xml.format(ns=nsdecls("w"))))

    return edit


def texts(path):
    return [block.text for block in extract(path).blocks]


def test_paragraphs_and_tables_come_in_the_order_of_the_body(docx_file):
    def edit(document):
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ("项目", "数", "许可", "1170"), strict=True):
            cell.text = text
        document.add_paragraph("表后段落。")

    assert [(b.kind, b.text) for b in extract(docx_file("表前段落。", edit=edit)).blocks] == [
        (BlockKind.PARAGRAPH, "表前段落。"),
        (BlockKind.ROW, f"{BARRIER}项目{BARRIER}数{BARRIER}"),
        (BlockKind.ROW, f"{BARRIER}许可{BARRIER}1170{BARRIER}"),
        (BlockKind.PARAGRAPH, "表后段落。"),
    ]


def test_merged_cells_are_read_once(docx_file):
    def edit(document):
        table = document.add_table(2, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "横并"
        table.cell(0, 2).merge(table.cell(1, 2)).text = "竖并"
        table.cell(1, 0).text = "甲"
        table.cell(1, 1).text = "乙"

    assert texts(docx_file(edit=edit)) == [
        f"{BARRIER}横并{BARRIER}竖并{BARRIER}",
        f"{BARRIER}甲{BARRIER}乙{BARRIER}",
    ]


def test_a_nested_table_follows_the_row_that_holds_it(docx_file):
    def edit(document):
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "外"
        cell.add_table(1, 2).cell(0, 1).text = "内"

    assert texts(docx_file(edit=edit)) == [
        f"{BARRIER}外{BARRIER}",
        f"{BARRIER}{BARRIER}内{BARRIER}",
    ]


def test_insertions_stay_and_deletions_hidden_text_and_codes_go(docx_file):
    path = docx_file(
        edit=append(
            '<w:p {ns}><w:r><w:t>前</w:t></w:r><w:ins w:id="1"><w:r><w:t>插入</w:t></w:r></w:ins>'
            '<w:del w:id="2"><w:r><w:delText>删除</w:delText></w:r></w:del>'
            '<w:moveFrom w:id="3"><w:r><w:t>移走</w:t></w:r></w:moveFrom>'
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>后</w:t></w:r></w:p>"
        )
    )
    assert texts(path) == ["前插入后"]


def test_a_paragraph_whose_end_was_deleted_runs_into_the_next(docx_file):
    def edit(document):
        xml = (
            '<w:p {ns}><w:pPr><w:rPr><w:del w:id="4"/></w:rPr></w:pPr>'
            "<w:r><w:t>法治</w:t></w:r></w:p>"
        )
        append(xml)(document)
        append("<w:p {ns}><w:r><w:t>政府建设</w:t></w:r></w:p>")(document)

    assert texts(docx_file(edit=edit)) == ["法治政府建设"]


def test_content_controls_are_read_in_place(docx_file):
    path = docx_file(
        "前。",
        edit=append(
            "<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r><w:sdt><w:sdtContent><w:r>"
            "<w:t>里的字</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
        ),
    )
    assert texts(path) == ["前。", "控件里的字"]


def test_a_text_box_is_read_once(docx_file):
    assert texts(docx_file(edit=append(ALTERNATIVE))) == ["锚定段", "文本框"]


def test_soft_line_breaks_part_lines_unless_a_sentence_goes_on(docx_file):
    def edit(document):
        run = document.add_paragraph().add_run("甲市人民政府")
        run.add_break()
        run.add_text("2026年3月11日")
        run = document.add_paragraph().add_run(
            "全市认真贯彻落实决策部署，扎实推进各项工作。将执法依据公开，方便群"
        )
        run.add_break()
        run.add_text("众查阅相关法律法规，便于监督。")

    assert texts(docx_file(edit=edit)) == [
        "甲市人民政府",
        "2026年3月11日",
        "全市认真贯彻落实决策部署，扎实推进各项工作。将执法依据公开，方便群众查阅相关法律法规，便于监督。",
    ]


def test_styles_mark_titles_and_headings(docx_file):
    def edit(document):
        document.add_heading("甲市报告", 0)
        document.add_heading("总体情况", 1)
        document.add_heading("履行职责", 2)

    assert [(b.kind, b.level) for b in extract(docx_file(edit=edit)).blocks] == [
        (BlockKind.TITLE, 0),
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
    ]


def test_pages_are_known_where_word_recorded_them(docx_file):
    rendered = (
        "<w:p {ns}><w:r><w:t>法治</w:t></w:r>"
        "<w:r><w:lastRenderedPageBreak/><w:t>政府</w:t></w:r></w:p>"
    )
    path = docx_file("第一页。", edit=append(rendered))
    assert extract(path).blocks == (
        Block(BlockKind.PARAGRAPH, "第一页。", 1),
        Block(BlockKind.PARAGRAPH, "法治政府", 1, ((2, 2),)),
    )


def test_pages_are_unknown_where_word_recorded_none(docx_file):
    def edit(document):
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("第二页。")

    assert {block.page for block in extract(docx_file("第一页。", edit=edit)).blocks} == {None}


def test_headers_and_footers_stand_once_at_the_end_without_page_numbers(docx_file):
    def edit(document):
        document.sections[0].header.paragraphs[0].text = "甲市人民政府公报"
        document.sections[0].footer.paragraphs[0].text = "— 3 —"

    blocks = extract(docx_file("正文。", edit=edit)).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.PARAGRAPH, "正文。"),
        (BlockKind.ASIDE, "甲市人民政府公报"),
    ]


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        *(("decimal", 12, "12"), ("decimalZero", 3, "03"), ("decimalFullWidth", 10, "１０")),
        *(("chineseCounting", 10, "十"), ("chineseCountingThousand", 23, "二十三")),
        *(
            ("chineseCountingThousand", 105, "一百零五"),
            ("chineseCountingThousand", 110, "一百一十"),
        ),
        *(("decimalEnclosedCircle", 3, "③"), ("upperLetter", 27, "AA"), ("lowerRoman", 14, "xiv")),
        *(("ideographTraditional", 2, "乙"), ("ideographDigital", 20, "二〇")),
    ],
)
def test_automatic_numbers_are_written_as_word_draws_them(form, number, text):
    assert written(number, form) == text


def test_a_picture_that_is_missing_from_the_package_does_no_harm(docx_file):
    path = docx_file("正文。")
    source = path.read_bytes()
    with (
        zipfile.ZipFile(io.BytesIO(source)) as package,
        zipfile.ZipFile(path, "w") as broken,
    ):
        for name in package.namelist():
            xml = package.read(name)
            if name == "word/_rels/document.xml.rels":
                image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
                lost = f'<Relationship Id="rId99" Type="{image}" Target="media/gone.png"/>'
                xml = xml.replace(b"</Relationships>", lost.encode() + b"</Relationships>")
            broken.writestr(name, xml)
    assert texts(path) == ["正文。"]


def test_a_document_of_no_words_has_no_text(docx_file):
    with pytest.raises(NoTextError, match="没有文字"):
        extract(docx_file())


def test_a_document_cut_short_is_damaged(docx_file):
    path = docx_file("正文。" * 500)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(DamagedError):
        extract(path)


def test_every_feature_of_word_is_read_or_left_out_as_it_should_be(corpus):
    blocks = extract(corpus / "typeset" / "feat.docx").blocks
    text = "\n".join(block.text for block in blocks)
    shown = (
        "MTITLE MPLAIN MLIST MSOFT MSOFTB MTAB MLINK MFLDSIMPLE MFLDRESULT MCFRESULT MINS MMOVETO "
        "MFOOTNOTE MENDNOTE MSDTRUN MSDTBLOCK MSDTTBL MSMART MCUSTOM MTXBX MVML MRUBYBASE MMATH "
        "MSYM MSPAN MVM MNEST MHEADER MFOOTER"
    )
    assert [mark for mark in shown.split() if mark not in text] == []
    unseen = ("MDEL", "MMOVEFROM", "MVANISH", "MINSTR", "MRUBYRT")
    assert [mark for mark in unseen if mark in text] == []
    assert text.count("MTXBX") == 1
    assert "一、MH1A" in text
    assert "（二）MH2B" in text
    notes = [block.text for block in blocks if block.kind is BlockKind.NOTE]
    assert all(note[0] == note[-1] == BARRIER for note in notes)
    assert len(notes) == 2
