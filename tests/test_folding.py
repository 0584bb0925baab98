from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.folding import fold, fold_query, fold_with_origin
from indexer.report import BARRIER

SAME = [
    ("２０２５年", "2025年", "width"),
    ("ＧＤＰ", "gdp", "width and case"),
    ("2025 年", "2025年", "a blank beside an ideograph"),
    ("群\n众", "群众", "a line break"),
    ("群　众", "群众", "an ideographic blank"),
    ("行政處罰", "行政处罚", "traditional script"),
    ("臺灣", "台湾", "traditional script"),
    ("办\u200b法", "办法", "a zero-width blank"),
    ("法\u00ad治", "法治", "a soft hyphen"),
    ("⼯作", "工作", "a Kangxi radical"),
    ("⺠生", "民生", "a radical of the supplement"),
    ("金\uf90a", "金金", "a compatibility ideograph"),
    ("“放管服”", '"放管服"', "curly quotes"),
    ("「放管服」", '"放管服"', "corner quotes"),
    ("（一）", "(一)", "brackets"),
    ("〔2018〕", "[2018]", "tortoise-shell brackets"),
    ("㈠", "（一）", "a bracketed numeral"),
    ("法治，政府", "法治,政府", "commas"),
    ("ﬁnance", "finance", "a ligature"),
    ("第Ⅲ期", "第iii期", "a Roman numeral"),
    ("100㎡", "100m²", "a squared unit"),
    ("二○二四年", "二〇二四年", "a circle for zero"),
    ("GDP   growth", "gdp growth", "a run of blanks between Latin words"),
    ("……", "......", "dots"),
]

DIFFERENT = [
    ("① 2025", "12025", "a circled number is not a digit"),
    ("10²", "102", "a superscript is not a digit"),
    ("法治、政府", "法治，政府", "、 keeps its identity"),
    ("法治。", "法治.", "。 keeps its identity"),
    ("GDP growth", "GDPgrowth", "one blank between Latin words stays"),
    ("34 2", "342", "one blank between digits stays"),
    ("2025⒈", "20251.", "a number with its full stop is not a digit"),
    ("乾县", "干县", "乾 is used as it is in simplified texts"),
    ("著名", "着名", "著 is used as it is in simplified texts"),
    (f"34{BARRIER}2", "342", "cells of a table"),
]


@pytest.mark.parametrize(("one", "other", "why"), SAME)
def test_the_same_words_fold_to_the_same_text(one, other, why):
    assert fold(one) == fold(other), why


@pytest.mark.parametrize(("one", "other", "why"), DIFFERENT)
def test_different_words_stay_different(one, other, why):
    assert fold(one) != fold(other), why


TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("政府处罚處罰臺 　\n\t①²㎡ﬁⅢ（）“”，。、…aZ09\u200b" + BARRIER),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(TEXTS)
def test_folding_what_is_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_every_folded_character_knows_where_it_came_from(text):
    folded = fold_with_origin(text)
    assert len(folded.origin) == len(folded.text)
    for char, place in zip(folded.text, folded.origin, strict=True):
        own = fold(f"甲{text[place]}甲")[1:-1]
        assert char in own or (char == " " and text[place].isspace())
    assert list(folded.origin) == sorted(folded.origin)


@given(TEXTS, st.data())
def test_a_folded_stretch_leads_back_to_an_original_that_folds_to_it(text, data):
    folded = fold_with_origin(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    low, high = folded.origin[start], folded.origin[end - 1] + 1
    assert folded.text[start:end].strip() in fold(text[low:high])


@given(TEXTS)
def test_nothing_typed_can_match_a_barrier(text):
    assert BARRIER not in fold_query(text)


def test_white_space_of_every_kind_makes_no_difference_between_ideographs():
    blanks = [
        chr(code)
        for code in range(0x3100)
        if chr(code).isspace() and chr(code) not in "\x1c\x1d\x1e\x1f"
    ]
    assert {fold(f"政{blank}府") for blank in blanks} == {"政府"}


def test_all_width_forms_fold_to_their_plain_character():
    for code in range(0xFF01, 0xFF5F):
        plain = unicodedata.normalize("NFKC", chr(code))
        assert fold(f"中{chr(code)}中") == fold(f"中{plain}中")
