"""Marks are drawn over a text without changing a letter of it."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from indexer.report import BARRIER
from webapp.marking import Marking, PageBreak, anchored, marked, passage_segments

letters = st.text(alphabet="法治政府<&\">'建设 ", min_size=1, max_size=30)


@st.composite
def marked_texts(draw):
    text = draw(letters)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = tuple(zip(edges[::2], edges[1::2], strict=False))
    return text, spans


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(marked_texts())
def test_segments_join_to_the_text_and_marks_cover_what_they_say(drawn):
    text, spans = drawn
    segments = passage_segments(text, spans)
    assert "".join(piece.text for piece in segments) == text
    inside = "".join("x" if piece.mark else "." for piece in segments for _ in piece.text)
    assert inside == "".join(
        "x" if any(start <= place < end for start, end in spans) else "."
        for place in range(len(text))
    )


@given(marked_texts())
def test_html_says_the_same_words_as_the_text(drawn):
    text, spans = drawn
    segments = passage_segments(text, spans)
    assert plain(marked(segments)) == text
    assert plain(anchored(segments)) == text
    assert marked(segments).count("<mark>") == len(spans)


@given(marked_texts(), st.integers(0, 30))
def test_a_text_in_two_blocks_opens_every_match_once(drawn, cut):
    text, spans = drawn
    cut = min(cut, len(text))
    marking = Marking(spans)
    segments = (*marking.cut(text[:cut], 0), *marking.cut(text[cut:], cut))
    assert [piece.mark for piece in segments if piece.opens] == list(range(1, len(spans) + 1))
    assert "".join(piece.text for piece in segments) == text


def test_what_a_file_says_never_becomes_markup():
    html = marked(passage_segments("<script>alert(1)</script>&", ((0, 8),)))
    assert html == "<mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt;&amp;"


def test_a_passage_and_the_match_stepped_to_can_be_linked_to():
    marking = Marking(((2, 4), (6, 8)), passage=(1, 5), current=2)
    html = anchored(marking.cut("推进法治政府建设", 0))
    assert html == (
        "推"
        '<span class="cited" id="passage" tabindex="-1" autofocus>进</span>'
        '<span class="cited"><mark id="m1" data-match="1">法治</mark></span>'
        '<span class="cited">政</span>'
        "府"
        '<mark id="m2" class="current" data-match="2">建设</mark>'
    )


def test_a_page_begins_where_it_began_in_the_original():
    pages = ((2, PageBreak(3, "第 3 页", "/r/x/file#page=3")), (4, PageBreak(4, "第 4 页", None)))
    html = anchored(Marking().cut("法治政府建设", 0, pages))
    assert html == (
        "法治"
        '<a class="page" id="page-3" data-page="3" href="/r/x/file#page=3"'
        ' aria-label="第 3 页"></a>政府'
        '<span class="page" id="page-4" data-page="4" role="doc-pagebreak"'
        ' aria-label="第 4 页"></span>建设'
    )


def test_cells_in_a_passage_are_kept_apart():
    assert marked(passage_segments(f"指标{BARRIER}34{BARRIER}2", ((3, 5),))) == (
        "指标 │ <mark>34</mark> │ 2"
    )
