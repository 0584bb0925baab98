"""Folders change, runs are repeated: what stands in the catalogue and what is found follow."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from indexer import collection
from indexer.collection import update
from indexer.config import Config
from indexer.engine.embedded import building, schema
from indexer.errors import (
    AbandonedError,
    FolderError,
    IndexBusyError,
    IndexDamagedError,
    OverridesError,
    UnknownReportError,
)
from indexer.library import Library
from indexer.records import State
from indexer.report import Metadata
from indexer.workers import read_all
from tests.conftest import rewrite

FIRST = "甲县人民政府2024年工作报告\n\n全年新建改建农村公路一百公里，群众出行更加方便。\n"
SECOND = "乙市教育局2025年工作总结\n\n全年新增公办学位三千个，入学难题进一步缓解。\n"
EDITED = FIRST.replace("一百公里", "二百公里")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "reports"
    place.mkdir()
    (place / "first.txt").write_text(FIRST, encoding="utf-8")
    (place / "second.txt").write_text(SECOND, encoding="utf-8")
    return place


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(tmp_path / "index", workers=1)


def ids(config: Config, query: str) -> list[str]:
    return [hit.id for hit in Library(config).search(query).hits]


def test_a_folder_is_indexed_and_found(folder, config):
    summary = update(config, [folder])
    assert (summary.added, summary.counts.reports, summary.failures) == (2, 2, ())
    assert len(ids(config, '"农村公路一百公里"')) == 1


def test_a_second_run_reads_nothing_again(folder, config, monkeypatch):
    update(config, [folder])

    def refuse(*_):
        raise AssertionError("a file was read again")

    monkeypatch.setattr(collection, "read_all", refuse)
    monkeypatch.setattr(collection, "hash_of", refuse)
    summary = update(config, [folder])
    assert (summary.unchanged, summary.added, summary.indexed) == (2, 0, False)
    assert update(config).unchanged == 2, "without folders: those that are known"


def test_a_changed_file_is_a_new_version_and_the_old_text_stays_readable(folder, config):
    update(config, [folder])
    (old,) = ids(config, '"一百公里"')
    rewrite(folder / "first.txt", EDITED)
    assert update(config, [folder]).replaced == 1
    (new,) = ids(config, '"二百公里"')
    assert ids(config, '"一百公里"') == []
    kept = Library(config).report(old)
    assert (kept.state, kept.successor) == (State.REPLACED, new)
    assert "一百公里" in kept.document.text


def test_a_file_changed_back_is_the_old_report_again(folder, config):
    update(config, [folder])
    (old,) = ids(config, '"一百公里"')
    rewrite(folder / "first.txt", EDITED)
    update(config, [folder])
    rewrite(folder / "first.txt", FIRST)
    update(config, [folder])
    assert ids(config, '"一百公里"') == [old]
    assert Library(config).report(old).state is State.CURRENT


def test_a_removed_file_leaves_the_results_but_not_its_address(folder, config):
    update(config, [folder])
    (old,) = ids(config, '"一百公里"')
    (folder / "first.txt").unlink()
    assert update(config, [folder]).withdrawn == 1
    assert ids(config, '"一百公里"') == []
    kept = Library(config).report(old)
    assert (kept.state, kept.successor) == (State.WITHDRAWN, None)
    assert Library(config).original(old) is None


def test_the_same_bytes_at_two_paths_are_one_report(folder, config):
    shutil.copy(folder / "first.txt", folder / "copy.txt")
    summary = update(config, [folder])
    assert (summary.counts.reports, summary.counts.files) == (2, 3)
    assert summary.same_bytes == 1
    (report,) = ids(config, '"一百公里"')
    assert len(Library(config).report(report).paths) == 2
    (folder / "first.txt").unlink()
    update(config, [folder])
    assert ids(config, '"一百公里"') == [report]
    assert Library(config).report(report).state is State.CURRENT


def test_a_moved_file_keeps_its_id_and_is_not_read_again(folder, config, monkeypatch):
    update(config, [folder])
    (report,) = ids(config, '"一百公里"')
    (folder / "2024").mkdir()
    (folder / "first.txt").rename(folder / "2024" / "moved.txt")
    monkeypatch.setattr(collection, "read_all", None)
    update(config, [folder])
    assert ids(config, '"一百公里"') == [report]
    assert Library(config).report(report).paths == (str(folder / "2024" / "moved.txt"),)


def test_files_of_the_same_text_but_other_bytes_are_two_reports(folder, config):
    (folder / "again.txt").write_text(FIRST + "\n\n", encoding="utf-8")
    update(config, [folder])
    assert len(ids(config, '"一百公里"')) == 2


def test_only_the_folders_given_are_judged(tmp_path, folder, config):
    other = tmp_path / "other"
    other.mkdir()
    (other / "third.txt").write_text(
        "丙区民政局2023年工作总结\n新建养老机构五家。\n", encoding="utf-8"
    )
    update(config, [folder])
    update(config, [other])
    (folder / "first.txt").unlink()
    assert update(config, [other]).withdrawn == 0
    assert len(ids(config, '"一百公里"')) == 1
    assert update(config).withdrawn == 1


@pytest.mark.parametrize(
    "vanish", [shutil.rmtree, lambda place: [f.unlink() for f in place.iterdir()]]
)
def test_a_folder_that_is_missing_or_suddenly_empty_withdraws_nothing_without_prune(
    tmp_path, folder, config, vanish
):
    other = tmp_path / "other"
    other.mkdir()
    (other / "third.txt").write_text(
        "丙区民政局2023年工作总结\n新建养老机构五家。\n", encoding="utf-8"
    )
    update(config, [folder, other])
    vanish(folder)
    summary = update(config)
    assert (summary.withdrawn, summary.kept) == (0, (str(folder),))
    assert len(ids(config, '"一百公里"')) == 1
    assert update(config, prune=True).withdrawn == 2
    assert ids(config, '"一百公里"') == []


def test_a_file_that_cannot_be_read_is_listed_and_the_others_are_indexed(folder, config):
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    summary = update(config, [folder])
    assert [Path(failure.path).name for failure in summary.failures] == ["broken.pdf"]
    assert summary.failures[0].reason
    assert summary.counts.reports == 2
    again = update(config, [folder])
    assert (again.failures, again.unchanged) == (summary.failures, 3), "still told, not tried again"
    assert Library(config).search('"一百公里"').unsearchable.files == 1
    (folder / "broken.pdf").unlink()
    assert update(config, [folder]).failures == ()


def test_a_file_that_becomes_unreadable_leaves_the_results(folder, config):
    update(config, [folder])
    (old,) = ids(config, '"一百公里"')
    (folder / "first.txt").write_bytes(b"")
    assert [f.pages for f in update(config, [folder]).failures] == [None]
    assert ids(config, '"一百公里"') == []
    assert "一百公里" in Library(config).report(old).document.text


def test_what_is_no_report_by_its_name_is_skipped(folder, config):
    for name in ("README.md", "~$first.docx", ".hidden.txt", "table.xlsx"):
        (folder / name).write_text("x", encoding="utf-8")
    summary = update(config, [folder])
    assert (summary.skipped, summary.counts.reports) == (4, 2)


def test_metadata_csv_overrides_what_was_found_and_can_be_taken_back(folder, config):
    update(config, [folder])
    (report,) = ids(config, '"一百公里"')
    found = Library(config).report(report).metadata
    rules = folder / "metadata.csv"
    rules.write_text("file,region,year,topics\nfirst.txt,410503,1999,health\n", encoding="utf-8")
    assert update(config, [folder]).overridden == 1
    settled = Library(config).report(report).metadata
    assert (settled.region.code, settled.year, settled.topics) == ("410503", 1999, ("health",))
    assert settled.title == found.title
    assert [hit.id for hit in Library(config).search("", region="北关区", year="1999").hits] == [
        report
    ]
    rules.unlink()
    assert update(config, [folder]).overridden == 0
    assert Library(config).report(report).metadata == found


def test_a_wrong_metadata_csv_stops_the_run_before_anything_changes(folder, config):
    update(config, [folder])
    (folder / "metadata.csv").write_text("file,year\nfirst.txt,someday\n", encoding="utf-8")
    (folder / "second.txt").unlink()
    with pytest.raises(OverridesError, match=r"metadata\.csv.*2.*year"):
        update(config, [folder])
    assert len(ids(config, '"公办学位三千个"')) == 1


def test_the_index_is_rebuilt_from_the_catalogue_without_reading_a_file(
    folder, config, monkeypatch
):
    update(config, [folder])
    before = Library(config).search("全年").to_json()
    shutil.rmtree(config.segments)
    with pytest.raises(IndexDamagedError, match="tifa index"):
        Library(config).search("全年")
    monkeypatch.setattr(collection, "read_all", None)
    assert update(config, [folder]).indexed
    assert Library(config).search("全年").to_json() == before


def test_many_small_runs_leave_few_segments_and_the_same_answers(folder, config):
    for number in range(12):
        (folder / f"more{number}.txt").write_text(f"{FIRST}第{number}号。\n", encoding="utf-8")
        update(config, [folder])
    assert Library(config).search('"一百公里"').total == 13
    assert len(list(config.segments.glob("*.npz"))) < 9


def test_an_open_library_follows_what_is_committed(folder, config):
    update(config, [folder])
    library = Library(config)
    assert library.search('"二百公里"').total == 0
    rewrite(folder / "first.txt", EDITED)
    update(config, [folder])
    assert library.search('"二百公里"').total == 1


def test_a_missing_folder_is_named(config, tmp_path):
    with pytest.raises(FolderError, match="nowhere"):
        update(config, [tmp_path / "nowhere"])
    assert not config.index.exists()


def test_an_empty_folder_is_named(config, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(FolderError, match="empty"):
        update(config, [tmp_path / "empty"])


def test_without_any_folder_one_is_asked_for(config):
    with pytest.raises(FolderError, match="tifa index"):
        update(config)


def test_two_runs_do_not_write_at_once(folder, config):
    update(config, [folder])
    with FileLock(config.lock), pytest.raises(IndexBusyError):
        update(config, [folder])


def test_an_unknown_report_is_refused(folder, config):
    update(config, [folder])
    with pytest.raises(UnknownReportError):
        Library(config).report("0000000000")


def test_the_original_is_handed_out_only_with_the_bytes_that_were_read(folder, config):
    update(config, [folder])
    (report,) = ids(config, '"一百公里"')
    assert Library(config).original(report) == folder / "first.txt"
    (folder / "first.txt").write_text(EDITED, encoding="utf-8")
    assert Library(config).original(report) is None


def test_progress_is_told_to_the_end(folder, config):
    told = []
    update(config, [folder], progress=lambda *step: told.append(step))
    assert told[-1] == ("index", 2, 2)
    assert ("read", 2, 2) in told


def test_a_report_that_came_alone_and_went_alone_is_withdrawn(folder, config):
    update(config, [folder])
    (folder / "third.txt").write_text("丙区2023年总结\n撤回的提法。\n", encoding="utf-8")
    update(config, [folder])
    assert len(ids(config, '"撤回的提法"')) == 1
    (folder / "third.txt").unlink()
    assert update(config, [folder]).withdrawn == 1
    assert ids(config, '"撤回的提法"') == []


def test_the_last_report_can_be_withdrawn(folder, config):
    update(config, [folder])
    for path in folder.iterdir():
        path.unlink()
    update(config, [folder], prune=True)
    assert Library(config).search('"的" OR "年"').total == 0


def test_a_folder_removed_from_a_known_one_is_withdrawn(folder, config):
    (folder / "sub").mkdir()
    (folder / "sub" / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    update(config, [folder / "sub"])
    update(config, [folder])
    shutil.rmtree(folder / "sub")
    assert update(config).withdrawn == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_what_is_no_ordinary_file_is_listed_and_not_waited_for(folder, config):
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "metadata.csv")
    summary = update(config, [folder])
    assert [Path(failure.path).name for failure in summary.failures] == ["pipe.txt"]
    assert summary.counts.reports == 2


def test_a_dangling_link_is_listed(folder, config):
    try:
        (folder / "link.txt").symlink_to(folder / "nowhere.txt")
    except OSError:
        pytest.skip("links cannot be made here")
    assert [Path(f.path).name for f in update(config, [folder]).failures] == ["link.txt"]


def test_links_to_folders_are_followed_once(tmp_path, folder, config):
    other = tmp_path / "other"
    other.mkdir()
    (other / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    try:
        (folder / "linked").symlink_to(other, target_is_directory=True)
        (folder / "loop").symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    summary = update(config, [folder])
    assert (summary.counts.reports, summary.counts.files) == (3, 3)


def test_files_of_a_folder_that_cannot_be_listed_are_not_withdrawn(folder, config, monkeypatch):
    (folder / "sub").mkdir()
    (folder / "sub" / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    update(config, [folder])
    listing = os.scandir

    def refusing(path):
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", refusing)
    summary = update(config, [folder])
    assert summary.withdrawn == 0
    assert [Path(failure.path).name for failure in summary.failures] == ["sub"]
    assert len(ids(config, '"修桥"')) == 1


def test_the_index_may_lie_among_the_reports(folder):
    config = Config(folder / "index", workers=1)
    update(config, [folder])
    again = update(config, [folder])
    assert (again.skipped, again.failures) == (0, ())


def test_a_refused_run_leaves_nothing_behind(tmp_path, config):
    (tmp_path / "empty").mkdir()
    with pytest.raises(FolderError):
        update(config, [tmp_path / "empty"])
    assert not config.index.exists()


def test_a_copy_of_the_catalogue_alone_is_a_backup(tmp_path, folder, config):
    update(config, [folder])
    library = Library(config)
    library.search("全年")
    (folder / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    update(config, [folder])
    copy = Config(tmp_path / "copy", workers=1)
    copy.index.mkdir()
    shutil.copy(config.catalogue, copy.catalogue)
    assert Library(copy).counts().reports == 3


def test_an_older_catalogue_beside_a_newer_index_is_told(tmp_path, folder, config):
    update(config, [folder])
    shutil.copy(config.catalogue, tmp_path / "older.sqlite")
    (folder / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    update(config, [folder])
    shutil.copy(tmp_path / "older.sqlite", config.catalogue)
    with pytest.raises(IndexDamagedError):
        Library(config).search('"修桥"')


def test_what_was_read_before_an_interruption_is_kept(folder, config, monkeypatch):
    def interrupted(files, config):
        yield from list(read_all(files[:1], config))
        raise KeyboardInterrupt

    monkeypatch.setattr(collection, "read_all", interrupted)
    with pytest.raises(KeyboardInterrupt):
        update(config, [folder])
    assert Library(config).counts().reports == 1


def test_a_row_of_metadata_csv_that_speaks_of_no_file_is_told(folder, config):
    (folder / "metadata.csv").write_text("file,year\nfirst.txt,2020\nfrist.txt,2021\n", "utf-8")
    (told,) = update(config, [folder]).unmatched
    assert "第 3 行" in told


def test_an_unclosed_quote_in_metadata_csv_is_refused_and_an_empty_file_is_not(folder, config):
    (folder / "metadata.csv").write_text('file,title\nfirst.txt,"甲\nsecond.txt,乙\n', "utf-8")
    with pytest.raises(OverridesError, match="引号"):
        update(config, [folder])
    (folder / "metadata.csv").write_text("", "utf-8")
    assert update(config, [folder]).overridden == 0


def test_a_report_without_a_word_is_a_report(folder, config):
    update(config, [folder])
    (folder / "line.txt").write_text("——————。\n", encoding="utf-8")
    update(config, [folder])
    assert Library(config).search('"——————"').total == 1
    assert len(ids(config, '"一百公里"')) == 1


def test_segments_that_are_full_are_left_alone_and_answers_never_shrink(
    folder, config, monkeypatch
):
    monkeypatch.setattr(building, "MOST_REPORTS", 2)
    for number in range(18):
        (folder / f"more{number}.txt").write_text(f"{FIRST}第{number}号。\n", encoding="utf-8")
    update(config, [folder])
    assert not update(config, [folder]).indexed
    library = Library(config)
    totals = [library.search('"年"').total]
    monkeypatch.setattr(schema, "INDEX_VERSION", 99)
    update(config, [folder], progress=lambda *_: totals.append(library.search('"年"').total))
    assert set(totals) == {20}


def test_an_open_library_follows_an_index_that_was_made_anew(folder, config):
    update(config, [folder])
    library = Library(config)
    assert library.search('"修桥"').total == 0
    shutil.rmtree(config.segments)
    (folder / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    update(config, [folder])
    assert library.search('"修桥"').total == 1


def test_what_was_settled_stays_while_its_folder_is_out_of_sight(tmp_path, folder, config):
    other = tmp_path / "other"
    other.mkdir()
    (other / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,year\nfirst.txt,1999\n", encoding="utf-8")
    update(config, [folder, other])
    (report,) = ids(config, '"一百公里"')
    folder.rename(tmp_path / "elsewhere")
    update(config)
    assert Library(config).report(report).metadata.year == 1999


def test_metadata_csv_speaks_of_folders_below_it_that_are_given_alone(folder, config):
    (folder / "sub").mkdir()
    (folder / "sub" / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,year\nsub/*,1999\n", encoding="utf-8")
    update(config, [folder])
    update(config, [folder / "sub"])
    (report,) = ids(config, '"修桥"')
    assert Library(config).report(report).metadata.year == 1999


def test_a_file_moved_under_a_rule_obeys_it_and_moved_out_of_it_does_not(folder, config):
    (folder / "settled").mkdir()
    (folder / "metadata.csv").write_text("file,year\nsettled/*,1999\n", encoding="utf-8")
    update(config, [folder])
    (report,) = ids(config, '"一百公里"')
    (folder / "first.txt").rename(folder / "settled" / "first.txt")
    update(config, [folder])
    assert Library(config).report(report).metadata.year == 1999
    (folder / "settled" / "first.txt").rename(folder / "first.txt")
    update(config, [folder])
    assert Library(config).report(report).metadata.year == 2024


def test_finders_that_changed_describe_again_even_if_interrupted(folder, config, monkeypatch):
    update(config, [folder])
    (report,) = ids(config, '"一百公里"')
    monkeypatch.setattr(collection, "METADATA_VERSION", 99)
    monkeypatch.setattr(collection, "describe", lambda document, path: Metadata("新题", year=1950))

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(collection, "_read", interrupted)
        with pytest.raises(KeyboardInterrupt):
            update(config, [folder])
    update(config, [folder])
    assert Library(config).report(report).metadata.year == 1950
    assert Library(config).search('"一百公里"').hits[0].year == 1950


def test_a_refused_run_does_not_touch_the_catalogue_of_another(tmp_path, folder, config):
    update(config, [folder])
    (tmp_path / "empty").mkdir()
    with pytest.raises(FolderError):
        update(config, [tmp_path / "empty"])
    assert Library(config).counts().reports == 2


def test_a_file_that_took_too_long_is_told_withdraws_nothing_and_is_tried_again(
    folder, config, monkeypatch
):
    def given_up(files, config):
        return [(file, AbandonedError(file.path, "太久")) for file in files]

    update(config, [folder])
    rewrite(folder / "first.txt", EDITED)
    with monkeypatch.context() as patch:
        patch.setattr(collection, "read_all", given_up)
        summary = update(config, [folder])
    assert [failure.reason for failure in summary.failures] == ["太久"]
    assert len(ids(config, '"一百公里"')) == 1
    assert update(config, [folder]).failures == ()
    assert len(ids(config, '"二百公里"')) == 1
