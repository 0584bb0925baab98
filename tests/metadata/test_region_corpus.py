"""Whose the real reports are, against the manifest as corrected in region_corrections.tsv."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

import pytest

from indexer.extract import extract
from indexer.structure import structure
from tests.proofs.regions import CORRECTIONS, Known, Outcome, judged, manifest, table


@pytest.fixture(scope="module")
def read(corpus):
    return [(row, extract(corpus / row.path)) for row in manifest(corpus)]


def test_every_correction_stands_on_words_of_the_document(corpus):
    rows = {row["path"]: row["region"] for row in table(corpus / "reports" / "manifest.tsv")}
    for row in table(CORRECTIONS):
        assert rows[row["path"]] == row["filed"] != row["region"], row["path"]
        path = corpus / row["path"]
        assert row["evidence"] in structure(extract(path), path.name).text, row["path"]


@pytest.mark.parametrize("known", [Known.ALL, Known.NO_NAME], ids=str)
def test_work_reports_are_all_right_and_of_the_others_hardly_any_is_undecided(read, known):
    counts: dict[str, Counter[Outcome]] = {}
    for row, extraction in read:
        each = judged(row, extraction, known)
        assert each.outcome is not Outcome.WRONG, (row.path, each.found)
        counts.setdefault(row.group, Counter())[each.outcome] += 1
    for group in ("national", "provincial-2025", "provincial-2026"):
        assert set(counts[group]) == {Outcome.RIGHT}, group
    for group, least in (("departments", 0.97), ("regulations", 0.99)):
        assert counts[group][Outcome.RIGHT] >= least * counts[group].total(), group


def test_without_title_and_name_what_is_found_is_right(read):
    outcomes = Counter(judged(*each, Known.NO_TITLE).outcome for each in read)
    assert outcomes[Outcome.WRONG] <= 0.01 * outcomes.total()
    assert outcomes[Outcome.RIGHT] >= 0.9 * outcomes.total()


def test_a_region_comes_with_words_that_stand_where_it_says(read):
    for row, extraction in read:
        found = judged(row, extraction, Known.ALL).found
        if found is not None:
            assert found.words, row.path
            name = PurePath(row.path).name
            text = structure(extraction, name).text
            bare = "".join(f"{text}{name}".split())
            if found.place.value in ("title", "file name"):
                assert "".join(found.words.split()) in bare, (row.path, found)
