"""`tifa metadata`, as a person runs it: what is doubtful, as a table, and the table back."""

from __future__ import annotations

import csv
import io
import json
import shutil
from contextlib import closing

import pytest

from indexer.catalogue import Catalogue
from indexer.collection import update
from indexer.config import Config
from tests.conftest import SAMPLES, run_tifa

WEAK = {
    "a/x7.txt": "各位代表：全年新建农村公路一百公里，群众出行更加方便，各项工作取得明显成效。\n",
    "河北省/安徽.txt": "安徽省教育厅2024年工作总结\n\n全年新增学位三千个。\n",
    "b/=1+1.txt": "=1+1\n\n全年新增公办学位三千个，入学难题进一步缓解。\n",
    "b/早.txt": "甲县教育局2024年度工作总结\n\n全年修桥。\n\n2021年3月1日\n",
    "b/将来.txt": "安阳市教育局2025年工作总结\n\n全年修路。\n",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Samples that are in order, and reports that are not, under an index."""
    folder = tmp_path_factory.mktemp("place")
    shutil.copytree(SAMPLES, folder / "reports")
    for name, text in WEAK.items():
        path = folder / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "reports" / "b" / "metadata.csv").write_text(
        "file,year\n将来.txt,2099\n早.txt,\n", encoding="utf-8"
    )
    update(Config(folder / "ix", workers=2), [folder / "reports"])
    return folder


@pytest.fixture
def run(place):
    return lambda *arguments: run_tifa(place, ["metadata", *arguments])


def known(place):
    """What is in force of every report, and why."""
    with closing(Catalogue.open(Config(place / "ix").catalogue)) as catalogue:
        return {each.report: (each.metadata, each.grounds) for each in catalogue.all_metadata()}


def test_doubts_are_listed_with_their_reason(run):
    told = {
        doubtful["path"].partition("/reports/")[2]: {
            doubt["field"]: doubt["reason"] for doubt in doubtful["doubts"]
        }
        for doubtful in json.loads(run("--suspect", "--json").stdout)
    }
    assert "未定" in told["a/x7.txt"]["region"]
    assert "正文开头" in told["a/x7.txt"]["title"]
    assert "河北省" in told["河北省/安徽.txt"]["region"]
    assert "安徽省" in told["河北省/安徽.txt"]["region"]
    assert "看不出" in told["b/=1+1.txt"]["title"]
    assert "2021-03-01" in told["b/早.txt"]["date"]
    assert "year" not in told.get("b/将来.txt", {})  # a person has settled it
    spoken = run("--suspect").stdout
    assert f"有 {len(told)} 篇可疑" in spoken
    assert "放在“河北省”文件夹里" in spoken


def test_a_table_fed_back_unchanged_changes_nothing(place, run, tmp_path):
    before = known(place)
    table = tmp_path / "全部.csv"
    assert run("--export", table).returncode == 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert len(rows) == 38
    assert not any(cell[:1] in "=+@" for row in rows for cell in row.values() if cell)
    assert any(row["title"] == "'=1+1" for row in rows)
    told = run("--import", table)
    assert (told.returncode, "没有要改的" in told.stdout) == (0, True)
    assert known(place) == before

    # As the metadata.csv of the folder it settles everything, and changes no value either.
    ours = place / "reports" / "metadata.csv"
    kept = ours.read_bytes()
    shutil.copy(table, ours)
    try:
        update(Config(place / "ix", workers=1))
        after = known(place)
    finally:
        ours.write_bytes(kept)
        update(Config(place / "ix", workers=1))
    assert {key: value[0] for key, value in after.items()} == {
        key: value[0] for key, value in before.items()
    }


def test_what_a_person_changed_in_the_table_is_in_force(place, run, tmp_path):
    table = tmp_path / "待定.csv"
    run("--suspect", "--export", table)
    lines = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert all(line["note"] for line in lines)
    for line in lines:
        if line["file"] == "a/x7.txt":
            line |= {"region": "安阳市", "year": "2019", "title": "@甲报告"}
    with table.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.DictWriter(stream, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    done = run("--import", table)
    assert (done.returncode, "更正了 1 篇" in done.stdout) == (0, True)
    changed = {each[0].title: each[0] for each in known(place).values()}["@甲报告"]
    assert (changed.region.names[-1], changed.year) == ("安阳市", 2019)
    told = run_tifa(place, ["index", "-v"]).stdout
    assert "标题：" in told
    assert "→ @甲报告" in told


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("id,year\n0000000000,2024\n", "第 2 行“id”列"),
        ("file,year\nx.txt,2024\n", "第 2 行“id”列"),
        ("id,year\n0000000000,去年\n", "第 2 行“year”列"),
    ],
)
def test_a_table_that_cannot_be_read_back_is_refused(run, tmp_path, rows, told):
    table = tmp_path / "x.csv"
    table.write_text(rows, encoding="utf-8")
    done = run("--import", table)
    assert (done.returncode, told in done.stderr) == (2, True)


def test_a_file_that_is_there_is_not_replaced_unasked(run, tmp_path):
    table = tmp_path / "x.csv"
    table.write_text("mine", encoding="utf-8")
    assert run("--export", table).returncode == 2
    assert table.read_text("utf-8") == "mine"
    assert run("--export", table, "--force").returncode == 0


def test_without_options_it_counts(run):
    assert "地区：已定 " in run().stdout
