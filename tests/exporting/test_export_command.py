"""`tifa export`: the file that a person asked for, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

import pytest

from indexer.cli import main
from indexer.collection import update
from indexer.config import Config
from indexer.errors import ChangedMeanwhileError, FolderError
from indexer.exporting.files import write_whole
from indexer.exporting.finding import chosen_hits, every_hit
from indexer.library import Library


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def export(samples_index, tmp_path, monkeypatch, capfd):
    """The command in this process: what it takes to start one would be most of the time."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Done:
        with pytest.raises(SystemExit) as ended:
            main(["export", *arguments, "--index", str(samples_index.index)])
        return Done(int(ended.value.code or 0), *capfd.readouterr())

    return run


def test_it_writes_what_the_search_finds(export, tmp_path, samples_index):
    found = Library(samples_index).search('"营商环境"', limit=1000)
    done = export('"营商环境"', "--output", "环境.csv")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"导出了 {found.total} 篇报告" in done.stderr
    text = (tmp_path / "环境.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["编号"] for row in rows] == [hit.id for hit in found.hits]
    assert rows[0]["链接"] == f"http://127.0.0.1:8000{found.hits[0].url}"
    assert [path.name for path in tmp_path.iterdir()] == ["环境.csv"]


def test_the_suffix_tells_the_format_and_passages_come_one_by_one(export, tmp_path, samples_index):
    found = Library(samples_index).search('"营商环境"', limit=1000)
    export('"营商环境"', "--passages", "-o", "环境.jsonl", "--public-url", "https://tifa.example/")
    lines = (tmp_path / "环境.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["url"] for line in lines] == [
        f"https://tifa.example{passage.url}" for hit in found.hits for passage in hit.passages
    ]


def test_it_narrows_and_orders_as_search_does(export):
    done = export("营商环境", "--region", "湖南省", "--sort", "newest", "--format", "gbt7714")
    assert done.returncode == 0
    assert done.stdout.startswith("[1] 长沙市人民政府.")


def test_without_a_link_nothing_is_said_to_be_on_line(export):
    done = export("营商环境", "--format", "gbt7714", "--public-url", "", "--limit", "1")
    assert "[出版地不详]:[出版者不详]" in done.stdout
    assert "OL]" not in done.stdout
    assert "加 --all 导出全部" not in done.stdout


def test_a_file_that_is_there_stays_unless_forced(export, tmp_path):
    (tmp_path / "有.csv").write_text("mine", encoding="utf-8")
    done = export("营商环境", "-o", "有.csv")
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert (tmp_path / "有.csv").read_text(encoding="utf-8") == "mine"
    assert export("营商环境", "-o", "有.csv", "--force").returncode == 0
    assert (tmp_path / "有.csv").stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["营商环境", "-o", "无此文件夹/a.csv"], "没有这个文件夹"),
        (["营商环境", "--limit", "x"], "limit 不能是 x"),
        (["营商环境", "--public-url", "ftp://x"], "public-url 不能是"),
        (["营商环境", "--region", "乌有省"], "没有这个地区"),
        ([], "请输入要查找的词语"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(export, arguments, told):
    done = export(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_what_breaks_half_way_leaves_nothing(tmp_path):
    def pieces():
        yield b"half"
        raise ChangedMeanwhileError

    with pytest.raises(ChangedMeanwhileError):
        write_whole(tmp_path / "a.csv", pieces())
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_came_meanwhile_is_not_lost(tmp_path):
    target = tmp_path / "a.csv"

    def pieces():
        target.write_bytes(b"mine")
        yield b"ours"

    with pytest.raises(FolderError):
        write_whole(target, pieces())
    assert target.read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_pages_of_hits_join_without_gap_or_double(samples_index):
    library = Library(samples_index)
    whole = library.search("的", limit=1000, sort="newest")
    search = library.request("的", limit=4, sort="newest")
    hits = list(every_hit(library, search, library.run(search), 1000))
    assert [hit.id for hit in hits] == [hit.id for hit in whole.hits]
    assert len(hits) > 20
    some = list(every_hit(library, search, library.run(search), 7))
    assert some == hits[:7]
    ids = {hits[9].id, hits[2].id}
    assert [hit.id for hit in chosen_hits(iter(hits), ids)] == [hits[2].id, hits[9].id]


def test_an_index_that_changes_half_way_is_noticed(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(
            f"第{number}份报告\n\n让群众少跑路。", encoding="utf-8"
        )
    config = Config(tmp_path / "index", workers=1)
    update(config, [folder])
    library = Library(config)
    search = library.request("群众", limit=2)
    hits = every_hit(library, search, library.run(search), 100)
    next(hits)
    (folder / "0.txt").unlink()
    update(config, [folder])
    with pytest.raises(ChangedMeanwhileError):
        list(hits)
