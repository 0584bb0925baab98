"""What people settle in metadata.csv files, and what the finders say, through all changes."""

from __future__ import annotations

import pytest

from indexer import collection
from indexer.collection import update
from indexer.errors import (
    OverridesError,
)
from indexer.library import Library
from indexer.metadata import Description
from indexer.report import Metadata
from tests.two_reports import ids


def test_metadata_csv_overrides_what_was_found_and_can_be_taken_back(folder, config):
    update(config, [folder])
    (report,) = ids(config, '"一百公里"')
    found = Library(config).report(report).metadata
    rules = folder / "metadata.csv"
    rules.write_text("file,region,year,topics\nfirst.txt,410503,1999,health\n", encoding="utf-8")
    changed = [each.field for each in update(config, [folder]).overridden]
    assert changed == ["region", "year", "topics"]
    settled = Library(config).report(report).metadata
    assert (settled.region.code, settled.year, settled.topics) == ("410503", 1999, ("health",))
    assert settled.title == found.title
    assert [hit.id for hit in Library(config).search("", region="北关区", year="1999").hits] == [
        report
    ]
    rules.unlink()
    assert update(config, [folder]).overridden == ()
    assert Library(config).report(report).metadata == found


def test_a_wrong_metadata_csv_stops_the_run_before_anything_changes(folder, config):
    update(config, [folder])
    (folder / "metadata.csv").write_text("file,year\nfirst.txt,someday\n", encoding="utf-8")
    (folder / "second.txt").unlink()
    with pytest.raises(OverridesError, match=r"metadata\.csv.*2.*year"):
        update(config, [folder])
    assert len(ids(config, '"公办学位三千个"')) == 1


def test_a_row_of_metadata_csv_that_speaks_of_no_file_is_told(folder, config):
    (folder / "metadata.csv").write_text("file,year\nfirst.txt,2020\nfrist.txt,2021\n", "utf-8")
    (told,) = update(config, [folder]).unmatched
    assert "第 3 行" in told


def test_an_unclosed_quote_in_metadata_csv_is_refused_and_an_empty_file_is_not(folder, config):
    (folder / "metadata.csv").write_text('file,title\nfirst.txt,"甲\nsecond.txt,乙\n', "utf-8")
    with pytest.raises(OverridesError, match="引号"):
        update(config, [folder])
    (folder / "metadata.csv").write_text("", "utf-8")
    assert update(config, [folder]).overridden == ()


def test_what_was_settled_stays_while_its_folder_is_out_of_sight(tmp_path, folder, config):
    other = tmp_path / "other"
    other.mkdir()
    (other / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,year\nfirst.txt,1999\n", encoding="utf-8")
    update(config, [folder, other])
    (report,) = ids(config, '"一百公里"')
    folder.rename(tmp_path / "elsewhere")
    update(config)
    assert Library(config).report(report).metadata.year == 1999


def test_metadata_csv_speaks_of_folders_below_it_that_are_given_alone(folder, config):
    (folder / "sub").mkdir()
    (folder / "sub" / "third.txt").write_text("丙区2023年总结\n修桥。\n", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,year\nsub/*,1999\n", encoding="utf-8")
    update(config, [folder])
    update(config, [folder / "sub"])
    (report,) = ids(config, '"修桥"')
    assert Library(config).report(report).metadata.year == 1999


def test_a_file_moved_under_a_rule_obeys_it_and_moved_out_of_it_does_not(folder, config):
    (folder / "settled").mkdir()
    (folder / "metadata.csv").write_text("file,year\nsettled/*,1999\n", encoding="utf-8")
    update(config, [folder])
    (report,) = ids(config, '"一百公里"')
    (folder / "first.txt").rename(folder / "settled" / "first.txt")
    update(config, [folder])
    assert Library(config).report(report).metadata.year == 1999
    (folder / "settled" / "first.txt").rename(folder / "first.txt")
    update(config, [folder])
    assert Library(config).report(report).metadata.year == 2024


def test_finders_that_changed_describe_again_even_if_interrupted(folder, config, monkeypatch):
    update(config, [folder])
    (report,) = ids(config, '"一百公里"')
    monkeypatch.setattr(collection, "METADATA_VERSION", 99)
    now = Description(Metadata("新题", year=1950))
    monkeypatch.setattr(collection, "describe", lambda *seen: now)

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(collection, "_read", interrupted)
        with pytest.raises(KeyboardInterrupt):
            update(config, [folder])
    update(config, [folder])
    assert Library(config).report(report).metadata.year == 1950
    assert Library(config).search('"一百公里"').hits[0].year == 1950
