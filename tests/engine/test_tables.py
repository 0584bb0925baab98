"""Facets are counted right, however few or many reports are found."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.embedded.tables import Topics
from indexer.vocabulary.topics import topics

KEYS = topics().keys[:3]
TOTAL = 300


@given(
    st.lists(st.sets(st.sampled_from(KEYS)), min_size=5, max_size=5).map(lambda few: few * 60),
    st.sets(st.integers(0, TOTAL - 1), max_size=8) | st.just(set(range(0, TOTAL, 2))),
)
def test_topics_are_counted_the_same_whether_few_reports_are_found_or_many(of_reports, found):
    table = Topics.of({key: np.array([key in has for has in of_reports]) for key in KEYS}, TOTAL)
    mask = np.zeros(TOTAL, dtype=np.bool_)
    mask[list(found)] = True
    values, undecided = table.count(mask)
    expected = Counter(key for report in found for key in of_reports[report])
    assert {value.value: value.count for value in values} == expected
    assert undecided == sum(not of_reports[report] for report in found)
