"""Facets on the page: what is offered, what is chosen, and where a click leads."""

from __future__ import annotations

from indexer.results import Facets, FacetValue
from indexer.vocabulary.topics import topics
from webapp.facets import SHOWN, chips, facet_views
from webapp.language import Labels
from webapp.params import SearchParams

LABELS = Labels(english=False, say=lambda text: text)
FACETS = Facets(
    region=(
        FacetValue("410000", "河南省", 3),
        FacetValue("410500", "安阳市", 2, "410000"),
        FacetValue("410503", "北关区", 1, "410500"),
        FacetValue("130000", "河北省", 5),
        FacetValue(None, "未定", 9),
    ),
    year=(FacetValue(2024, "2024", 1), FacetValue(None, "未定", 2), FacetValue(2025, "2025", 4)),
)


def views(params: SearchParams = SearchParams(), facets: Facets = FACETS):  # noqa: B008 # frozen
    return {view.name: view for view in facet_views(facets, params, LABELS)}


def test_regions_are_a_tree_with_the_most_reports_first_and_the_undecided_last():
    tree = views()["region"].choices
    assert [(choice.label, choice.count) for choice in tree] == [
        ("河北省", 5),
        ("河南省", 3),
        ("未定", 9),
    ]
    (city,) = tree[1].inside
    assert (city.label, [inner.label for inner in city.inside]) == ("安阳市", ["北关区"])


def test_a_branch_stands_open_when_something_in_it_is_chosen():
    tree = views(SearchParams(region=("410503",)))["region"].choices
    assert [choice.open for choice in tree] == [False, True, False]
    assert [choice.chosen for choice in tree] == [False, False, False]
    assert tree[1].inside[0].inside[0].chosen


def test_years_run_from_the_newest_to_the_undecided():
    assert [choice.value for choice in views()["year"].choices] == ["2025", "2024", "none"]


def test_a_chosen_range_counts_the_years_in_it():
    first, *_ = views(SearchParams(year=("2020-2024",)))["year"].choices
    assert (first.label, first.count, first.chosen) == ("2020–2024", 1, True)


def test_a_chosen_value_stays_even_where_nothing_is_left_to_count():
    params = SearchParams(region=("110000",), year=("1999",), topic=(next(iter(topics().keys)),))
    for view in views(params).values():
        assert [choice.count for choice in (*view.choices, *view.more) if choice.chosen] == [0]


def test_long_facets_fold_and_a_choice_in_the_fold_opens_it():
    years = tuple(FacetValue(year, str(year), 1) for year in range(1990, 2026))
    view = views(facets=Facets(year=years))["year"]
    assert (len(view.choices), len(view.more), view.more_open) == (SHOWN, 36 - SHOWN, False)
    assert views(SearchParams(year=("1990",)), Facets(year=years))["year"].more_open


def test_a_range_may_be_open_at_one_end():
    params = SearchParams(year=("1000-2024", "2024-2999"))
    before, after, *_ = views(params)["year"].choices
    assert (before.label, before.count) == ("2024 年及以前", 1)
    assert (after.label, after.count) == ("2024 年起", 5)
    assert [chip.label for chip in chips(params, LABELS)] == [before.label, after.label]


def test_chips_name_what_is_chosen_and_drop_it():
    params = SearchParams(q="法治", region=("410503",), year=("none",), page=3)
    assert [(chip.title, chip.label, chip.url) for chip in chips(params, LABELS)] == [
        ("地区", "河南省 安阳市 北关区", params.without("region", "410503").url()),
        ("年份", "未定", params.without("year", "none").url()),
    ]
