"""Citations by GB/T 7714-2015, against a table written by hand from its clauses."""

from __future__ import annotations

import pytest

from indexer.citing import gbt7714
from indexer.citing.sources import source_of_metadata
from indexer.config import Config
from indexer.inspection import read_one
from tests.citing.cases import CASES, RARER, Case


@pytest.mark.parametrize("case", [*CASES, *RARER], ids=lambda case: case.what)
def test_a_citation_is_what_the_clauses_make_it(case: Case):
    assert gbt7714(case.citation) == case.expected


@pytest.mark.parametrize("case", [case for case in CASES if case.file], ids=lambda case: case.what)
def test_what_is_cited_is_what_is_read_of_the_file(case: Case, corpus, tmp_path):
    report = read_one(corpus / case.file, Config(tmp_path / "index", workers=1))
    assert source_of_metadata("x", report.metadata) == case.source


def test_there_are_twelve_and_each_differs():
    assert len({case.expected for case in CASES}) == 12
