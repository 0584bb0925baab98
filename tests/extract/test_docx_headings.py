"""Headings of Word documents that no style marks: told by what they look like."""

from pathlib import Path

from indexer.extract import docx
from indexer.report import BlockKind
from tests.word_files import paragraph, word_file

BODY = paragraph(
    "全市上下认真贯彻落实中央和省委的决策部署，统筹推进各项工作，取得了新的明显成效。" * 3
)
CENTRED = '<w:jc w:val="center"/>'
BOLD = "<w:b/>"
LARGE = '<w:sz w:val="44"/>'


def marked(body, styles=""):
    """The titles and headings, by their kind and level."""
    blocks = docx.read(Path("报告.docx"), word_file(body, parts={"styles": styles})).blocks
    return [(b.kind, b.level, b.text) for b in blocks if b.kind is not BlockKind.PARAGRAPH]


def test_a_short_bold_large_or_centred_paragraph_over_text_is_a_heading():
    body = (
        BODY + paragraph("过去五年工作回顾", run=BOLD) + BODY
        + paragraph("今后工作安排", run=LARGE) + BODY
        + paragraph("结语", properties=CENTRED) + BODY
    )  # fmt: skip
    assert marked(body) == [
        (BlockKind.HEADING, 3, "过去五年工作回顾"),
        (BlockKind.HEADING, 2, "今后工作安排"),
        (BlockKind.HEADING, 2, "结语"),
    ]


def test_what_only_looks_like_a_heading_is_none():
    body = BODY + "".join(
        paragraph(text, properties=CENTRED, run=BOLD) + BODY
        for text in (
            *(
                "各位代表：",
                "（2025年1月15日）",
                "表1 主要指标",
                "单位：万元",
                "附件1",
                "来源：本报",
            ),
            *("要坚持稳中求进。", "第一，", "2025年1月15日", "——在全市大会上", "15"),
            "这一句话虽然是居中加粗的却长得很没有哪一个标题会有这么长的文字所以它不可能是一个标题而是正文",
        )
    )
    assert marked(body) == []


def test_signatures_under_a_text_are_no_headings():
    under = paragraph("甲市人民政府", properties=CENTRED, run=BOLD)
    assert marked(BODY + under + paragraph("2025年1月15日", properties=CENTRED)) == []


def test_bold_tells_nothing_where_the_text_is_bold():
    bold = BODY.replace("<w:r>", f"<w:r><w:rPr>{BOLD}</w:rPr>")
    assert marked(bold + paragraph("工作回顾", run=BOLD) + bold) == []


def test_looks_come_from_styles_too():
    styles = (
        '<w:style w:type="paragraph" w:styleId="X"><w:name w:val="X"/><w:pPr><w:jc w:val="center"/>'
        f'</w:pPr><w:rPr>{LARGE}</w:rPr></w:style><w:style w:type="character" w:styleId="Y">'
        f'<w:name w:val="Y"/><w:rPr>{BOLD}</w:rPr></w:style>'
    )
    body = (
        BODY + paragraph("工作回顾", properties='<w:pStyle w:val="X"/>') + BODY
        + paragraph("工作安排", run='<w:rStyle w:val="Y"/>') + BODY
    )  # fmt: skip
    assert [text for _, _, text in marked(body, styles)] == ["工作回顾", "工作安排"]


def test_the_title_is_the_large_lines_over_the_text_without_the_letterhead():
    def large(text, size):
        return paragraph(text, properties=CENTRED, run=f'<w:sz w:val="{size}"/>')

    body = (
        large("甲市卫生健康委员会文件", 72) + paragraph("甲卫〔2025〕1号", properties=CENTRED)
        + large("甲市卫生健康委员会", 44) + large("关于法治政府建设情况的报告", 44)
        + paragraph("（2025年1月15日）", properties=CENTRED) + BODY
    )  # fmt: skip
    assert marked(body) == [
        (BlockKind.TITLE, 0, "甲市卫生健康委员会"),
        (BlockKind.TITLE, 0, "关于法治政府建设情况的报告"),
    ]


def test_a_heading_that_runs_into_its_paragraph_stays_part_of_it():
    run_in = BODY.replace(
        "<w:r>", f"<w:r><w:rPr>{BOLD}</w:rPr><w:t>（一）强化领导。</w:t></w:r><w:r>"
    )
    blocks = docx.read(Path("报告.docx"), word_file(run_in + BODY)).blocks
    assert blocks[0].text.startswith("（一）强化领导。全市上下")
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}
