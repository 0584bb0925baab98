"""Whatever is typed, there is an answer or a sentence about it."""

from __future__ import annotations

import pytest

from indexer.library import Library
from indexer.results import Mode
from tests.proofs.odd import QUERIES, answer


@pytest.fixture(scope="module")
def library(samples_index) -> Library:
    return Library(samples_index)


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("name", QUERIES)
def test_an_odd_query_has_an_answer_or_a_clear_problem(library, name, mode, whole):
    assert answer(library, QUERIES[name], mode, whole=whole)


def test_odd_queries_still_find_what_is_in_them(library):
    plain = library.search("法治").total
    assert plain
    for name in ("200 nested brackets", "200 brackets never closed"):
        assert library.search(QUERIES[name]).total == plain
    assert library.search(QUERIES["one character 2,000 times"]).total > 0
