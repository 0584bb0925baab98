from __future__ import annotations

import re
import sys
from collections import Counter
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import words as module
from indexer.catalogue import Catalogue
from indexer.engine.embedded.schema import revision
from indexer.folding import fold
from indexer.vocabulary.words import Term, Terms, terms
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


def test_a_term_of_the_vocabulary_is_one_word_and_is_found_by_its_parts():
    assert words("优化营商环境") == ["优化", "营商环境"]
    assert {"优化", "营商", "环境", "营商环境"} == set(search_words("优化营商环境"))


def test_the_longest_term_is_the_word_and_the_shorter_ones_are_found():
    assert words("行政规范性文件管理") == ["行政规范性文件", "管理"]
    found = search_words("行政规范性文件管理")
    assert {"行政规范性文件", "规范性文件", "规范性", "文件"} <= set(found)


def test_a_term_is_found_where_jieba_cuts_across_it_and_so_is_what_jieba_cuts():
    assert words("失业保险金") == ["失业", "保险金"]
    assert {"失业", "保险金", "失业保险"} <= set(search_words("失业保险金"))


def test_a_term_does_not_reach_over_a_mark_or_a_number():
    assert words(fold("法治，政府")) == ["法治", "政府"]
    assert "法治政府" not in search_words(fold("法治，政府；法治2025政府"))


def test_with_the_vocabulary_nothing_is_lost_and_terms_count_as_often_as_they_stand(corpus):
    rjieba = pytest.importorskip("rjieba")
    vocabulary = {term.word for term in terms().all}
    seen = set()
    for path in sorted(corpus.glob("reports/*/*.txt"))[::15]:
        text = fold(path.read_text(encoding="utf-8"))
        stretches = re.findall("[\u3400-\u4dbf\u4e00-\u9fff〇々]+", text)
        by_jieba = Counter(word for part in stretches for word in rjieba.cut_for_search(part))
        found = Counter(search_words(text))
        standing = {word: len(re.findall(f"(?={word})", text)) for word in vocabulary}
        assert {word: found[word] for word in vocabulary} == standing, path.name
        assert not {
            word: count
            for word, count in by_jieba.items()
            if word not in vocabulary and found[word] != count
        }, path.name
        seen.update(word for word, count in standing.items() if count)
    assert len(seen) > 100


def test_jieba_itself_keeps_its_dictionary():
    rjieba = pytest.importorskip("rjieba")
    assert "营商环境" in search_words("营商环境")
    assert not rjieba.has_word("营商环境")


def test_what_cuts_is_named_with_its_version_and_the_vocabulary():
    pytest.importorskip("rjieba")
    assert f"rjieba-{version('rjieba')}" in cutter()
    assert terms().digest in cutter()


def test_a_report_is_indexed_anew_when_the_vocabulary_changes(samples_index, monkeypatch):
    catalogue = Catalogue.open(samples_index.catalogue)
    entries = list(catalogue.entries())
    catalogue.close()
    assert entries
    before = [revision(entry) for entry in entries]
    longer = Terms([*terms().all, Term("新编用语", "试")])
    monkeypatch.setattr(module, "terms", lambda: longer)
    assert not set(before) & {revision(entry) for entry in entries}


@pytest.fixture
def switch_to_jieba(monkeypatch):
    """What takes the port away, for the rest of the test."""

    def switch() -> None:
        monkeypatch.setitem(sys.modules, "rjieba", None)
        module._cutter.cache_clear()

    yield switch
    module._cutter.cache_clear()


def test_without_the_port_jieba_itself_cuts_and_cuts_the_same(samples_index, switch_to_jieba):
    texts = [record.folded for record in BruteForce(samples_index).records]
    assert texts
    by_port = [(words(text), search_words(text)) for text in texts]
    assert ":rjieba-" in cutter()
    switch_to_jieba()
    assert [(words(text), search_words(text)) for text in texts] == by_port
    assert f":jieba-{version('jieba')}:" in cutter()


def test_the_port_cuts_real_reports_as_jieba_does(corpus, switch_to_jieba):
    pytest.importorskip("rjieba")
    paths = sorted(corpus.glob("reports/*/*.txt"))[::15]
    texts = [fold(path.read_text(encoding="utf-8")) for path in paths]
    by_port = [search_words(text) for text in texts]
    switch_to_jieba()
    assert [search_words(text) for text in texts] == by_port
