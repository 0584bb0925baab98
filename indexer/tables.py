"""What is known of reports as a table for people, and the table back.

The table is a metadata.csv: put into the folder indexed it settles all that it says. Read back
(`changes`), it settles only what a person changed in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.errors import OverridesError
from indexer.metadata.cells import FIELDS, UNDECIDED, cells_of, guarded, write_cell
from indexer.metadata.overrides import COLUMNS, FILE, ID, NOTE, overrides_of
from indexer.records import Described
from indexer.scanning import is_within


def as_table(reports: Iterable[tuple[Described, str]], folders: Sequence[str]) -> bytes:
    """Reports, each with a note, as UTF-8 with the mark that table programs look for."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for known, note in reports:
        cells = {
            ID: guarded(known.report, is_id=True),
            FILE: guarded(_below(known.paths[0], folders)),
            NOTE: guarded(note),
            **{field: guarded(cell) for field, cell in _cells(known).items()},
        }
        writer.writerow([cells[column] for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def changes(path: Path, data: bytes, catalogue: Catalogue) -> Mapping[str, Mapping[str, str]]:
    """What a table says otherwise than it is in force: cells by field, by report.

    An empty cell says nothing. Raises OverridesError for what cannot be understood, and for a row
    without the id of a current report.
    """
    known = {each.report: each for each in catalogue.all_metadata()}
    changed: dict[str, dict[str, str]] = {}
    for row in overrides_of(path, data).rows:
        if row.id not in known:
            reason = (
                f"这里没有编号为 {row.id} 的报告。" if row.id else "没有写编号，不知道是哪一份。"
            )
            raise OverridesError(path, row.number, ID, reason)
        now = known[row.id].metadata
        said = {
            field: write_cell(field, value)
            for field, value in row.values.items()
            if value != getattr(now, field)
        }
        before = changed.setdefault(row.id, {})
        if any(before.get(field, cell) != cell for field, cell in said.items()):
            raise OverridesError(path, row.number, ID, "与前面一行对同一份报告的说法不同。")
        before |= said
    return {report: said for report, said in changed.items() if said}


def _cells(known: Described) -> dict[str, str]:
    """What is in force; undecided is said only where it is not so by itself."""
    found, now = cells_of(known.found), cells_of(known.metadata)
    return {field: now[field] or (UNDECIDED if found[field] else "") for field in FIELDS}


def _below(path: str, folders: Sequence[str]) -> str:
    """A path from the outermost folder indexed that holds it."""
    outer = min(
        (Path(folder) for folder in folders if is_within(path, Path(folder)) and path != folder),
        key=lambda folder: len(folder.parts),
        default=Path(path).parent,
    )
    return Path(path).relative_to(outer).as_posix()
