"""Whose each report is: what the issuer's finder tells from titles, signatures and openings."""

from __future__ import annotations

import pytest

from tests.described import described


def test_an_abbreviation_is_written_out_when_the_text_has_the_full_name():
    lines = ("北关区卫生健康委员会", "2026年3月11日")
    found = described("北关区卫健委关于2025年法治政府建设情况的报告", *lines)
    assert found.issuer == "北关区卫生健康委员会"


def test_an_abbreviation_stays_when_the_text_has_nothing_longer():
    assert described("北关区卫健委关于此事的报告", "内容。").issuer == "北关区卫健委"


def test_several_bodies_are_all_named():
    found = described("财政部办公厅 工业和信息化部办公厅关于加强查验的通知")
    assert found.issuer == "财政部办公厅、工业和信息化部办公厅"


@pytest.mark.parametrize(
    ("bodies", "issuer"),
    [
        ("财政部河南监管局", "财政部河南监管局"),
        ("财政部河南监管局 河南省财政厅", "财政部河南监管局、河南省财政厅"),
        ("国家统计局河南调查总队", "国家统计局河南调查总队"),
        ("国家统计局 河南省统计局", "国家统计局、河南省统计局"),
        ("中国人民银行石家庄中心支行", "中国人民银行石家庄中心支行"),
        ("国家能源局西北监管局", "国家能源局西北监管局"),
        ("石家庄海关", "石家庄海关"),
    ],
)
def test_a_local_branch_of_a_national_body_is_one_body(bodies, issuer):
    assert described(f"{bodies}关于加强查验的通知").issuer == issuer


def test_a_decree_of_two_bodies_names_both():
    line = "2000年7月24日 中华人民共和国国务院、中华人民共和国中央军事委员会令第288号公布"
    found = described("飞行基本规则", line, "第一条 为了维护秩序，制定本规则。")
    assert found.issuer == "国务院、中央军事委员会"


def test_bodies_written_without_a_gap_are_told_apart():
    found = described("河北省财政厅河北省科技厅关于印发办法的通知")
    assert found.issuer == "河北省财政厅、河北省科技厅"


def test_names_that_hold_社会_stay_whole():
    found = described("河北省人力资源和社会保障厅关于征集选题的通知")
    assert found.issuer == "河北省人力资源和社会保障厅"


def test_the_signature_tells_where_the_title_does_not():
    found = described("关于此事的通知", "请遵照执行。", "河北省科学技术厅", "2011年5月3日")
    assert found.issuer == "河北省科学技术厅"


def test_a_work_report_is_the_governments():
    line = "现在，我代表海南省人民政府，向大会报告工作，请予审议。"
    assert described("政府工作报告", line).issuer == "海南省人民政府"


def test_a_report_that_says_whose_it_is_only_in_its_first_sentence():
    lines = (
        "2025年,秦皇岛市卫生健康委员会坚持依法行政,现将工作情况报告如下。",
        "秦皇岛市卫生健康委员会将继续努力。",
    )
    assert described("", *lines, path="x7.txt").issuer == "秦皇岛市卫生健康委员会"


@pytest.mark.parametrize(
    ("title", "line", "issuer"),
    [
        (
            "青岛市优化营商环境条例",
            "（2021年3月30日青岛市人民代表大会常务委员会通过）",
            "青岛市人民代表大会常务委员会",
        ),
        (
            "淄博市专利管理若干规定",
            "2014年11月27日 山东省第十二届人民代表大会常务委员会第十一次会议批准修订\n"
            "2014年10月29日 淄博市第十四届人民代表大会常务委员会第二十三次会议通过修订",
            "淄博市人民代表大会常务委员会",
        ),
        (
            "宁波市遗体捐献条例",
            "2020年6月29日 宁波市第十五届人民代表大会常务委员会第三十次会议通过\n"
            "2020年7月31日 浙江省第十三届人民代表大会常务委员会第二十二次会议通过批准的"
            "《宁波市人民代表大会常务委员会关于修改〈宁波市遗体捐献条例〉的决定》修正",
            "宁波市人民代表大会常务委员会",
        ),
        (
            "中华人民共和国军人保险法",
            "（2012年4月27日第十一届全国人民代表大会常务委员会第二十六次会议通过）",
            "全国人民代表大会常务委员会",
        ),
        (
            "北京市噪声防治办法",
            "2006年11月17日 北京市人民政府第56次常务会议审议通过",
            "北京市人民政府",
        ),
        (
            "大理白族自治州民宿管理办法",
            "（2019年11月18日大理白族自治州人民政府公布）",
            "大理白族自治州人民政府",
        ),
        (
            "洛阳市停车管理办法",
            "《洛阳市停车管理办法》已经2025年1月15日市人民政府第5次常务会议通过，现予公布。",
            "洛阳市人民政府",
        ),
        (
            "年节放假办法",
            "2007年12月14日 《国务院关于修改〈年节放假办法〉的决定》修订",
            "国务院",
        ),
    ],
)
def test_a_law_is_its_makers(title, line, issuer):
    found = described(title, *line.split("\n"), "第一条 为了规范管理，制定本办法。")
    assert found.issuer == issuer


def test_rules_of_a_province_that_no_office_claims_are_its_governments():
    lines = (
        "为规范停车场的管理，根据有关法律，结合本省实际，制定本办法。",
        "设区的市人民政府和县级人民政府应当加强领导。",
    )
    assert described("河北省停车场管理办法", *lines).issuer == "河北省人民政府"
    claimed = (*lines, "本办法由省科技厅负责解释。")
    assert described("河北省停车场管理办法", *claimed).issuer is None
    assert described("河北省停车场管理办法", "冀科〔2012〕2号", *lines).issuer is None
    carried_out = "河北省实施《中华人民共和国妇女权益保障法》办法"
    assert described(carried_out, *lines).issuer is None


def test_an_explanation_is_not_by_the_body_whose_document_it_explains():
    title = "《河北省人民政府关于就业工作的实施意见》解读"
    assert described(title, "近日，省政府印发了意见。").issuer is None


def test_what_is_passed_on_is_no_part_of_who_passes_it_on():
    title = "河北省人民政府办公厅转发省工商局关于建立投诉站意见的通知"
    assert described(title).issuer == "河北省人民政府办公厅"


def test_a_title_given_in_full_below_the_pages_own_names_the_bodies():
    line = "冀科农〔2012〕8号河北省财政厅河北省科学技术厅关于印发《某某资金管理办法》的通知各市："
    found = described("关于印发《某某资金管理办法》的通知", line)
    assert found.issuer == "河北省财政厅、河北省科学技术厅"


def test_an_older_document_repealed_is_not_signed_here():
    line = "本办法自2018年2月1日起施行。石家庄市教育局1997年2月12日公布的办法同时废止。"
    assert described("某某办法", line).issuer is None


def test_bodies_of_a_party_committee_stay_whole():
    lines = ("河北省教育厅中共河北省委机构编制委员会办公室河北省财政厅", "2018年12月29日")
    assert described("关于此事的通知", *lines).issuer == (
        "河北省教育厅、中共河北省委机构编制委员会办公室、河北省财政厅"
    )


def test_no_body_named_leaves_it_undecided():
    assert described("停车场管理办法", "本办法所称停车场，是指场所。").issuer is None
