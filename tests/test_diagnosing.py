"""Why a search finds nothing: every figure is that of a search one can run."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from indexer.diagnosing import Part, answer_json, diagnose
from indexer.library import Library
from indexer.query.syntax import parse
from indexer.results import Filters
from tests.oracle import BruteForce

FAILING = [
    ("“营伤环境” 法治", {}),
    ("营商环境 量子纠缠态", {}),
    ("“法治政府” “量子纠缠”", {"region": "河南省", "year": "1999"}),
    ("“营商环境”", {"region": "河南省", "year": "1999"}),
    ("“推进发治政府” OR 数字政付", {"topic": "法治政府建设"}),
    ("标题：量子 机关：人民政府", {}),
    ("同句(法治 量子纠缠)", {}),
    ("“建立” … “营伤环境”", {}),
    ("“2025” -政府", {"year": "2025"}),
    ("“0亿元人民币”", {"whole_numbers": True}),
    ("", {"region": "河南省", "year": "1001"}),
    ("龘 " * 30, {}),
]


@pytest.fixture(scope="module")
def library(samples_index):
    return Library(samples_index)


@pytest.fixture(scope="module")
def brute(samples_index):
    return BruteForce(samples_index)


@pytest.fixture(scope="module")
def total(brute):
    """The reports that another query finds, all else as in a search."""

    def counted(search, query, **changes):
        tree = parse(query).tree
        return brute.search(replace(search, tree=tree, limit=0, **changes)).total

    return counted


def every(parts: tuple[Part, ...]) -> list[Part]:
    return [one for part in parts for one in (part, *every(part.inside))]


@pytest.mark.parametrize(("query", "asked"), FAILING)
def test_every_figure_can_be_recounted(library, total, query, asked):
    search = library.request(query, **asked)
    found = diagnose(library, search)
    anywhere = {"filters": Filters()}
    for part in every(found.parts):
        assert total(search, part.query) == part.reports, part
        assert total(search, part.query, **anywhere) == part.anywhere, part
    for meant in found.meant:
        assert total(search, meant.query) == meant.reports
        assert total(search, meant.query, **anywhere) == meant.anywhere > 0
    for without in found.without:
        changes = {
            "filters": anywhere,
            "whole_numbers": {"whole_numbers": False},
            "quotes": {},
        }.get(without.what) or (
            {"filters": replace(search.filters, **{f"{without.what}s": ()})}
            if without.what in ("region", "year", "topic")
            else {}
        )
        assert total(search, without.query, **changes) == without.reports, without
    assert found.unsearchable == library.unsearchable()


def test_the_word_that_fails_is_told_from_those_that_do_not(library):
    found = diagnose(library, library.request("法治 量子纠缠"))
    held, lacking = found.parts
    assert (held.query, lacking.query) == ("法治", "量子纠缠")
    assert held.reports > 0 == lacking.reports


def test_a_phrase_is_cut_into_what_stands_somewhere(library):
    (part,) = diagnose(library, library.request("“优化营商环境龘龘”")).parts
    assert [inner.query for inner in part.inside] == ['"优化营商环境"']


def test_the_filter_in_the_way_is_named(library):
    search = library.request("“营商环境”", region="山东省", year="1999")
    without = {one.what: one.reports for one in diagnose(library, search).without}
    assert without["region"] == 0 < without["year"] <= without["filters"]


def test_what_may_have_been_meant_keeps_the_rest_of_the_query(library):
    (meant, *_) = diagnose(library, library.request("“营伤环境” 法治")).meant
    assert meant.query == '"营商环境" 法治'
    assert library.search(meant.query).total == meant.reports > 0


def test_letters_are_taken_for_the_sound_of_phrases(library):
    library.suggesting.table()
    found = diagnose(library, library.request("yingshanghuanjing"))
    assert found.meant[0].query == "营商环境"


def test_only_answers_without_a_report_are_diagnosed(library):
    assert "diagnosis" not in answer_json(library, library.search("法治"))
    answer = answer_json(library, library.search("“营伤环境”"))
    assert list(answer)[-1] == "diagnosis"
    told = json.loads(json.dumps(answer))["diagnosis"]
    assert set(told) == {"parts", "without", "meant", "unsearchable"}
    assert told["meant"][0]["query"] == '"营商环境"'


def test_the_command_says_what_to_do(tifa, samples_index):
    done = tifa("search", "“营伤环境” 法治", "--year", "2025", TIFA_INDEX=str(samples_index.index))
    assert done.returncode == 0
    assert '"营商环境" 法治' in done.stdout
    assert "各部分单独查" in done.stdout
