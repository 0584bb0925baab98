"""From blocks to a document: its title, its headings, its sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.txt import text_blocks
from indexer.report import Block, BlockKind, Extraction, Format, Page, PageStatus
from indexer.structure import sentence_starts, sentences, structure

BODY = "过去一年，全市上下认真贯彻落实决策部署，扎实推进各项工作，取得明显成效。现将情况报告如下。"


def document(text, name="a1b2c3.txt"):
    return structure(Extraction(Format.TEXT, text_blocks(text)), name)


def heading_level(text):
    block = document(f"甲市报告\n{BODY}\n{text}\n{BODY}").blocks[2]
    return block.level if block.kind is BlockKind.HEADING else 0


@pytest.mark.parametrize(
    ("front", "title"),
    [
        (
            "# 北关区卫健委\n\n## 关于 2025 年法治政府建设情况的报告",
            "北关区卫健委关于2025年法治政府建设情况的报告",
        ),
        (
            "北关区卫健委\n关于2025年法治政府建设情况的报告",
            "北关区卫健委关于2025年法治政府建设情况的报告",
        ),
        (
            "甲市文件\n甲卫〔2026〕1号\n甲市卫健委\n关于工作情况的报告",
            "甲市卫健委关于工作情况的报告",
        ),
        ("甲市卫生健康委员会\n甲卫〔2026〕1号\n关于工作情况的报告", "关于工作情况的报告"),
        (
            "下载\n【字号：\n大\n】\n2026年甲省政府工作报告\n——在会议上\n省长 王某",
            "2026年甲省政府工作报告",
        ),
        (
            "甲省人民政府办公厅关于印发甲省优化营商环境条例实施\n细则的通知",
            "甲省人民政府办公厅关于印发甲省优化营商环境条例实施细则的通知",
        ),
        ("让政策红利高效直达创新主体\n2024-03-01", "让政策红利高效直达创新主体"),
        ("机密\n特急\n甲市2025年工作要点", "甲市2025年工作要点"),
        ("《甲省管理办法》解读\n2020-09-02", "《甲省管理办法》解读"),
        ("《甲省管理办法》\n政策解读", "《甲省管理办法》政策解读"),
        ("甲市教育局2024年政府信息\n公开工作年度报告", "甲市教育局2024年政府信息公开工作年度报告"),
        (
            "关于甲市2024年国民经济和社会发展计划\n执行情况与2025年国民经济和社会发展\n计划草案的报告",
            "关于甲市2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划草案的报告",
        ),
        (
            "甲市人民政府办公室关于印发\n甲市优化营商环境三年行动方案\n（2025—2027年）的通知",
            "甲市人民政府办公室关于印发甲市优化营商环境三年行动方案（2025—2027年）的通知",
        ),
        (
            "甲市科技创新行动方案\n（2025—2027年）\n甲市人民政府",
            "甲市科技创新行动方案（2025—2027年）",
        ),
        ("甲市重大行政决策程序规定\n（试行）", "甲市重大行政决策程序规定（试行）"),
        ("甲州人民政府令 第1号\n甲州旅游民宿管理办法", "甲州旅游民宿管理办法"),
        (
            "示例：本文为演示软件而编写，内容虚构\n甲市2025年政府工作报告\n——2025年1月8日在甲市大会上",
            "甲市2025年政府工作报告",
        ),
        (
            "首页 > 政务公开 > 文件\n索 引 号：00012\n发布机构：甲市教育局\n关于做好招生工作的通知",
            "关于做好招生工作的通知",
        ),
        (
            "甲市第五届人民代表大会\n第四次会议文件（一）\n政府工作报告\n（2025年1月8日在会议上）\n市长",
            "政府工作报告",
        ),
        ("坚定信心 奋力谱写新篇章\n河南省2024年政府工作报告", "河南省2024年政府工作报告"),
        ("公开招聘工作人员公告", "公开招聘工作人员公告"),
        ("甲市工作总结\n目录", "甲市工作总结"),
        ("甲市2024年工作情况\n一、总体情况", "甲市2024年工作情况"),
    ],
)
def test_the_title_is_found_at_the_head_of_a_report(front, title):
    found = document(f"{front}\n\n{BODY}")
    assert found.title == title
    printed = "".join(b.text for b in found.blocks if b.kind is BlockKind.TITLE)
    assert printed.replace(" ", "") == title


def test_a_decree_is_called_after_what_it_puts_in_force():
    decree = "甲市人民政府令\n第1号\n《甲市停车管理办法》已经市政府第5次常务会议通过，现予公布。"
    rules = "第一条 为了规范停车，制定本办法。"
    found = document(f"{decree}\n市长 王某\n2025年1月20日\n甲市停车管理办法\n{rules}")
    assert found.title == "甲市停车管理办法"
    assert [b.text for b in found.blocks if b.kind is BlockKind.TITLE] == ["甲市停车管理办法"]
    without_heading = document(f"{decree}\n{rules}")
    assert without_heading.title == "甲市停车管理办法"
    assert not [b for b in without_heading.blocks if b.kind is BlockKind.TITLE]


def test_a_meeting_in_one_line_with_the_title_is_no_part_of_it():
    line = "政府工作报告（2026年1月26日在甲省第十四届人民代表大会第四次会议上）"
    assert document(f"{line}\n\n{BODY}").title == "政府工作报告"


def test_a_styled_heading_below_the_title_does_not_take_its_place():
    blocks = (
        Block(BlockKind.PARAGRAPH, "甲市2024年工作总结"),
        Block(BlockKind.HEADING, "工作回顾", level=1),
        Block(BlockKind.PARAGRAPH, BODY),
    )
    assert structure(Extraction(Format.DOCX, blocks), "x.docx").title == "甲市2024年工作总结"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("1959年国务院政府工作报告.txt", "1959年国务院政府工作报告"),
        ("2018_河北省科普条例.txt", "河北省科普条例"),
        ("2019_关于印发管理办法的通知_3.txt", "关于印发管理办法的通知"),
        ("甲市绿化条例(2018-04-16).md", "甲市绿化条例"),
        ("2022_规划实施方案》的通.", "规划实施方案》的通"),
        ("2024年1.5万人就业方案", "2024年1.5万人就业方案"),
        ("附件1：甲市工作方案.docx.pdf", "甲市工作方案"),
        ("03-甲市工作方案(1).pdf", "甲市工作方案"),
        ("20250110甲市工作方案 - 副本.docx", "甲市工作方案"),
    ],
)
def test_a_report_without_a_title_takes_its_file_s_name(name, title):
    found = document(f"各位代表：\n{BODY}", name)
    assert found.title == title
    assert not [block for block in found.blocks if block.kind is BlockKind.TITLE]


def test_a_title_that_names_nothing_is_completed_from_the_file_s_name():
    assert document(f"政 府 工 作 报 告\n\n{BODY}", "2026年甲省政府工作报告.txt").title == (
        "2026年甲省政府工作报告"
    )
    assert document(f"政府工作报告\n\n{BODY}", "甲县政府工作报告（终稿）.txt").title == (
        "甲县政府工作报告（终稿）"
    )
    assert document(f"政 府 工 作 报 告\n\n{BODY}", "derek_2014.txt").title == "政府工作报告"


def test_without_title_and_name_the_opening_words_stand_for_one():
    assert document(BODY, "004_c2d4.txt").title == BODY[:30] + "…"
    assert document("各位代表：今年工作很好。", "x.txt").title == "各位代表：今年工作很好。"
    assert document(f"各位代表：\n{BODY}", "附件1.txt").title == BODY[:30] + "…"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        *(("一、主要举措和成效", 1), ("十二、其他", 1), ("第一章 总则", 1), ("第三编　附则", 1)),
        *(("（一）依法履职", 2), ("(二)完善制度体系", 2), ("第一节 机动车", 2)),
        *(("1.助力优化营商环境", 3), ("２．完善制度", 3), ("3、加强宣传", 3), ("第七条", 3)),
        *(("（1）双随机抽检", 4), ("(12)其他", 4)),
    ],
)
def test_a_short_numbered_line_is_a_heading(text, level):
    assert heading_level(text) == level


@pytest.mark.parametrize(
    "text",
    [
        "一是加强领导，压实责任。",
        "（一）加强法律法规学习宣传。",
        "（四）持续优化政务服务。坚持以企业和群众需求为导向",
        "1.5万人实现就业",
        "2025年工作回顾",
        "第七条 市人民政府应当加强领导。",
        "一、二、三产业增加值分别增长4.2%、5%、5.4%。",
        "一、" + "扎实推进各项重点工作" * 6,
        "第一章规定的事项，由市人民政府负责。",
    ],
)
def test_what_merely_begins_with_a_number_is_a_paragraph(text):
    assert heading_level(text) == 0


def test_marked_headings_keep_their_depth_unless_they_are_text():
    blocks = (
        Block(BlockKind.TITLE, "甲市报告"),
        Block(BlockKind.HEADING, "总体情况", level=2),
        Block(BlockKind.HEADING, BODY, level=2),
        Block(BlockKind.ROW, "\x1f一、项目\x1f数\x1f"),
    )
    found = structure(Extraction(Format.DOCX, blocks), "x.docx").blocks
    assert [(block.kind, block.level) for block in found] == [
        (BlockKind.TITLE, 0),
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.ROW, 0),
    ]


def test_texts_pages_and_warnings_go_through_unchanged():
    blocks = text_blocks(f"甲市报告\n{BODY}\n一、举措\n{BODY}")
    pages = (Page(1, PageStatus.TEXT, 100),)
    found = structure(Extraction(Format.PDF, blocks, pages, ("注意。",)), "x.pdf")
    assert [block.text for block in found.blocks] == [block.text for block in blocks]
    assert (found.pages, found.warnings, found.format) == (pages, ("注意。",), Format.PDF)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("第一句。第二句！第三句？", ["第一句。", "第二句！", "第三句？"]),
        ("他说：“好。”大家同意；会议结束", ["他说：“好。”", "大家同意；", "会议结束"]),
        ("增长5.2%，达到3.14万亿元。完", ["增长5.2%，达到3.14万亿元。", "完"]),
        ("标题\n正文", ["标题", "正文"]),
        ("真的？！（是。）好……完", ["真的？！", "（是。）", "好……", "完"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, pieces):
    assert [text[start:end] for start, end in sentences(text)] == pieces


@given(st.text(alphabet="政府，。！？；…”’）》.5\n \u3000ab?!;", max_size=200))
def test_sentences_cover_every_visible_character_once_and_in_order(text):
    spans = sentences(text)
    flat = [offset for start, end in spans for offset in range(start, end)]
    assert flat == sorted(set(flat))
    left_out = set(range(len(text))) - set(flat)
    assert all(text[offset].isspace() for offset in left_out)
    assert all(start < end and "\n" not in text[start:end] for start, end in spans)


@given(st.lists(st.text(alphabet="甲乙a。！;…”) \x1f\u3000\u2028", max_size=12), max_size=5))
def test_starts_of_sentences_are_those_of_each_block(texts):
    begin = 0
    starts = []
    for text in texts:
        starts += [begin + start for start, _ in sentences(text)]
        begin += len(text) + 1
    assert sentence_starts("\n".join(texts)) == starts
