"""What is pasted into notes shows the very words: Markdown, HTML and plain text."""

from __future__ import annotations

import re

import lxml.html
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from indexer.citing import WRITERS, Citation, Source, gbt7714, readable
from tests.citing.cases import LINK, READ_ON

SOURCE = Source(
    "x", "关于*某*事_的_[通知]|<b>", ("某县人民政府",), None, "2024-03-05", 2024, "通知"
)
LINES = st.text(
    st.one_of(
        st.sampled_from("*_[]()<>|`~#+-=.!&;:\\$\"'0123456789 题文字，。ab"),
        st.characters(codec="utf-8", categories=("L", "N", "P", "S")),
    ),
    min_size=1,
    max_size=40,
)
QUOTES = st.lists(LINES, min_size=1, max_size=3).map("\n".join).map(readable).filter(bool)


def cited(quote: str = "", pages: str = "") -> Citation:
    return Citation(SOURCE, "tifa-x", LINK, READ_ON, quote, pages)


def shown(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def paragraphs(root: lxml.html.HtmlElement) -> list[str]:
    return [paragraph.text_content() for paragraph in root.iter("p")]


@given(QUOTES)
@example("# 一")
@example("1. 一\n- 二\n=== \n> 三\n+ 四")
@example("***\n---\n~~~\n```\n    五")
@example("&amp; &#65; <br> [a](b) ![c](d) |e|f| $x$ \\* https://a.b")
@example("a\\\nb  \nc")
def test_markdown_shows_the_words_and_nothing_more(quote):
    quote = readable(quote)
    rendered = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(WRITERS["markdown"](cited(quote, "3")))
    )
    root = shown(rendered)
    (block,) = root.iter("blockquote")
    assert paragraphs(block) == quote.split("\n")
    assert [element.tag for element in block.iter()][1:] == ["p"] * len(quote.split("\n"))
    told = root[-1]
    assert told.text_content() == gbt7714(cited(quote, "3"))
    assert [anchor.get("href") for anchor in root.iter("a")] == [LINK]


@given(QUOTES)
@example('"><script>alert(1)</script>&lt;')
def test_html_shows_the_words_and_nothing_more(quote):
    root = shown(WRITERS["html"](cited(quote)))
    *words, told = paragraphs(root)
    assert words == quote.split("\n")
    assert told == gbt7714(cited(quote))
    assert {element.tag for element in root.iter()} == {"div", "blockquote", "p", "a"}
    assert not root.xpath("//*[@style or @class or @onclick]")


def test_plain_text_is_the_words_and_the_citation():
    text = WRITERS["text"](cited("一句。\n又一句。"))
    assert text == f"一句。\n又一句。\n\n{gbt7714(cited())}"
    assert WRITERS["text"](cited()) == gbt7714(cited())


def test_a_report_as_a_whole_has_no_block_quote():
    assert WRITERS["markdown"](cited()).startswith("某县人民政府.关于\\*某\\*事")
    assert "<blockquote" not in WRITERS["html"](cited())


@given(st.text(max_size=80))
def test_quoted_words_lose_only_blanks_and_what_cannot_be_shown(text):
    kept = readable(text)
    assert readable(kept) == kept
    unseen = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
    assert unseen.sub("", kept).replace("|", "") == unseen.sub("", text).replace("|", "")


def test_cells_of_a_table_stand_apart():
    assert readable("\x1f项目\x1f数量\x1f") == "项目 | 数量"
