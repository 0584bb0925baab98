"""Cells of metadata.csv: what is written is read as the same value, and never as a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.metadata.cells import FIELDS, cells_of, guarded, read_cell, unguarded, write_cell
from indexer.report import Metadata, Region
from indexer.vocabulary.regions import regions

CELLS = st.text(alphabet="'=+-@＝＋－＠\t0123e甲a ", max_size=8)


@given(CELLS, st.booleans())
def test_what_guards_a_cell_is_taken_off_again(cell, is_id):
    assert unguarded(guarded(cell, is_id=is_id)) == cell


@given(CELLS)
def test_no_guarded_cell_is_a_formula(cell):
    assert guarded(cell) == "-" or not guarded(cell).startswith(tuple("=+-@＝＋－＠"))


def test_an_id_that_looks_like_a_number_is_kept_from_being_one():
    assert guarded("1234567e89", is_id=True) == "'1234567e89"
    assert guarded("0123456789", is_id=True) == "'0123456789"
    assert guarded("12g4567e89", is_id=True) == "12g4567e89"
    assert guarded("2025") == "2025"


def test_every_region_is_written_so_that_it_is_read_again():
    table = regions()
    for code in table.codes:
        cell = write_cell("region", Region(code, table.names(code)))
        assert read_cell("region", cell).code == code, cell


def test_every_field_comes_back_from_its_cell():
    metadata = Metadata(
        title="甲市，“乙”报告",
        region=Region("410503", ("河南省", "安阳市", "北关区")),
        year=2025,
        topics=("health", "education"),
        issuer="甲局、乙局",
        date="2026-03-11",
        kind="意见",
        number="甲发〔2026〕1号",
    )
    cells = cells_of(metadata)
    assert {field: read_cell(field, cells[field]) for field in FIELDS} == {
        field: getattr(metadata, field) for field in FIELDS
    }


@pytest.mark.parametrize("field", [field for field in FIELDS if field != "title"])
def test_a_dash_is_undecided_and_undecided_is_written_as_nothing(field):
    assert write_cell(field, read_cell(field, "-")) == ""
