"""Folders -> the files in them that are to be read, without opening any."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from indexer.errors import FolderError
from indexer.extract import is_candidate

OVERRIDES_NAME = "metadata.csv"

_NOT_UTF8 = "名字不是有效的 UTF-8，无法记录。请改名。"


@dataclass(frozen=True, slots=True)
class File:
    """A file as the folder lists it. `folder` is the one that was given and holds it."""

    path: Path
    folder: Path
    size: int
    mtime_ns: int

    @property
    def within(self) -> PurePath:
        """The path from the given folder on, that folder's name included."""
        return within(self.path, self.folder)


@dataclass(frozen=True)
class Scan:
    """What folders hold. `unlisted` are (path, reason) of folders and files we may not look at."""

    files: tuple[File, ...]
    overrides: tuple[Path, ...]
    """Every metadata.csv, outer folders first."""
    skipped: int
    unlisted: tuple[tuple[str, str], ...]


def within(path: PurePath, folder: PurePath) -> PurePath:
    """The path from a folder on, that folder's name included: what the names may tell."""
    return PurePath(folder.name) / path.relative_to(folder)


def is_within(path: str, folder: PurePath) -> bool:
    """Whether an absolute path is the folder's, or of something in it."""
    # Asked for every file and folder of a collection: a PurePath for each would take seconds.
    base = str(folder)
    return path == base or path.startswith(base if base.endswith(os.sep) else base + os.sep)


def absolute(path: Path) -> Path:
    """The path as the catalogue keeps it: absolute, links left as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def check_folders(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Absolute paths of folders (or single files) that exist; raises FolderError."""
    checked = []
    for folder in folders:
        if not folder.exists():
            raise FolderError(folder, "没有这个文件夹。请检查路径。")
        if not _is_utf8(folder):
            raise FolderError(Path(_shown(folder)), _NOT_UTF8)
        checked.append(absolute(folder))
    return tuple(dict.fromkeys(checked))


def scan(folders: Iterable[Path], *, besides: Path) -> Scan:
    """All files under absolute paths, each once, by path; nothing of the index in `besides`."""
    files: dict[Path, File] = {}
    overrides: dict[Path, None] = {}
    unlisted: dict[str, str] = {}
    skipped = 0
    for folder in folders:
        base = folder if folder.is_dir() else folder.parent
        paths = _walk(folder, besides, unlisted) if folder.is_dir() else iter([folder])
        for path in (base / OVERRIDES_NAME, *paths):
            if path.name == OVERRIDES_NAME:
                if path.is_file():
                    overrides[path] = None
            elif path in files:
                continue
            elif not is_candidate(path):
                skipped += 1
            else:
                _add(path, base, files, unlisted)
    return Scan(
        files=tuple(files[path] for path in sorted(files)),
        overrides=tuple(sorted(overrides, key=lambda path: (len(path.parts), path))),
        skipped=skipped,
        unlisted=tuple(sorted(unlisted.items())),
    )


def _walk(folder: Path, besides: Path, unlisted: dict[str, str]) -> Iterator[Path]:
    """Every file; links to folders are followed, but no folder is entered twice."""

    def refused(error: OSError) -> None:
        unlisted[_shown(error.filename)] = f"打不开这个文件夹（{error.strerror}）。请检查权限。"

    seen = {folder.resolve()}
    for parent, names, files in os.walk(folder, onerror=refused, followlinks=True):
        kept = []
        for name in sorted(names):
            path = Path(parent) / name
            real = path.resolve()
            if not name.startswith(".") and path != besides and real not in seen:
                seen.add(real)
                kept.append(name)
        names[:] = kept
        for name in sorted(files):
            yield Path(parent) / name


def _add(path: Path, base: Path, files: dict[Path, File], unlisted: dict[str, str]) -> None:
    try:
        status = path.stat()
    except OSError as error:
        unlisted[_shown(path)] = f"打不开（{error.strerror}）。请检查文件是否还在、权限是否允许。"
        return
    if not _is_utf8(path):
        unlisted[_shown(path)] = _NOT_UTF8
    elif not stat.S_ISREG(status.st_mode):
        unlisted[_shown(path)] = "不是普通文件（管道、设备等），不读取。"
    else:
        files[path] = File(path, base, status.st_size, status.st_mtime_ns)


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _shown(path: Path | str) -> str:
    """A name that can be printed and stored, whatever its bytes are."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")
