"""metadata.csv: what a person has settled about reports, put in place of what was found.

One row per report, file or pattern. Columns: `id` or `file` (one of them in every row), those of
`cells.FIELDS`, and `note`, which is for people. `id` is a report's; `file` is a path below the
folder of metadata.csv, or a pattern in which * stands for any characters, folders included. A row
with an id speaks of that report alone, whatever file stands beside it. An empty cell leaves what
was found, `-` makes it undecided. Rows whose first cell begins with # are comments.

Cells stand between commas, or between tabs or semicolons if the heading's do.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from pathlib import Path

from indexer.addresses import is_id, normalised_id
from indexer.errors import BadCellError, OverridesError, RequestError
from indexer.messages import N_, Message
from indexer.metadata.cells import FIELDS, Value, read_cell, unguarded

ID, FILE, NOTE = "id", "file", "note"
COLUMNS = (ID, FILE, *FIELDS, NOTE)

_BOM = b"\xef\xbb\xbf"
_ENCODINGS = ("utf-8", "gb18030")
_DELIMITERS = ",\t;"
_BAD_QUOTES = Message(N_("引号没有配对，或一格里有换行。请在表格软件里检查后另存。"))
_WILD = re.compile(r"[*?\[]")
_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: `number` counts from 1 with the heading.

    `values` and `cells` hold what it settles, by field: as values and as it is written there.
    """

    number: int
    id: str
    file: str
    values: Mapping[str, Value]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its bytes stand in the file, its end included; no cells: blank, or a comment."""

    number: int
    raw: bytes
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A metadata.csv as text: how it is written, its heading, its lines."""

    encoding: str
    marked: bool
    """Whether a byte order mark stands at its start."""
    delimiter: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Overrides:
    """The rows of one metadata.csv."""

    path: Path
    rows: tuple[Row, ...]

    @cached_property
    def by_file(self) -> Mapping[str, tuple[Row, ...]]:
        """Rows by what they say in `file`, word for word; those with an id left out."""
        return _grouped((row.file, row) for row in self.rows if not row.id)

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], Row], ...]:
        return tuple(
            (re.compile(translate(row.file)), row)
            for row in self.rows
            if not row.id and _WILD.search(row.file)
        )

    def exact(self, file: str) -> tuple[Row, ...]:
        """The rows that name this very path, as `as_path` writes it."""
        return self.by_file.get(file, ())

    def matching(self, file: str) -> tuple[Row, ...]:
        """The rows whose pattern fits a path; those that name it left out."""
        return tuple(
            row for wanted, row in self.patterns if row.file != file and wanted.match(file)
        )


def read_overrides(csv_path: Path) -> Overrides:
    """The rows of a metadata.csv in UTF-8 or GB18030. Raises OverridesError."""
    try:
        data = csv_path.read_bytes()
    except OSError as error:
        reason = Message(N_("读不了：%(error)s。"), {"error": error.strerror or str(error)})
        raise OverridesError(csv_path, 1, FILE, reason) from error
    return overrides_of(csv_path, data)


def overrides_of(csv_path: Path, data: bytes) -> Overrides:
    """The rows of a metadata.csv with these bytes. Raises OverridesError."""
    sheet = sheet_of(csv_path, data)
    lines = [line for line in sheet.lines if line.cells][1:]
    found = Overrides(csv_path, tuple(_row(csv_path, sheet.header, line) for line in lines))
    # Two rows for one path are a mistake even while the file itself is not there.
    for rows in found.by_file.values():
        check_agreement([(csv_path, row) for row in rows])
    return found


def check_agreement(rows: Sequence[tuple[Path, Row]], file: str = "") -> None:
    """Raise OverridesError naming both, if two rows of metadata.csv files say different things."""
    said: dict[str, tuple[Path, Row]] = {}
    for path, row in rows:
        for column, value in row.values.items():
            other, first = said.setdefault(column, (path, row))
            if first.values[column] != value:
                place = Message(
                    N_("与第 %(row)s 行") if other == path else N_("与 %(path)s 第 %(row)s 行"),
                    {"path": str(other), "row": first.number},
                )
                reason = Message(
                    N_(
                        "%(place)s对 %(what)s 的说法不同（这里“%(here)s”，那里“%(there)s”）。"
                        "请只留一处，或用更具体的一行（编号或完整路径）写明。"
                    ),
                    {
                        "place": place,
                        "what": row.id or file or row.file,
                        "here": row.cells[column],
                        "there": first.cells[column],
                    },
                )
                raise OverridesError(path, row.number, column, reason)


def sheet_of(path: Path, data: bytes) -> Sheet:
    """A metadata.csv taken apart; without a line that says anything it has no heading."""
    marked = data.startswith(_BOM)
    raw = _LINES.findall(data[len(_BOM) :] if marked else data)
    encoding = _encoding(path, data)
    texts = [line.decode(encoding).rstrip("\r\n") for line in raw]
    first = next((text for text in texts if text.strip() and not _is_comment(text)), "")
    delimiter = max(_DELIMITERS, key=lambda mark: _known_names(first, mark))
    lines = tuple(
        Line(number, line, _cells(path, number, text, delimiter))
        for number, (line, text) in enumerate(zip(raw, texts, strict=True), start=1)
    )
    header = next((line for line in lines if line.cells), None)
    names = tuple(cell.strip() for cell in header.cells) if header else ()
    if header:
        _check_header(path, header.number, names)
    return Sheet(encoding, marked, delimiter, names, lines)


def as_path(text: str) -> str:
    """A path as it is compared: forward slashes, no ./ before it, composed characters."""
    path = unicodedata.normalize("NFC", text).replace("\\", "/")
    return path.removeprefix("./")


def is_plain(file: str) -> bool:
    """Whether a path can stand in `file` and mean itself alone."""
    visible = file == file.strip() and file.isprintable() and not file.startswith(("#", "'"))
    return visible and not _WILD.search(file)


def _grouped(pairs: Iterable[tuple[str, Row]]) -> dict[str, tuple[Row, ...]]:
    groups: dict[str, list[Row]] = {}
    for key, row in pairs:
        groups.setdefault(key, []).append(row)
    return {key: tuple(rows) for key, rows in groups.items()}


def _encoding(path: Path, data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    reason = Message(N_("不是 UTF-8，也不是 GB18030。请另存为“CSV UTF-8”。"))
    raise OverridesError(path, 1, FILE, reason)


def _is_comment(text: str) -> bool:
    return text.lstrip(' "').startswith("#")


def _known_names(text: str, delimiter: str) -> int:
    return sum(cell.strip(' "') in COLUMNS for cell in text.split(delimiter))


def _cells(path: Path, number: int, text: str, delimiter: str) -> tuple[str, ...]:
    if not text.strip(f" {delimiter}") or _is_comment(text):
        return ()
    try:
        cells = next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise OverridesError(path, number, FILE, _BAD_QUOTES) from error
    return tuple(cells) if any(cell.strip() for cell in cells) else ()


def _check_header(path: Path, number: int, header: Sequence[str]) -> None:
    for name in header:
        if name not in COLUMNS:
            reason = Message(N_("没有这一列。可用的列：%(columns)s。"), {"columns": COLUMNS})
            raise OverridesError(path, number, name, reason)
        if header.count(name) > 1:
            raise OverridesError(path, number, name, Message(N_("这一列出现了不止一次。")))
    if FILE not in header and ID not in header:
        reason = Message(N_("缺少这一列（或 id）：它写明每行说的是哪个文件。"))
        raise OverridesError(path, number, FILE, reason)


def _row(path: Path, header: Sequence[str], line: Line) -> Row:
    if any(cell.strip() for cell in line.cells[len(header) :]):
        reason = Message(N_("格数比标题行多；值里有逗号时请用双引号括起来。"))
        raise OverridesError(path, line.number, header[-1], reason)
    stripped = (unguarded(cell.strip()) for cell in line.cells)
    named = dict(zip(header, stripped, strict=False))
    file = as_path(named.pop(FILE, ""))
    report = normalised_id(named.pop(ID, ""))
    named.pop(NOTE, "")
    if report and not is_id(report):
        reason = Message(N_("不是报告的编号：%(id)s。编号是十个字符。"), {"id": report})
        raise OverridesError(path, line.number, ID, reason)
    if not (report or file):
        raise OverridesError(path, line.number, FILE, Message(N_("没有写文件。")))
    cells = {column: cell for column, cell in named.items() if cell}
    values = {}
    for column, cell in cells.items():
        try:
            values[column] = read_cell(column, cell)
        except (BadCellError, RequestError) as error:
            raise OverridesError(path, line.number, column, error.message) from error
    return Row(line.number, report, file, values, cells)
