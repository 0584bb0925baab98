"""What is offered while one types: true figures, of the state that is committed by now."""

from __future__ import annotations

import pytest

from indexer.collection import update
from indexer.library import Library
from indexer.requests import parse_filters
from indexer.results import Filters
from indexer.suggesting import Kind, Suggesting
from tests.conftest import rewrite
from tests.oracle import BruteForce
from tests.oracle_facets import passes

TYPED = ("营商", "法治", "政府", "安阳", "工作报告", "fz", "yshj", "zhengfu", "y", "“优化", "2025")

ONE = "甲县2025年政府工作报告\n\n推进法治建设，优化营商环境。营商环境、法治政府。\n"
TWO = "乙县2025年政府工作报告\n\n优化营商环境，加快发展。改善营商环境，群众满意。\n"


@pytest.fixture(scope="module")
def library(samples_index):
    return Library(samples_index)


@pytest.fixture(scope="module")
def brute(samples_index):
    return BruteForce(samples_index)


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("region", [(), ("河南省",), ("北京市",)])
def test_what_is_offered_finds_as_many_reports_as_it_says(library, brute, typed, region):
    filters = parse_filters(region=region)
    found = library.suggesting.suggest(typed, 8, filters)
    assert found or region
    for one in found:
        told = library.request(one.query, region=region, limit=100)
        assert library.run(told).total == brute.search(told).total == one.reports > 0
        if one.kind is Kind.PHRASE:
            held = [r for r in brute.records if one.text in r.folded]
            assert sum(passes(r.metadata, filters) for r in held) == one.reports
        if one.report:
            assert library.report(one.report).metadata.title == one.text


def test_phrases_hold_what_is_typed_or_begin_with_its_letters(library):
    offered = library.suggesting.suggest("营商", 8)
    assert {"营商", "营商环境"} <= {one.text for one in offered}
    assert all("营商" in one.text for one in offered)
    assert "法治" in {one.text for one in library.suggesting.suggest("fz", 8)}
    by_reading = library.suggesting.suggest("yingshanghuan", 8)
    assert by_reading[0].text == "营商环境"
    by_initials = library.suggesting.suggest("yshj", 8)
    assert by_initials[0].text == "营商环境"


def test_polyphones_go_by_their_phrase(tmp_path, config):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("甲", "乙"):
        (folder / f"{name}.txt").write_text(f"{name}的报告\n\n重庆银行，重点工作。", "utf-8")
    update(config, [folder])
    suggest = Library(config).suggesting.suggest
    assert [one.text for one in suggest("cqyh", 3)] == ["重庆银行"]
    assert [one.text for one in suggest("zdgz", 3)] == ["重点工作"]
    assert suggest("zqyx", 3) == ()


def test_what_stands_before_is_kept_and_counted_with(library):
    offered = library.suggesting.suggest("政府 法", 8)
    assert offered
    for one in offered:
        assert one.query.startswith("政府 “")
        assert library.search(one.query).total == one.reports


def test_titles_and_issuers_are_offered_beside_phrases(library):
    kinds = {one.kind for one in library.suggesting.suggest("人民政府", 8)}
    assert {Kind.ISSUER, Kind.TITLE} <= kinds
    (title,) = library.suggesting.suggest("将乐县2023年", 8)
    assert title.kind is Kind.TITLE
    assert library.report(title.report).metadata.title == title.text


@pytest.mark.parametrize(
    "typed", ["", " ", "“", "，。", "营商 ", "\x1f", "龘龘", "(", "-", "量" * 500]
)
def test_nothing_is_offered_where_nothing_is_begun(library, typed):
    assert library.suggesting.suggest(typed, 8) == ()


def test_no_phrase_begins_or_ends_inside_a_clause(library):
    table = library.suggesting.table()
    assert "营商环境" in table.phrases.texts
    assert not {"商环境", "化营商环境", "优化营商"} & set(table.phrases.texts)


def test_figures_follow_the_collection(tmp_path, config):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE, encoding="utf-8")
    (folder / "two.txt").write_text(TWO, encoding="utf-8")
    update(config, [folder])
    library = Library(config)

    def offered(typed):
        return {one.text: one.reports for one in library.suggesting.suggest(typed, 8)}

    assert offered("优化营商")["优化营商环境"] == 2
    rewrite(folder / "two.txt", TWO.replace("优化营商环境", "改革开放"))
    update(config, [folder])
    assert "优化营商环境" not in offered("优化营商")
    assert offered("营商")["营商环境"] == 2


def test_an_earlier_table_serves_until_the_next_is_there_and_tells_no_lies(tmp_path, config):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE, encoding="utf-8")
    (folder / "two.txt").write_text(TWO, encoding="utf-8")
    update(config, [folder])
    library = Library(config)
    suggesting = Suggesting(library.wording, in_background=False)
    earlier = suggesting.table()
    (folder / "one.txt").unlink()
    update(config, [folder], prune=True)
    suggesting._in_background = True
    with suggesting._making:  # as if the next were being made
        assert suggesting.table() is earlier
        found = suggesting.suggest("优化", 8)
        assert ("优化营商环境", 1) in [(one.text, one.reports) for one in found]
        assert {one.reports for one in found} == {1}
        titles = suggesting.suggest("县2025年政府", 8)
        assert [(one.kind, one.reports) for one in titles] == [(Kind.TITLE, 1)]


def test_filters_that_leave_nothing_leave_nothing_to_offer(library):
    filters = parse_filters(year=("1001",))
    assert filters != Filters()
    assert library.suggesting.suggest("政府", 8, filters) == ()
