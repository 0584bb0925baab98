"""The years under which the corpus files its reports, where these are not what they answer for."""

from __future__ import annotations

import csv
import re
from pathlib import Path, PurePath

import pytest

from indexer.folding import fold
from tests.proofs.describing import CORRECTED, described, filed, hashed

with CORRECTED.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def bare(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["path"])
def test_the_words_that_correct_a_year_stand_in_the_report(row, corpus):
    path = PurePath(row["path"])
    document, found = described(corpus / "reports" / path, path)
    assert row["year"] != row["filed"]
    assert row["reason"]
    assert bare(row["words"]) in bare(f"{document.text} {path.stem}")
    assert str(found.year) in row["year"].split("/")


def test_a_sample_of_the_corpus_has_the_right_years_and_titles(corpus):
    reports = sorted(filed(corpus), key=lambda report: report.path)[::6]
    assert len(reports) > 80
    named = [described(corpus / "reports" / r.path, PurePath(r.path))[1] for r in reports]
    wrong = [
        r.path for r, found in zip(reports, named, strict=True) if str(found.year) not in r.years
    ]
    assert wrong == []


def test_most_departments_documents_tell_their_year_without_their_names(corpus):
    reports = [r for r in filed(corpus) if r.group == "departments"][::4]
    right = 0
    for report in reports:
        path = PurePath(report.path)
        _, found = described(Path(corpus / "reports" / path), hashed(path))
        right += str(found.year) in report.years
    assert right >= 0.95 * len(reports)
