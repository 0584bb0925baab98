"""The text of Word paragraphs, feature by feature, in documents written by hand."""

from pathlib import Path

import pytest

from indexer.extract import docx
from indexer.report import BARRIER, BlockKind
from tests.word_files import paragraph, word_file

NAME = Path("报告.docx")


def texts(body, **more):
    return [block.text for block in docx.read(NAME, word_file(body, **more)).blocks]


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text):
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def field(instruction, result):
    return mark("begin") + code(instruction) + mark("separate") + result + mark("end")


def row(*cells):
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


HIDING = (
    '<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="Secret"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Deeper"><w:name w:val="Deeper"/>'
    '<w:basedOn w:val="Secret"/></w:style>'
    '<w:style w:type="character" w:styleId="Masked"><w:name w:val="Masked"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
)


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (field(" PAGEREF x ", run("第3页")), "前第3页后"),
        (field(" IF " + field(" REF 内 ", run("内果")) + " 1 ", run("果")), "前果后"),
        ('<w:fldSimple w:instr=" REF x ">' + run("果") + "</w:fldSimple>", "前果后"),
        (mark("begin") + code(" REF x "), "前后"),
        (mark("begin") + code(r" eq \o\ac(○,21) ") + mark("end"), "前㉑后"),
        (mark("begin") + code(r" EQ \* jc2 \o\ad(\s\up 9(xun),循) ") + mark("end"), "前循后"),
        (mark("begin") + code(r" EQ \f(1,3) ") + mark("end"), "前1/3后"),
        (mark("begin") + code(" MACROBUTTON X 单击此处 ") + mark("end"), "前单击此处后"),
        (mark("begin") + code(" XE “条目” ") + mark("end"), "前后"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
            '<w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList></w:ffData></w:fldChar>'
            "</w:r>" + mark("end"),
            "前乙后",
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/>'
            "</w:checkBox></w:ffData></w:fldChar></w:r>" + mark("end"),
            "前☒后",
        ),
        (run("隐", "<w:vanish/>"), "前后"),
        (run("显", '<w:vanish w:val="0"/>'), "前显后"),
        (run("隐", '<w:rStyle w:val="Masked"/>'), "前后"),
        (run("显", '<w:rStyle w:val="Masked"/><w:vanish w:val="false"/>'), "前显后"),
        (f'<w:ins w:id="1">{run("增")}<w:del w:id="2">{run("删")}</w:del></w:ins>', "前增后"),
        (f'<w:moveFrom w:id="1">{run("移")}</w:moveFrom>', "前后"),
        (f'<w:del w:id="1">{mark("begin")}{code(" X ")}</w:del>{run("码")}{mark("end")}', "前后"),
        (f'<w:moveTo w:id="1">{run("移")}</w:moveTo>', "前移后"),
        (f'<w:smartTag w:element="x">{run("标")}</w:smartTag>', "前标后"),
        (f'<w:hyperlink r:id="x"><w:dir>{run("链")}</w:dir></w:hyperlink>', "前链后"),
        (f"<w:r><w:ruby><w:rt>{run('zhèng')}</w:rt><w:rubyBase>{run('政')}</w:rubyBase>"
         "</w:ruby></w:r>", "前政后"),
        ('<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>', "前-后"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "前☑后"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="00A3"/></w:r>', "前□后"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>', "前≤后"),
        ('<w:r><w:sym w:font="宋体" w:char="2103"/></w:r>', "前℃后"),
        ('<w:r><w:sym w:font="Wingdings" w:char="x"/></w:r>', "前后"),
        (run("\uf06d", '<w:rFonts w:ascii="Symbol"/>'), "前μ后"),
        (run("n", '<w:rFonts w:ascii="Wingdings"/>'), "前■后"),
        (run("n", '<w:rFonts w:ascii="Arial"/>'), "前n后"),
        ("<w:r><w:t> 空 </w:t></w:r>", "前空后"),
        ('<w:r><w:t xml:space="preserve"> 空 </w:t></w:r>', "前 空 后"),
        ("<w:r><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:d><m:e><m:r>"
         "<m:t>b</m:t></m:r></m:e></m:d></m:den></m:f></m:oMath></w:r>", "前a/(b)后"),
        ("<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:t>选</w:t></mc:Choice>"
         "<mc:Fallback><w:t>退</w:t></mc:Fallback></mc:AlternateContent></w:r>", "前选后"),
        ("<w:r><mc:AlternateContent><mc:Choice Requires=\"foreign\"><w:t>选</w:t></mc:Choice>"
         "<mc:Fallback><w:t>退</w:t></mc:Fallback></mc:AlternateContent></w:r>", "前退后"),
    ],
)  # fmt: skip
def test_a_reader_sees(inside, shown):
    body = f"<w:p>{run('前')}{inside}{run('后')}</w:p>"
    assert texts(body, parts={"styles": HIDING}) == [shown]


@pytest.mark.parametrize("style", ["Secret", "Deeper"])
def test_a_style_hides_its_paragraphs(style):
    hidden = paragraph("隐藏", properties=f'<w:pStyle w:val="{style}"/>')
    assert texts(hidden + paragraph("可见"), parts={"styles": HIDING}) == ["可见"]


def test_a_field_over_several_paragraphs_shows_its_result():
    opening = mark("begin") + code(" TOC ") + mark("separate")
    body = (
        f"<w:p>{opening}{run('一、总体情况')}</w:p>{paragraph('二、主要工作')}"
        f"<w:p>{mark('end')}</w:p>{paragraph('正文')}"
    )
    assert texts(body) == ["一、总体情况", "二、主要工作", "正文"]


def test_a_heading_that_a_style_separator_ties_to_its_text_is_one_paragraph():
    heading = paragraph("（一）强化领导。", properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>")
    assert texts(heading + paragraph("全市上下齐心协力。")) == [
        "（一）强化领导。全市上下齐心协力。"
    ]


def test_a_paragraph_whose_end_was_deleted_does_not_run_into_a_table():
    deleted = paragraph("段末已删", properties='<w:rPr><w:del w:id="1"/></w:rPr>')
    table = f"<w:tbl>{row(paragraph('格'))}</w:tbl>"
    assert texts(deleted + table) == ["段末已删", f"{BARRIER}格{BARRIER}"]


def test_page_and_column_breaks_part_lines():
    body = f'<w:p>{run("标题")}<w:r><w:br w:type="page"/></w:r>{run("次页")}</w:p>'
    assert texts(body) == ["标题", "次页"]


def test_alternatives_around_paragraphs_and_rows_are_read_once():
    def twice(xml):
        return (
            f'<mc:AlternateContent><mc:Choice Requires="w14">{xml}</mc:Choice>'
            f"<mc:Fallback>{xml}</mc:Fallback></mc:AlternateContent>"
        )

    body = twice(paragraph("段")) + f"<w:tbl>{twice(row(paragraph('格')))}</w:tbl>"
    assert texts(body) == ["段", f"{BARRIER}格{BARRIER}"]


def test_merged_cells_are_read_once_however_wide_they_say_they_are():
    def cell(text, properties):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    wide = '<w:gridSpan w:val="1000000000"/>'
    body = (
        "<w:tbl><w:tr>" + cell("头", wide) + cell("竖", '<w:vMerge w:val="restart"/>') + "</w:tr>"
        "<w:tr>" + cell("左", wide) + cell("续", "<w:vMerge/>") + "</w:tr>"
        "<w:tr>" + cell("甲", '<w:hMerge w:val="restart"/>') + cell("乙", "<w:hMerge/>") + "</w:tr>"
        "<w:tr><w:trPr><w:hidden/></w:trPr>" + cell("隐", "") + "</w:tr></w:tbl>"
    )
    rows = [f"{BARRIER}头{BARRIER}竖{BARRIER}", f"{BARRIER}左{BARRIER}", f"{BARRIER}甲{BARRIER}"]
    assert texts(body) == rows


def test_a_cell_that_continues_nothing_is_read():
    body = f"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph('字')}</w:tc></w:tr></w:tbl>"
    assert texts(body) == [f"{BARRIER}字{BARRIER}"]


def test_a_table_of_one_cell_around_a_text_is_a_frame():
    inside = "".join(paragraph(text) for text in ("第一段。", "第二段。", "第三段。"))
    assert texts(f"<w:tbl>{row(inside)}</w:tbl>") == ["第一段。", "第二段。", "第三段。"]


def test_notes_stand_once_after_the_paragraph_or_row_that_refers_to_them_first():
    refer = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    table = f"<w:tbl>{row(paragraph('格', before=end), paragraph('二'))}</w:tbl>"
    parts = {
        "footnotes": f'<w:footnote w:id="2">{paragraph("脚注", before=refer)}</w:footnote>'
        f'<w:footnote w:id="0" w:type="separator">{paragraph("线")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="2">{paragraph("尾注")}</w:endnote>',
    }
    body = paragraph("甲", before=refer) + paragraph("乙", before=refer) + table
    blocks = docx.read(NAME, word_file(body, parts=parts)).blocks
    assert [(b.kind, b.text.strip(BARRIER)) for b in blocks] == [
        (BlockKind.PARAGRAPH, "甲"),
        (BlockKind.NOTE, "脚注"),
        (BlockKind.PARAGRAPH, "乙"),
        (BlockKind.ROW, f"格{BARRIER}二"),
        (BlockKind.NOTE, "尾注"),
    ]


def test_boxes_shapes_and_lettering_follow_their_paragraph():
    box = f"<w:txbxContent>{paragraph('框')}<w:tbl>{row(paragraph('表'))}</w:tbl></w:txbxContent>"
    shape = "<a:txBody><a:p><a:r><a:t>形</a:t></a:r></a:p></a:txBody>"
    inside = f'<w:r><w:pict><v:shape>{box}<v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    body = f"<w:p>{inside}{run('锚')}<w:r><w:drawing>{shape}</w:drawing></w:r></w:p>"
    assert texts(body) == ["锚", "框", f"{BARRIER}表{BARRIER}", "艺术字", "形"]


def test_charts_and_diagrams_say_their_words():
    chart = (
        "<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>财政</a:t></a:r><a:r><a:t>收入</a:t></a:r>"
        "</a:p></c:rich></c:tx></c:title><c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>全市</c:v>"
        "</c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt><c:v>一季度</c:v>"
        "</c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt><c:v>0.30000001"
        "</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:chart>"
    )
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>组长</a:t></a:r></a:p></dgm:t></dgm:pt>"
    diagram = f"<dgm:ptLst>{point}</dgm:ptLst>"
    body = (
        '<w:p><w:r><w:drawing><c:chart r:id="chart"/></w:drawing></w:r>'
        '<w:r><w:drawing><dgm:relIds r:dm="diagramData"/></w:drawing></w:r></w:p>'
    )
    said = texts(body, parts={"chart": chart, "diagramData": diagram})
    assert said == [
        f"{BARRIER}财政收入{BARRIER}全市{BARRIER}一季度{BARRIER}",
        f"{BARRIER}组长{BARRIER}",
    ]


def test_documents_put_into_a_document_stand_in_their_place():
    body = (
        paragraph("前。") + '<w:altChunk r:id="a"/>' + paragraph("中。") + '<w:altChunk r:id="b"/>'
        '<w:altChunk r:id="c"/><w:subDoc r:id="d"/>' + paragraph("后。")
    )
    extraction = docx.read(
        NAME,
        word_file(
            body,
            links={
                "a": ("aFChunk", "a.docx"),
                "b": ("aFChunk", "b.html"),
                "c": ("aFChunk", "c.rtf"),
            },
            files={
                "word/a.docx": word_file(paragraph("内文档。")),
                "word/b.html": "<html><body><p>内网页。</p></body></html>".encode(),
                "word/c.rtf": b"{\\rtf1 x}",
            },
        ),
    )
    assert [b.text for b in extraction.blocks] == ["前。", "内文档。", "中。", "内网页。", "后。"]
    assert extraction.warnings == (
        "有 1 处子文档在别的文件里，没有读取。",
        "有 1 处嵌入的子文档没有读取。",
    )


def test_the_pages_of_a_row_are_turned_once_though_each_of_its_cells_is_cut():
    cut = f"<w:p>{run('前半')}<w:r><w:lastRenderedPageBreak/></w:r>{run('后半')}</w:p>"
    body = f"<w:tbl>{row(cut, cut)}{row(paragraph('次行'), paragraph('格'))}</w:tbl>"
    blocks = docx.read(NAME, word_file(paragraph("首。") + body)).blocks
    assert [block.page for block in blocks] == [1, 1, 2]


def test_a_page_that_began_in_text_since_deleted_is_counted():
    deleted = (
        '<w:del w:id="1"><w:r><w:lastRenderedPageBreak/><w:delText>删</w:delText></w:r></w:del>'
    )
    blocks = docx.read(NAME, word_file(paragraph("甲", before=deleted) + paragraph("乙"))).blocks
    assert [block.page for block in blocks] == [2, 2]
