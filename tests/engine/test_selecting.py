from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.embedded.selecting import foremost

ROWS = st.lists(st.tuples(*[st.integers(0, 3)] * 2, st.sampled_from("甲乙丙")), max_size=80)


@given(ROWS, st.integers(0, 90))
def test_the_first_few_are_those_of_sorting_all(rows, wanted):
    columns = [np.array([row[place] for row in rows]) for place in range(3)]
    numbers = np.arange(len(rows))
    found = foremost(numbers, [column.__getitem__ for column in columns], wanted)
    # Sorting is stable: of equals the earlier ones.
    assert found.tolist() == sorted(numbers.tolist(), key=rows.__getitem__)[:wanted]


def test_a_key_is_asked_for_what_the_ones_before_it_leave_open():
    asked = []

    def last_key(numbers):
        asked.append(numbers.tolist())
        return -numbers

    first_key = np.array([5, 1, 3, 3, *[9] * 40]).__getitem__
    assert foremost(np.arange(44), [first_key, last_key], 2).tolist() == [1, 3]
    assert asked[0] == [2, 3]
