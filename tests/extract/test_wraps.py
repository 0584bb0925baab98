"""Text broken into lines of one width: told from other text, and made whole."""

import pytest

from indexer.extract.lines import join, measure, read_lines
from indexer.extract.spaced import close_up
from indexer.extract.txt import text_blocks
from tests.benchmarks.encodings import paragraphs_of
from tests.benchmarks.wrapping import STYLES, Style, scores, wrapped

TOLD = [style for style in STYLES if not style.name.startswith("flush")]
"""Styles in which an indent or a blank line tells where a paragraph begins."""

PARAGRAPHS = [
    "2025年法治政府建设情况报告",
    "各位代表：",
    "全市各级各部门认真贯彻落实“放管服”改革部署，扎实推进法治政府建设，PM2.5浓度下降12.5%，GDP增长5.2%，"
    "一般公共预算收入突破1,200亿元（按可比口径），各项工作取得明显成效。",
    "一、主要工作",
    "（一）优化营商环境。坚持“以企业和群众需求为导向”的服务宗旨，规范涉企检查，让群众少跑路、数据多跑路，"
    "企业开办时间压缩到1个工作日以内；办理行政许可6771件，办结6731件。",
    "（二）规范执法行为。全面落实行政执法公示、执法全过程记录、重大执法决定法制审核三项制度，组织培训36场次，"
    "执法人员持证上岗率达到100%，没有一起案件被撤销。",
    "甲市人民政府",
    "2026年1月12日",
]


@pytest.fixture(scope="module")
def texts(corpus):
    return paragraphs_of(sorted((corpus / "reports").rglob("*.txt"))[::8])


@pytest.mark.parametrize("style", TOLD, ids=lambda style: style.name)
@pytest.mark.parametrize("width", [20, 27, 36, 40, 51])
def test_paragraphs_wrapped_in_any_style_come_back(style, width):
    blocks = text_blocks(wrapped(PARAGRAPHS, width, style))
    assert [block.text.replace(" ", "") for block in blocks] == PARAGRAPHS


@pytest.mark.parametrize(
    ("widths", "told", "flush"), [(range(20, 45), 0.99, 0.9), (range(45, 81), 0.995, 0.95)]
)
def test_paragraphs_of_real_reports_come_back(texts, widths, told, flush):
    found = scores(texts, 3, widths, seed=5)
    for name, score in found.items():
        least = flush if name.startswith("flush") else told
        assert score.precision >= 0.97, name
        assert score.recall >= least, name


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{name}同志任甲市人民政府办公室主任" for name in "赵钱孙李周吴郑王") + "\n",
        "白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。\n" * 3,
        "\n".join(
            f"第{number}条　为了规范管理，根据有关法律制定本规定。" for number in "一二三四五六"
        ),
        "\n".join("短" * length + "。" for length in (20, 35, 28, 39, 31, 24, 37)),
        "\n".join(["全市各级各部门认真贯彻落实决策部署，扎实推进各项工作。" * 5] * 8),
    ],
    ids=["names", "verse", "articles", "short paragraphs", "long paragraphs"],
)
def test_lines_that_are_whole_stay_apart(text):
    lines = [line for line in text.split("\n") if line]
    assert [line.text for line in join(read_lines(lines))] == lines


def test_no_real_report_with_a_paragraph_on_each_line_is_taken_for_wrapped(corpus):
    paths = sorted((corpus / "reports").rglob("*.txt"))[::3]
    texts = [path.read_text("utf-8-sig").split("\n") for path in paths]
    assert len(texts) > 80
    assert [path.name for path, text in zip(paths, texts, strict=True) if _is_wrapped(text)] == []


def _is_wrapped(lines):
    return measure(read_lines(lines)).wrap is not None


def test_the_width_is_measured_as_the_text_was_wrapped():
    style = Style("", first="\u3000\u3000", measure=len, rules=False)
    wrap = measure(read_lines(wrapped(PARAGRAPHS[4:6] * 3, 25, style).split("\n"))).wrap
    assert wrap is not None
    assert (wrap.width, wrap.first, wrap.inner) == (25, 4, 0)


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("政 府 工 作 报 告", "政府工作报告"),
        ("政　府　工　作　报　告", "政府工作报告"),
        ("2025 年 政 府 工 作 报 告", "2025年政府工作报告"),
        ("（ 二 ○ 二 五 年 一 月 ）", "（二○二五年一月）"),
        ("各 位 代 表 ：", "各位代表："),
        ("序 号    名 称    数 量", "序号 名称 数量"),
        ("王 凯", "王 凯"),
        ("省长 王 凯", "省长 王 凯"),
        ("一 是 加强 学习 教育", "一 是 加强 学习 教育"),
        ("A B C D E", "A B C D E"),
        ("张三 李四 王五 赵六", "张三 李四 王五 赵六"),
    ],
)
def test_characters_set_apart_are_closed_up_where_the_whole_line_is(line, closed):
    assert close_up(line) == closed
    assert [found.text for found in read_lines([line])] == [closed]
