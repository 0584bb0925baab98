from __future__ import annotations

from indexer.query.syntax import parse
from indexer.query.terms import marked_terms, only_phrases


def test_a_phrase_is_marked_whole_and_words_one_by_one():
    assert marked_terms(parse('"法治政府建设" 行政执法').tree) == ("法治政府建设", "行政", "执法")


def test_terms_are_folded_and_each_stands_once():
    assert marked_terms(parse("「行政處罰」 “行政处罚”").tree) == ("行政处罚",)


def test_a_single_ideograph_is_marked_only_when_there_is_nothing_longer():
    assert marked_terms(parse("法治的政府").tree) == ("法治", "政府")
    assert marked_terms(parse("的").tree) == ("的",)


def test_occurrences_can_be_counted_exactly_for_phrases_only():
    assert only_phrases(parse('"法治" OR "德治" -罚款').tree)
    assert not only_phrases(parse('"法治" 政府').tree)
    assert not only_phrases(parse("-罚款").tree)
