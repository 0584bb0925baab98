"""What the folders call for, compared with what the catalogue knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.config import Config
from indexer.errors import AbandonedError, FolderError, MissingProgramError, UnreadableError
from indexer.extract import EXTRACTION_VERSION
from indexer.records import KnownFile
from indexer.rules import Rules, read_rules
from indexer.scanning import OVERRIDES_NAME, File, Scan, absolute, is_within, scan

NO_FOLDER = "还没有索引过文件夹。请写明文件夹：tifa index 文件夹"
TRIED_AGAIN = frozenset(
    error.__name__ for error in (UnreadableError, AbandonedError, MissingProgramError)
)
"""Not a matter of the file's bytes: tried at every run, and no reason to withdraw anything."""


@dataclass(frozen=True)
class Plan:
    """What a run has to do, and what it must leave alone."""

    folders: tuple[Path, ...]
    seen: Scan
    known: dict[str, KnownFile]
    rules: Rules
    kept: tuple[str, ...]
    out_of_sight: tuple[Path, ...]
    """Folders that may hold what they held: nothing is known of them today."""
    gone: tuple[str, ...]
    """Paths to withdraw."""
    wanted: tuple[File, ...]
    """Files to read."""


def plan_of(config: Config, catalogue: Catalogue, given: Sequence[Path], prune: bool) -> Plan:
    """Look at the folders and change nothing; raises FolderError, OverridesError."""
    folders = tuple(given or map(Path, catalogue.folders()))
    if not folders:
        raise FolderError(config.index, NO_FOLDER)
    seen = scan((folder for folder in folders if folder.exists()), besides=absolute(config.index))
    known = {
        path: file for path, file in catalogue.known_files().items() if is_in_any(path, folders)
    }
    if not (seen.files or seen.unlisted or known):
        raise FolderError(folders[0], "里面没有可以索引的文件（PDF、DOCX、TXT、MD）。")
    rules = read_rules([*_above(folders, catalogue), *seen.overrides])
    rules.check(str(file.path) for file in seen.files)
    listed = {str(file.path) for file in seen.files} | {path for path, _ in seen.unlisted}
    kept = () if prune else _suddenly_empty(folders, listed, known)
    # What lies in a folder that we may not look into is not gone.
    out_of_sight = tuple(Path(path) for path in (*kept, *(path for path, _ in seen.unlisted)))
    return Plan(
        folders=folders,
        seen=seen,
        known=known,
        rules=rules,
        kept=kept,
        out_of_sight=out_of_sight,
        gone=tuple(
            path for path in known if path not in listed and not is_in_any(path, out_of_sight)
        ),
        wanted=tuple(
            file for file in seen.files if not _is_unchanged(file, known.get(str(file.path)))
        ),
    )


def _above(folders: Sequence[Path], catalogue: Catalogue) -> list[Path]:
    """The metadata.csv files of known folders further out, which speak of these folders too."""
    outer = {
        parent / OVERRIDES_NAME
        for folder in folders
        for known in map(Path, catalogue.folders())
        for parent in folder.parents
        if is_within(str(parent), known) and not is_in_any(str(parent), folders)
    }
    return sorted(path for path in outer if path.is_file())


def is_in_any(path: str, folders: Iterable[Path]) -> bool:
    return any(is_within(path, folder) for folder in folders)


def _suddenly_empty(
    folders: Sequence[Path], listed: set[str], known: dict[str, KnownFile]
) -> tuple[str, ...]:
    """Folders that held files and hold none: a drive not mounted rather than reports removed."""
    return tuple(
        str(folder)
        for folder in folders
        if any(is_within(path, folder) for path in known)
        and not any(is_within(path, folder) for path in listed)
        and not any(_holds(other, folder) and other.is_dir() for other in folders)
    )


def _holds(other: Path, folder: Path) -> bool:
    """Whether a folder lies in another one, which then tells whether it was removed."""
    return other != folder and is_within(str(folder), other)


def _is_unchanged(file: File, known: KnownFile | None) -> bool:
    """Whether this very file was read, or refused for good, by today's extraction."""
    return (
        known is not None
        and known.failure not in TRIED_AGAIN
        and (known.size, known.mtime_ns) == (file.size, file.mtime_ns)
        and known.extraction_version == EXTRACTION_VERSION
    )
