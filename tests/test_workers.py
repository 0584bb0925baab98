"""A task that hangs, crashes or takes all memory is lost alone; so is a file, with its reason."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from indexer.config import Config
from indexer.errors import (
    AbandonedError,
    DamagedError,
    EncryptedError,
    ExtractionError,
    TooLargeError,
)
from indexer.processes import (
    CrashedError,
    Limits,
    OutOfMemoryError,
    OutOfTimeError,
    run_all,
)
from indexer.report import Report
from indexer.scanning import scan
from indexer.workers import read_all, told

LIMITS = Limits(seconds=2)
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")


def task(name):
    """Do what the name says; else give the number of this process."""
    if name == "hang":
        while True:
            pass
    elif name.startswith("sleep"):
        time.sleep(int(name.split()[1]) / 1000)
    elif name == "hang in C":
        ctypes.CDLL(None).pause()
    elif name == "hang and not listen":
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        while True:
            pass
    elif name == "abort":
        os.abort()
    elif name == "segfault":
        ctypes.string_at(0)
    elif name == "exit":
        os._exit(3)
    elif name == "be killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif name == "memory":
        return len(bytearray(2 << 30))
    elif name == "raise":
        raise KeyError("missing")
    return os.getpid()


done_before = []


def only_in_a_new_process(name):
    done_before.append(name)
    if name == "alone" and len(done_before) > 1:
        os.abort()
    return name


def outcomes(names, limits=LIMITS, workers=2):
    return list(run_all(task, names, limits, workers))


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ("hang", OutOfTimeError),
        pytest.param("hang in C", OutOfTimeError, marks=ON_LINUX),
        ("abort", CrashedError),
        ("segfault", CrashedError),
        ("exit", CrashedError),
        pytest.param("memory", OutOfMemoryError, marks=ON_LINUX),
        ("raise", KeyError),
    ],
)
def test_what_goes_wrong_is_told_and_all_others_are_done(bad, error):
    names = [*(f"before {n}" for n in range(20)), bad, *(f"after {n}" for n in range(20))]
    found = dict(outcomes(names))
    assert isinstance(found.pop(bad), error)
    assert set(found) == set(names) - {bad}
    assert all(isinstance(outcome, int) for outcome in found.values())


def test_several_lost_tasks_are_lost_alone():
    names = ["abort", "a", "segfault", "b", "exit", "c", "hang", "d", "be killed", "e"]
    found = dict(outcomes(names))
    assert [name for name in "abcde" if not isinstance(found[name], int)] == []
    codes = {name: found[name].code for name in ("abort", "segfault", "exit", "be killed")}
    assert codes == {"abort": -6, "segfault": -11, "exit": 3, "be killed": -9}
    assert found["abort"].name == "SIGABRT"
    assert found["be killed"].killed
    assert not found["abort"].killed


def test_a_task_that_an_earlier_one_brought_down_is_done_in_a_process_of_its_own():
    names = ["a", "b", "alone", "c"]
    assert sorted(run_all(only_in_a_new_process, names, LIMITS, 1)) == [(n, n) for n in
        sorted(names)]  # fmt: skip


def test_processes_are_used_again_and_replaced_after_so_many_tasks():
    names = [str(n) for n in range(60)]
    assert len({pid for _, pid in outcomes(names)}) <= 2
    assert len({pid for _, pid in outcomes(names, Limits(max_tasks=10), workers=1)}) == 6


def test_nothing_to_do_starts_nothing(monkeypatch):
    monkeypatch.setattr("indexer.processes.ProcessPool", None)
    assert outcomes([]) == []


def test_a_run_that_is_given_up_leaves_no_process():
    running = run_all(task, ["a"] * 40 + ["hang"], LIMITS, 2)
    pids = {next(running)[1], next(running)[1]}
    running.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@ON_LINUX
def test_a_process_that_does_not_hear_its_alarm_is_killed(monkeypatch):
    monkeypatch.setattr("indexer.processes._GRACE", 1.0)
    found = dict(outcomes(["hang and not listen", "a"], Limits(seconds=1)))
    assert isinstance(found["hang and not listen"], OutOfTimeError)
    assert isinstance(found["a"], int)


@ON_LINUX
def test_a_task_done_at_its_last_moment_costs_the_next_nothing():
    limits = Limits(seconds=0.2)
    names = [f"sleep {n}" for n in range(180, 220, 2)]
    found = dict(outcomes([name for slow in names for name in (slow, f"after {slow}")], limits, 1))
    assert all(isinstance(found[f"after {name}"], int) for name in names)
    assert all(isinstance(found[name], int | OutOfTimeError) for name in names)


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (OutOfTimeError(), AbandonedError, ["20 秒", "下次再试"]),
        (OutOfMemoryError(), TooLargeError, ["内存", "1 GB"]),
        (CrashedError(-11), DamagedError, ["崩溃", "SIGSEGV", "重新下载"]),
        (CrashedError(3), DamagedError, ["崩溃", "3"]),
        (CrashedError(-9), AbandonedError, ["系统", "下次再试"]),
        (CrashedError(None), AbandonedError, ["系统", "下次再试"]),
        (ValueError("strange"), DamagedError, ["意外错误", "ValueError: strange"]),
        (EncryptedError(Path("报告.pdf"), "有密码。"), EncryptedError, ["有密码"]),
    ],
)
def test_a_lost_file_is_told_with_its_reason(error, kind, words):
    path = Path("报告.pdf")
    said = told(error, path, Limits())
    assert type(said) is kind
    assert said.path == path
    assert all(word in said.reason for word in words)


def test_files_are_read_in_other_processes_each_with_its_outcome(folder, tmp_path):
    (folder / "空.txt").write_bytes(b"")
    config = Config(tmp_path / "index", workers=2)
    files = scan([folder], besides=config.index).files
    found = {file.path.name: outcome for file, outcome in read_all(files, config)}
    assert sorted(found) == ["first.txt", "second.txt", "空.txt"]
    assert isinstance(found["空.txt"], ExtractionError)
    assert isinstance(found["first.txt"], Report)


@ON_LINUX
def test_the_limit_of_memory_leaves_room_for_what_libraries_map(folder, tmp_path):
    config = Config(tmp_path / "index", workers=1, memory_per_file=128 << 20)
    files = scan([folder], besides=config.index).files
    assert all(isinstance(outcome, Report) for _, outcome in read_all(files, config))
