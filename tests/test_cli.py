"""The command as a person runs it: a subprocess, its output, its exit status."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, run_tifa

HIT_KEYS = {
    "id", "title", "region", "region_code", "year", "topics", "issuer", "date", "kind",
    "matches", "missing", "score", "url", "same_as", "copies", "passages",
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory, samples_index) -> Path:
    """A folder whose index `ix` holds the samples."""
    folder = tmp_path_factory.mktemp("place")
    shutil.copytree(samples_index.index, folder / "ix")
    return folder


@pytest.fixture
def run(place):
    return lambda *arguments: run_tifa(place, arguments)


def some_report(place: Path) -> dict:
    """The first report about services."""
    return json.loads(run_tifa(place, ["search", '"服务"', "--json"]).stdout)["hits"][0]


def test_indexing_says_what_it_did_and_how_to_go_on(tifa, tmp_path):
    shutil.copytree(SAMPLES / "河南省", tmp_path / "河南省")
    done = tifa("index", tmp_path / "河南省")
    assert done.returncode == 0
    assert "新增" in done.stdout
    assert "tifa serve" in done.stdout
    again = tifa("index", tmp_path / "河南省")
    assert "新增 0" in again.stdout


def test_progress_in_a_pipe_is_plain_lines(tifa):
    told = tifa("index", SAMPLES).stderr
    assert "读取 33/33" in told
    assert "建索引 33/33" in told
    assert "\r" not in told


def test_the_json_keeps_its_contract(run):
    answer = json.loads(run("search", '"服务" 群众', "--year", "2019-2026", "--json").stdout)
    assert set(answer) == {
        "query", "parsed", "problems", "total", "texts", "occurrences", "unsearchable", "facets",
        "hits",
    }  # fmt: skip
    assert set(answer["unsearchable"]) == {"files", "pages"}
    assert set(answer["facets"]) == {"region", "year", "topic"}
    assert set(answer["facets"]["region"][0]) == {"value", "label", "count", "parent"}
    assert set(answer["facets"]["year"][0]) == {"value", "label", "count"}
    hit = answer["hits"][0]
    assert set(hit) == HIT_KEYS
    assert set(hit["passages"][0]) == {
        "text", "marks", "paragraph", "page", "ocr", "address", "url",
    }  # fmt: skip
    for passage in hit["passages"]:
        for start, end in passage["marks"]:
            assert 0 <= start < end <= len(passage["text"])


def test_marks_are_the_words_that_were_asked_for(run):
    answer = json.loads(run("search", '"服务"', "--json", "--limit", "50").stdout)
    marked = {
        passage["text"][start:end]
        for hit in answer["hits"]
        for passage in hit["passages"]
        for start, end in passage["marks"]
    }
    assert marked <= {"服务", "服務"}
    assert "服务" in marked


def test_results_for_people_show_title_facts_and_passage(run):
    found = run("search", '"服务"', "--limit", "1")
    assert found.returncode == 0
    assert "篇报告" in found.stdout
    assert "地区：" in found.stdout
    assert "服务" in found.stdout


def test_filters_narrow_by_name_code_range_and_label(run, place):
    everything = json.loads(run("search", '"的"', "--json").stdout)["total"]
    for option in (
        ["--region", "河南省"],
        ["--region", "410000"],
        ["--year", "2025"],
        ["--year", "2019-2021"],
        ["--topic", "health"],
        ["--topic", "卫生健康"],
        ["--year", "none"],
    ):
        assert json.loads(run("search", '"的"', *option, "--json").stdout)["total"] < everything
    by_name, by_code = (
        json.loads(run("search", '"的"', "--region", region, "--json").stdout)["total"]
        for region in ("河南省", "410000")
    )
    assert by_name == by_code > 0


def test_modes_and_numbers_are_options_and_filters_can_be_typed(run):
    def ask(*arguments):
        return json.loads(run("search", *arguments, "--json").stdout)

    assert ask("法治政府", "--mode", "exact")["parsed"] == '"法治政府"'
    whole, cut = ask('"25年"', "--whole-numbers"), ask('"25年"')
    assert whole["occurrences"] < cut["occurrences"]
    typed = ask("服务 地区：河南省 -region:火星")
    assert typed["total"] == ask("服务", "--region", "410000")["total"]
    assert "火星" in typed["problems"][0]
    assert run("search", "法治", "--mode", "loose").returncode == 2


def test_the_help_names_every_construct(run):
    told = run("search", "--help").stdout
    signs = "OR NOT … 同句( 同段( 标题： 机关： 类型： 地区： 年份： 主题： 2026-03-11"
    for sign in [*signs.split(), "--mode", "--whole-numbers"]:
        assert sign in told


def test_a_report_is_shown_by_id_and_by_passage_address(run, place):
    hit = some_report(place)
    shown = run("show", hit["id"])
    assert shown.returncode == 0
    assert hit["title"] in shown.stdout
    address = hit["passages"][0]["url"].removeprefix("/p/")
    followed = run("show", address)
    assert followed.returncode == 0
    assert "仍在原处" in followed.stderr
    as_json = json.loads(run("show", hit["id"], "--json").stdout)
    assert as_json["id"] == hit["id"]
    assert as_json["state"] == "current"
    assert any("服务" in (block["text"] or "") for block in as_json["blocks"])


def test_a_pasted_link_is_shown_whatever_follows_the_name(run, place):
    hit = some_report(place)
    report, passage = f"/r/{hit['id']}", hit["passages"][0]["url"]
    for link in (
        f"{report}#p1",
        f"{report}/file",
        f"{report}/?q=服务&m=2#m2",
        f"http://127.0.0.1:8000{report}/file#page=2",
        f"localhost:8000{report}",
        f"http://reports.example{passage}?q=服务/x#passage",
    ):
        shown = run("show", link)
        assert shown.returncode == 0, link
        assert hit["title"] in shown.stdout


def test_the_json_of_an_address_says_what_became_of_the_words(run, place):
    hit = some_report(place)
    address = hit["passages"][0]["url"].removeprefix("/p/")
    found = json.loads(run("show", address, "--json").stdout)
    assert (found["found"], found["places"], found["newer"]) == ("same", [], None)
    start, end = found["span"]
    block = [block for block in found["blocks"] if block["start"] <= start][-1]
    cited = block["text"][start - block["start"] : end - block["start"]]
    report, offset, length, check = address.split(".")
    assert cited.startswith("服务")
    assert found["words"] == "".join(cited.split())
    assert len(found["words"]) == int(length)
    gone = f"{report}.{offset}.{length}.{'0' * len(check)}"
    found = json.loads(run("show", gone, "--json").stdout)
    assert (found["found"], found["span"], found["words"]) == ("gone", None, None)
    assert not {"found", "span"} & set(json.loads(run("show", report, "--json").stdout))


def test_status_counts_and_lists(run):
    told = run("status")
    assert told.returncode == 0
    assert "33 篇报告" in told.stdout
    assert json.loads(run("status", "--json").stdout)["reports"] == 33


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", ""], "请输入"),
        (["search"], "请输入"),
        (["search", "法治", "--region", "亚特兰蒂斯"], "亚特兰蒂斯"),
        (["search", "法治", "--region", "鼓楼区"], "不止一个"),
        (["search", "法治", "--region", "999999"], "999999"),
        (["search", "法治", "--year", "去年"], "去年"),
        (["search", "法治", "--year", "2025-20"], "2025-20"),
        (["search", "法治", "--topic", "天文"], "天文"),
        (["search", "法治", "--limit", "many"], "limit"),
        (["search", "法治", "--limit", "-1"], "limit"),
        (["search", "法治", "--offset", "-1"], "offset"),
        (["show", "0000000000"], "0000000000"),
        (["show", "a.b.c"], "a.b.c"),
        (["show", "http://[r/0000000000"], "0000000000"),
        (["show", "http://127.0.0.1:8000/"], "http://127.0.0.1:8000/"),
        (["index", "nowhere"], "nowhere"),
    ],
)
def test_a_mistake_is_said_with_the_part_that_is_wrong(run, arguments, said):
    refused = run(*arguments)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize("query", ['"法治', "法治 OR", "(服务", "，。"])
def test_a_malformed_query_is_answered_and_the_problem_said(run, query):
    answered = run("search", query)
    assert answered.returncode == 0
    assert "提示：" in answered.stderr
    assert json.loads(run("search", query, "--json").stdout)["problems"]


@pytest.mark.parametrize(
    "arguments", [["search", "法治"], ["show", "0000000000"], ["status"], ["index"]]
)
def test_with_nothing_indexed_the_command_says_how_to_begin(tifa, arguments):
    refused = tifa(*arguments)
    assert refused.returncode == 2
    assert "tifa index" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_empty_folder_is_said_to_be_empty(tifa, tmp_path):
    (tmp_path / "empty").mkdir()
    refused = tifa("index", "empty")
    assert refused.returncode == 2
    assert "没有可以索引的文件" in refused.stderr


def test_a_folder_of_other_files_only_is_said_to_hold_none(tifa, tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "seal.png").write_bytes(b"\x89PNG")
    refused = tifa("index", "pictures")
    assert refused.returncode == 2
    assert "PDF" in refused.stderr


def test_a_file_that_cannot_be_read_is_listed_and_the_status_tells(tifa, tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "good.txt").write_text("甲县2024年工作报告\n修路。\n", encoding="utf-8")
    (tmp_path / "reports" / "broken.docx").write_bytes(b"PK\x03\x04 cut short")
    done = tifa("index", "reports")
    assert done.returncode == 1
    assert "broken.docx" in done.stderr
    assert "Traceback" not in done.stderr
    assert tifa("status").returncode == 1
    assert "无法检索" in tifa("search", '"修路"').stdout


def test_a_place_that_is_no_index_is_refused(tifa, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "good.txt").write_text("甲县2024年工作报告\n", encoding="utf-8")
    refused = tifa("index", "reports", "--index", "file")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "catalogue.sqlite").write_text("not a database" * 100, encoding="utf-8")
    for command in (["index", "reports"], ["search", "法治"], ["status"]):
        refused = tifa(*command, "--index", "broken")
        assert refused.returncode == 2
        assert "catalogue.sqlite" in refused.stderr
        assert "Traceback" not in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent to one process there")
def test_ctrl_c_leaves_the_last_commit_and_says_how_to_go_on(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.txt").write_text(f"甲县{number}号报告\n修路。\n", encoding="utf-8")
    command = [sys.executable, "-m", "indexer", "index", folder, "--index", tmp_path / "ix"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
    catalogue = tmp_path / "ix" / "catalogue.sqlite"
    deadline = time.monotonic() + 60
    while not catalogue.exists():
        assert process.poll() is None, "it ended before it had begun to write"
        assert time.monotonic() < deadline, "nothing was written within a minute"
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "再运行同一条命令" in told
    assert "Traceback" not in told
    done = run_tifa(tmp_path, ["index", folder])
    assert done.returncode == 0
    assert "共 400 篇报告" in done.stdout


def test_help_names_every_command(run):
    told = run("--help").stdout
    for command in ("index", "search", "show", "status", "check", "serve"):
        assert command in told
