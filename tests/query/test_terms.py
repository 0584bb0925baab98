from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.nodes import Phrase, Words
from indexer.query.syntax import parse
from indexer.query.terms import marked_terms, needed, only_phrases, touches_number, variants


def test_a_phrase_is_marked_whole_and_words_one_by_one():
    assert marked_terms(parse('"法治政府建设" 行政审批').tree) == ("法治政府建设", "行政", "审批")


def test_terms_are_folded_and_each_stands_once():
    assert marked_terms(parse("「行政處罰」 “行政处罚”").tree) == ("行政处罚",)


def test_a_single_ideograph_is_marked_only_when_there_is_nothing_longer():
    assert marked_terms(parse("法治的政府").tree) == ("法治", "政府")
    assert marked_terms(parse("的").tree) == ("的",)


def test_occurrences_can_be_counted_exactly_for_phrases_only():
    assert only_phrases(parse('"法治" OR "德治" -罚款').tree)
    assert not only_phrases(parse('"法治" 政府').tree)
    assert not only_phrases(parse("-罚款").tree)
    assert only_phrases(parse('"法治" title:"报告"').tree)
    assert not only_phrases(parse("title:报告").tree)
    assert not only_phrases(parse('"建立" … "机制"').tree)
    assert not only_phrases(parse('"法治" OR 同句("群众" "满意")').tree)


def test_text_that_must_stand_near_is_marked_and_a_title_is_not():
    tree = parse('"建立" … "机制" 同句(行政审批 "法治") title:报告 -同段(别的)').tree
    assert marked_terms(tree) == ("建立", "机制", "行政", "审批", "法治")


SPELLINGS = {"2026-03-11", "2026/3/11", "2026.3.11", "2026年3月11日", "2026年03月11日"}


@pytest.mark.parametrize("typed", sorted(SPELLINGS))
def test_a_date_is_looked_for_in_every_spelling(typed):
    assert variants(typed)[0] == typed
    assert set(variants(typed)) >= SPELLINGS
    assert len(variants(typed)) == len(set(variants(typed)))
    assert marked_terms(Words(typed)) == variants(typed)
    assert marked_terms(Phrase(typed)) == (typed,), "what is quoted is literal"
    assert needed(Words(typed)) == (variants(typed),)


def test_no_spelling_of_a_date_begins_another_date():
    found = variants("2026年3月1日")
    assert found == ("2026年3月1日", "2026-03-01", "2026/03/01", "2026.03.01", "2026年03月01日")
    assert variants("2026-3-1")[0] == "2026-3-1"


@pytest.mark.parametrize(
    "text",
    ["2026-13-11", "2026-03-32", "2026-0-1", "2026-03/11", "2026年", "3月11日", "1.2.3", "法"],
)
def test_what_is_no_date_is_looked_for_as_it_stands(text):
    assert variants(text) == (text,)


def test_of_words_every_one_is_needed_even_a_single_ideograph():
    assert needed(Words("法治的政府")) == (("法治",), ("的",), ("政府",))
    assert needed(Phrase("法治的政府")) == (("法治的政府",),)


@pytest.mark.parametrize(
    ("text", "term", "touched"),
    [
        ("15亿元", "5亿元", True),
        ("2.5亿元", "5亿元", True),
        ("1,500亿元", "500亿元", True),
        ("共5亿元", "5亿元", False),
        ("5亿元", "5亿元", False),
        (".5亿元", "5亿元", False),
        ("第,5亿元", "5亿元", False),
        ("1-5亿元", "5亿元", False),
        ("1..5亿元", "5亿元", False),
        ("2 5亿元", "5亿元", False),
        ("20255月", "2025", True),
        ("增长2.55", "增长2.5", True),
        ("增长2.5", "增长2", True),
        ("增长2,500", "增长2", True),
        ("增长2.", "增长2", False),
        ("增长2。5", "增长2", False),
        ("1亿元5", "亿元", False),
    ],
)
def test_an_occurrence_touches_a_number_or_not(text, term, touched):
    start = text.index(term)
    assert touches_number(text, start, start + len(term)) is touched


@given(st.text("12.,亿", min_size=1, max_size=12), st.data())
def test_numbers_are_those_of_a_regular_expression(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before = re.search(r"[0-9][.,]?$", text[:start]) and text[start].isdigit()
    after = re.match(r"[.,]?[0-9]", text[end:]) and text[end - 1].isdigit()
    assert touches_number(text, start, end) == bool(before or after)
