"""The vocabulary: every line is a term that earns its place, and all of them are found."""

from __future__ import annotations

import re
from importlib.resources import files

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.folding import fold
from indexer.vocabulary.words import Term, Terms, terms
from indexer.words import search_words, words

ALL = terms().all


@pytest.fixture(scope="module")
def own_jieba():
    """jieba with nothing but its own dictionary."""
    jieba.setLogLevel("WARNING")
    return jieba.Tokenizer()


def test_each_line_is_a_word_and_its_source_or_reason():
    lines = files("indexer.vocabulary").joinpath("words.txt").read_text("utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]
    assert [f"{term.word}\t{term.source}" for term in ALL] == entries
    assert not [term for term in ALL if len(term.source) < 6 or term.source != term.source.strip()]


def test_a_term_is_two_to_ten_ideographs_as_they_are_folded():
    assert not [t.word for t in ALL if not re.fullmatch("[\u4e00-\u9fff]{2,10}", t.word)]
    assert not [t.word for t in ALL if fold(t.word) != t.word]


def test_the_terms_are_sorted_and_none_is_there_twice():
    assert len(ALL) > 300
    assert [term.word for term in ALL] == sorted({term.word for term in ALL})


def test_no_term_is_in_jiebas_dictionary_already(own_jieba):
    own_jieba.initialize()
    assert own_jieba.FREQ["营商"]
    assert not [term.word for term in ALL if own_jieba.FREQ.get(term.word)]


def test_a_term_is_one_word_where_it_stands_alone():
    assert not [term.word for term in ALL if words(term.word) != [term.word]]
    assert not [term.word for term in ALL if search_words(term.word).count(term.word) != 1]


def test_what_jieba_cuts_a_term_into_is_found_by_as_before(own_jieba):
    for term in ALL:
        parts = {*own_jieba.lcut(term.word), *own_jieba.lcut_for_search(term.word)}
        assert parts <= set(search_words(term.word)), term.word


def test_a_source_is_not_part_of_what_names_the_terms():
    assert Terms([Term("营商环境", "甲")]).digest == Terms([Term("营商环境", "乙")]).digest
    assert Terms([Term("营商环境", "甲")]).digest != Terms([Term("政务公开", "甲")]).digest


@given(
    st.lists(st.text("甲乙丙𠀀", min_size=1, max_size=4), max_size=6, unique=True),
    st.text("甲乙丙𠀀\na", max_size=30),
)
def test_every_occurrence_of_every_term_is_found(chosen, text):
    found = Terms([Term(word, "试") for word in chosen]).standing_in(text)
    starts = range(len(text))
    expected = [word for word in chosen for start in starts if text.startswith(word, start)]
    assert sorted(found) == sorted(expected)
