"""Bitmaps of frequent words say the same as their places."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.collection import update
from indexer.config import Config
from indexer.engine.embedded import bitmaps, writer
from indexer.engine.embedded.snapshot import open_snapshot

SIZE = 13

REPORTS = st.lists(st.integers(0, SIZE - 1), min_size=1, max_size=60)
SLICES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(tuple))


@given(REPORTS, SLICES, st.integers(1, 8))
def test_a_frequent_slice_has_the_reports_that_it_names_and_no_other_is_stored(
    named, slices, frequent
):
    reports = np.array(named, dtype=np.uint16)
    slices = [(low, min(high, len(named))) for low, high in slices if low <= len(named)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bitmaps, "FREQUENT", frequent)
        keys, rows = bitmaps.bitmaps(slices, reports, SIZE)
        for low in range(len(named) + 1):
            for high in range(low, len(named) + 1):
                stored = bitmaps.stored((low, high), keys.data, rows, SIZE)
                if (low, high) in slices and high - low >= frequent:
                    assert stored.nonzero()[0].tolist() == sorted(set(named[low:high]))
                else:
                    assert stored is None


def test_a_segment_answers_from_them_as_it_does_from_the_places(tmp_path, monkeypatch):
    monkeypatch.setattr(bitmaps, "FREQUENT", 3)
    monkeypatch.setattr(writer, "CUT_OUT", 2)
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(20):
        words = "法治政府。" * (number % 3) + "依法行政。" * (number % 2) + f"第{number}篇。"
        (folder / f"{number}.txt").write_text(words, encoding="utf-8")
    config = Config(tmp_path / "index", workers=1)
    update(config, [folder])
    (segment,) = open_snapshot(config).segments
    assert len(segment.texts.frequent) >= 3
    for word in ("法治", "政府", "行政", "依法行政", "法", "没有"):
        expected = np.zeros(segment.size, dtype=np.bool_)
        expected[segment.counts(word).reports] = True
        assert segment.holding(word).tolist() == expected.tolist()
