"""Which stretch a place lies in is the same however many places there are."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.engine.embedded.stretches import Division

LENGTH = 5000


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("places", [7, 5000])
def test_places_lie_in_the_last_stretch_that_begins_before_them(seed, places):
    random = np.random.default_rng(seed)
    number = random.integers(0, 1 + LENGTH // (1 + seed**2))
    starts = np.sort(random.choice(LENGTH, number, replace=False)).astype(np.int32)
    wanted = np.sort(random.integers(0, LENGTH, places)).astype(np.int32)
    begun = np.zeros(LENGTH, dtype=np.int64)
    begun[starts] = 1
    brute_force = (np.cumsum(begun) - 1)[wanted]
    assert Division(starts, LENGTH).number(wanted).tolist() == brute_force.tolist()


def test_a_stretch_ends_where_the_next_begins_and_the_last_with_the_text():
    division = Division(np.array([3, 10, 40], dtype=np.int32), 50)
    assert division.ends(np.arange(3)).tolist() == [10, 40, 50]
    nothing = Division(np.empty(0, dtype=np.int32), 0)
    assert nothing.ends(np.empty(0, dtype=np.intp)).tolist() == []
