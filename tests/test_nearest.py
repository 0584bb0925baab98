"""A string that stands nowhere, and those near it that do."""

from __future__ import annotations

import random

import pytest

from indexer.library import Library
from indexer.nearest import nearest, occurring
from tests.oracle import BruteForce


@pytest.fixture(scope="module")
def wording(samples_index):
    return Library(samples_index).wording()


@pytest.fixture(scope="module")
def texts(samples_index):
    return [record.folded for record in BruteForce(samples_index).records]


def edits(one: str, other: str) -> int:
    """Levenshtein's distance, by the book."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


@pytest.mark.parametrize(
    "typed",
    [
        *("营伤环境", "营商环竟", "营商的环境", "商营环境", "营商环", "赢商环境", "营商环境境"),
        *("法制政府建射", "推进发治政府建设", "高质理发展", "行政执法责认"),
    ],
)
def test_what_is_near_stands_in_as_many_reports_as_told(wording, texts, typed):
    found = nearest(typed, wording, 5)
    for near in found:
        assert sum(near.text in text for text in texts) == near.reports > 0
        assert near.text != typed
        assert edits(near.text, typed) <= 2
    if "营" in typed:
        assert found[0].text == "营商环境"


def test_slips_in_real_phrases_are_mended(wording, texts):
    """One character lost, doubled, changed or swapped with the next: the phrase is offered."""
    chosen = random.Random(7)
    phrases = ["行政执法", "政务服务", "乡村振兴", "高质量发展", "公共法律服务", "依法行政工作"]
    phrases = [phrase for phrase in phrases if sum(phrase in text for text in texts) > 1]
    assert len(phrases) > 3
    tried = mended = 0
    for phrase in phrases:
        for place in range(len(phrase)):
            begin, end = phrase[:place], phrase[place + 1 :]
            other = chosen.choice("龙飞凤舞")
            slips = [begin + end, begin + other + end, begin + other + phrase[place:]]
            if end:
                slips.append(begin + end[0] + phrase[place] + end[1:])
            for slip in slips:
                if any(slip in text for text in texts):
                    continue
                tried += 1
                mended += phrase in [near.text for near in nearest(slip, wording, 5)]
    assert tried > 40
    assert mended >= 0.9 * tried


def test_what_sounds_alike_comes_first(wording):
    assert [near.text for near in nearest("营伤环境", wording, 1)] == ["营商环境"]
    assert nearest("营伤环境", wording, 1)[0].distance < 1


@pytest.mark.parametrize("typed", ["", "政", "龘" * 5, "政府" * 100, "😀😀😀"])
def test_nothing_is_near_what_is_too_short_too_long_or_far_off(wording, typed):
    assert nearest(typed, wording, 5) == ()


@pytest.mark.parametrize("typed", ["推进法治政府建舍改隔", "龘政府", "政府龘", "法治😀", "政府"])
def test_pieces_are_the_longest_that_stand_somewhere(wording, texts, typed):
    pieces = occurring(typed, wording)
    assert "".join(pieces) == typed
    begin = 0
    for piece in pieces:
        stands = any(piece in text for text in texts)
        assert stands or len(piece) == 1
        begin += len(piece)
        if begin < len(typed):
            assert not any(piece + typed[begin] in text for text in texts)
