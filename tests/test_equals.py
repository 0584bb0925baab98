from __future__ import annotations

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.equals import counted, firsts


@given(st.lists(st.integers(0, 3)))
def test_stretches_of_equal_elements_are_told_by_their_first_and_their_number(values):
    groups = [(value, len(list(group))) for value, group in groupby(values)]
    begins = firsts(np.array(values, dtype=np.int64))
    assert [values[place] for place in begins.tolist()] == [value for value, _ in groups]
    assert counted(begins, len(values)).tolist() == [number for _, number in groups]
