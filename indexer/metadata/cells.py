"""The cells of metadata.csv: a value of a report's metadata as text, and back.

An empty cell says nothing; `-` says that the value is undecided. A table program runs what begins
with = + - @ as a formula: written out, such a cell stands behind an apostrophe, which reading
takes off again (OWASP, CSV Injection).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from indexer.errors import BadCellError, RequestError
from indexer.messages import N_
from indexer.metadata.dates import days
from indexer.report import Metadata, Region
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics

Value = str | int | Region | tuple[str, ...] | None
"""What a field of the metadata may be."""

UNDECIDED = "-"

_BETWEEN_TOPICS = re.compile(r"[;；、]")
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_NUMBER_LIKE = re.compile(r"'*\d+(?:e\d+)?")
"""An id that a table program would take for a number, and write anew as one."""


def read_cell(field: str, cell: str) -> Value:
    """The value that a cell which is not empty gives a field; raises BadCellError, RequestError."""
    return _READERS[field](cell)


def write_cell(field: str, value: Value) -> str:
    """A field's value as `read_cell` reads it; "" for what is undecided."""
    match value:
        case None | ():
            return ""
        case Region():
            return _written_region(value)
        case tuple():
            return "；".join(map(topics().label, value))
        case _:
            return str(value)


def cells_of(metadata: Metadata) -> dict[str, str]:
    """Every field of the metadata, written out."""
    return {field: write_cell(field, getattr(metadata, field)) for field in FIELDS}


def guarded(cell: str, *, is_id: bool = False) -> str:
    """The cell as it is written into a file that a table program may open."""
    taken_for_number = (is_id or cell.startswith("'")) and _NUMBER_LIKE.fullmatch(cell)
    if cell != UNDECIDED and (_FORMULA.match(cell) or taken_for_number):
        return f"'{cell}"
    return cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` wrote so."""
    behind = cell.startswith("'") and (_FORMULA.match(cell) or _NUMBER_LIKE.fullmatch(cell))
    return cell[1:] if behind else cell


def _written_region(region: Region) -> str:
    """Its names in a row where they lead back to it, else its code."""
    name = "".join(region.names)
    try:
        return name if regions().resolve(name) == region.code else region.code
    except RequestError:
        return region.code


def _title(cell: str) -> str:
    if cell == UNDECIDED:
        raise BadCellError(N_("标题不能是未定；不改标题时请留空。"))
    return cell


def _region(cell: str) -> Region | None:
    if cell == UNDECIDED:
        return None
    code = regions().resolve(cell)
    return Region(code, regions().names(code))


def _year(cell: str) -> int | None:
    if cell == UNDECIDED:
        return None
    if not re.fullmatch(r"(1[89]|20)\d\d年?", cell, re.ASCII):
        raise BadCellError(
            N_("不是年份：%(value)s。请写四位数字，如 2025；未定写 %(undecided)s。"),
            value=cell,
            undecided=UNDECIDED,
        )
    return int(cell[:4])


def _topics(cell: str) -> tuple[str, ...]:
    if cell == UNDECIDED:
        return ()
    names = (name for name in _BETWEEN_TOPICS.split(cell) if name.strip())
    return tuple(dict.fromkeys(topics().resolve(name) for name in names))


def _date(cell: str) -> str | None:
    if cell == UNDECIDED:
        return None
    day = next(days(cell), None)
    if day is None or (day.start, day.end) != (0, len(cell)):
        raise BadCellError(
            N_("不是日期：%(value)s。请写 2026-03-11；未定写 %(undecided)s。"),
            value=cell,
            undecided=UNDECIDED,
        )
    return day.value.isoformat()


def _text(cell: str) -> str | None:
    return None if cell == UNDECIDED else cell


_READERS: Mapping[str, Callable[[str], Value]] = {
    "title": _title,
    "region": _region,
    "year": _year,
    "topics": _topics,
    "issuer": _text,
    "date": _date,
    "kind": _text,
    "number": _text,
}
FIELDS = tuple(_READERS)
"""The columns that hold values, in the order in which they are written."""
