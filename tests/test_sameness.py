"""What makes two stretches of text the same, and that digests say so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.folding import fold
from indexer.paired import PairedText
from indexer.report import BARRIER, Block, BlockKind, Document, Format
from indexer.sameness import plain, prints_of
from indexer.structure import sentences


def document(*texts, kind=BlockKind.PARAGRAPH):
    return Document("", Format.TEXT, tuple(Block(kind, text) for text in texts))


def digests(*texts):
    return prints_of(PairedText.of(document(*texts)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("坚持高质量发展，深化改革。", "坚持高质量发展深化改革"),
        ("“放管服”改革（试点）", "放管服改革试点"),
        ("ＧＤＰ 增长 5.0%", "GDP增长5.0%"),
        ("行政執法", "行政执法"),
        (f"收入{BARRIER}支出", "收入支出"),
        ("\ue5e5全文", "全文"),
    ],
)
def test_punctuation_width_script_and_white_space_do_not_count(one, other):
    assert plain(fold(one)) == plain(fold(other))
    assert digests(one).report == digests(other).report


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("增长3.5%", "增长35%"),
        ("增长5%", "增长5"),
        ("增长-5%", "增长5%"),
        (f"34{BARRIER}2", "342"),
        ("比例10:1", "比例101"),
        ("甲乙", "乙甲"),
        ("𠮷林", "林"),
        ("减少", "减小"),
    ],
)
def test_what_a_reader_reads_otherwise_counts(one, other):
    assert plain(fold(one)) != plain(fold(other))
    assert digests(one).report != digests(other).report


def test_where_paragraphs_and_sentences_begin_does_not_count_for_the_whole():
    together = digests("一是加快建设。二是深化改革。")
    assert together.report == digests("一是加快建设。", "二是深化", "改革。").report
    assert together.report != digests("二是深化改革。一是加快建设。").report


def test_a_text_without_a_character_is_like_no_other():
    assert digests("——。").report is None
    assert digests().report is None


PIECES = st.lists(
    st.sampled_from(
        ["改革", "3", "5", ".", ",", "%", "-", "。", "；", "“", "”", " ", "甲", "𠮷", "\n"]
    )
)


@given(first=PIECES, second=PIECES)
def test_digests_are_equal_exactly_where_plain_forms_are(first, second):
    made = [document("".join(pieces)) for pieces in (first, second)]
    told = [prints_of(PairedText.of(each)) for each in made]
    held = []
    for each, prints in zip(made, told, strict=True):
        spans = [fold(each.text[low:high]) for low, high in sentences(each.text)]
        wholes = [plain(text) for text in spans if text]
        assert len(wholes) == len(prints.sentences)
        held += zip(wholes, prints.sentences.tolist(), strict=True)
    assert len({digest for _, digest in held}) == len({text for text, _ in held})
    assert len(set(held)) == len({text for text, _ in held})
    assert (told[0].report == told[1].report) == (whole(made[0]) == whole(made[1]))


def whole(document):
    spans = sentences(document.text)
    return "".join(plain(fold(document.text[low:high])) for low, high in spans)
