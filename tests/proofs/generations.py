"""A folder of reports that changes from generation to generation, and the right answers in each.

Every generation adds reports, alters one and removes one; every fifth replaces a marker in a dozen
reports at once, and their year. No two generations hold the same reports. Every report has a date
of its own, so that there is one right order by date, and one right page of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from indexer.records import Entry
from indexer.report import Report
from indexer.rules import read_rules
from indexer.scanning import OVERRIDES_NAME, File
from indexer.storing import pack_metadata
from indexer.workers import read
from tests.conftest import rewrite
from tests.oracle import BruteForce

EVERYWHERE, NEW, ALTERED = "各部门共同推进", "新设窗口", "已经改动"
TURNING, ADDED = 12, 5
_TURNS_EVERY = 5
_FIRST_DAY = date(2020, 1, 1)
_REGIONS = ("410000", "410100", "320000")
_MOST_BYTES = 1_000_000


def marker(turn: int) -> str:
    """What the dozen say in a turn, and no other."""
    return f"第{turn}次修订"


def turn_of(generation: int) -> int:
    return (generation + 2) // _TURNS_EVERY


def write(folder: Path, generation: int) -> None:
    """Make a folder, in which any generation may be, hold this one."""
    wanted = _files(generation)
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            rewrite(path, text)


def truth(folder: Path) -> BruteForce:
    """The right answers over what a folder holds now, from the files themselves."""
    rules = read_rules([folder / OVERRIDES_NAME])
    reports, entries = {}, []
    for path in sorted(folder.glob("*.txt")):
        report = _read(path, path.read_text(encoding="utf-8"))
        reports[report.id] = report
        metadata = rules.settle(report.id, report.metadata, [str(path)]).metadata
        entries.append(Entry(report.id, report.id, pack_metadata(metadata)))
    right = BruteForce()
    right.update(entries, lambda text: reports[text].document, lambda done, total: None)
    return right


@cache
def _read(path: Path, text: str) -> Report:
    """`text` is what the file holds: another one, another report."""
    status = path.stat()
    return read(File(path, path.parent, status.st_size, status.st_mtime_ns), _MOST_BYTES)


def _files(generation: int) -> dict[str, str]:
    texts, rows = {}, ["file,region,year,date"]
    for number, kind, said, year in _reports(generation):
        name = f"{kind}-{number:04}.txt"
        day = _FIRST_DAY + timedelta(days=number)
        region = _REGIONS[number % len(_REGIONS)]
        texts[name] = _text(number, said)
        rows.append(f"{name},{region},{year},{day.isoformat()}")
    return texts | {OVERRIDES_NAME: "\n".join([*rows, ""])}


def _reports(generation: int) -> Iterator[tuple[int, str, list[str], int]]:
    """Number, kind, what is said in it, year."""
    turn = turn_of(generation)
    for number in range(TURNING):
        yield number, "turning", [f"全县{marker(turn)}办法，部门共同落实。"], 2010 + turn
    for born in range(generation + 1):
        for place in range(ADDED):
            number = TURNING + born * ADDED + place
            said = [f"{NEW}{place}个，群众满意。"]
            if place == 0 and generation >= born + 2:
                continue  # removed
            if place == 1 and generation >= born + 1:
                said.append(f"该项工作{ALTERED}。")
            yield number, "growing", said, 2020 + place


def _text(number: int, said: list[str]) -> str:
    lines = [f"甲县第{number}号情况汇报", "", *said]
    lines += [f"{EVERYWHERE}第{number}号工作，成效明显。"] * (1 + number % 3)
    return "\n".join([*lines, ""])
