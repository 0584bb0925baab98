from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.embedded.whole_numbers import is_cut
from indexer.query.terms import touches_number
from indexer.units import UNIT, encode

PIECE = st.text(alphabet="12.,亿\U00020000", min_size=1, max_size=3)


@given(st.text(alphabet="12.,亿\U00020000", max_size=40), PIECE)
def test_all_at_once_as_one_by_one(text, term):
    starts = [start for start in range(len(text)) if text.startswith(term, start)]
    encoded = np.frombuffer(encode(text), dtype=np.uint8)
    places = np.array([len(encode(text[:start])) // UNIT for start in starts], dtype=np.int32)
    right = [touches_number(text, start, start + len(term)) for start in starts]
    assert is_cut(encoded, places, term).tolist() == right
