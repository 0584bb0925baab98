"""`tifa check`: what is damaged is found wherever it is, and mended from what is not."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from indexer.addresses import report_id
from indexer.checking import check
from indexer.collection import update
from indexer.config import Config
from indexer.library import Library
from tests.conftest import SAMPLES, run_tifa
from tests.proofs.crashes import answers
from tests.two_reports import ids

# Whoosh leaves files open when it finds one of them missing or cut short.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def copy(tmp_path: Path, samples_index: Config) -> Config:
    """An index of the samples that may be damaged, `ix` in the folder the command runs in."""
    config = Config(tmp_path / "ix", workers=1)
    shutil.copytree(samples_index.index, config.index)
    return config


@pytest.fixture(scope="module")
def undisturbed(samples_index):
    return answers(Library(samples_index))


def the_one(config: Config, pattern: str) -> Path:
    (path,) = config.segments.glob(pattern)
    return path


def flip(path: Path, place: float = 0.5) -> None:
    """Change one bit, so far into the file."""
    held = bytearray(path.read_bytes())
    held[int(place * len(held))] ^= 4
    path.write_bytes(held)


@contextmanager
def catalogue(config: Config) -> Iterator[sqlite3.Connection]:
    """The catalogue, for changes that Tifa itself would never make."""
    with closing(sqlite3.connect(config.catalogue)) as connection:
        yield connection
        connection.commit()


def found_in(answered: list[dict[str, Any]]) -> list[dict[str, int]]:
    """Which reports, and how often: scores depend on how the reports are spread over segments."""
    return [{hit["id"]: hit["matches"] for hit in answer["hits"]} for answer in answered]


def spoil_text(config: Config) -> str:
    """Change a bit of a kept text; the id of the report."""
    with catalogue(config) as sql:
        report, text, packed = sql.execute(
            "SELECT id, hash, document FROM reports JOIN texts ON hash = text ORDER BY id LIMIT 1"
        ).fetchone()
        spoilt = bytearray(packed)
        spoilt[len(spoilt) // 2] ^= 4
        sql.execute("UPDATE texts SET document = ? WHERE hash = ?", (bytes(spoilt), text))
    return report


def test_of_a_sound_index_it_says_what_was_looked_at(copy, tifa):
    done = tifa("check")
    assert done.returncode == 0
    assert "没有发现问题" in done.stdout
    assert "33 篇报告" in done.stdout
    assert "核对目录库 33/33" in done.stderr
    told = json.loads(tifa("check", "--json").stdout)
    assert told["sound"]
    files = list(copy.segments.iterdir())
    assert (told["reports"], told["files"], told["faults"]) == (33, len(files), [])
    assert told["bytes"] == sum(path.stat().st_size for path in files)


@pytest.mark.parametrize("place", [0.0, 0.3, 0.7, 0.9999999])
def test_one_bit_of_any_file_is_found(folder, config, place):
    update(config, [folder])
    for path in config.segments.iterdir():
        intact = path.read_bytes()
        flip(path, place)
        (fault,) = check(config).faults
        assert fault.file == f"segments/{path.name}"
        assert "--repair" in fault.remedy
        path.write_bytes(intact)
    assert check(config).faults == ()


def test_one_bit_of_any_file_is_mended(folder, config):
    update(config, [folder])
    before = answers(Library(config))
    names = [path.name for path in config.segments.iterdir()]
    for kind in sorted(re.sub("MAIN_[0-9a-z]+", "MAIN_*", name) for name in names):
        flip(the_one(config, kind))
        assert [fault.repaired for fault in check(config, repair=True).faults] == [True]
        assert check(config).faults == ()
        assert answers(Library(config)) == before
    assert len(names) > 10


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def into_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [Path.unlink, cut_short, emptied, into_a_folder])
@pytest.mark.parametrize("kind", ["*.tifa.npz", "*.text.npy", "*.pst", "*.toc"])
def test_missing_and_shortened_files_are_found_and_mended(
    copy, tifa, undisturbed, kind: str, damage: Callable[[Path], None]
):
    damage(the_one(copy, kind))
    found = tifa("check")
    assert found.returncode == 1
    assert "有问题：segments" in found.stdout
    mended = tifa("check", "--repair")
    assert mended.returncode == 1
    assert "已修好" in mended.stdout
    assert mended.stderr.count("核对目录库 33/33") == 2, "before and after"
    assert "Traceback" not in found.stderr + mended.stderr
    assert tifa("check").returncode == 0
    assert answers(Library(copy)) == undisturbed


def test_segments_that_are_gone_altogether_are_written_again(copy, undisturbed):
    shutil.rmtree(copy.segments)
    assert [fault.file for fault in check(copy).faults] == ["segments"]
    check(copy, repair=True)
    assert answers(Library(copy)) == undisturbed


def test_files_of_others_are_none_of_its_business(copy):
    (copy.segments / "notes.txt").write_text("mine", encoding="utf-8")
    shutil.copy(the_one(copy, "*.pst"), the_one(copy, "*.pst").with_suffix(".bak"))
    assert check(copy).faults == ()
    assert Library(copy).search("服务").total


def test_to_check_changes_nothing(copy):
    flip(the_one(copy, "*.pst"))
    spoil_text(copy)

    def state():
        files = [*copy.segments.iterdir(), copy.catalogue]
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}

    before = state()
    assert check(copy).faults
    assert state() == before


def test_an_index_of_another_moment_is_told_and_brought_up(copy, tmp_path, undisturbed):
    other = Config(tmp_path / "other", workers=1)
    update(other, [SAMPLES / "河南省"])
    shutil.rmtree(copy.segments)
    shutil.copytree(other.segments, copy.segments)
    (fault,) = check(copy).faults
    assert "没有照目录库收录" in fault.what
    assert fault.reports
    check(copy, repair=True)
    assert answers(Library(copy)) == undisturbed


def test_reports_that_wait_for_the_index_are_told(copy):
    with catalogue(copy) as sql:
        sql.execute("INSERT INTO pending SELECT id FROM reports LIMIT 2")
    (fault,) = check(copy).faults
    assert "2 篇" in fault.what
    check(copy, repair=True)
    assert Library(copy).counts().pending == 0


def test_a_damaged_text_is_told_with_its_file_and_comes_back_from_it(copy, tifa, undisturbed):
    report = spoil_text(copy)
    (fault,) = check(copy).faults
    assert fault.file == "catalogue.sqlite"
    assert fault.reports == (report,)
    (path,) = fault.paths
    assert report_id(hashlib.sha256(Path(path).read_bytes()).hexdigest()) == report
    (left,) = check(copy, repair=True).faults
    assert not left.repaired
    assert "tifa index" in left.remedy
    assert answers(Library(copy)) == undisturbed, "the index needs no text of the catalogue"
    assert tifa("index", SAMPLES).returncode == 0
    assert check(copy).faults == ()
    assert Library(copy).report(report).document.text
    assert answers(Library(copy)) == undisturbed


def test_what_nothing_intact_holds_is_listed_until_its_file_is_read_again(copy, tifa, undisturbed):
    spoil_text(copy)
    flip(the_one(copy, "*.suffixes.npy"))
    mended = tifa("check", "--repair")
    assert mended.returncode == 1
    assert "Traceback" not in mended.stderr
    library = Library(copy)
    assert library.overview().reports == 32
    assert [failure for failure in library.failures() if "tifa index" in failure.reason]
    assert "有问题：catalogue.sqlite：文字" in mended.stdout
    assert tifa("index", SAMPLES).returncode == 0
    assert check(copy).faults == ()
    assert Library(copy).failures() == ()
    assert found_in(answers(Library(copy))) == found_in(undisturbed)


def test_what_was_lost_with_its_file_leaves_no_failure_behind(folder, config):
    update(config, [folder])
    spoil_text(config)
    flip(the_one(config, "*.text.npy"))
    check(config, repair=True)
    for path in folder.iterdir():
        if str(path) in {failure.path for failure in Library(config).failures()}:
            path.unlink()
    update(config, [folder])
    assert Library(config).failures() == ()
    assert len(ids(config, "全年")) == 1
    (fault,) = check(config).faults
    assert "备份" in fault.remedy


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports SET metadata = substr(metadata, 2) WHERE rowid = 2",
        "UPDATE reports SET found = CAST(x'7bff' AS TEXT) WHERE rowid = 2",
        "UPDATE texts SET characters = characters + 1 WHERE rowid = 2",
        "DELETE FROM texts WHERE hash = (SELECT text FROM reports WHERE rowid = 2)",
    ],
)
def test_a_damaged_row_is_found_and_comes_back_from_its_file(copy, undisturbed, statement):
    with catalogue(copy) as sql:
        assert sql.execute(statement).rowcount == 1
    faults = check(copy).faults
    assert any(fault.file == "catalogue.sqlite" and fault.reports for fault in faults)
    check(copy, repair=True)
    update(copy, [SAMPLES])
    assert check(copy).faults == ()
    assert found_in(answers(Library(copy))) == found_in(undisturbed)


def test_a_row_that_points_nowhere_is_told_and_the_index_left_alone(copy, undisturbed):
    with catalogue(copy) as sql:
        sql.execute("UPDATE paths SET report = '0000000000' WHERE rowid = 2")
    assert any("paths" in fault.what for fault in check(copy, repair=True).faults)
    assert found_in(answers(Library(copy))) == found_in(undisturbed)


@pytest.mark.parametrize("place", [0.0, 0.01, 0.2, 0.4, 0.6, 0.8, 0.99])
def test_damage_anywhere_in_the_catalogue_is_found(copy, place):
    held = bytearray(copy.catalogue.read_bytes())
    start = int(place * len(held))
    held[start : start + 4096] = bytes(255 - byte for byte in held[start : start + 4096])
    copy.catalogue.write_bytes(held)
    for repair in (False, True):
        faults = check(copy, repair=repair).faults
        assert "catalogue.sqlite" in {fault.file for fault in faults}


@pytest.mark.parametrize("damage", [Path.unlink, emptied, into_a_folder, cut_short])
def test_a_catalogue_that_is_none_is_told_and_the_index_left_alone(copy, tifa, damage):
    if damage is cut_short:
        copy.catalogue.write_bytes(copy.catalogue.read_bytes()[:20000])
    else:
        damage(copy.catalogue)
    before = {path: path.read_bytes() for path in copy.segments.iterdir()}
    done = tifa("check", "--repair")
    assert done.returncode == 1
    assert "有问题：catalogue.sqlite" in done.stdout
    assert "备份" in done.stdout
    assert {path: path.read_bytes() for path in copy.segments.iterdir()} == before


def test_where_nothing_is_indexed_nothing_is_checked_or_made(tmp_path):
    (tmp_path / "ix").mkdir()
    refused = run_tifa(tmp_path, ["check"])
    assert refused.returncode == 2
    assert "tifa index" in refused.stderr
    assert not list((tmp_path / "ix").iterdir())


def test_it_waits_for_no_one_who_writes_and_bars_no_one_who_searches(copy, tifa, undisturbed):
    with FileLock(copy.lock):
        refused = tifa("check")
    assert refused.returncode == 2
    assert "请等它结束" in refused.stderr
    library = Library(copy)
    seen = []
    flip(the_one(copy, "*._title_len.col"))
    check(copy, repair=True, progress=lambda *_: seen.append(answers(library) == undisturbed))
    assert len(seen) > 33
    assert all(seen)


def test_an_earlier_text_that_is_damaged_concerns_old_quotations_only(folder, config):
    update(config, [folder])
    with catalogue(config) as sql:
        sql.execute("INSERT INTO texts VALUES ('0', 1, 0, '[]', x'00')")
        sql.execute("INSERT INTO extractions (report, text) SELECT id, '0' FROM reports LIMIT 1")
    (fault,) = check(config, repair=True).faults
    assert "旧引文" in fault.remedy
    assert len(ids(config, "全年")) == 2
