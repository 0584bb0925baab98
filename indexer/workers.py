"""Files -> reports, read in other processes, so that a bad file takes nothing with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from indexer.addresses import report_id
from indexer.config import Config
from indexer.errors import (
    AbandonedError,
    DamagedError,
    ExtractionError,
    TooLargeError,
    UnreadableError,
)
from indexer.extract import extract
from indexer.extract.ocr.recognised import NONE_RECOGNISED, Recognised
from indexer.metadata import describe
from indexer.processes import CrashedError, Limits, OutOfMemoryError, OutOfTimeError, run_all
from indexer.report import Report
from indexer.scanning import File
from indexer.structure import structure


def read(
    file: File, max_bytes: int, recognised: Mapping[int, Recognised] = NONE_RECOGNISED
) -> Report:
    """Read one file whole: text, structure, metadata; raises ExtractionError.

    `recognised` is what is known of the pictures of its pages.
    """
    sha256 = hash_of(file.path)
    extraction = extract(file.path, max_bytes=max_bytes, recognised=recognised)
    document = structure(extraction, file.path.name)
    try:
        status = file.path.stat()
    except OSError as error:
        raise _unreadable(file.path, error) from error
    if (status.st_size, status.st_mtime_ns) != (file.size, file.mtime_ns):
        raise UnreadableError(file.path, "读取时文件正被改动。请稍后再运行一次。")
    description = describe(document, file.within, date.today())
    return Report(
        id=report_id(sha256),
        sha256=sha256,
        size=file.size,
        document=document,
        metadata=description.metadata,
        grounds=description.grounds,
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
    limits = Limits(seconds=config.seconds_per_file, address_space=config.memory_per_file)
    task = partial(read, max_bytes=config.bytes_per_file)
    for file, outcome in run_all(task, files, limits, config.workers):
        if isinstance(outcome, Exception):
            yield file, told(outcome, file.path, limits)
        else:
            yield file, outcome


def told(error: Exception, path: Path, limits: Limits) -> ExtractionError:
    """Why the reading of a file gave nothing, for people."""
    match error:
        case ExtractionError():
            return error
        case OutOfTimeError():
            reason = f"读了 {limits.seconds:.0f} 秒还没有读完，已放弃，下次再试。文件也可能已损坏。"
            return AbandonedError(path, reason)
        case OutOfMemoryError():
            return TooLargeError(path, f"读它所需的内存超过上限{_amount(limits)}。请拆分后再放回。")
        case CrashedError(killed=True):
            return AbandonedError(path, "读取程序被系统中止（多半是内存不足），下次再试。")
        case CrashedError():
            reason = f"读取程序两次崩溃（{error.name}）：文件已损坏，或所需内存超过上限"
            return DamagedError(path, f"{reason}{_amount(limits)}。请重新下载，或另存一份。")
        case _:
            detail = f"{type(error).__name__}: {error}"
            return DamagedError(path, f"读取时出现意外错误（{detail}）。请报告这个文件。")


def _amount(limits: Limits) -> str:
    if limits.address_space is None:
        return ""
    return f"（{limits.address_space / 2**30:.3g} GB）"
