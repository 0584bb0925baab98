"""Regions of invented titles, signatures, names and openings: one line each in a table."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from indexer.metadata import describe
from indexer.report import Block, BlockKind, Document, Format
from tests.proofs.regions import table

ROWS = table(Path(__file__).parent / "regions_made_up.tsv")
UNDECIDED = "未定"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['title']} {row['text'] or ''}"[:60])
def test_the_region_is_the_one_that_a_reader_would_name(row):
    lines = [line for line in row["text"].split("|") if line]
    blocks = [Block(BlockKind.TITLE, row["title"])]
    blocks += [Block(BlockKind.PARAGRAPH, line) for line in lines]
    document = Document(row["title"], Format.TEXT, tuple(blocks))
    found = describe(document, PurePath(row["path"] or "x7.txt")).metadata.region
    assert ("/".join(found.names) if found else UNDECIDED) == row["region"], row["what it tries"]


def test_the_table_tries_more_than_one_case_of_each_kind():
    regions = [row["region"] for row in ROWS]
    assert len(ROWS) > 180
    assert regions.count(UNDECIDED) > 20
    assert regions.count("全国") > 10
    assert len(set(regions)) > 100
