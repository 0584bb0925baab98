"""A change to metadata.csv leaves every other byte of it as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.metadata.amending import amended
from indexer.metadata.overrides import overrides_of

PATH = Path("/reports/metadata.csv")
ROWS = 'file,title,year\r\n# 备注，"不算\r\n\r\na.pdf,"甲,乙",2024\r\nb.pdf,丙,\r\n'


def change(data, cells, row=None):
    return amended(PATH, data, cells, row)


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gb18030", b"")]
)
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_new_row_is_added_and_nothing_else_changes(encoding, mark, end):
    before = mark + ROWS.replace("\r\n", end).encode(encoding)
    done = change(before, {"file": "丁.pdf", "year": "2023"})
    assert done.data == before + f"丁.pdf,,2023{end}".encode(encoding)
    assert (done.row, done.replaces, done.is_new, done.added) == (6, False, False, ())


def test_a_row_is_changed_in_its_place_and_keeps_its_other_cells():
    before = ROWS.encode()
    done = change(before, {"year": "2020"}, row=4)
    assert done.data.decode() == ROWS.replace('"甲,乙",2024', '"甲,乙",2020')
    assert (done.row, done.replaces) == (4, True)


def test_a_column_that_is_missing_is_added_to_the_heading_alone():
    done = change(ROWS.encode(), {"file": "d.pdf", "region": "河南省", "number": "甲〔2020〕1号"})
    heading, *others = done.data.decode().split("\r\n")
    assert heading == "file,title,year,region,number"
    assert others[:4] == ROWS.split("\r\n")[1:5]
    assert done.line == "d.pdf,,,河南省,甲〔2020〕1号"
    assert done.added == ("region", "number")
    assert [row.file for row in overrides_of(PATH, done.data).rows] == ["a.pdf", "b.pdf", "d.pdf"]


def test_tabs_and_semicolons_stay_what_separates():
    for mark in "\t;":
        before = ROWS.replace('"甲,乙"', "甲").replace(",", mark).encode()
        done = change(before, {"file": "d.pdf", "title": f"丁{mark}戊"})
        assert done.data == before + f'd.pdf{mark}"丁{mark}戊"{mark}\r\n'.encode()
        assert overrides_of(PATH, done.data).rows[-1].values == {"title": f"丁{mark}戊"}


def test_a_last_line_without_an_end_gets_one():
    assert change(b"file,year\nx.pdf,2024", {"file": "y.pdf", "year": "2023"}).data == (
        b"file,year\nx.pdf,2024\ny.pdf,2023\n"
    )


@pytest.mark.parametrize("before", [None, b"", "# 说明\n".encode()])
def test_a_file_without_a_heading_gets_one(before):
    done = change(before, {"file": "x.pdf", "year": "2024"})
    rows = overrides_of(PATH, done.data).rows
    assert [(row.file, row.values) for row in rows] == [("x.pdf", {"year": 2024})]
    assert done.is_new == (before is None)
    assert done.data.startswith(b"\xef\xbb\xbf" if before is None else before)


def test_a_title_that_could_be_a_formula_is_written_as_text():
    done = change(None, {"file": "x.pdf", "title": "=1+1"})
    assert "x.pdf,'=1+1," in done.data.decode()
    assert overrides_of(PATH, done.data).rows[0].values["title"] == "=1+1"
