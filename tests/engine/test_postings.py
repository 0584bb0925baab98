from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.embedded.codec import POSTING, POSTING_UNITS
from indexer.engine.embedded.postings import Held, Postings, joined, tallied, weighted

FEW = st.lists(st.integers(0, 99), max_size=6)
MANY = st.lists(st.integers(0, 99), min_size=50, max_size=200)


def as_dict(postings):
    return dict(zip(postings.reports.tolist(), postings.counts.tolist(), strict=True))


@given(FEW | MANY)
def test_reports_are_counted_the_same_whether_few_or_many(numbers):
    postings = tallied(np.array(numbers, dtype=np.uint16), 100)
    assert as_dict(postings) == Counter(numbers)
    assert postings.reports.tolist() == sorted(set(numbers))


@given(st.lists(FEW, max_size=4))
def test_lists_of_segments_follow_one_another(parts):
    postings = joined(
        [tallied(np.array(part, np.uint16), 100) for part in parts], [100] * len(parts)
    )
    whole = [100 * place + number for place, part in enumerate(parts) for number in part]
    assert as_dict(postings) == Counter(whole)
    assert postings.reports.tolist() == sorted(set(whole))


def test_a_word_of_the_title_weighs_more_and_a_long_field_less():
    norms = {"title": np.ones(4, np.float32), "body": np.array([1, 1, 1, 2], np.float32)}
    counts = {"title": np.array([0, 2, 0, 0]), "body": np.array([1, 1, 0, 1])}
    assert weighted(counts, norms).tolist() == pytest.approx([1.0, 7.0, 0.0, 0.5])


def test_counts_are_taken_of_the_reports_wanted_in_their_order():
    held = Postings(np.array([1, 3, 4]), np.array([10, 30, 40], np.uint16))
    assert held.of(np.array([4, 0, 3, 2]), 5).tolist() == [40, 0, 30, 0]


def test_a_word_is_held_by_the_reports_of_every_segment_and_field():
    def rows(*pairs):
        stored = np.zeros(len(pairs), dtype=POSTING)
        stored["report"], stored["count"] = np.array(pairs).reshape(-1, 2).T
        return stored.view(np.uint16).reshape(-1, len(POSTING_UNITS))

    held = Held.of(
        {"title": [rows((1, 1)), rows()], "body": [rows((0, 5), (2, 7)), rows((1, 9))]}, [3, 2]
    )
    assert held.mask.tolist() == [True, True, True, False, True]
    assert held.counts["title"].tolist() == [0, 1, 0, 0, 0]
    assert held.counts["body"].tolist() == [5, 0, 7, 0, 9]
    nowhere = Held.of({"title": [rows(), rows()], "body": [rows(), rows()]}, [3, 2])
    assert not nowhere.counts
    assert nowhere.mask.tolist() == [False] * 5
