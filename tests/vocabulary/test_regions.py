"""Administrative divisions: codes, names, and what a person may write for one."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from indexer.errors import AmbiguousRegionError, UnknownRegionError
from indexer.vocabulary.regions import Place, Regions, regions

DATA = Path(__file__).resolve().parents[2] / "data"


def test_a_county_has_its_names_from_the_province_down():
    assert regions().names("410503") == ("河南省", "安阳市", "北关区")
    assert regions().ancestors("410503") == ("410000", "410500", "410503")


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("429004", "420000"),
        ("469001", "460000"),
        ("659001", "650000"),
        ("419001", "410000"),
        ("110105", "110000"),
        ("310115", "310000"),
        ("120101", "120000"),
        ("500102", "500000"),
        ("130302", "130300"),
        ("410500", "410000"),
    ],
)
def test_counties_directly_under_a_province_or_municipality_have_it_as_parent(code, above):
    place = regions().get(code)
    assert place is not None
    assert place.parent == above


@pytest.mark.parametrize("code", ["100000", "110000", "710000", "810000", "820000"])
def test_the_country_and_what_lies_directly_under_it_have_nothing_above(code):
    place = regions().get(code)
    assert place is not None
    assert place.parent is None
    assert place.current


def test_every_parent_is_in_the_table_and_no_chain_is_longer_than_three():
    table = regions()
    for code in table.codes:
        place = table.get(code)
        assert place is not None
        assert place.parent is None or table.get(place.parent) is not None
        assert 1 <= len(table.ancestors(code)) <= 3


def test_all_of_the_country_is_there():
    places = [regions().get(code) for code in regions().codes]
    current = [place.code for place in places if place.current and place.listed]
    provinces = [code for code in current if code.endswith("0000") and code != "100000"]
    prefectures = [code for code in current if code.endswith("00") and code not in provinces]
    assert len(provinces) == 34
    assert len(prefectures) - 1 == 333
    assert len(current) > 3200


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("410503", "410503"),
        ("河南省", "410000"),
        ("河南", "410000"),
        ("海南", "460000"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("安阳", "410500"),
        ("河南省安阳市", "410500"),
        ("河南/安阳", "410500"),
        (" 河南 安阳 北关区 ", "410503"),
        ("北京朝阳", "110105"),
        ("福州鼓楼区", "350102"),
        ("内蒙古", "150000"),
        ("西藏", "540000"),
        ("香港", "810000"),
        ("全国", "100000"),
    ],
)
def test_a_place_is_understood_by_code_name_short_name_or_path(written, code):
    assert regions().resolve(written) == code


@pytest.mark.parametrize(
    ("written", "code"), [("襄樊市", "420600"), ("通县", "110223"), ("衡水地区", "133000")]
)
def test_abolished_and_former_names_stay_nameable(written, code):
    assert regions().resolve(written) == code


def test_an_abolished_place_says_so():
    place = regions().get("110223")
    assert place is not None
    assert (place.name, place.current, place.until) == ("通县", False, 1997)


def test_several_places_of_one_name_are_offered_with_path_and_code():
    with pytest.raises(AmbiguousRegionError) as caught:
        regions().resolve("朝阳区")
    assert caught.value.candidates == (
        "北京市朝阳区（110105）",
        "吉林省长春市朝阳区（220104）",
    )


@pytest.mark.parametrize("written", ["", "乌有省", "999999", "河北省安阳市"])
def test_what_is_no_place_is_refused_by_name(written):
    with pytest.raises(UnknownRegionError) as caught:
        regions().resolve(written)
    assert caught.value.value == written


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("110104", [("北京市", "西城区")]),
        ("110223", [("北京市", "通州区")]),
        ("133000", [("河北省", "衡水市")]),
        ("422427", [("湖北省", "仙桃市")]),
        ("510200", [("重庆市",)]),
        ("440107", [("广东省", "广州市", "荔湾区")]),
    ],
)
def test_an_abolished_place_leads_to_what_lies_there_today(code, names):
    assert [regions().names(after) for after in regions().successors(code)] == names


def test_what_is_in_force_has_no_successor_and_nearly_all_else_has():
    table = regions()
    abolished = [code for code in table.codes if not table.get(code).current]
    assert not any(table.successors(code) for code in table.codes if table.get(code).current)
    without = [code for code in abolished if not table.successors(code)]
    assert len(without) <= 0.01 * len(abolished), without[:20]


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("410503", ("河南省", "安阳市", "北关区")),
        ("110104", ("北京市", "宣武区（今西城区）")),
        ("133000", ("河北省", "衡水地区（今衡水市）")),
        ("422427", ("湖北省", "沔阳县（今仙桃市）")),
        ("371202", ("山东省", "济南市", "莱城区（今莱芜区）")),
        ("132121", ("河北省", "邯郸市", "大名县（原属邯郸地区）")),
        ("510200", ("重庆市（原属四川省）",)),
        ("132700", ("河北省", "唐山市", "唐山地区（今属唐山市）")),
    ],
)
def test_an_abolished_place_says_where_it_lies_today(code, path):
    assert regions().path(code) == path


def test_a_report_of_an_abolished_place_counts_under_its_one_successor():
    assert regions().lineage("110104") == ("110000", "110102", "110104")
    assert regions().lineage("110102") == regions().ancestors("110102")


TREE = Regions(
    [
        Place("200000", "甲省", "甲", None, True),
        Place("200100", "甲一市", "甲一", "200000", True),
        Place("200101", "东区", "东", "200100", True),
        Place("200102", "西区", "西", "200100", True),
        Place("200200", "甲二市", "甲二", "200000", True),
        Place("200201", "南区", "南", "200200", True),
        Place("200103", "分成两半的县", "", "200100", False, followed_by=("200101", "200102")),
        Place("200104", "分给两市的县", "", "200100", False, followed_by=("200101", "200201")),
        Place(
            "200105", "整个划走又分开的县", "", "200200", False, followed_by=("200101", "200102")
        ),
        Place("200300", "撤成一个区的市", "", "200000", False, followed_by=("200101",)),
        Place("200301", "其下两分的县", "", "200300", False, followed_by=("200101", "200201")),
        Place("200106", "先并入中县的县", "", "200100", False, followed_by=("200107",)),
        Place("200107", "中县", "", "200100", False, followed_by=("200201",)),
        Place("200108", "没有下文的县", "", "200100", False),
    ]
)


@pytest.mark.parametrize(
    ("name", "under"),
    [
        ("分成两半的县", "甲一市"),
        ("分给两市的县", "甲一市"),
        ("整个划走又分开的县", "甲一市"),
        ("撤成一个区的市", "甲一市"),
        ("其下两分的县", "甲省"),
        ("先并入中县的县", "南区"),
        ("没有下文的县", "甲一市"),
    ],
)
def test_what_was_split_hangs_where_it_is_certain_to_lie(name, under):
    code = TREE.resolve(name)
    *_, above, last = TREE.lineage(code)
    assert (TREE.names(above)[-1], last) == (under, code)


def test_every_place_hangs_under_places_in_force_and_none_is_lost():
    table = regions()
    for code in table.codes:
        *above, last = table.lineage(code)
        assert last == code
        assert all(table.get(place).current for place in above)
        assert above == list(table.ancestors(above[-1])) if above else True


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("雄安新区", ("河北省", "雄安新区")),
        ("兵团", ("新疆维吾尔自治区", "新疆生产建设兵团")),
        ("郑州高新区", ("河南省", "郑州市", "郑州高新技术产业开发区")),
        ("恩施州", ("湖北省", "恩施土家族苗族自治州")),
        ("围场县", ("河北省", "承德市", "围场满族蒙古族自治县")),
        ("台北市", ("台湾省", "台北市")),
        ("南沙新区", ("广东省", "广州市", "南沙区")),
    ],
)
def test_zones_and_names_in_common_use_are_known(written, names):
    assert regions().names(regions().resolve(written)) == names


def test_a_zone_says_that_the_standard_does_not_list_it():
    assert not regions().get("133100").listed
    assert regions().get("130100").listed


def test_a_place_tells_the_years_it_held():
    place = regions().get("110104")
    assert (place.since, place.until) == (1981, 2010)
    assert regions().bearing("巢湖市", 2009) == ("341400",)
    assert regions().bearing("巢湖市", 2020) == ("340181",)


def test_the_table_is_what_the_script_makes_of_its_sources(corpus, tmp_path):
    out = tmp_path / "regions.csv"
    script = [sys.executable, "-W", "error", str(DATA / "make_regions.py")]
    subprocess.run([*script, str(corpus / "regions"), "--out", str(out)], check=True)
    shipped = files("indexer.vocabulary").joinpath("regions.csv").read_bytes()
    assert out.read_bytes() == shipped
