"""Folders change, runs are repeated: what stands in the catalogue and what is found follow."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from indexer import collection
from indexer.collection import update
from indexer.config import Config
from indexer.errors import (
    FolderError,
    UnknownReportError,
)
from indexer.library import Library
from indexer.records import State
from tests.conftest import rewrite
from tests.two_reports import EDITED, FIRST, ids


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


def test_a_removed_file_is_replaced_by_what_is_put_in_its_place_later(folder, config):
    update(config, [folder])
    (old,) = ids(config, '"一百公里"')
    (folder / "first.txt").unlink()
    update(config, [folder])
    (folder / "first.txt").write_text(EDITED, encoding="utf-8")
    update(config, [folder])
    kept = Library(config).report(old)
    assert (kept.state, [kept.successor]) == (State.REPLACED, ids(config, '"二百公里"'))


def test_what_takes_the_place_of_a_moved_file_has_not_replaced_it(folder, config):
    update(config, [folder])
    (old,) = ids(config, '"一百公里"')
    (folder / "first.txt").rename(folder / "moved.txt")
    update(config, [folder])
    (folder / "first.txt").write_text(EDITED, encoding="utf-8")
    update(config, [folder])
    assert Library(config).report(old).state is State.CURRENT
    (folder / "moved.txt").unlink()
    update(config, [folder])
    assert Library(config).report(old).state is State.WITHDRAWN


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
