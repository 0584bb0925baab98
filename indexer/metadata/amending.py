"""A change to the text of a metadata.csv that leaves all the rest of it as it was, byte by byte.

Encoding, mark, separator, line ends, comments, blank lines and the other rows stay. A column that
is missing is added to the heading only: shorter rows are in order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.metadata.cells import FIELDS, guarded
from indexer.metadata.overrides import COLUMNS, FILE, ID, Line, Sheet, sheet_of

_MARK = "\ufeff"
_NEW = Sheet("utf-8", marked=True, delimiter=",", header=(FILE, *FIELDS), lines=())


@dataclass(frozen=True, slots=True)
class Amendment:
    """A metadata.csv as it shall be: its bytes, its heading, the line that is new in it.

    `row` is the line's number; `replaces` whether there was another in its place; `is_new`
    whether there was no file; `added` the columns that the heading did not have.
    """

    data: bytes
    heading: str
    line: str
    row: int
    replaces: bool
    is_new: bool
    added: tuple[str, ...]


def amended(path: Path, data: bytes | None, cells: Mapping[str, str], row: int | None) -> Amendment:
    """The file with these cells in a new row at its end, or in place of row number `row`.

    `cells` holds `id` or `file`, and values by field; columns not in it stay as they are. `data`
    is what the file holds, None for no file. Raises OverridesError if it cannot be understood.
    """
    sheet = sheet_of(path, data) if data is not None else _NEW
    if not sheet.header:
        sheet = Sheet(sheet.encoding, sheet.marked, ",", _NEW.header, sheet.lines)
        written = False
    else:
        written = data is not None
    added = tuple(name for name in COLUMNS if cells.get(name) and name not in sheet.header)
    header = (*sheet.header, *added)
    end = _line_end(sheet.lines)
    before = next((line for line in sheet.lines if line.number == row), None)
    kept = dict(zip(sheet.header, before.cells, strict=False)) if before else {}
    new = {**kept, **{name: guarded(cell, is_id=name == ID) for name, cell in cells.items()}}
    line = _written([new.get(name, "") for name in header], sheet.delimiter)
    heading = _written(header, sheet.delimiter)
    first = next((line.number for line in sheet.lines if line.cells), None)

    raw = [bytearray(each.raw) for each in sheet.lines]
    if raw and not raw[-1].endswith((b"\n", b"\r")):
        raw[-1] += end.encode()
    if written and added and first is not None:
        raw[first - 1] = bytearray((heading + end).encode(sheet.encoding))
    if not written:
        raw.append(bytearray((heading + end).encode(sheet.encoding)))
    encoded = bytearray((line + end).encode(sheet.encoding))
    if before:
        raw[before.number - 1] = encoded
    else:
        raw.append(encoded)
    mark = _MARK.encode() if sheet.marked else b""
    return Amendment(
        data=mark + b"".join(raw),
        heading=heading,
        line=line,
        row=before.number if before else len(raw),
        replaces=before is not None,
        is_new=data is None,
        added=added if written else (),
    )


def _line_end(lines: Sequence[Line]) -> str:
    """How the lines of the file end."""
    first = next((line.raw for line in lines), b"\n")
    return next((end.decode() for end in (b"\r\n", b"\n", b"\r") if first.endswith(end)), "\n")


def _written(cells: Sequence[str], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="").writerow(cells)
    return text.getvalue()
