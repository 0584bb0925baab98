"""metadata.csv: what a person has settled about files, put in place of what was found.

One row per file or pattern; columns `file` (required), `title`, `region`, `year`, `topics`,
`issuer`, `date`, `kind`. `file` is a path below the folder of metadata.csv, or a pattern in which
* stands for any characters, folders included. An empty cell leaves what was found, `-` makes it
undecided. For one file an exact path beats patterns; rows of one sort must not disagree.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from indexer.errors import OverridesError, RequestError
from indexer.metadata.dates import days
from indexer.report import Metadata, Region
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics

UNDECIDED = "-"
_FILE = "file"
_ENCODINGS = ("utf-8-sig", "gb18030")
_BAD_QUOTES = "引号没有配对，或一格里有换行。请在表格软件里检查后另存。"
_WILD = re.compile(r"[*?\[]")
_BETWEEN_TOPICS = re.compile(r"[;；、]")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: `number` counts from 1 with the heading; `values` by field."""

    number: int
    file: str
    values: Mapping[str, Any]

    def matches(self, path: str) -> bool:
        return self.file == path or (self.is_pattern and fnmatchcase(path, self.file))

    @property
    def is_pattern(self) -> bool:
        return bool(_WILD.search(self.file))


@dataclass(frozen=True)
class Overrides:
    """The rows of one metadata.csv."""

    path: Path
    rows: tuple[Row, ...]

    def unmatched(self, relative_paths: Sequence[str]) -> tuple[int, ...]:
        """Numbers of the rows that speak of none of these files: mistyped, most likely."""
        wanted = [_path(path) for path in relative_paths]
        return tuple(
            row.number for row in self.rows if not any(row.matches(path) for path in wanted)
        )

    def apply(self, metadata: Metadata, relative_path: str) -> Metadata:
        """`metadata` as the rows for the file have it; the path is relative to metadata.csv.

        Raises OverridesError if two rows of one sort match the file and disagree.
        """
        wanted = _path(relative_path)
        matching = [row for row in self.rows if row.matches(wanted)]
        patterns = self._merged([row for row in matching if row.file != wanted], wanted)
        exact = self._merged([row for row in matching if row.file == wanted], wanted)
        return replace(metadata, **{**patterns, **exact})

    def _merged(self, rows: Sequence[Row], file: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        source: dict[str, int] = {}
        for row in rows:
            for column, value in row.values.items():
                if column in values and values[column] != value:
                    raise OverridesError(
                        self.path,
                        row.number,
                        column,
                        f"与第 {source[column]} 行对同一文件 {file} 的说法不同。"
                        "请只留一处，或写出完整路径。",
                    )
                values[column] = value
                source.setdefault(column, row.number)
        return values


def read_overrides(csv_path: Path) -> Overrides:
    """The rows of a metadata.csv in UTF-8 or GB18030. Raises OverridesError."""
    try:
        data = csv_path.read_bytes()
    except OSError as error:
        raise OverridesError(csv_path, 1, _FILE, f"读不了：{error.strerror}。") from error
    header, lines = _lines(csv_path, data)
    rows = [_row(csv_path, number, header, cells) for number, cells in lines]
    found = Overrides(csv_path, tuple(rows))
    for row in rows:
        if not row.is_pattern:
            # Two rows for one path are a mistake even while the file itself is not there.
            found._merged([other for other in rows if other.file == row.file], row.file)
    return found


def _lines(path: Path, data: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The heading, and every row that is not blank with its number; an empty file has neither."""
    reader = csv.reader(io.StringIO(_decoded(path, data), newline=""), strict=True)
    lines = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((reader.line_num, cells))
    except csv.Error as error:
        raise OverridesError(path, reader.line_num, _FILE, _BAD_QUOTES) from error
    for number, cells in lines:
        if any("\n" in cell or "\r" in cell for cell in cells):
            raise OverridesError(path, number, _FILE, _BAD_QUOTES)
    if not lines:
        return [], []
    header = [name.strip() for name in lines[0][1]]
    _check_header(path, header)
    return header, lines[1:]


def _decoded(path: Path, data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise OverridesError(path, 1, _FILE, "不是 UTF-8，也不是 GB18030。请另存为“CSV UTF-8”。")


def _check_header(path: Path, header: Sequence[str]) -> None:
    known = (_FILE, *_READERS)
    for name in header:
        if name not in known:
            raise OverridesError(path, 1, name, f"没有这一列。可用的列：{'、'.join(known)}。")
        if header.count(name) > 1:
            raise OverridesError(path, 1, name, "这一列出现了不止一次。")
    if _FILE not in header:
        raise OverridesError(path, 1, _FILE, "缺少这一列：它写明每行说的是哪个文件。")


def _row(path: Path, number: int, header: Sequence[str], cells: Sequence[str]) -> Row:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise OverridesError(
            path, number, header[-1], "格数比标题行多；值里有逗号时请用双引号括起来。"
        )
    named = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    file = named.pop(_FILE, "")
    if not file:
        raise OverridesError(path, number, _FILE, "没有写文件。")
    values = {}
    for column, cell in named.items():
        if not cell:
            continue
        try:
            values[column] = _READERS[column](cell)
        except (ValueError, RequestError) as error:
            raise OverridesError(path, number, column, str(error)) from error
    return Row(number, _path(file), values)


def _path(text: str) -> str:
    """A path as it is compared: forward slashes, no ./ before it, composed characters."""
    path = unicodedata.normalize("NFC", text).replace("\\", "/")
    return path.removeprefix("./")


def _title(cell: str) -> str:
    if cell == UNDECIDED:
        raise ValueError("标题不能是未定；不改标题时请留空。")
    return cell


def _region(cell: str) -> Region | None:
    if cell == UNDECIDED:
        return None
    code = regions().resolve(cell)
    return Region(code, regions().names(code))


def _year(cell: str) -> int | None:
    if cell == UNDECIDED:
        return None
    if not re.fullmatch(r"(19|20)\d\d年?", cell):
        raise ValueError(f"不是年份：{cell}。请写四位数字，如 2025；未定写 {UNDECIDED}。")
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
        raise ValueError(f"不是日期：{cell}。请写 2026-03-11；未定写 {UNDECIDED}。")
    return day.value.isoformat()


def _text(cell: str) -> str | None:
    return None if cell == UNDECIDED else cell


_READERS: Mapping[str, Callable[[str], Any]] = {
    "title": _title,
    "region": _region,
    "year": _year,
    "topics": _topics,
    "issuer": _text,
    "date": _date,
    "kind": _text,
}
