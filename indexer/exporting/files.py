"""A file that is there whole or not at all, and replaces none that was not to be replaced."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from indexer.errors import FolderError


def write_whole(path: Path, pieces: Iterable[bytes], *, force: bool = False) -> int:
    """Write beside `path` first, and give it its name when all is there; the bytes written.

    Raises FolderError if there is no such folder, or a file of that name and no `force`.
    """
    refuse_taken(path, force=force)
    if not path.parent.is_dir():
        raise FolderError(path, "没有这个文件夹，请先建立它。")
    handle, beside = tempfile.mkstemp(prefix=".tifa-", suffix=".part", dir=path.parent)
    written = Path(beside)
    try:
        with os.fdopen(handle, "wb") as stream:
            for piece in pieces:
                stream.write(piece)
            size = stream.tell()
            stream.flush()
            os.fsync(stream.fileno())
        written.chmod(0o666 & ~_mask())
        refuse_taken(path, force=force)
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    return size


def refuse_taken(path: Path, *, force: bool) -> None:
    """Raises FolderError where a file would be lost."""
    if path.is_dir():
        raise FolderError(path, "是文件夹。请写出文件名。")
    if path.exists() and not force:
        raise FolderError(path, "已经有这个文件。要换掉它请加 --force，或另写一个文件名。")


def _mask() -> int:
    """The permissions that new files do not get; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
