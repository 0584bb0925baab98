"""Plain text: whatever it was saved as, every character of it is kept."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract import extract
from indexer.extract.clean import visible
from indexer.extract.txt import text_blocks
from indexer.extract.txt.decode import decode
from indexer.report import BARRIER, BlockKind

REPORT = (
    "2025年法治政府建设情况的报告\n"
    "现将2025年有关情况报告如下，请予审议。全市生产总值增长5.2％，政务服务更加便民。\n"
    "一、主要举措\n"
    "全年办理行政许可1170件，群众满意度进一步提升。\n"
)
BREAKS = {"\n": "unix", "\r\n": "windows", "\r": "mac", "\x85": "next", "\x0c": "page"}


def texts(path):
    return [block.text for block in extract(path).blocks]


@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"),
        *("utf-32", "utf-32-le", "utf-32-be"),
    ],
)
@pytest.mark.parametrize("end", BREAKS, ids=BREAKS.get)
def test_every_encoding_and_line_end_gives_the_same_blocks(tmp_path, encoding, end):
    path = tmp_path / "报告.txt"
    path.write_bytes(REPORT.replace("\n", end).encode(encoding))
    assert texts(path) == REPORT.splitlines()
    assert extract(path).warnings == ()


def test_gbk_is_read_as_its_superset(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_bytes(REPORT.encode("gbk"))
    assert texts(path) == REPORT.splitlines()


def test_big5_is_read_as_big5(tmp_path):
    traditional = (
        "各位代表：\n現在，我代表市政府向大會報告工作，請予審議，並請各位委員提出意見。\n" * 3
    )
    path = tmp_path / "報告.txt"
    path.write_bytes(traditional.encode("big5"))
    assert texts(path) == traditional.splitlines()


def test_gb18030_reads_characters_that_gbk_does_not_have(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_bytes("加快推进䶮城和𠮷林的法治政府建设，取得新成效。\n".encode("gb18030"))
    assert texts(path) == ["加快推进䶮城和𠮷林的法治政府建设，取得新成效。"]


def test_the_shortest_gbk_text_is_not_taken_for_utf8(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_bytes("联通".encode("gbk"))
    assert texts(path) == ["联通"]


def test_bytes_that_mean_nothing_are_replaced_and_counted(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_bytes(REPORT.encode() + b"\xff\xfe\xfa" + "完".encode())
    extraction = extract(path)
    assert extraction.blocks[-1].text == "���完"
    assert extraction.warnings == ("有 3 处字节无法解读，已用 � 代替。",)


def test_a_file_cut_in_mid_character_keeps_the_rest(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_bytes(REPORT.encode("gb18030")[:-2])
    assert "".join(texts(path)) == REPORT.replace("\n", "")[:-1] + "�"


def test_two_encodings_in_one_file_are_both_read_and_told(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_bytes(REPORT.encode() + REPORT.encode("gbk"))
    extraction = extract(path)
    assert [block.text for block in extraction.blocks] == REPORT.splitlines() * 2
    assert "两种编码" in extraction.warnings[0]


def test_zero_bytes_and_control_characters_are_dropped(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_bytes("政府\x00工作\x07报告\x1f。\x1b\n第二\x00行".encode())
    assert texts(path) == ["政府工作报告。", "第二行"]


def test_escapes_of_r_on_windows_become_their_characters():
    assert decode(b"a<U+00A0><U+4E2D>b<U+ZZZZ>").text == "a\u00a0中b<U+ZZZZ>"


def test_radicals_and_compatibility_ideographs_become_plain_ones(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text("上海市人⺠政府⼯作报告：增⻓５％，⾦融（𤋮）豈有①", encoding="utf-8")
    assert texts(path) == ["上海市人民政府工作报告：增长５％，金融（𤋮）豈有①"]


def test_markdown_marks_are_understood_and_gone():
    blocks = text_blocks(
        "# 甲市条例\n\n## 第一章 总则\n\n**（一）依法。**共 3\\*4 项。\n\n<!-- 完 -->\n"
    )
    assert [(b.kind, b.level, b.text) for b in blocks] == [
        (BlockKind.HEADING, 1, "甲市条例"),
        (BlockKind.HEADING, 2, "第一章 总则"),
        (BlockKind.PARAGRAPH, 0, "（一）依法。共 3*4 项。"),
    ]


def test_links_rules_quotations_and_entities_are_understood():
    blocks = text_blocks(
        '# 甲市条例\n\n依据[《乙条例》](https://a.cn/b_c.html "题")第[1](注)条。\n---\n'
        "> 引用的&quot;话&quot;，<b>要</b>点。&#31;\n```\n代码\n```\n- 项目\n"
    )
    assert [block.text for block in blocks] == [
        "甲市条例",
        "依据《乙条例》第[1](注)条。",
        '引用的"话"，要点。',
        "代码",
        "- 项目",
    ]


def test_a_number_sign_without_a_blank_is_no_heading():
    assert [b.text for b in text_blocks("#1机组\n投入运行。")] == ["#1机组", "投入运行。"]


def test_a_markdown_table_gives_rows_with_barriers():
    blocks = text_blocks("# 表\n\n| 项目 | 数 |\n|---|---:|\n| 许可 | **1170** |\n\n以上。\n")
    rows = [block.text for block in blocks if block.kind is BlockKind.ROW]
    assert rows == [f"{BARRIER}项目{BARRIER}数{BARRIER}", f"{BARRIER}许可{BARRIER}1170{BARRIER}"]


PAGE = """下载
打印
【字号：
加大
还原
减小
】
2026年甲省政府工作报告
——2026年1月26日在甲省第十四届人民代表大会第四次会议上
来源：甲省日报
时间：2026-02-03
省长 王某某
王某某作政府工作报告。本报记者 霍某摄
各位代表：
现在，我代表省人民政府向大会报告工作，请予审议，并请省政协委员提出意见。
来源：这一行在正文里，不是网页的来源，它属于报告本身的文字，所以应当保留为段落。
让我们团结奋斗！
扫一扫在手机打开当前页
【
关闭窗口
】
相关报道：
"""


def test_lines_of_the_web_page_are_asides_and_the_report_is_not():
    blocks = text_blocks(PAGE)
    report = [block.text for block in blocks if block.kind is not BlockKind.ASIDE]
    asides = [block.text for block in blocks if block.kind is BlockKind.ASIDE]
    assert report[:3] == [
        "2026年甲省政府工作报告",
        "——2026年1月26日在甲省第十四届人民代表大会第四次会议上",
        "省长 王某某",
    ]
    assert report[-2].startswith("来源：这一行在正文里")
    assert report[-1] == "让我们团结奋斗！"
    assert {"下载", "来源：甲省日报", "时间：2026-02-03", "【关闭窗口】", "相关报道："} <= set(
        asides
    )


@pytest.mark.parametrize(
    "line",
    [
        *(
            "下载 打印 全屏 收藏 【字号：加大 还原 减小】",
            "【字体：大 中 小】",
            "打印本页 | 关闭窗口",
        ),
        *("首页 > 政务公开 > 政府工作报告", "来源：甲市司法局 发布时间：2026-01-12 浏览次数：12"),
        *("主题分类：综合政务", "上一篇：甲区报告", "冀ICP备05000001号-1", "微信扫一扫"),
    ],
)
def test_lines_of_web_pages_stand_apart_before_and_after_the_report(line):
    body = (
        "现在，我代表省人民政府向大会报告工作，请予审议，并请省政协委员提出意见，各位代表共同努力。"
        * 2
    )
    blocks = text_blocks(f"{line}\n甲省政府工作报告\n{body}\n{line}\n{body}\n{line}\n")
    kinds = [block.kind for block in blocks]
    assert kinds[0] == kinds[-1] == BlockKind.ASIDE
    assert kinds[1:-1] == [BlockKind.PARAGRAPH] * 4
    assert blocks[3].text == line


def test_a_list_of_other_reports_under_the_report_is_no_part_of_it():
    titles = ["甲市政府工作报告", "乙市政府工作报告（摘要）"]
    blocks = text_blocks("\n".join([REPORT.strip(), "相关报道：", *titles]))
    assert [b.text for b in blocks if b.kind is BlockKind.ASIDE] == ["相关报道：", *titles]


def test_values_under_bare_labels_and_paths_of_pages_are_asides():
    blocks = text_blocks(
        "当前位置：\n首页\n>\n政务信息\n>\n要闻\n甲区工作报告\n发表时间：\n2026-02-09 09:45:30\n"
        "来源：\n甲区客户端\n各位代表：\n现在报告工作。\n"
    )
    report = [block.text for block in blocks if block.kind is not BlockKind.ASIDE]
    assert report == ["甲区工作报告", "各位代表：", "现在报告工作。"]


CHINESE = st.text(
    alphabet="政府工作报告法治建设，。：；“”《》（）一二三、12 \u3000\t\n\r#*|\\年月日",
    max_size=300,
)


@given(CHINESE)
def test_no_visible_character_is_lost_or_added(text):
    kept = "".join(visible(block.text) for block in text_blocks(text))
    # What is left when marks that Markdown may take are set aside on both sides.
    marks = re.compile(r"[#*|\\]")
    assert marks.sub("", kept) == marks.sub("", visible(text))


@given(CHINESE.filter(lambda text: not re.search(r"[#*|\\]", text)))
def test_without_markdown_every_visible_character_is_kept(text):
    assert "".join(visible(block.text) for block in text_blocks(text)) == visible(text)


@given(CHINESE)
def test_blocks_hold_no_line_end_and_no_blank_at_their_ends(text):
    for block in text_blocks(text):
        assert "\n" not in block.text
        assert "\r" not in block.text
        assert block.text == block.text.strip()
        assert visible(block.text) or block.kind is BlockKind.ROW
