"""Whether there is a newer commit is noticed, however cheaply it is asked."""

from __future__ import annotations

import os
import shutil

import pytest

from indexer.engine.embedded import watching
from indexer.engine.embedded.schema import newest_state, open_or_create, toc_path
from indexer.engine.embedded.watching import SETTLED, Watch


@pytest.fixture
def directory(tmp_path):
    segments = tmp_path / "segments"
    open_or_create(segments)
    return segments


def settle(directory):
    """As if nothing had been changed in it for a while."""
    long_ago = directory.stat().st_mtime_ns - 10 * SETTLED
    os.utime(directory, ns=(long_ago, long_ago))


def commit(directory):
    """A table of contents of the next generation in the place of the newest."""
    generation, _ = newest_state(directory)
    data = toc_path(directory, generation).read_bytes()
    toc_path(directory, generation + 1).write_bytes(data)
    toc_path(directory, generation).unlink()


def counting(monkeypatch):
    """How often the directory was listed."""
    listed = []
    monkeypatch.setattr(
        watching, "newest_state", lambda path: listed.append(path) or newest_state(path)
    )
    return listed


def test_a_directory_that_has_settled_is_listed_once(directory, monkeypatch):
    settle(directory)
    listed = counting(monkeypatch)
    watch = Watch(directory)
    assert {watch.newest_state() for _ in range(5)} == {newest_state(directory)}
    assert len(listed) == 1


def test_a_directory_changed_just_now_is_listed_each_time(directory, monkeypatch):
    now = directory.stat().st_mtime_ns
    monkeypatch.setattr(watching.time, "time_ns", lambda: now + SETTLED)
    listed = counting(monkeypatch)
    watch = Watch(directory)
    assert watch.newest_state() == watch.newest_state() == newest_state(directory)
    assert len(listed) == 2


@pytest.mark.parametrize("settled", [True, False])
def test_a_commit_is_noticed_at_once(directory, settled):
    watch = Watch(directory)
    for _ in range(3):
        if settled:
            settle(directory)
        before = watch.newest_state()
        commit(directory)
        assert watch.newest_state() == newest_state(directory) != before


def test_a_table_of_contents_written_anew_in_its_place_is_noticed(directory):
    settle(directory)
    watch = Watch(directory)
    generation, written = watch.newest_state()
    os.utime(toc_path(directory, generation), ns=(written + 1, written + 1))
    assert watch.newest_state() == (generation, written + 1)


def test_an_index_that_is_taken_away_and_put_back_is_noticed(directory):
    settle(directory)
    watch = Watch(directory)
    state = watch.newest_state()
    away = directory.with_name("away")
    shutil.move(directory, away)
    assert watch.newest_state() is None
    shutil.move(away, directory)
    assert watch.newest_state() == state


def test_no_index_is_no_commit(tmp_path):
    assert Watch(tmp_path / "none").newest_state() is None
    (tmp_path / "empty").mkdir()
    assert Watch(tmp_path / "empty").newest_state() is None
