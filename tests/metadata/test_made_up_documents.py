"""Documents written to be hard to read: each trap, and what must be found in spite of it.

In made_up_documents.tsv ⏎ ends a line, `file` is the path where it is not a.txt, and `expected`
names some values; - is undecided. They are read as on 2026-11-22.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path, PurePath

import pytest

from indexer.extract import extract
from indexer.metadata import describe
from indexer.structure import structure

TABLE = Path(__file__).with_name("made_up_documents.tsv")
TODAY = date(2026, 11, 22)

with TABLE.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_trap_is_there_once() -> None:
    assert len(ROWS) >= 110
    assert len({row["trap"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["trap"])
def test_a_made_up_document(row: dict[str, str], tmp_path: Path) -> None:
    name = PurePath(row["file"] or "a.txt")
    file = tmp_path / name.name
    file.write_text(row["text"].replace("⏎", "\n"), encoding="utf-8")
    found = describe(structure(extract(file), name.name), name, TODAY).metadata
    expected = _pairs(row["expected"])
    assert {key: str(getattr(found, key) or "-") for key in expected} == expected


def _pairs(text: str) -> dict[str, str]:
    """year=2025 title=财政部 公告 as a dict: a value runs to the next name with its sign."""
    pairs: dict[str, str] = {}
    last = ""
    for part in text.split(" "):
        name, sign, value = part.partition("=")
        if sign:
            last = name
            pairs[name] = value
        else:
            pairs[last] += f" {part}"
    return pairs
