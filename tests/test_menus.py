"""What a web page prints over a report is told from the report's title."""

from __future__ import annotations

import csv
from pathlib import Path, PurePath

import pytest

from indexer.extract import extract
from indexer.menus import is_menu, menu_lines
from indexer.structure import structure

PREFACES = Path(__file__).with_name("metadata") / "prefaces.tsv"
TITLES = ("河北省停车场管理办法", "关于加强管理的通知", "2024年某某市政府工作报告")

with PREFACES.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    "line",
    [
        "首页 | 走进河北 | 政务公开 | 办事服务 | 互动交流",
        "网站首页 机构概况 新闻资讯 政务公开 政务服务 政民互动",
        "索 引 号：MB1234567/2023-00012",
        "www.hebei.gov.cn",
        "欢迎访问某某县人民政府门户网站！",
        "* 信息公开",
    ],
)
def test_a_line_of_a_page(line):
    assert is_menu(line)


@pytest.mark.parametrize(
    "line",
    [
        "政府工作报告",
        "失业保险条例",
        "财政部 司法部 教育部 商务部",
        "关于加强政务公开工作的通知",
        "政务服务管理办法",
        "河北省教育厅",
        "政 府 工 作 报 告",
    ],
)
def test_a_line_of_a_report(line):
    assert not is_menu(line)


def test_entries_that_nobody_knows_are_found_among_those_that_are_known():
    lines = ("网站首页", "营商环境", "便民服务", "失业保险条例", "第一条 为了保障失业人员。")
    assert menu_lines(lines) == {0, 1, 2}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_found_under_what_a_page_or_a_red_head_prints(row, title, tmp_path):
    file = tmp_path / "a.txt"
    preface = row["text"].replace("⏎", "\n")
    body = f"{title}\n各县（市、区）人民政府：\n为规范管理，根据有关法律，制定本文件。\n"
    file.write_text(preface + body, encoding="utf-8")
    document = structure(extract(file), PurePath(file).name)
    assert document.title == title
