"""What each value was taken from is kept in the catalogue, whatever version made it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from indexer import collection
from indexer.collection import update
from indexer.library import Library
from indexer.report import Ground, Place
from tests.conftest import run_tifa
from tests.two_reports import ids


@pytest.fixture
def report(folder, config) -> str:
    update(config, [folder])
    (found,) = ids(config, '"一百公里"')
    return found


def grounds(config, report) -> dict[str, Ground]:
    return {ground.field: ground for ground in Library(config).report(report).grounds}


def test_the_words_and_their_place_are_kept(config, report):
    kept = grounds(config, report)
    assert kept["year"] == Ground("year", "2024", "2024", Place.TITLE)
    title = "甲县人民政府2024年工作报告"
    assert kept["title"] == Ground("title", title, title, Place.TITLE)


def test_of_what_was_not_found_there_is_no_ground(config, report):
    stored = Library(config).report(report)
    undecided = {
        field
        for field in ("region", "year", "issuer", "date", "kind", "number")
        if getattr(stored.metadata, field) is None
    }
    assert {"date", "number"} <= undecided
    assert not undecided & set(grounds(config, report))


def test_what_a_person_settled_names_its_row_and_gives_way_again(folder, config, report):
    found = grounds(config, report)
    rules = folder / "metadata.csv"
    rules.write_text("file,year,date\n\nfirst.txt,1999年,-\n", encoding="utf-8")
    update(config, [folder])
    kept = grounds(config, report)
    assert kept["year"] == Ground("year", "1999", "1999年", Place.OVERRIDE, str(rules), 3)
    assert kept["date"] == Ground("date", "", "-", Place.OVERRIDE, str(rules), 3)
    assert kept["title"] == found["title"]
    rules.unlink()
    update(config, [folder])
    assert grounds(config, report) == found


def test_the_value_may_be_the_same_and_the_ground_another(folder, config, report):
    (folder / "metadata.csv").write_text("file,year\nfirst.txt,2024\n", encoding="utf-8")
    assert update(config, [folder]).overridden == ()
    assert grounds(config, report)["year"].place is Place.OVERRIDE


def test_a_catalogue_of_an_earlier_version_opens_and_is_completed(
    folder, config, report, monkeypatch
):
    kept, metadata = grounds(config, report), Library(config).report(report).metadata
    with closing(sqlite3.connect(config.catalogue)) as catalogue:
        catalogue.execute("DROP TABLE grounds")
        catalogue.execute("UPDATE reports SET metadata_version = 2")
        catalogue.commit()
    old = Library(config).report(report)
    assert (old.metadata, old.grounds) == (metadata, ())
    assert Library(config).search('"一百公里"').total == 1
    assert run_tifa(folder, ["metadata", "--suspect", "--index", config.index]).returncode == 0
    monkeypatch.setattr(collection, "read_all", None)
    update(config, [folder])
    assert grounds(config, report) == kept


def test_the_command_gives_them_as_json(folder, config, report):
    shown = run_tifa(folder, ["show", report, "--json", "--index", config.index])
    told = {ground["field"]: ground for ground in json.loads(shown.stdout)["grounds"]}
    assert told["year"] == {
        "field": "year",
        "value": "2024",
        "words": "2024",
        "place": "title",
        "file": "",
        "row": 0,
    }
