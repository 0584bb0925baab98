"""Web pages saved as reports: what a browser shows of them, and what of it is the report."""

import re

import pytest

from indexer.errors import NoTextError, UnsupportedError
from indexer.extract import extract
from indexer.extract.clean import visible
from indexer.extract.txt.html import is_html, read_page
from indexer.report import BARRIER, BlockKind, Format
from indexer.structure import structure

TITLE = "2025年甲市法治政府建设年度报告"
FIRST = (
    "2025年，甲市坚持以习近平法治思想为指导，全面推进依法行政，各项工作取得明显成效，现报告如下。"
)
SECOND = "全年办理行政许可1170件，群众满意度进一步提升，行政复议案件按期办结，没有一件被撤销。"

PAGE = f"""<!DOCTYPE html>
<html><head><meta charset="{{charset}}"><title>{TITLE}_甲市人民政府门户网站</title>
<style>p {{{{ color: red }}}}</style><script>var a = "脚本里的字";</script></head>
<body><form id="form1">
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="a">政务公开</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="b">年度报告</a></div>
<div class="article">
<div class="article-title">{TITLE}</div>
<div>来源：甲市司法局　发布时间：2026-01-12　【字体：<a>大</a> <a>中</a> <a>小</a>】</div>
<div><a>打印</a> <a>下载</a></div>
<p>　　{FIRST}</p>
<h3>一、主要举措</h3>
<p>&nbsp;&nbsp;&nbsp;&nbsp;{SECOND[:20]}<b>{SECOND[20:24]}</b>
{SECOND[24:]}</p>
<p style="display: none">看不见的字</p>
<table><caption>表1</caption><tr><th>项目</th><th>件数</th></tr>
<tr><td><p>许可</p></td><td>1170</td></tr><tr><td colspan="2">合计</td></tr></table>
<p>附件：<a href="x.doc">统计表.doc</a></p>
<p align="right">甲市人民政府</p><p align="right">2026年1月12日</p>
</div>
<div class="footer"><p>主办：甲市人民政府办公室</p><p>冀ICP备05000001号</p></div>
</form></body></html>"""


@pytest.fixture
def page(tmp_path):
    """A function that saves a page and reads it."""

    def read(source, encoding="utf-8", name="报告.html"):
        path = tmp_path / name
        path.write_bytes(source.encode(encoding))
        return extract(path)

    return read


def report(extraction):
    return [block.text for block in extraction.blocks if block.kind is not BlockKind.ASIDE]


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "utf-8"),
        ("gbk", "gb2312"),
        ("gb18030", "gbk"),
        ("gbk", "utf-8"),  # a page may be wrong about itself
        ("utf-16", "utf-16"),
        ("utf-8-sig", "gb2312"),
    ],
)
@pytest.mark.parametrize("name", ["报告.html", "报告.txt", "报告.pdf"])
def test_a_page_gives_its_report_whatever_it_is_called_and_encoded(page, encoding, charset, name):
    extraction = page(PAGE.format(charset=charset), encoding, name)
    assert extraction.format is Format.TEXT
    assert extraction.warnings == ()
    assert report(extraction) == [
        *(TITLE, FIRST, "一、主要举措", SECOND, "表1"),
        f"{BARRIER}项目{BARRIER}件数{BARRIER}",
        f"{BARRIER}许可{BARRIER}1170{BARRIER}",
        f"{BARRIER}合计{BARRIER}",
        *("附件：统计表.doc", "甲市人民政府", "2026年1月12日"),
    ]


def test_the_page_s_own_lines_are_asides(page):
    blocks = page(PAGE.format(charset="utf-8")).blocks
    asides = [block.text for block in blocks if block.kind is BlockKind.ASIDE]
    assert asides == [
        *("首页", "政务公开", "当前位置：首页 > 年度报告"),
        "来源：甲市司法局　发布时间：2026-01-12　【字体：大 中 小】",
        *("打印 下载", "主办：甲市人民政府办公室", "冀ICP备05000001号"),
    ]


def test_title_and_headings_are_known(page):
    extraction = page(PAGE.format(charset="utf-8"))
    kinds = {block.text: (block.kind, block.level) for block in extraction.blocks}
    assert kinds[TITLE] == (BlockKind.TITLE, 0)
    assert kinds["一、主要举措"] == (BlockKind.HEADING, 3)
    assert structure(extraction, "index.html").title == TITLE


def test_a_title_that_the_page_does_not_show_is_put_first(page):
    extraction = page(f"<html><head><title>{TITLE} - 甲市政府</title></head><p>{FIRST}</p></html>")
    assert report(extraction) == [TITLE, FIRST]
    assert extraction.blocks[0].kind is BlockKind.TITLE


def test_what_no_browser_shows_is_not_read(page):
    text = "".join(block.text for block in page(PAGE.format(charset="utf-8")).blocks)
    assert not re.search("脚本里的字|看不见的字|color", text)


def test_a_table_that_lays_the_page_out_gives_paragraphs():
    source = (
        f"<html><table><tr><td>导航</td><td><table><tr><td>{FIRST}<br>　　{SECOND}"
        f"<p>{'三是强化保障。' * 80}</p></td></tr></table></td></tr></table></html>"
    )
    blocks = read_page(source).blocks
    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH] * 4
    assert [block.text for block in blocks[1:3]] == [FIRST, SECOND]


def test_line_breaks_part_paragraphs_and_wrapped_source_does_not():
    source = f"<html><p>{FIRST[:10]}\n   {FIRST[10:]}<br/><br/>In the\nyear 2025<br>{SECOND}</p>"
    assert [block.text for block in read_page(source).blocks] == [FIRST, "In the year 2025", SECOND]


def test_a_page_of_lines_keeps_them_as_text_would():
    wrapped = "\n".join(
        text[start : start + 15]
        for text in ("　　" + FIRST * 3, "　　" + SECOND * 3)
        for start in range(0, len(text), 15)
    )
    assert [b.text for b in read_page(f"<html><pre>{wrapped}</pre>").blocks] == [
        FIRST * 3,
        SECOND * 3,
    ]


@pytest.mark.parametrize(
    ("source", "error", "told"),
    [
        ("<html><meta charset=gbk><p>404 页面不存在</p></html>", UnsupportedError, "404 页面"),
        ("<html><title>403 Forbidden</title><h1>403 Forbidden</h1>", UnsupportedError, "403"),
        ("<html><body>抱歉，您访问的页面已删除。</body></html>", UnsupportedError, "已删除"),
        ("<html><script>render()</script><div id=app></div></html>", NoTextError, "网页"),
        ("<html></html>", NoTextError, "网页"),
        ("<!DOCTYPE html>", NoTextError, "网页"),
    ],
)
def test_a_page_that_is_no_report_says_so(page, source, error, told):
    with pytest.raises(error, match=told) as caught:
        page(source, "gbk", "报告.pdf")
    assert "网页（HTML）" in caught.value.reason


def test_the_real_error_page_is_refused_with_what_it_says(corpus):
    with pytest.raises(UnsupportedError, match="404 页面不存在"):
        extract(corpus / "pdf" / "derived" / "397_named_as_pdf_but_html.pdf")


def test_pages_as_deep_as_they_like_are_read_as_far_as_the_parser_goes():
    assert read_page("<div>" * 1500 + FIRST).blocks[0].text == FIRST
    deep = read_page(f"<html><p>{SECOND}</p>{'<div>' * 100_000}{FIRST}")
    assert deep.blocks[0].text == SECOND
    assert "太深" in deep.warnings[0]


def test_no_visible_character_of_a_page_is_lost():
    paragraphs = [f"{number}、{SECOND}" for number in range(40)]
    source = "<html><body>" + "".join(
        f"<div class='x{n % 3}'><span>{p[:9]}</span>{p[9:]}</div>" for n, p in enumerate(paragraphs)
    )
    blocks = read_page(source).blocks
    assert [visible(block.text) for block in blocks] == paragraphs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>一段。</p>\n<p>二段。</p>", True),
        ("\ufeff<?xml version='1.0'?>\n<html xmlns='x'><p>一段</p></html>", True),
        ("<!-- 注 -->\n<!DOCTYPE HTML PUBLIC '-//W3C'><html>", True),
        ("<!-- 注 -->\n政府工作报告", False),
        ("<p align=center>图</p>\n\n# 报告\n\n正文<br>，</p>完。", False),
        ("<规定>第一条</规定>", False),
        ("政府工作报告\n<html>", False),
    ],
)
def test_pages_are_told_from_texts_with_tags(text, told):
    assert is_html(text) is told
