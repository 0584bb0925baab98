"""What was read off the picture of a page takes its place among what was drawn as text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract import extract
from indexer.extract.layout.lines import page_lines
from indexer.extract.layout.values import Glyph, PageContent, Rule
from indexer.extract.ocr.recognised import (
    Recognised,
    RecognisedLine,
    laid_over,
    pack,
    type_sizes,
    unpack,
)
from indexer.report import Page, PageStatus
from tests.conftest import SAMPLES
from tests.scans import photographs

FIRST = RecognisedLine("一、推进法治政府建设，优化营商环境。", 112.0, 100.0, 396.0, 115.0)
SECOND = RecognisedLine("全年办结案件10件", 80.0, 129.0, 224.0, 144.0)
SEEN = Recognised(595.0, 842.0, (FIRST, SECOND), (Rule(80.0, 300.0, 500.0, 300.0),))
EMPTY = PageContent(1, 595.0, 842.0, (), (), PageStatus.SCANNED)

places = st.integers(0, 8420).map(lambda tenths: tenths / 10)
lines = st.builds(RecognisedLine, st.text(min_size=1), places, places, places, places)
rules = st.builds(Rule, places, places, places, places)


def over(content, seen=SEEN):
    return laid_over(content, seen, type_sizes([seen]))


@given(
    st.builds(Recognised, places, places, st.tuples(lines), st.lists(rules, max_size=3).map(tuple))
)
def test_it_is_kept_as_bytes_and_comes_back(seen):
    if not any("\ud800" <= character <= "\udfff" for character in seen.lines[0].text):
        assert unpack(pack(seen)) == seen


def test_damaged_bytes_are_known():
    with pytest.raises(ValueError, match=r".+"):
        unpack(pack(SEEN)[:-5])


def test_of_a_scan_all_is_said_line_by_line_in_type_of_one_size():
    content = over(EMPTY)
    read = page_lines(content, ())
    assert [line.text for line in read] == [FIRST.text, SECOND.text]
    assert {line.size for line in read} == {16.0}, "half points"
    assert [round(line.x0) for line in read] == [112, 80]
    assert content.rules == SEEN.rules


def test_what_a_garbled_page_says_of_itself_is_dropped():
    glyph = Glyph("騰", 90, 100, 106, 116, 16, 0)
    rule = Rule(0, 0, 50, 0)
    garbled = replace(EMPTY, glyphs=(glyph,), rules=(rule,), status=PageStatus.GARBLED)
    content = over(garbled)
    assert glyph not in content.glyphs
    assert content.rules == SEEN.rules, "the picture shows those that were drawn, too"


def test_beside_text_only_what_the_text_does_not_say_is_added():
    own = over(EMPTY, replace(SEEN, lines=(FIRST,))).glyphs
    content = over(replace(EMPTY, glyphs=own, status=PageStatus.MIXED))
    assert [line.text for line in page_lines(content, ())] == [FIRST.text, SECOND.text]
    assert content.glyphs[: len(own)] == own, "as the file has them"


def test_a_picture_without_text_beside_text_leaves_nothing_unread():
    own = over(EMPTY).glyphs
    mixed = replace(EMPTY, glyphs=own, status=PageStatus.MIXED)
    assert over(mixed) == replace(mixed, status=PageStatus.TEXT)


@pytest.mark.parametrize("number", ["一3一", "-3-", "—3一", "- 3 一"])
def test_a_dash_at_a_page_number_is_no_figure(number):
    seen = replace(SEEN, lines=(RecognisedLine(number, 280, 790, 310, 800),))
    (line,) = page_lines(over(EMPTY, seen), ())
    assert line.text == "-3-"


def test_figures_in_a_text_are_left_alone():
    seen = replace(SEEN, lines=(replace_text("一2025一2026年"),))
    (line,) = page_lines(over(EMPTY, seen), ())
    assert line.text == "一2025一2026年"


def replace_text(text: str) -> RecognisedLine:
    return FIRST._replace(text=text)


def test_a_file_is_read_with_it_and_says_which_pages(tmp_path):
    source = next(SAMPLES.rglob("安阳市*.pdf"))
    path = photographs(tmp_path / "mixed.pdf", 2, front=source)
    text = len(extract(source).pages)
    extraction = extract(path, recognised={text + 1: SEEN})
    assert "".join(block.text for block in extraction.blocks).count(FIRST.text) == 1
    assert [page.recognised for page in extraction.pages] == [False] * text + [True, False]
    assert extraction.pages[text] == Page(text + 1, PageStatus.SCANNED, 27, recognised=True)
    assert [page.searchable for page in extraction.pages] == [True] * (text + 1) + [False]
    (warning,) = extraction.warnings
    assert f"第 {text + 2} 页" in warning


def test_a_page_on_which_nothing_was_seen_is_named(tmp_path):
    path = photographs(tmp_path / "scan.pdf", 2)
    nothing = replace(SEEN, lines=(), rules=())
    extraction = extract(path, recognised={1: SEEN, 2: nothing})
    assert extraction.warnings == ("第 2 页的图片里没有识别出文字。",)
    assert all(page.searchable for page in extraction.pages)
