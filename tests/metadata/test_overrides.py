"""metadata.csv: what it changes, what it leaves, and what it refuses."""

from __future__ import annotations

import pytest

from indexer.errors import OverridesError
from indexer.metadata.overrides import Overrides, read_overrides
from indexer.report import Metadata, Region
from indexer.rules import rules_of

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


def applied(overrides: Overrides, file: str) -> Metadata:
    path = str(overrides.path.parent / file)
    return rules_of([overrides]).settle("0000000000", FOUND, [path]).metadata


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
    assert applied(read_overrides(write(text, encoding)), "a/x.pdf") == Metadata(
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
    changed = applied(overrides, "x.pdf")
    assert (changed.region, changed.year, changed.topics, changed.date) == (
        FOUND.region,
        None,
        (),
        FOUND.date,
    )


def test_other_files_are_left_alone(write):
    assert applied(read_overrides(write("file,year\nx.pdf,2024\n")), "y.pdf") == FOUND


def test_a_pattern_reaches_into_folders_and_an_exact_path_beats_it(write):
    overrides = read_overrides(write("file,year,issuer\n2024/*.pdf,2024,甲\n2024/b/x.pdf,2023,\n"))
    assert applied(overrides, "2024/b/y.pdf").year == 2024
    changed = applied(overrides, "2024/b/x.pdf")
    assert (changed.year, changed.issuer) == (2023, "甲")


@pytest.mark.parametrize("written", ["a\\x.pdf", "./a/x.pdf"])
def test_paths_are_compared_however_they_are_written(write, written):
    overrides = read_overrides(write(f"file,year\n{written},2024\n"))
    assert applied(overrides, "a/x.pdf").year == 2024


def test_two_rows_for_one_path_that_disagree_are_refused_with_both_rows(write):
    error = refused(write("file,year\nx.pdf,2024\n\nx.pdf,2023\n"))
    assert (error.row, error.column) == (4, "year")
    assert "第 2 行" in str(error)


def test_two_patterns_that_disagree_about_a_file_are_refused_when_it_is_met(write):
    overrides = read_overrides(write("file,year\n*.pdf,2024\nx*,2023\n"))
    assert applied(overrides, "y.pdf").year == 2024
    with pytest.raises(OverridesError, match="第 2 行"):
        applied(overrides, "x.pdf")


def test_two_rows_for_one_path_that_agree_are_joined(write):
    overrides = read_overrides(write("file,year,issuer\nx.pdf,2024,\nx.pdf,2024,甲\n"))
    changed = applied(overrides, "x.pdf")
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
        ("id,year\nabc,2024\n", 2, "id"),
        ("id,file,year\n,,2024\n", 2, "file"),
        ("file,date\nx.pdf,三月\n", 2, "date"),
        ("file,title\nx.pdf,-\n", 2, "title"),
        ("file,year\n,2024\n", 2, "file"),
        ("file,year\nx.pdf,2024,多\n", 2, "year"),
        ('file,year\nx.pdf,"2024\ny.pdf,2023\n', 2, "file"),
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


def test_the_number_of_a_document_can_be_settled(write):
    overrides = read_overrides(write("file,number\nx.pdf,甲发〔2024〕1号\ny.pdf,-\n"))
    assert applied(overrides, "x.pdf").number == "甲发〔2024〕1号"
    assert applied(overrides, "y.pdf").number is None


def test_an_id_beats_a_path_and_a_path_beats_a_pattern(write):
    rows = "id,file,year,issuer,kind\n,*.pdf,2001,甲,子\n,x.pdf,2002,乙,\n0000000000,,2003,,\n"
    changed = applied(read_overrides(write(rows)), "x.pdf")
    assert (changed.year, changed.issuer, changed.kind) == (2003, "乙", "子")


def test_a_row_with_an_id_speaks_of_that_report_whatever_file_it_names(write):
    overrides = read_overrides(write("id,file,year\n1111111111,x.pdf,2001\n"))
    assert applied(overrides, "x.pdf") == FOUND


def test_rows_in_two_files_that_name_one_path_must_agree(write, tmp_path):
    (tmp_path / "a").mkdir()
    inner = tmp_path / "a" / "metadata.csv"
    inner.write_text("file,year\nx.pdf,2001\n", "utf-8")
    outer = write("file,year\na/x.pdf,2002\n")
    rules = rules_of(map(read_overrides, (outer, inner)))
    with pytest.raises(OverridesError) as caught:
        rules.check([str(tmp_path / "a" / "x.pdf")])
    assert str(inner) in str(caught.value)
    assert f"{outer} 第 2 行" in str(caught.value)


def test_rows_in_two_files_that_name_one_report_must_agree(write, tmp_path):
    (tmp_path / "a").mkdir()
    inner = tmp_path / "a" / "metadata.csv"
    inner.write_text("id,year\n1111111111,2001\n", "utf-8")
    outer = write("id,year\n# 说明\n1111111111,2002\n")
    with pytest.raises(OverridesError) as caught:
        rules_of(map(read_overrides, (outer, inner)))
    assert f"{inner} 第 2 行" in str(caught.value)
    assert f"{outer} 第 3 行" in str(caught.value)


def test_of_patterns_in_two_files_the_inner_one_has_the_last_word(write, tmp_path):
    (tmp_path / "a").mkdir()
    inner = tmp_path / "a" / "metadata.csv"
    inner.write_text("file,year\n*,2001\n", "utf-8")
    rules = rules_of(map(read_overrides, (write("file,year,kind\n*,2002,子\n"), inner)))
    settled = rules.settle("0000000000", FOUND, [str(tmp_path / "a" / "x.pdf")])
    assert (settled.metadata.year, settled.metadata.kind) == (2001, "子")
    assert {(g.field, g.file) for g in settled.grounds} == {
        ("year", str(inner)),
        ("kind", str(tmp_path / "metadata.csv")),
    }


def test_copies_of_a_file_of_which_different_things_are_said_are_told(write, tmp_path):
    rules = rules_of([read_overrides(write("file,year\na/*,2001\nb/*,2002\n"))])
    copies = [str(tmp_path / folder / "x.pdf") for folder in "ab"]
    (told,) = rules.settle("0000000000", FOUND, copies).clashes
    assert "第 2 行" in told
    assert "第 3 行" in told


def test_comments_and_blank_lines_are_passed_over_and_counted(write):
    error = refused(write('# 谁改的，"何时\nfile,year\n\n#x.pdf,2024\ny.pdf,去年\n'))
    assert (error.row, error.column) == (5, "year")


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_cells_may_stand_between_tabs_or_semicolons(write, mark):
    rows = "file,title,year\nx.pdf,甲、乙,2024\n".replace(",", mark)
    assert applied(read_overrides(write(rows)), "x.pdf").title == "甲、乙"


def test_a_name_with_brackets_means_itself_too(write):
    overrides = read_overrides(write("file,year\n报告[1].pdf,2024\n"))
    assert applied(overrides, "报告[1].pdf").year == 2024
