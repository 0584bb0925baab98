from __future__ import annotations

import sys

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import words as module
from indexer.folding import fold
from indexer.words import cutter, search_words, words
from tests.oracle import BruteForce

FOLDED = st.text(
    alphabet=st.sampled_from("深入推进法治政府建设工作的了一是在2025年.gdp，。 ①²"), max_size=80
).map(fold)


@given(FOLDED)
def test_the_words_together_are_all_letters_of_the_text(text):
    joined = "".join(words(text))
    assert [char for char in joined if char.isalnum()] == [char for char in text if char.isalnum()]


@given(FOLDED)
def test_search_words_are_the_words_and_what_is_inside_them(text):
    assert set(words(text)) <= set(search_words(text))


def test_small_words_and_single_digits_are_kept():
    assert words(fold("了不起的〇和 7 个")) == ["了不起", "的", "〇", "和", "7", "个"]


def test_a_number_is_one_word():
    assert words(fold("完成率96.26％，共11522个")) == ["完成率", "96.26", "共", "11522", "个"]


def test_the_port_cuts_chinese_as_jieba_does(corpus):
    pytest.importorskip("rjieba")
    jieba.setLogLevel("WARNING")
    for path in sorted(corpus.glob("reports/*/*.txt"))[::15]:
        text = fold(path.read_text(encoding="utf-8"))
        assert search_words(text) == list(module._pieces(text, jieba.lcut_for_search)), path.name


@pytest.fixture
def switch_to_jieba(monkeypatch):
    """What takes the port away, for the rest of the test."""

    def switch() -> None:
        monkeypatch.setitem(sys.modules, "rjieba", None)
        module._cutters.cache_clear()

    yield switch
    module._cutters.cache_clear()


def test_without_the_port_jieba_itself_cuts_and_cuts_the_same(samples_index, switch_to_jieba):
    texts = [record.folded for record in BruteForce(samples_index).records]
    assert texts
    by_port = [(words(text), search_words(text)) for text in texts]
    assert cutter() == "rjieba-1"
    switch_to_jieba()
    assert [(words(text), search_words(text)) for text in texts] == by_port
    assert cutter() == "jieba-1"
