"""metadata.csv: what it changes, what it leaves, and what it refuses."""

from __future__ import annotations

import pytest

from indexer.errors import OverridesError
from indexer.metadata.overrides import read_overrides
from indexer.report import Metadata, Region

FOUND = Metadata(
    title="原标题",
    region=Region("130000", ("河北省",)),
    year=2020,
    topics=("health",),
    issuer="某厅",
    date="2020-01-02",
    kind="通知",
)


@pytest.fixture
def write(tmp_path):
    def written(text: str, encoding: str = "utf-8"):
        path = tmp_path / "metadata.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return written


def refused(path) -> OverridesError:
    with pytest.raises(OverridesError) as caught:
        read_overrides(path)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_replaces_what_was_found(write, encoding):
    text = (
        "file,title,region,year,topics,issuer,date,kind\n"
        "a/x.pdf,新标题,安阳市,2024,教育；health,新厅,2024/3/1,意见\n"
    )
    assert read_overrides(write(text, encoding)).apply(FOUND, "a/x.pdf") == Metadata(
        title="新标题",
        region=Region("410500", ("河南省", "安阳市")),
        year=2024,
        topics=("education", "health"),
        issuer="新厅",
        date="2024-03-01",
        kind="意见",
    )


def test_empty_cells_leave_and_dashes_clear(write):
    overrides = read_overrides(write("file,region,year,topics,date\nx.pdf,,-,-,\n"))
    changed = overrides.apply(FOUND, "x.pdf")
    assert (changed.region, changed.year, changed.topics, changed.date) == (
        FOUND.region,
        None,
        (),
        FOUND.date,
    )


def test_other_files_are_left_alone(write):
    assert read_overrides(write("file,year\nx.pdf,2024\n")).apply(FOUND, "y.pdf") == FOUND


def test_a_pattern_reaches_into_folders_and_an_exact_path_beats_it(write):
    overrides = read_overrides(write("file,year,issuer\n2024/*.pdf,2024,甲\n2024/b/x.pdf,2023,\n"))
    assert overrides.apply(FOUND, "2024/b/y.pdf").year == 2024
    changed = overrides.apply(FOUND, "2024/b/x.pdf")
    assert (changed.year, changed.issuer) == (2023, "甲")


@pytest.mark.parametrize("written", ["a\\x.pdf", "./a/x.pdf"])
def test_paths_are_compared_however_they_are_written(write, written):
    overrides = read_overrides(write(f"file,year\n{written},2024\n"))
    assert overrides.apply(FOUND, "a/x.pdf").year == 2024


def test_two_rows_for_one_path_that_disagree_are_refused_with_both_rows(write):
    error = refused(write("file,year\nx.pdf,2024\n\nx.pdf,2023\n"))
    assert (error.row, error.column) == (4, "year")
    assert "第 2 行" in str(error)


def test_two_patterns_that_disagree_about_a_file_are_refused_when_it_is_met(write):
    overrides = read_overrides(write("file,year\n*.pdf,2024\nx*,2023\n"))
    assert overrides.apply(FOUND, "y.pdf").year == 2024
    with pytest.raises(OverridesError, match="第 2 行"):
        overrides.apply(FOUND, "x.pdf")


def test_two_rows_for_one_path_that_agree_are_joined(write):
    overrides = read_overrides(write("file,year,issuer\nx.pdf,2024,\nx.pdf,2024,甲\n"))
    changed = overrides.apply(FOUND, "x.pdf")
    assert (changed.year, changed.issuer) == (2024, "甲")


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("file,colour\nx.pdf,red\n", 1, "colour"),
        ("year\n2024\n", 1, "file"),
        ("file,year,year\nx.pdf,2024,2024\n", 1, "year"),
        ("file,year\nx.pdf,去年\n", 2, "year"),
        ("file,year\nx.pdf,20245\n", 2, "year"),
        ("file,region\nx.pdf,乌有省\n", 2, "region"),
        ("file,region\nx.pdf,朝阳区\n", 2, "region"),
        ("file,topics\nx.pdf,health;炼金术\n", 2, "topics"),
        ("file,date\nx.pdf,2024-02-30\n", 2, "date"),
        ("file,date\nx.pdf,三月\n", 2, "date"),
        ("file,title\nx.pdf,-\n", 2, "title"),
        ("file,year\n,2024\n", 2, "file"),
        ("file,year\nx.pdf,2024,多\n", 2, "year"),
        ('file,year\nx.pdf,"2024\ny.pdf,2023\n', 3, "file"),
    ],
)
def test_what_cannot_be_understood_names_row_and_column(write, text, row, column):
    error = refused(write(text))
    assert (error.row, error.column) == (row, column)
    assert f"第 {row} 行" in str(error)


def test_a_file_in_no_known_encoding_is_refused(tmp_path):
    path = tmp_path / "metadata.csv"
    path.write_bytes(b"file,title\nx.pdf,\xff\xff\xff\n")
    assert "GB18030" in refused(path).reason
