"""One committed state after the other: rebuilding, merging, interruptions, several processes."""

from __future__ import annotations

import shutil

import pytest
from filelock import FileLock

from indexer import collection
from indexer.collection import update
from indexer.config import Config
from indexer.engine.embedded import building, schema, writer
from indexer.engine.embedded.snapshot import open_snapshot
from indexer.errors import (
    AbandonedError,
    FolderError,
    IndexBusyError,
    IndexDamagedError,
)
from indexer.library import Library
from indexer.recorder import Recorder
from indexer.workers import read_all
from tests.conftest import rewrite
from tests.two_reports import EDITED, FIRST, ids


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


def test_changed_files_are_exchanged_in_one_commit_however_many_segments_they_fill(
    folder, config, monkeypatch
):
    monkeypatch.setattr(building, "MOST_REPORTS", 1)
    update(config, [folder])
    seen = []
    commit = writer._commit

    def observed(*arguments):
        commit(*arguments)
        seen.append(Library(config).search('"公里"').total)

    monkeypatch.setattr(writer, "_commit", observed)
    for path in sorted(folder.glob("*.txt")):
        rewrite(path, path.read_text("utf-8") + "又修路一公里。\n")
    update(config, [folder])
    assert seen == [2]


def test_an_index_at_hand_in_memory_answers_the_same_and_follows_commits(folder, config):
    update(config, [folder])
    server = Library(config, at_hand=True)
    assert server.search("全年").to_json() == Library(config).search("全年").to_json()
    open_snapshot(config).populate()
    rewrite(folder / "first.txt", EDITED)
    update(config, [folder])
    assert server.search('"二百公里"').total == 1


def test_two_runs_do_not_write_at_once(folder, config):
    update(config, [folder])
    with FileLock(config.lock), pytest.raises(IndexBusyError):
        update(config, [folder])


def test_progress_is_told_to_the_end(folder, config):
    told = []
    update(config, [folder], progress=lambda *step: told.append(step))
    assert told[-1] == ("index", 2, 2)
    assert ("read", 2, 2) in told


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


def test_the_catalogue_names_the_commit_that_holds_all_there_is(folder, config):
    update(config, [folder])
    before = Library(config).search("全年").commit
    assert Recorder.create(config.catalogue).indexed() == before
    rewrite(folder / "first.txt", EDITED)
    update(config, [folder])
    after = Library(config).search("全年").commit
    assert Recorder.create(config.catalogue).indexed() == after != before
