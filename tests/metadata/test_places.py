"""Where a text names places, and that none of China's places is taken for another."""

from __future__ import annotations

import pytest

from indexer.metadata.places import leading, mentions, named
from indexer.vocabulary.regions import regions


def in_force() -> list[str]:
    table = regions()
    codes = [code for code in table.codes if code != "100000"]
    return [code for code in codes if (place := table.get(code)) and place.current]


def test_every_place_is_read_from_its_path():
    table = regions()
    for code in in_force():
        run = leading("".join(table.names(code)) + "2024年工作总结")
        assert run is not None
        assert run.codes == (code,), (table.names(code), run)


def test_a_name_alone_can_always_mean_its_bearer():
    table = regions()
    for code in in_force():
        name = table.names(code)[-1]
        run = leading(f"{name}人民政府2024年工作报告")
        assert run is None or code in run.codes, (name, run)


def test_former_names_and_abolished_places_are_read():
    table = regions()
    for code in table.codes:
        place = table.get(code)
        if place and not place.current and len(place.name) > 3:
            run = leading(f"{place.name}2024年工作报告")
            assert run is not None, place.name


@pytest.mark.parametrize(
    "text",
    [
        "完善管理县级事务",
        "合作市场规范",
        "上海城市管理",
        "平安区域建设",
        "旧城区改造",
        "维护长治久安",
        "破除文山会海",
        "大理石开采",
        "阿里巴巴集团",
        "中山大学",
        "孙中山先生",
        "北京大学",
        "南京东路",
        "城市中区位优势",
        "各市中区位优越",
        "世界大同",
    ],
)
def test_words_that_hold_a_name_are_no_mention_of_the_place(text):
    assert [text[m.start : m.end] for m in mentions(text) if m.full or len(m.codes) == 1] in (
        [],
        ["上海"],
    )


def test_several_places_in_a_row_are_the_region_that_holds_them():
    run = leading("石家庄市、唐山市和保定市关于协同立法的决定")
    assert run is not None
    assert run.codes == ("130000",)
    assert leading("北京市、天津市、河北省关于协同的意见").codes == ()


def test_traditional_script_is_read_as_simplified_and_places_stay_where_they_are():
    text = "會議在廣東省深圳市召開，臺灣省代表參加"
    runs = [(text[run.start : run.end], run.codes) for run in named(text)]
    assert runs == [("廣東省深圳市", ("440300",)), ("臺灣省", ("710000",))]
