"""A person's correction of a report's metadata: the line for metadata.csv, and writing it there.

What is wanted is said of every field as it shall be in force. A value that is so without the line
needs no cell; an empty one makes the field undecided. The line goes where one of the report
stands already, else into the nearest metadata.csv, else into a new one in the folder indexed.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.config import Config
from indexer.engine import open_engine
from indexer.errors import BadCellError, CorrectionError, IndexBusyError, RequestError
from indexer.messages import N_, Message
from indexer.metadata.amending import Amendment, amended
from indexer.metadata.cells import FIELDS, UNDECIDED, read_cell, write_cell
from indexer.metadata.overrides import (
    FILE,
    ID,
    Overrides,
    Row,
    as_path,
    is_plain,
    overrides_of,
    read_overrides,
)
from indexer.recorder import Recorder
from indexer.records import State, StoredReport
from indexer.report import Metadata
from indexer.rules import Rules, rules_of
from indexer.scanning import OVERRIDES_NAME, is_within


@dataclass(frozen=True)
class Correction:
    """What a correction comes to: a metadata.csv with a line changed or added."""

    file: Path
    before: bytes | None
    """What the file holds; None if there is none."""
    amendment: Amendment
    rules: Rules
    """What is settled for the report once the file is so."""


@dataclass(frozen=True)
class _Own:
    """The row that speaks of a report and of nothing else, or where it would stand."""

    file: Path
    row: Row | None


def correction(
    stored: StoredReport, folders: Sequence[str], wanted: Mapping[str, str]
) -> Correction | None:
    """What to write so that these fields of a report are as `wanted`; None if they are so.

    Reads the metadata.csv files around the report and writes nothing. Raises CorrectionError for
    what cannot be corrected or a value that is none, OverridesError for a metadata.csv that
    cannot be used, or that says otherwise in a row for the same report.
    """
    if stored.state is not State.CURRENT:
        reason = Message(N_("这是旧版本或已移走的报告，只有现在收录的才能更正。"))
        raise CorrectionError("", reason)
    files = tuple(read_overrides(path) for path in overrides_above(stored.paths, folders))
    own = _own(stored, files, folders)
    without = rules_of(_without(files, own)).settle(stored.id, stored.found, stored.paths).metadata
    cells = _cells(wanted, without)
    written = own.row.cells if own.row else {}
    if all(written.get(field, "") == cell for field, cell in cells.items()):
        return None
    before = own.file.read_bytes() if own.file.is_file() else None
    key = {} if own.row else _key(stored, own.file)
    change = amended(own.file, before, {**key, **cells}, own.row.number if own.row else None)
    now = overrides_of(own.file, change.data)
    rules = rules_of((*(each for each in files if each.path != own.file), now))
    rules.settle(stored.id, stored.found, stored.paths)
    return Correction(own.file, before, change, rules)


def correct(config: Config, report: str, wanted: Mapping[str, str]) -> Correction | None:
    """Write a correction down and bring it into force; None if there was nothing to correct.

    Raises what `correct_all` raises.
    """
    done = correct_all(config, {report: wanted})
    return done[0] if done else None


def correct_all(config: Config, wanted: Mapping[str, Mapping[str, str]]) -> tuple[Correction, ...]:
    """Write corrections of reports, by id, down; bring them into force in catalogue and index.

    Raises what `correction` raises, UnknownReportError, and IndexBusyError while something else
    writes. Those before the one that cannot be made are made then.
    """
    with _writing(config) as recorder:
        done: list[Correction] = []
        try:
            for report, values in wanted.items():
                if made := _corrected(recorder, recorder.report(report), values):
                    done.append(made)
        finally:
            if done:
                engine = open_engine(config)
                engine.update(recorder.entries(), recorder.document, lambda done, total: None)
                with recorder.transaction():
                    recorder.nothing_pending(engine.commit())
    return tuple(done)


def _corrected(
    recorder: Recorder, stored: StoredReport, wanted: Mapping[str, str]
) -> Correction | None:
    found = correction(stored, recorder.folders(), wanted)
    if found:
        write_overrides(found.file, found.before, found.amendment.data)
        now = found.rules.settle(stored.id, stored.found, stored.paths)
        with recorder.transaction():
            recorder.set_metadata(stored.id, now.metadata, now.grounds)
    return found


def overrides_above(paths: Iterable[str], folders: Sequence[str]) -> tuple[Path, ...]:
    """The metadata.csv files that speak of these paths, those further out first."""
    above = {
        parent / OVERRIDES_NAME
        for path in paths
        for folder in folders
        for parent in _between(Path(path), Path(folder))
    }
    return tuple(
        sorted((file for file in above if file.is_file()), key=lambda file: (len(file.parts), file))
    )


def _between(path: Path, folder: Path) -> list[Path]:
    """The folders that hold a path, as far up as the one indexed; none if it is not in that."""
    if path == folder:
        return [path.parent]  # a file that was given by itself
    return [parent for parent in path.parents if is_within(str(parent), folder)]


def write_overrides(path: Path, before: bytes | None, data: bytes) -> None:
    """Put a metadata.csv in place of one that holds `before`, whole or not at all.

    Raises CorrectionError if it holds something else by now, or may not be written.
    """
    path = path.resolve()
    try:
        if (path.read_bytes() if path.exists() else None) != before:
            changed = Message(N_("%(path)s 刚被别的程序改过。请再试一次。"), {"path": str(path)})
            raise CorrectionError("", changed)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            mode = stat.S_IMODE(path.stat().st_mode) if before is not None else 0o644
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        values = {"path": str(path), "error": error.strerror or str(error)}
        reason = Message(N_("写不了 %(path)s（%(error)s）。请检查权限，或自己添加这一行。"), values)
        raise CorrectionError("", reason) from error


@contextmanager
def _writing(config: Config) -> Iterator[Recorder]:
    """The catalogue, with nobody else at work on it."""
    try:
        with (
            FileLock(config.lock, timeout=0),
            closing(Recorder.create(config.catalogue)) as recorder,
        ):
            yield recorder
    except Timeout:
        raise IndexBusyError(config.index) from None
    except PermissionError as error:
        index = {"index": str(config.index)}
        reason = Message(N_("索引目录 %(index)s 不能写入。请检查权限。"), index)
        raise CorrectionError("", reason) from error


def _own(stored: StoredReport, files: Sequence[Overrides], folders: Sequence[str]) -> _Own:
    for overrides in reversed(files):
        for row in overrides.rows:
            if row.id == stored.id:
                return _Own(overrides.path, row)
    if len(stored.paths) == 1:
        for overrides in reversed(files):
            for row in overrides.exact(_below(stored.paths[0], overrides.path)):
                return _Own(overrides.path, row)
    nearest = [each.path for each in files if is_within(stored.paths[0], each.path.parent)]
    return _Own(nearest[-1] if nearest else _new_file(stored.paths[0], folders), None)


def _new_file(path: str, folders: Sequence[str]) -> Path:
    """Where a metadata.csv is made that speaks of a path: in the outermost folder indexed."""
    outer = min(
        (Path(folder) for folder in folders if is_within(path, Path(folder))),
        key=lambda folder: len(folder.parts),
        default=None,
    )
    if outer is None or not outer.is_dir():
        return Path(path).parent / OVERRIDES_NAME
    return outer / OVERRIDES_NAME


def _key(stored: StoredReport, file: Path) -> dict[str, str]:
    """What a new row is for: the path, which outlives a change of the file, or else the id."""
    below = _below(stored.paths[0], file)
    if len(stored.paths) == 1 and is_plain(below):
        return {FILE: below}
    return {ID: stored.id, FILE: below if below.isprintable() else ""}


def _below(path: str, file: Path) -> str:
    folder = file.parent
    return as_path(Path(path).relative_to(folder).as_posix()) if is_within(path, folder) else ""


def _without(files: Sequence[Overrides], own: _Own) -> Iterator[Overrides]:
    for overrides in files:
        rows = tuple(row for row in overrides.rows if row is not own.row)
        yield replace(overrides, rows=rows) if len(rows) < len(overrides.rows) else overrides


def _cells(wanted: Mapping[str, str], without: Metadata) -> dict[str, str]:
    """The row's cells: empty where the value is so without them."""
    cells = {}
    for field in FIELDS:
        if field not in wanted:
            continue
        text = " ".join(wanted[field].split())
        before = getattr(without, field)
        if not text and field != "title":
            text = UNDECIDED
        try:
            value = read_cell(field, text) if text else before
        except (BadCellError, RequestError) as error:
            raise CorrectionError(field, error.message) from error
        cells[field] = "" if value == before else write_cell(field, value) or UNDECIDED
    return cells
