"""How folded text is read aloud: polyphones by the phrase they stand in."""

from __future__ import annotations

import pytest
from pypinyin import lazy_pinyin

from indexer.folding import fold
from indexer.library import Library
from indexer.pinyin import spell


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("重庆市", "chong qing shi"),
        ("重点工作", "zhong dian gong zuo"),
        ("银行长期", "yin hang chang qi"),
        ("行政执法", "xing zheng zhi fa"),
        ("市长", "shi zhang"),
        ("会计", "kuai ji"),
        ("绿色发展", "lv se fa zhan"),
        ("5g建设", "5 g jian she"),
    ],
)
def test_a_character_is_read_as_in_its_phrase(text, readings):
    assert spell([text]) == [tuple(readings.split())]


def test_texts_do_not_run_into_each_other():
    assert spell(["银", "行", "", "银行"]) == [("yin",), ("xing",), (), ("yin", "hang")]


def test_titles_are_read_as_pypinyin_reads_them(samples_index):
    titles = [fold(hit.title) for hit in Library(samples_index).search("的", limit=100).hits]
    alike = [
        reading == "".join(lazy_pinyin(title))
        for title, reading in zip(titles, map("".join, spell(titles)), strict=True)
    ]
    assert len(titles) > 20
    assert sum(alike) >= 0.95 * len(titles)
