"""Reading files in other processes, so that one that hangs or crashes takes nothing with it."""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from indexer.addresses import report_id
from indexer.config import Config
from indexer.errors import AbandonedError, DamagedError, ExtractionError, UnreadableError
from indexer.extract import extract
from indexer.metadata import describe
from indexer.report import Report
from indexer.scanning import File
from indexer.structure import structure

_STDERR = 2
_AHEAD = 8
"""Files handed to each process before its results are asked for: keeps it busy, bounds memory."""


def read(file: File, max_bytes: int) -> Report:
    """Read one file whole: text, structure, metadata; raises ExtractionError."""
    sha256 = hash_of(file.path)
    document = structure(extract(file.path, max_bytes=max_bytes), file.path.name)
    try:
        status = file.path.stat()
    except OSError as error:
        raise _unreadable(file.path, error) from error
    if (status.st_size, status.st_mtime_ns) != (file.size, file.mtime_ns):
        raise UnreadableError(file.path, "读取时文件正被改动。请稍后再运行一次。")
    return Report(
        id=report_id(sha256),
        sha256=sha256,
        size=file.size,
        document=document,
        metadata=describe(document, file.within),
    )


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, hexadecimal; raises UnreadableError."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> UnreadableError:
    return UnreadableError(path, f"打不开（{error.strerror}）。请检查文件是否还在、权限是否允许。")


def read_all(
    files: Sequence[File], config: Config
) -> Iterator[tuple[File, Report | ExtractionError]]:
    """Each file with what it gave, in the order in which they are done."""
    # Spawned, not forked: the same on every system, and safe beside threads.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPool(
        # A process still starting when all is done already would only be in the way.
        max_workers=min(config.workers, 1 + len(files) // _AHEAD),
        initializer=_prepare,
        context=context,
    )
    with _interrupts_blocked(), _errors_unheard():
        # Ctrl+C reaches the whole group: the parent decides what becomes of its workers, and
        # one that is stopped while it starts has nothing to tell.
        if not pool.active:
            raise RuntimeError("the worker processes did not start")
    waiting = iter(files)
    running: dict[Future[Report], File] = {}
    try:
        while True:
            for file in islice(waiting, config.workers * _AHEAD - len(running)):
                task = pool.schedule(
                    read, args=[file, config.bytes_per_file], timeout=config.seconds_per_file
                )
                running[task] = file
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for finished in done:
                file = running.pop(finished)
                yield file, _outcome(finished, file, config)
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call] # pebble leaves these untyped
        pool.join()
        raise
    pool.close()  # type: ignore[no-untyped-call] # likewise
    pool.join()


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Threads and processes started inside do not hear of Ctrl+C, from their first instant on."""
    if not hasattr(signal, "pthread_sigmask"):
        yield  # Windows: `_prepare` sees to it
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _errors_unheard() -> Iterator[None]:
    """What processes started inside write to standard error goes nowhere."""
    sys.stderr.flush()
    kept = os.dup(_STDERR)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STDERR)
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(nowhere)
        os.close(kept)


def _outcome(task: Future[Report], file: File, config: Config) -> Report | ExtractionError:
    try:
        return task.result()
    except ExtractionError as error:
        return error
    except TimeoutError:
        seconds = round(config.seconds_per_file)
        reason = f"读了 {seconds} 秒还没有读完，已放弃，下次再试。文件也可能已损坏。"
        return AbandonedError(file.path, reason)
    except ProcessExpired:
        reason = "读取程序中途退出（内存不足，或文件已损坏），下次再试。"
        return AbandonedError(file.path, reason)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"
        return DamagedError(file.path, f"读取时出现意外错误（{detail}）。请报告这个文件。")


def _prepare() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What the libraries want to say of a damaged file goes into its reason, not on the terminal.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
