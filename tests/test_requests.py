from __future__ import annotations

import pytest

from indexer.errors import BadChoiceError
from indexer.library import Library
from indexer.query.nodes import And, Everything, Or, Phrase, Words
from indexer.query.syntax import parse
from indexer.requests import joined, lifted, parse_filters, parse_mode
from indexer.results import Filters, Mode, Years


@pytest.mark.parametrize(
    ("typed", "rest", "filters"),
    [
        ("法治 region:河南省", Words("法治"), Filters(regions=("410000",))),
        ("地区：410500 法治", Words("法治"), Filters(regions=("410500",))),
        ("地区：河南省", Everything(), Filters(regions=("410000",))),
        ("法治 年份：2020-2025", Words("法治"), Filters(years=(Years(2020, 2025),))),
        ("year:2025 year:none", Everything(), Filters(years=(Years(2025, 2025), None))),
        ("主题：卫生健康 topic:finance", Everything(), Filters(topics=("health", "finance"))),
        ("(法治 (region:河南省))", Words("法治"), Filters(regions=("410000",))),
        (
            "法治 region:河南省 “政府”",
            And((Words("法治"), Phrase("政府"))),
            Filters(regions=("410000",)),
        ),
        ("(法治 OR 德治)", Or((Words("法治"), Words("德治"))), Filters()),
    ],
)
def test_a_facet_beside_the_words_is_a_filter(typed, rest, filters):
    assert lifted(parse(typed).tree) == (rest, filters, ())


@pytest.mark.parametrize(
    ("typed", "text", "said"),
    [
        ("法治 region:火星", "法治 火星", "没有这个地区：火星"),
        ("法治 地区：朝阳区", "法治 朝阳区", "不止一个"),
        ("法治 year:去年", "法治 去年", "不是年份：去年"),
        ("法治 主题：占星", "法治 占星", "没有这个主题：占星"),
        ("法治 OR region:河南省", "法治 OR 河南省", "OR"),
        ("法治 -region:河南省", "法治 -河南省", "NOT"),
        ("法治 (year:2025 OR -(甲 topic:law))", "法治 (2025 OR -(甲 law))", "OR"),
        ("法治 region:OR", '法治 "OR"', "没有这个地区：OR"),
        ("法治 region:title:甲", '法治 "title:甲"', "没有这个地区"),
    ],
)
def test_any_other_is_text_and_the_reason_is_said(typed, text, said):
    tree, filters, problems = lifted(parse(typed).tree)
    assert not filters
    assert tree == parse(text).tree
    assert parse(str(tree)).tree == tree
    assert any(said in str(problem) for problem in problems)


def test_one_that_is_not_known_does_not_keep_the_others_from_filtering():
    tree, filters, problems = lifted(parse("region:火星 region:河南省 法治").tree)
    assert tree == parse("火星 法治").tree
    assert filters == Filters(regions=("410000",))
    assert len(problems) == 1


def test_filters_of_one_facet_are_alternatives_each_once():
    one = parse_filters(region=["河南省"], year=["2025"])
    other = parse_filters(region=["410000", "none"], topic=["finance"])
    assert joined(one, other) == Filters(("410000", None), (Years(2025, 2025),), ("finance",))


def test_a_mode_is_one_of_two():
    assert parse_mode("exact") is Mode.EXACT
    with pytest.raises(BadChoiceError, match="words、exact"):
        parse_mode("fuzzy")


def test_what_is_typed_joins_what_is_chosen(samples_index):
    library = Library(samples_index)
    asked = library.request("服务 region:河南省 year:2025", region="浙江省", year="2025")
    assert asked.filters == Filters(("330000", "410000"), (Years(2025, 2025),))
    assert (asked.tree, asked.problems, asked.lifted) == (Words("服务"), (), True)
    assert asked.text == "服务 region:河南省 year:2025"
    typed = library.search("服务 region:河南省", limit=50)
    chosen = library.search("服务", region="河南省", limit=50)
    assert 0 < typed.total == chosen.total < library.search("服务").total
    assert typed.facets == chosen.facets


def test_an_exact_search_takes_everything_as_text(samples_index):
    library = Library(samples_index)
    asked = library.request("服务 region:河南省", mode="exact")
    assert (asked.tree, asked.filters) == (Phrase("服务 region:河南省"), Filters())
    exact = library.search("法治政府", mode="exact")
    assert exact.occurrences == library.search('"法治政府"').occurrences
    assert 0 < exact.total <= library.search("法治政府").total
