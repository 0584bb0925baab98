"""Wordings are counted as by looking at every sentence of every report."""

from __future__ import annotations

import pytest

from indexer.engine import open_engine
from indexer.engine.embedded import grouping, sentences
from indexer.errors import BadWordingError
from indexer.folding import fold
from indexer.results import Sort
from indexer.sameness import plain
from indexer.vocabulary.regions import regions
from tests import oracle_wordings

LOOSE = '"人口" "棉花" "外汇"'
ACROSS = '"。同时"'
QUERIES = [
    '"法治政府"',
    '"的"',
    ACROSS,
    '"20"',
    "法治政府 建设",
    '"一件事" OR "少跑"',
    '服务 -"数字政府"',
    '("教育" OR "医疗") (改革 OR 发展)',
    '"建立" …… "机制"',
    '同段("教育" "医疗")',
    LOOSE,
    "标题：工作报告 服务",
    "-服务",
    '"不会出现的词汇吧"',
]
FILTERS = [{}, {"region": ["河南省"]}, {"year": ["2020-2025", "none"], "topic": ["health", "none"]}]


def province(metadata):
    return regions().lineage(metadata.region.code)[0] if metadata.region else None


def due(group, records):
    """What is to be told of a wording."""
    held = [records[report] for report in group.times]
    years = [record.metadata.year for record in held if record.metadata.year]
    places = [province(record.metadata) for record in held]
    return (
        len(held),
        len({record.plain for record in held}),
        sum(group.times.values()),
        min(years, default=None),
        max(years, default=None),
        {code: places.count(code) for code in set(places) - {None}},
    )


def told(entry):
    counted = {region.value: region.count for region in entry.regions}
    return (entry.reports, entry.texts, entry.times, entry.first, entry.last, counted)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("query", QUERIES)
def test_wordings_are_those_of_a_full_scan(truth, library, query, filters, monkeypatch):
    monkeypatch.setattr(grouping, "USES", 10_000)
    search = library.request(query, **filters, limit=1000)
    mine = library.wordings(search)
    right = oracle_wordings.wordings(truth, search)
    assert mine.results.total == mine.looked_at == right.found
    assert mine.loose == right.loose
    assert mine.total == len(right.groups)
    assert mine.sentences == sum(sum(group.times.values()) for group in right.groups.values())
    assert mine.reports == len(
        {report for group in right.groups.values() for report in group.times}
    )
    assert len(mine.entries) == min(1000, mine.total)
    records = {record.id: record for record in truth.records}
    for entry in mine.entries:
        shown = plain(fold(entry.uses[0].passage.text))
        if shown not in right.groups:  # cut, since it is long
            assert len(entry.uses[0].passage.text) >= grouping.LONGEST // 2
            assert any(shown in whole for whole in right.groups)
            continue
        group = right.groups[shown]
        assert told(entry) == due(group, records)
        assert {use.report: use.times for use in entry.uses} == dict(group.times)
        assert entry.uses[0].passage.marks


def test_the_queries_find_what_they_are_there_for(truth, library):
    found = {query: library.wordings(library.request(query)) for query in QUERIES}
    nothing = {"-服务", '"不会出现的词汇吧"'}
    assert {query for query, each in found.items() if not each.total} <= {*nothing, LOOSE, ACROSS}
    assert found['"法治政府"'].total > 3
    if len(truth.records) > 100:
        assert found[LOOSE].loose
        assert found[ACROSS].total
        assert 0 < found["法治政府 建设"].reports < found["法治政府 建设"].results.total


@pytest.mark.parametrize("sort", Sort)
def test_the_order_is_the_one_asked_for(truth, library, sort):
    dates = {record.id: date(record.metadata) for record in truth.records}
    added = {record.id: record.added for record in truth.records}
    entries = library.wordings(library.request('"服务"', sort=sort, limit=1000)).entries
    key = {
        Sort.RELEVANCE: lambda entry: (-entry.texts, -entry.reports),
        Sort.MATCHES: lambda entry: -entry.times,
        Sort.OLDEST: lambda entry: min(dates[use.report] or "9" for use in entry.uses),
        Sort.NEWEST: lambda entry: invert(max(dates[use.report] for use in entry.uses)),
        Sort.REGION: lambda entry: -len(entry.regions),
        Sort.ADDED: lambda entry: -max(added[use.report] for use in entry.uses),
    }[sort]
    keys = list(map(key, entries))
    assert keys == sorted(keys)
    # The collection came in one go.
    assert len(set(keys)) > 1 or sort is Sort.ADDED


def date(metadata):
    return (metadata.date or (f"{metadata.year}-00-00" if metadata.year else "")).replace("-", "")


def invert(digits):
    return -int(digits or 0)


def test_those_who_have_a_wording_stand_by_date_with_a_link_to_its_words(library):
    found = library.wordings(library.request('"服务"', limit=5))
    for entry in found.entries:
        dates = [date(use) for use in entry.uses if date(use)]
        assert dates == sorted(dates)
        for use in entry.uses[:3]:
            resolved = library.resolve(use.passage.address)
            assert resolved.report.id == use.report
            low, high = resolved.span
            marked = resolved.report.document.text[low:high]
            assert fold(marked).startswith("服务")
            assert plain(fold(use.passage.text)) == plain(fold(entry.uses[0].passage.text))


def test_pages_follow_one_another_without_gap_or_repetition(library):
    whole = library.wordings(library.request('"服务"', limit=50)).entries
    parts = [
        entry
        for offset in range(0, 50, 7)
        for entry in library.wordings(
            library.request('"服务"', limit=min(7, 50 - offset), offset=offset)
        ).entries
    ]
    assert parts == list(whole)


def test_one_wording_alone_lists_all_its_reports_by_pages(library):
    first = library.wordings(library.request('"服务"', limit=1)).entries[0]
    uses = []
    for offset in range(0, first.reports, 2):
        search = library.request('"服务"', limit=2, offset=offset)
        (entry,) = library.wordings(search, first.key).entries
        assert told(entry) == told(first)
        uses += entry.uses
    assert tuple(uses)[: len(first.uses)] == first.uses
    assert len({use.report for use in uses}) == first.reports
    assert library.wordings(library.request('"服务"'), "0" * 16).entries == ()
    with pytest.raises(BadWordingError):
        library.wordings(library.request('"服务"'), "nothing")


def test_of_too_many_places_those_in_the_newest_reports_are_looked_at(truth, library, monkeypatch):
    search = library.request('"服务"', limit=1000)
    whole = library.wordings(search)
    matches = {hit.id: hit.matches for hit in library.run(search).hits}
    monkeypatch.setattr(sentences, "MOST_PLACES", sum(matches.values()) // 2)
    some = library.wordings(search)
    assert 0 < some.looked_at < whole.looked_at == whole.results.total == some.results.total
    dates = {record.id: date(record.metadata) for record in truth.records}
    newest = sorted(matches, key=lambda report: dates[report], reverse=True)[: some.looked_at]
    assert sum(matches[report] for report in newest) <= sentences.MOST_PLACES
    seen = {use.report for entry in some.entries for use in entry.uses}
    assert min(dates[report] for report in seen) >= dates[newest[-1]]


def test_the_engine_answers_without_the_library(index, library):
    search = library.request('"服务"')
    assert open_engine(index).wordings(search).entries == library.wordings(search).entries
