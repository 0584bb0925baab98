"""When two lines of a text are one paragraph, and when they are not."""

import pytest

from indexer.extract.lines import join, measure, read_lines, stitch

LONG = "全市各级各部门认真贯彻落实决策部署，扎实推进法治政府建设各项工作，取得明显成效。"


def paragraphs(text):
    return [line.text for line in join(read_lines(text.split("\n")))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LONG + "公开于区政府网站，方便群", "众查阅相关法律法规，便于监督。"),
        (LONG + "承接健康体检的医院，让", "群众少跑路，方便群众办结相关事宜。"),
        (
            "（四）优化政务服务。坚持“以企业和群众需求为导向”",
            "的服务宗旨，紧扣任务要求，规范涉企检查。",
        ),
        (LONG + "统筹推进，", "着力提升服务效能。"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_paragraph_cut_in_mid_sentence_is_made_whole(first, second, gap):
    assert paragraphs(first + gap + second) == [first + second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("北关区卫生健康委员会", "2026年3月11日"),
        (LONG + "推动工作落实", "北关区卫生健康委员会"),
        (LONG + "推动工作落实", "二〇二六年三月十一日"),
        (LONG + "主要做了以下工作", "一是加强学习，提高认识。"),
        (LONG + "主要做了以下工作", "（一）加强学习，提高认识。"),
        (LONG + "主要做了以下工作", "——经济平稳增长，质量提高。"),
        (LONG, "全年办理行政许可，方便群众。"),
        ("北关区卫健委", "关于2025年法治政府建设情况的报告"),
        ("省长 王正谱", "各位代表："),
        ("一、总体情况", "过去一年，我们坚持稳中求进，取得成效。"),
        ("雄关漫道真如铁，", "而今迈步从头越。"),
        ("五年来，社会主义民主政治建设成效显著", "民主政治建设不断加强，法治进步。"),
        ("张三", "李四"),
        (
            "2019年12月26日 宁波市人大常委会通过",
            "2020年3月26日 浙江省人大常委会批准，自公布之日起施行",
        ),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_titles_signatures_lists_and_verses_stay_apart(first, second, gap):
    assert paragraphs(first + gap + second) == [first, second]


def test_marks_that_begin_no_line_show_that_a_link_was_cut_out():
    assert paragraphs("各地区认真贯彻《\n中华人民共和国行政许可法\n》，取得实效。") == [
        "各地区认真贯彻《中华人民共和国行政许可法》，取得实效。"
    ]


def test_an_indented_line_begins_a_paragraph_where_paragraphs_are_indented():
    text = f"　　{LONG}\n　　{LONG}所以仍在继续\n　　新的一段，另起一行。"
    assert paragraphs(text) == [LONG, LONG + "所以仍在继续", "新的一段，另起一行。"]


def wrapped(text, width):
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def test_lines_wrapped_at_one_width_are_joined_and_short_ones_end_paragraphs():
    first, second = LONG * 3 + "第一段结束。", LONG * 4 + "第二段结束。"
    text = (
        f"政府工作报告\n{wrapped('　　' + first, 20)}\n{wrapped('　　' + second, 20)}\n甲市人民政府"
    )
    wrap = measure(read_lines(text.split("\n"))).wrap
    assert wrap is not None
    assert wrap.width == 40
    assert paragraphs(text) == ["政府工作报告", first, second, "甲市人民政府"]


def test_line_ends_inside_paragraphs_are_undone_where_blank_lines_part_them():
    text = (
        f"各位代表：\n现在报告工作。\n\n{LONG}\n党的十八届六中全会\n正式明确\n核心地位，意义重大。“\n"
        f"十三五\n”实现了良好开局。\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\n甲市人民政府\n2017年3月5日"
    )
    assert paragraphs(text) == [
        "各位代表：",
        "现在报告工作。",
        LONG + "党的十八届六中全会正式明确核心地位，意义重大。“十三五”实现了良好开局。",
        LONG,
        LONG,
        LONG,
        "甲市人民政府",
        "2017年3月5日",
    ]


def test_paragraphs_run_together_are_cut_at_their_indents():
    text = (
        f"各市人民政府：　　{LONG}　　第二条　本办法自公布之日起施行。"
        "　　甲省人民政府　　2015年10月23日"
    )
    assert paragraphs(text) == [
        "各市人民政府：",
        LONG,
        "第二条　本办法自公布之日起施行。",
        "甲省人民政府　　2015年10月23日",
    ]


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("方便群", "众", "方便群众"),
        ("GDP", "growth", "GDP growth"),
        ("PM", "2.5", "PM2.5"),
        ("20", "25年", "2025年"),
        ("in 2025,", "the", "in 2025, the"),
        ("增长", "GDP", "增长GDP"),
    ],
)
def test_a_blank_comes_only_between_words_of_letters(left, right, whole):
    assert stitch(left, right) == whole
