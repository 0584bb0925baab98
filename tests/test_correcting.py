"""A correction: which line it comes to, where it is written, and that it holds at once."""

from __future__ import annotations

import stat

import pytest
from filelock import FileLock

from indexer import correcting
from indexer.collection import update
from indexer.correcting import correct, correction
from indexer.errors import CorrectionError, IndexBusyError, OverridesError
from indexer.library import Library
from indexer.report import Place
from tests.two_reports import EDITED, FIRST, ids


@pytest.fixture
def report(folder, config) -> str:
    update(config, [folder])
    (found,) = ids(config, '"一百公里"')
    return found


def proposed(config, report, **wanted):
    library = Library(config)
    return correction(library.report(report), library.folders(), wanted)


def test_what_is_so_already_needs_no_line(config, report):
    now = Library(config).report(report).metadata
    assert proposed(config, report, title=now.title, year=str(now.year), date="") is None


def test_the_line_says_what_differs_and_nothing_else(folder, config, report):
    made = proposed(config, report, title="甲县报告", year="2024", region="北关区", kind="")
    assert made.file == folder / "metadata.csv"
    assert made.amendment.heading == "file,title,region,year,topics,issuer,date,kind,number"
    assert made.amendment.line == "first.txt,甲县报告,河南省安阳市北关区,,,,,-,"
    assert not made.file.exists()


def test_a_correction_is_in_force_at_once_and_stays_so(folder, config, report):
    correct(config, report, {"region": "北关区", "year": "1999"})
    library = Library(config)
    assert [hit.id for hit in library.search("", region="410503", year="1999").hits] == [report]
    ground = next(g for g in library.report(report).grounds if g.field == "year")
    assert (ground.place, ground.row) == (Place.OVERRIDE, 2)
    summary = update(config, [folder])
    assert not summary.indexed
    assert {(each.field, each.settled) for each in summary.overridden} == {
        ("region", "河南省安阳市北关区"),
        ("year", "1999"),
    }


def test_a_second_correction_changes_the_row_and_a_third_takes_it_back(folder, config, report):
    correct(config, report, {"year": "1999", "kind": "意见"})
    correct(config, report, {"year": "1998"})
    rules = folder / "metadata.csv"
    assert [line.split(",")[3] for line in rules.read_text("utf-8").splitlines()[1:]] == ["1998"]
    kind = Library(config).report(report).found.kind or ""
    correct(config, report, {"year": "2024", "kind": kind})
    assert not any(g.row for g in Library(config).report(report).grounds)


def test_the_nearest_metadata_csv_is_used_and_keeps_what_it_holds(folder, config, report):
    (folder / "sub").mkdir()
    (folder / "sub" / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,year\n*.txt,2001\n", encoding="utf-8")
    inner = folder / "sub" / "metadata.csv"
    inner.write_bytes("file;year\r\n# 由办公室核对\r\n".encode("gb18030"))
    update(config, [folder])
    (third,) = ids(config, '"修桥"')
    inner.chmod(0o640)
    correct(config, third, {"title": "丙区总结；新"})
    assert inner.read_bytes().decode("gb18030") == (
        "file;year;title\r\n# 由办公室核对\r\nthird.txt;;丙区总结；新\r\n"
    )
    assert stat.S_IMODE(inner.stat().st_mode) == 0o640
    assert Library(config).report(third).metadata.year == 2001


def test_copies_of_a_file_are_corrected_by_their_id(folder, config):
    (folder / "copy.txt").write_text(FIRST, encoding="utf-8")
    update(config, [folder])
    (report,) = ids(config, '"一百公里"')
    correct(config, report, {"year": "1999"})
    assert f",{report}" in (folder / "metadata.csv").read_text("utf-8")
    assert update(config, [folder]).overridden[0].settled == "1999"


def test_a_file_given_by_itself_is_corrected_beside_it(folder, config):
    update(config, [folder / "first.txt"])
    (report,) = ids(config, '"一百公里"')
    made = correct(config, report, {"year": "1999"})
    assert made.file == folder / "metadata.csv"
    update(config)
    assert Library(config).report(report).metadata.year == 1999


@pytest.mark.parametrize(
    ("field", "cell", "told"),
    [("year", "去年", "年份"), ("region", "乌有省", "乌有省"), ("date", "三月", "日期")],
)
def test_a_wrong_value_is_refused_by_its_field(folder, config, report, field, cell, told):
    with pytest.raises(CorrectionError, match=told) as caught:
        correct(config, report, {field: cell})
    assert caught.value.field == field
    assert not (folder / "metadata.csv").exists()


def test_while_another_run_writes_nothing_is_changed(folder, config, report):
    with FileLock(config.lock), pytest.raises(IndexBusyError):
        correct(config, report, {"year": "1999"})
    assert not (folder / "metadata.csv").exists()


def test_a_metadata_csv_that_cannot_be_used_is_left_alone(folder, config, report):
    (folder / "metadata.csv").write_text("file,year\nsecond.txt,去年\n", encoding="utf-8")
    with pytest.raises(OverridesError, match="第 2 行"):
        correct(config, report, {"year": "1999"})
    assert (folder / "metadata.csv").read_text("utf-8") == "file,year\nsecond.txt,去年\n"


def test_another_row_for_the_same_report_that_disagrees_is_named(folder, config, report):
    rules = folder / "metadata.csv"
    rules.write_text(f"id,file,year\n{report},,2001\n,first.txt,2001\n", encoding="utf-8")
    update(config, [folder])
    made = correct(config, report, {"year": "2002"})
    assert made.amendment.row == 2
    assert Library(config).report(report).metadata.year == 2002


def test_what_changed_on_the_disk_meanwhile_is_not_written_over(folder, config, report):
    rules = folder / "metadata.csv"
    rules.write_text("file,year\n", encoding="utf-8")
    made = proposed(config, report, year="1999")
    rules.write_text("file,year\nsecond.txt,2001\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match="别的程序"):
        correcting.write_overrides(made.file, made.before, made.amendment.data)
    assert sorted(path.name for path in folder.iterdir()) == [
        "first.txt",
        "metadata.csv",
        "second.txt",
    ]


def test_a_crash_while_writing_leaves_the_file_as_it_was(folder, config, report, monkeypatch):
    rules = folder / "metadata.csv"
    rules.write_text("file,year\nsecond.txt,2001\n", encoding="utf-8")

    def dies(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(correcting.os, "fsync", dies)
    with pytest.raises(KeyboardInterrupt):
        correct(config, report, {"year": "1999"})
    assert rules.read_text("utf-8") == "file,year\nsecond.txt,2001\n"
    assert sorted(path.name for path in folder.iterdir()) == [
        "first.txt",
        "metadata.csv",
        "second.txt",
    ]


def test_an_earlier_version_cannot_be_corrected(folder, config, report):
    (folder / "first.txt").write_text(f"{EDITED}。", encoding="utf-8")
    update(config, [folder])
    with pytest.raises(CorrectionError, match="旧版本"):
        correct(config, report, {"year": "1999"})
