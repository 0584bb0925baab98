"""Facets on the page: what is offered, what is chosen, and where a click leads."""

from __future__ import annotations

from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from indexer.results import Facets, FacetValue
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics
from webapp.facets import SHOWN, WHOLE, Choice, Level, chips, facet_views
from webapp.language import Labels
from webapp.opened import Opened
from webapp.params import SearchParams

LABELS = Labels(english=False, say=lambda text: text)
FACETS = Facets(
    region=(
        FacetValue("410000", "河南省", 3),
        FacetValue("410500", "安阳市", 2, "410000"),
        FacetValue("410503", "北关区", 1, "410500"),
        FacetValue("130000", "河北省", 5),
        FacetValue("100000", "全国", 1),
        FacetValue(None, "未定", 9),
    ),
    year=(FacetValue(2024, "2024", 1), FacetValue(None, "未定", 2), FacetValue(2025, "2025", 4)),
)


def views(
    params: SearchParams = SearchParams(),  # noqa: B008 # frozen
    facets: Facets = FACETS,
    opened: Opened = Opened(),  # noqa: B008 # frozen
):
    return {view.name: view for view in facet_views(facets, params, LABELS, opened)}


def whole_country() -> Facets:
    """One report of every county in force, rolled up."""
    tree = regions()
    counts: dict[str, int] = {}
    for code in tree.codes:
        if tree.get(code).current and code[4:] != "00":
            for above in tree.lineage(code):
                counts[above] = counts.get(above, 0) + 1
    return Facets(
        region=tuple(
            FacetValue(code, tree.label(code), count, (None, *tree.lineage(code))[-2])
            for code, count in counts.items()
        )
    )


def everything(level: Level) -> list[Choice]:
    listed = [*level.choices, *level.more]
    return listed + [
        inner for choice in listed if choice.inside for inner in everything(choice.inside)
    ]


def named(level: Level, label: str) -> Choice:
    return next(choice for choice in everything(level) if choice.label == label)


# Regions


def test_the_country_comes_first_then_the_most_reports_and_the_undecided_last():
    tree = views()["region"].level.choices
    assert [(choice.label, choice.count) for choice in tree] == [
        ("全国", 1),
        ("河北省", 5),
        ("河南省", 3),
        ("未定", 9),
    ]
    (city,) = tree[2].inside.choices
    assert (city.label, [inner.label for inner in city.inside.choices]) == ("安阳市", ["北关区"])


def test_a_branch_stands_open_when_something_in_it_is_chosen():
    tree = views(SearchParams(region=("410503",)))["region"].level
    assert [choice.open for choice in tree.choices] == [False, False, True, False]
    assert not any(choice.chosen for choice in tree.choices)
    assert named(tree, "北关区").chosen


def test_of_a_large_tree_only_what_is_open_is_on_the_page():
    facets = whole_country()
    assert len(facets.region) > 3000
    closed = views(facets=facets)["region"].level
    assert len(everything(closed)) < 40
    henan = named(closed, "河南省")
    assert (henan.inside, henan.closed) == (None, True)

    opened = Opened.read(["410000"])
    tree = views(SearchParams(q="法治"), facets, opened)["region"].level
    henan = named(tree, "河南省")
    assert (henan.open, henan.closed) == (True, False)
    inside = [*henan.inside.choices, *henan.inside.more]
    assert len(henan.inside.choices) == SHOWN
    assert sum(city.count for city in inside) == henan.count
    assert named(tree, "安阳市").closed
    assert not named(tree, "济源市").closed


def test_what_is_opened_deep_in_a_large_tree_is_on_the_page_with_what_holds_it():
    tree = views(facets=whole_country(), opened=Opened.read(["410500"]))["region"].level
    assert named(tree, "安阳市").open
    assert not named(tree, "河南省").open
    assert named(tree, "河南省").inside


def test_a_choice_deep_in_a_large_tree_is_seen_though_others_have_more():
    tree = views(SearchParams(region=("540102",)), whole_country())["region"].level
    assert named(tree, "城关区").chosen
    assert [choice.label for choice in tree.choices][SHOWN:] == ["西藏自治区"]
    assert "西藏自治区" not in [choice.label for choice in tree.more]
    assert len(everything(tree)) < WHOLE


def test_what_makes_no_sense_as_open_opens_nothing():
    assert Opened.read(["", "999999", "河南", "20x5", "²²²²"]) == Opened()
    assert Opened.read(["1997", "410000", "410000"]).values == ("410000", "1990")


# Years


def bars(*years: int, params: SearchParams = SearchParams(), opened: Opened = Opened()):  # noqa: B008 # frozen
    facets = Facets(year=tuple(FacetValue(year, str(year), year % 10 + 1) for year in years))
    chart = views(params, facets, opened)["year"].chart
    assert chart is not None
    return chart


def test_years_run_from_the_oldest_and_empty_ones_between_them_keep_their_place():
    chart = bars(2020, 2021, 2024, 2025)
    assert [bar.label for bar in chart.bars] == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert [bar.height for bar in chart.bars] == [4, 7, 0, 0, 17, 20]
    assert not any(bar.gap for bar in chart.bars)
    assert (chart.first, chart.last, chart.zooms) == (2020, 2025, ())


def test_many_years_without_reports_are_a_gap_and_no_bars():
    chart = bars(1954, 2023, 2025)
    assert [(bar.label, bar.gap) for bar in chart.bars] == [
        ("1954", False),
        ("2023", True),
        ("2024", False),
        ("2025", False),
    ]


def test_where_there_is_no_room_the_oldest_become_decades_that_open_to_years():
    chart = bars(1954, *range(1990, 2026))
    assert [bar.label for bar in chart.bars[:4]] == [
        "1950–1959",
        "1990–1999",
        "2000–2009",
        "2010–2019",
    ]
    assert [bar.tick for bar in chart.bars[1:6]] == ["90s", "00s", "10s", "20", "21"]
    assert [bar.gap for bar in chart.bars[:3]] == [False, True, False]
    assert chart.bars[1].count == sum(range(1, 11))
    assert [zoom.label for zoom in chart.zooms] == ["1950年代", "1990年代", "2000年代", "2010年代"]
    assert chart.zooms[1].url == "/?open=1990"

    closer = bars(1954, *range(1990, 2026), opened=Opened.read(["1990"]))
    assert [bar.label for bar in closer.bars] == [
        "1954",
        *map(str, range(1990, 2000)),
        "2000–2025",
    ]
    assert [bar.aside for bar in closer.bars] == [True, *[False] * 10, True]
    assert closer.bars[10].height == 20
    assert (closer.zooms[0].label, closer.zooms[0].url) == ("全部年代", "/")


@pytest.mark.parametrize("years", [range(1800, 2026), range(1000, 3000, 7), range(2010, 2026)])
def test_no_report_is_lost_between_bars_and_no_year_drawn_twice(years):
    chart = bars(*years)
    assert len(chart.bars) <= 12
    ends = [[int(end) for end in bar.value.split("-")] for bar in chart.bars]
    assert all(before[-1] < after[0] for before, after in pairwise(ends))
    assert sum(bar.count for bar in chart.bars) == sum(year % 10 + 1 for year in years)


def test_little_room_shortens_figures_but_not_what_is_said():
    facets = Facets(year=tuple(FacetValue(year, str(year), 1234) for year in range(2016, 2026)))
    chart = views(facets=facets)["year"].chart
    assert {(bar.number, bar.count) for bar in chart.bars} == {("1.2k", 1234)}


def test_chosen_years_are_marked_and_those_without_a_bar_are_listed():
    params = SearchParams(year=("1995", "2000-2009", "2012-2030", "2024", "none"))
    chart = bars(*range(1990, 2026), params=params)
    assert [bar.value for bar in chart.bars if bar.chosen] == ["2000-2009", "2024"]
    assert [bar.value for bar in chart.bars if bar.inside] == [
        "2000-2009",
        *map(str, range(2020, 2026)),
    ]
    facets = Facets(year=(*(FacetValue(y, str(y), 1) for y in range(1990, 2026)),))
    listed = views(params, facets)["year"].level.choices
    assert [(choice.label, choice.count) for choice in listed] == [
        ("1995", 1),
        ("2012–2030", 14),
        ("未定", 0),
    ]
    assert all(choice.chosen for choice in listed)


def test_a_range_may_be_open_at_one_end():
    params = SearchParams(year=("1000-2024", "2024-2999"))
    before, after, undecided = views(params)["year"].level.choices
    assert (before.label, before.count) == ("2024 年及以前", 1)
    assert (after.label, after.count) == ("2024 年起", 5)
    assert (undecided.label, undecided.count, undecided.chosen) == ("未定", 2, False)
    assert [chip.label for chip in chips(params, LABELS)] == [before.label, after.label]


def test_without_any_year_there_are_no_bars():
    view = views(facets=Facets(year=(FacetValue(None, "未定", 3),)))["year"]
    assert view.chart is None
    assert [choice.label for choice in view.level.choices] == ["未定"]


# Topics, chips, the page


def test_a_chosen_value_stays_even_where_nothing_is_left_to_count():
    params = SearchParams(region=("110000",), year=("1999",), topic=(next(iter(topics().keys)),))
    for view in views(params).values():
        assert [choice.count for choice in everything(view.level) if choice.chosen] == [0]


def test_long_facets_fold_but_nothing_that_is_chosen_is_folded():
    facets = Facets(topic=tuple(FacetValue(key, key, 1) for key in topics().keys))
    level = views(facets=facets)["topic"].level
    assert (len(level.choices), len(level.more)) == (SHOWN, len(topics().keys) - SHOWN)
    last = level.more[-1].value
    chosen = views(SearchParams(topic=(last,)), facets)["topic"].level
    assert chosen.choices[-1].value == last
    assert len(chosen.more) == len(level.more) - 1


def test_chips_name_what_is_chosen_and_drop_it():
    params = SearchParams(q="法治", region=("410503", "110104"), year=("none",), page=3)
    assert [(chip.title, chip.label, chip.url) for chip in chips(params, LABELS)] == [
        ("地区", "河南省 安阳市 北关区", params.without("region", "410503").url()),
        ("地区", "北京市 宣武区（今西城区）", params.without("region", "110104").url()),
        ("年份", "未定", params.without("year", "none").url()),
    ]


def test_what_stands_open_is_no_part_of_the_search_but_of_the_form(client: FlaskClient):
    page = client.get("/?q=政府&open=410000&open=1990&open=nonsense").text
    assert '<link rel="canonical" href="/?q=%E6%94%BF%E5%BA%9C">' in page
    assert page.count('name="open" value="') == 2
    assert client.get("/?q=政府&from=2024&to=2025&open=410000").location == (
        "/?q=%E6%94%BF%E5%BA%9C&year=2024-2025&open=410000"
    )
    assert client.get("/?open=1990").status_code == 200
