"""Any engine must answer as the simplest one that can be right: same ids, counts, facets, order."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.folding import fold
from indexer.results import Sort
from indexer.vocabulary.regions import regions
from tests.oracle import compare
from tests.oracle_facets import as_counts

QUERIES = [
    "法治政府",
    '"法治政府"',
    '"的"',
    "行政执法 服务",
    '"一件事" OR "少跑"',
    '服务 -"数字政府"',
    "-服务",
    '("教育" OR "医疗") (改革 OR 发展)',
    "不会出现的词汇吧",
    '"2025年"',
]
NEAR_AND_NAMED = [
    '"建立" …… "机制"',
    '"的" … "的" … "的"',
    '-"建立" … "机制" 服务',
    "同句(群众 满意)",
    '同句("法治" 政府建设)',
    '同句("日" 施行)',
    '同段("教育" "医疗")',
    "paragraph(法治政府 监督) OR sentence(数字 政府)",
    '同段(服务 "、")',
    "title:工作报告",
    '标题："政府工作报告" 服务',
    "-title:报告",
    "issuer:人民政府 OR kind:法规",
    "kind:年度报告",
]
NUMBERS = ['"5亿元"', '"20"', '"1"', '同句("2" "0")', '"1" … "2"', '"5%" OR "12.5"']
FILTERS = [
    {},
    {"region": ["河南省"]},
    {"region": ["410000", "none"], "year": ["2020-2025"]},
    {"topic": ["health"]},
    {"year": ["2025", "none"], "topic": ["health", "none"]},
]


def same_answer(engine, truth, search):
    mine, right, wrong = compare(engine, truth, search)
    assert wrong == []
    return mine, right


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("query", QUERIES)
def test_reports_counts_and_facets_are_those_of_a_full_scan(engine, truth, library, query, filters):
    same_answer(engine, truth, library.request(query, **filters, limit=1000))


@pytest.mark.parametrize("query", NEAR_AND_NAMED)
def test_what_stands_near_and_what_is_known_of_a_report(engine, truth, library, query):
    _, right = same_answer(engine, truth, library.request(query, limit=1000))
    assert 0 < right.total < len(truth.records)


@pytest.mark.parametrize(
    "query",
    [
        "{}-{:02}-{:02}",
        "{}年{}月{}日",
        "同句({}.{:02}.{:02} 起)",
    ],
)
def test_a_date_is_found_whatever_its_spelling(engine, truth, library, query):
    written = re.compile("自([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日起")
    dates = filter(None, (written.search(record.folded) for record in truth.records))
    day = map(int, next(dates).groups())
    _, right = same_answer(engine, truth, library.request(query.format(*day), limit=1000))
    assert right.total


@pytest.mark.parametrize("query", NUMBERS)
def test_whole_numbers_are_those_that_no_digit_touches(engine, truth, library, query):
    _, cut = same_answer(engine, truth, library.request(query, limit=1000))
    whole = library.request(query, limit=1000, whole_numbers=True)
    _, right = same_answer(engine, truth, whole)
    assert right.occurrences < cut.occurrences


@pytest.mark.parametrize("filters", FILTERS[1:], ids=str)
def test_without_words_the_filters_decide(engine, truth, library, filters):
    same_answer(engine, truth, library.request("", **filters, limit=1000))


def test_random_phrases_of_the_texts_are_all_found(engine, truth, library):
    chosen = random.Random(20260311)
    for _ in range(100):
        folded = chosen.choice(truth.records).folded
        start = chosen.randrange(len(folded))
        phrase = folded[start : start + chosen.randint(2, 30)].replace('"', "")
        if phrase.strip():
            same_answer(engine, truth, library.request(f'"{phrase}"', limit=1000))


PIECES = st.sampled_from(
    ["法治", "政府", '"服务"', '"2025年"', "-教育", "OR", "(", ")", "改革", '"，"', "的"]
)


@settings(max_examples=60)
@given(typed=st.lists(PIECES, min_size=1, max_size=6).map(" ".join))
def test_any_combination_of_words_phrases_and_operators(engine, truth, library, typed):
    same_answer(engine, truth, library.request(typed, limit=1000))


@pytest.mark.parametrize("sort", [sort for sort in Sort if sort is not Sort.RELEVANCE])
def test_the_order_is_the_one_asked_for(engine, library, truth, sort):
    search = library.request('"服务"', sort=sort, limit=1000)
    mine = [hit.id for hit in engine.search(search).hits]
    right = [hit.id for hit in truth.search(search).hits]
    added = {record.id: record.added for record in truth.records}
    key = {hit.id: _place(hit, sort, added) for hit in truth.search(search).hits}
    assert [key[hit] for hit in mine] == [key[hit] for hit in right]


def _place(hit, sort, added):
    if sort is Sort.ADDED:
        return added[hit.id]
    if sort is Sort.MATCHES:
        return hit.matches
    if sort is Sort.REGION:
        return regions().lineage(hit.region.code) if hit.region else None
    return hit.date or hit.year


def test_pages_follow_one_another_without_gap_or_repetition(engine, library):
    whole = [hit.id for hit in engine.search(library.request('"服务"', limit=1000)).hits]
    pages = [
        hit.id
        for offset in range(0, len(whole), 7)
        for hit in engine.search(library.request('"服务"', limit=7, offset=offset)).hits
    ]
    assert pages == whole
    assert engine.search(library.request('"服务"', offset=len(whole))).hits == ()


def test_scores_fall_and_the_title_counts(engine, library):
    hits = engine.search(library.request("法治政府建设", limit=50)).hits
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert "法治" in hits[0].title


def test_the_overview_counts_everything(engine, truth):
    total, facets = engine.overview()
    right, right_facets = truth.overview()
    assert total == right
    for name in ("region", "year", "topic"):
        assert as_counts(getattr(facets, name)) == as_counts(getattr(right_facets, name))


def test_a_chosen_value_stays_listed_even_when_no_report_has_it(engine, library):
    results = engine.search(library.request('"服务"', region=["810000"], year=["1950"]))
    assert results.total == 0
    assert ("810000", 0) in {(value.value, value.count) for value in results.facets.region}
    assert (1950, 0) in {(value.value, value.count) for value in results.facets.year}


def test_a_single_word_that_no_report_has_finds_nothing(engine, library):
    assert engine.search(library.request("饕餮")).total == 0


def test_where_no_report_has_all_the_words_those_with_most_are_given_and_it_is_said(
    engine, library
):
    search = library.request("法治政府建设 饕餮")
    results = engine.search(search)
    assert results.total
    assert results.search.problems != search.problems
    for hit in results.hits:
        text = library.report(hit.id).document.text
        assert "饕餮" in hit.missing
        assert all(word not in fold(text) for word in hit.missing)
    assert engine.search(library.request('法治政府建设 "饕餮"')).total == 0
