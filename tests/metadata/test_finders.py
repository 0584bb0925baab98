"""Each finder, on short texts written for the purpose."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from indexer.metadata import describe
from indexer.metadata.dates import days, years
from indexer.metadata.evidence import plain
from indexer.metadata.places import mentions, named
from indexer.report import Block, BlockKind, Document, Format
from indexer.vocabulary.regions import regions
from tests.described import described


def region_of(title: str, *lines: str, path: str = "a.txt") -> tuple[str, ...]:
    found = described(title, *lines, path=path).region
    return found.names if found else ()


class TestRegion:
    def test_a_title_that_begins_with_a_place_decides(self):
        assert region_of("宁波市文明行为促进条例", "南京市、杭州市、温州市") == ("浙江省", "宁波市")

    def test_a_run_of_names_is_read_to_its_end(self):
        title = "河南省安阳市北关区水利局2024年工作总结"
        assert region_of(title) == ("河南省", "安阳市", "北关区")

    def test_the_title_is_trusted_more_than_the_file_name(self):
        assert region_of("河北省停车场管理办法", path="山西省停车.txt") == ("河北省",)

    def test_the_file_name_decides_where_the_title_says_nothing(self):
        assert region_of("政府工作报告", path="2025年宁夏政府工作报告.txt") == ("宁夏回族自治区",)

    def test_a_folder_decides_where_the_file_name_says_nothing(self):
        assert region_of("工作总结", path="河南省/安阳市/x1.txt") == ("河南省", "安阳市")

    def test_a_department_of_a_province_speaks_for_the_province(self):
        lines = ("石家庄市、唐山市、邯郸市、唐山市、唐山市试点。", "河北省教育厅", "2024年5月6日")
        assert region_of("关于开展试点的通知", *lines) == ("河北省",)

    def test_a_county_name_borne_by_several_is_settled_by_the_city_the_text_names(self):
        lines = ("全区认真落实福州市委、福州市政府部署。",)
        assert region_of("鼓楼区2024年工作总结", *lines) == ("福建省", "福州市", "鼓楼区")

    def test_a_county_name_borne_by_several_is_not_guessed(self):
        assert region_of("鼓楼区2024年工作总结", "全区认真落实上级部署。") == ()

    def test_the_last_certain_level_is_kept(self):
        title = "江苏省鼓楼区工作总结"
        assert region_of(title, "江苏省内两地同名。") == ("江苏省",)

    @pytest.mark.parametrize(
        "title",
        [
            "国务院关于新时期工作的意见",
            "中华人民共和国军人保险法",
            "科学技术部令第11号",
            "财政部 科技部关于印发办法的通知",
            "第十三届全国人民代表大会第二次会议关于政府工作报告的决议",
            "国务院关于河北雄安新区总体规划的批复",
        ],
    )
    def test_what_a_national_body_issues_is_national(self, title):
        found = described(title).region
        assert found is not None
        assert (found.code, found.names) == ("100000", ("全国",))

    def test_a_law_that_applies_everywhere_is_national(self):
        line = "第二条 在中华人民共和国境内从事此项活动，适用本条例。"
        assert region_of("地名使用条例", line) == ("全国",)

    def test_a_mention_of_taiwan_within_a_title_is_not_whose_document_it_is(self):
        line = "中华人民共和国境内适用。"
        assert region_of("居民往来台湾地区管理办法", line) == ("全国",)

    def test_the_local_branch_of_a_national_body_is_local(self):
        assert region_of("国家税务总局河北省税务局关于发票的公告") == ("河北省",)

    def test_a_text_about_one_city_that_calls_it_its_own_is_that_citys(self):
        lines = ("我市工作取得成效，秦皇岛市获评先进。", "秦皇岛市各部门积极配合。")
        assert region_of("", *lines, path="x9.txt") == ("河北省", "秦皇岛市")

    def test_a_text_that_names_no_place_is_undecided(self):
        assert region_of("", "各部门认真落实上级要求。", path="x9.txt") == ()


class TestPlaces:
    @pytest.mark.parametrize(
        "text", ["完善管理县级事务", "合作市场规范", "上海城市管理", "平安区域建设", "旧城区改造"]
    )
    def test_words_that_hold_a_countys_name_are_no_mention_of_it(self, text):
        full = [text[m.start : m.end] for m in mentions(text) if m.full]
        assert full == []

    def test_names_lie_where_they_are_said_to(self):
        text = "会议在河南省安阳市北关区召开，唐山市代表参加"
        runs = [(text[run.start : run.end], run.codes) for run in named(text)]
        assert runs == [("河南省安阳市北关区", ("410503",)), ("唐山市", ("130200",))]

    def test_every_current_province_and_prefecture_is_found_by_its_full_name(self):
        table = regions()
        for code in table.codes:
            place = table.get(code)
            if place is None or not place.current or not code.endswith("00"):
                continue
            if code == "100000":
                continue
            path = "".join(table.names(code))
            assert [run.codes for run in named(path)] == [(code,)], path


class TestDates:
    @pytest.mark.parametrize(
        ("written", "iso"),
        [
            ("2026年3月11日", "2026-03-11"),
            ("２０２６年３月１１日", "2026-03-11"),
            ("2026 年 3 月 11 日", "2026-03-11"),
            ("二〇二四年十二月三十一日", "2024-12-31"),
            ("二○一一年五月三日", "2011-05-03"),
            ("二O一一年十月二十四日", "2011-10-24"),
            ("二零零六年十一月七日", "2006-11-07"),
            ("一九五四年九月二十日", "1954-09-20"),
            ("2024-04-26", "2024-04-26"),
            ("2024.4.26", "2024-04-26"),
        ],
    )
    def test_a_day_is_read_however_it_is_written(self, written, iso):
        assert [day.value.isoformat() for day in days(plain(f"定于{written}"))] == [iso]

    @pytest.mark.parametrize("written", ["2024年2月30日", "1234年5月6日", "12024年1月1日"])
    def test_what_is_no_day_is_passed_over(self, written):
        assert list(days(written)) == []

    def test_years_are_read_with_either_digits(self):
        assert years("自二〇二四年到2025年") == (2024, 2025)

    def test_the_day_under_the_text_is_the_date(self):
        found = described("关于此事的通知", "请于2024年6月1日前上报。", "某某局", "2024年5月6日")
        assert found.date == "2024-05-06"

    def test_the_day_of_the_last_amendment_is_a_laws_date(self):
        lines = (
            "1994年5月21日 北京市第十届人民代表大会常务委员会第十次会议通过",
            "2009年9月25日 北京市第十三届人民代表大会常务委员会第十三次会议修订",
            "第一条 为了保障权益，制定本办法。",
            "第二条 本办法自2010年1月1日起施行。",
        )
        found = described("北京市权益保障条例", *lines)
        assert (found.date, found.year) == ("2009-09-25", 2009)
        assert found.issuer == "北京市人民代表大会常务委员会"

    def test_a_meeting_that_names_the_speaker_first_still_tells_the_day(self):
        line = "——2025年1月16日省长 某某在辽宁省第十四届人民代表大会第三次会议上的讲话"
        assert described("2025年辽宁省政府工作报告", line).date == "2025-01-16"

    def test_a_meeting_printed_behind_the_title_tells_the_day(self):
        line = "政府工作报告（2026年1月26日在河北省第十四届人民代表大会第四次会议上）"
        document = Document("政府工作报告", Format.TEXT, (Block(BlockKind.TITLE, line),))
        found = describe(document, PurePath("a.txt")).metadata
        assert (found.date, found.year) == ("2026-01-26", 2026)

    def test_a_web_pages_stamp_is_the_date_where_nothing_was_signed(self):
        blocks = (
            Block(BlockKind.TITLE, "《某办法》解读"),
            Block(BlockKind.ASIDE, "时间：2026-02-09"),
            Block(BlockKind.PARAGRAPH, "为规范工作，制定某办法。"),
        )
        document = Document("《某办法》解读", Format.TEXT, blocks)
        assert describe(document, PurePath("a.txt")).metadata.date == "2026-02-09"

    def test_a_deadline_is_not_a_date_of_signature(self):
        assert described("关于此事的通知", "请于2024年6月1日前上报，谢谢。").date is None


class TestYear:
    def test_a_work_reports_year_is_the_one_it_is_given_in(self):
        lines = ("一、2025年工作回顾", "2025年全省生产总值增长。2025年完成任务。")
        assert described("2026年河北省政府工作报告", *lines).year == 2026

    def test_without_a_year_in_its_name_the_meeting_tells(self):
        line = "——2026年2月3日在河北省第十四届人民代表大会第四次会议上"
        found = described("政府工作报告", line, "一、2025年工作回顾")
        assert (found.year, found.date) == (2026, "2026-02-03")

    def test_without_a_meeting_it_is_the_one_after_the_year_reviewed(self):
        found = described("政府工作报告", "我代表国务院向大会报告。", "一、2014年工作回顾")
        assert found.year == 2015

    def test_an_annual_reports_year_is_the_one_covered(self):
        lines = ("现公布年度报告。", "河北省教育厅", "2018年2月8日")
        assert described("河北省教育厅2017年政府信息公开年度报告", *lines).year == 2017

    def test_a_summary_without_a_year_in_its_title_takes_it_from_its_opening(self):
        lines = ("2025年，我局认真履职，较2024年提升。现将情况报告如下：", "北关区水利局")
        assert described("法治政府建设情况的报告", *lines, "2026年3月11日").year == 2025

    @pytest.mark.parametrize(
        "title", ["结核病防治规划（2021—2025年）", "某某市“十四五”教育发展规划"]
    )
    def test_a_plans_year_is_its_first(self, title):
        assert described(title, "某某市人民政府", "2022年3月1日").year == 2021

    def test_anything_else_answers_for_the_year_of_its_date(self):
        lines = ("请做好2025年的准备。", "河北省教育厅", "2024年12月30日")
        assert described("关于做好2025年工作的通知", *lines).year == 2024

    def test_a_resolution_of_the_national_congress_is_dated_by_its_session(self):
        assert described("第十三届全国人民代表大会第二次会议关于报告的决议").year == 2019

    @pytest.mark.parametrize(
        ("line", "year"),
        [
            (
                "从去年三月第五届全国人民代表大会第一次会议闭幕到这次会议召开，已经一年零三个月了。",
                1979,
            ),
            ("从去年9月第五届全国人民代表大会第三次会议到现在，已经过去了一年零两个月。", 1981),
            ("从第七届全国人民代表大会第一次会议，到这次大会的召开，已经整整过去了五年。", 1993),
            ("刚刚过去的1984年，是取得伟大成就的一年。", 1985),
        ],
    )
    def test_a_report_that_looks_back_is_not_of_the_session_it_looks_back_on(self, line, year):
        assert described("政府工作报告", "各位代表：", line).year == year

    def test_a_year_in_the_opening_words_that_stand_for_a_title_is_not_the_title_s(self):
        line = "本届政府1998年3月就职，任期即将结束。"
        document = Document(line, Format.TEXT, (Block(BlockKind.PARAGRAPH, line),))
        assert describe(document, PurePath("x7.txt")).metadata.year is None

    def test_no_evidence_leaves_it_undecided(self):
        assert described("停车场管理办法", "本办法自发布之日起施行。").year is None

    def test_rules_without_a_date_were_published_a_month_before_they_came_into_force(self):
        assert described("停车场管理办法", "本办法自2016年1月1日起施行。").year == 2015
        assert described("停车场管理办法", "本办法自2016年10月1日起施行。").year == 2016


class TestKind:
    def test_rules_that_a_congress_passed_are_laws(self):
        passed = "2021年8月12日 宁波市第十五届人民代表大会常务委员会第三十八次会议通过"
        assert described("宁波市场所管理办法", passed, "第一条 为了管理。").kind == "法规"
        assert described("宁波市场所管理办法", "第一条 为了管理。").kind == "规章"

    def test_the_opening_tells_where_there_is_no_title(self):
        line = "2025年我局认真履职。现将工作情况报告如下。"
        assert described("", line, path="x7.txt").kind == "工作报告"
