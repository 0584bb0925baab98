from __future__ import annotations

from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.embedded.suffixes import ascending, bounds, samples, scan, suffix_array
from indexer.units import UNIT, encode

TEXTS = st.text(alphabet="甲乙aA\x1f\U00020000 ", max_size=60)


@given(TEXTS)
def test_suffixes_stand_in_the_order_of_their_code_units(text):
    encoded = encode(text)
    order = suffix_array(encoded).tolist()
    assert order == sorted(range(len(encoded) // UNIT), key=lambda place: encoded[UNIT * place :])


@given(TEXTS, st.text(alphabet="甲乙aA\U00020000", min_size=1, max_size=6), st.integers(1, 9))
def test_every_occurrence_is_in_the_slice_and_nothing_else(text, wanted, sampled):
    encoded, pattern = encode(text), encode(wanted)
    suffixes = suffix_array(encoded)
    with mock.patch("indexer.engine.embedded.suffixes.SAMPLED", sampled):
        heads = samples(encoded, suffixes)
        low, high = bounds(memoryview(encoded), suffixes.data, heads.data, pattern)
    assert sorted(suffixes[low:high].tolist()) == brute_force(encoded, pattern)


@given(TEXTS, st.text(alphabet="甲乙aA\U00020000", min_size=1, max_size=3))
def test_looking_through_a_text_finds_every_occurrence_in_order(text, wanted):
    encoded, pattern = encode(text), encode(wanted)
    found = scan(np.frombuffer(encoded, dtype=np.uint8), pattern)
    assert found.tolist() == brute_force(encoded, pattern)


@pytest.mark.parametrize("number", [0, 1, 1000, 30_000])
def test_places_are_put_in_order_however_many_there_are(number):
    places = np.random.default_rng(7).integers(0, 2**31, number).astype(np.int32)
    assert ascending(places).tolist() == sorted(places.tolist())
    assert ascending(places).dtype == np.int32


def brute_force(encoded, pattern):
    return [
        place for place in range(len(encoded) // UNIT) if encoded.startswith(pattern, UNIT * place)
    ]
