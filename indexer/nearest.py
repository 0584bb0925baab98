"""A string that stands nowhere -> the strings nearest to it that do: what may have been meant.

With one edit (a character more, less or other) one of two halves is intact, with two edits one of
three parts (Wu & Manber 1992): so each part is looked up in the suffix array, and what stands
around it compared with the rest, for all its occurrences at once. Short strings may have one
edit, longer ones two. Characters that sound alike count half: who types by sound mistakes these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.engine import Wording
from indexer.pinyin import spell
from indexer.units import UNIT, decode, encode
from indexer.words import words

SHORTEST, LONGEST = 2, 40
"""Characters of a string for which anything is looked for."""

_TWO_EDITS_FROM = 5
_OCCURRENCES = 6_000
"""Of a part that are looked at: what is worth offering is among them."""
_MOST_EQUAL = 1_500
_COUNTED = 24
_ALIKE = 0.5
_LESS = 0.25
_AS_GOOD = 0.75
"""Nothing is offered that is so much farther away than the nearest."""
_RARE = 50
"""Nor what is so many times as rare as something as near."""
_SAME = 0.8
"""A string in so large a part of the reports of one inside it says the same, more fully."""

Codes = NDArray[np.uint16]
Costs = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Near:
    """A folded string, how far away it is, and the reports that hold it.

    An edit is 1, one that sounds alike 0.5; 1 more is for what begins or ends inside a word, a
    quarter for what says no more than a part of the string does.
    """

    text: str
    distance: float
    reports: int


def nearest(wanted: str, wording: Wording, most: int) -> tuple[Near, ...]:
    """The strings nearest to a folded one, in reports of any kind; those nearest come first."""
    if not SHORTEST <= len(wanted) <= LONGEST:
        return ()
    edits = 2 if len(wanted) >= _TWO_EDITS_FROM else 1
    found: Counter[tuple[int, str]] = Counter()
    for begin, end in _parts(len(wanted), edits + 1):
        found.update(_around(wanted, begin, end, edits, wording))
    swapped = [(1, text) for text in _swapped(wanted)]
    found.update(one for one, held in zip(swapped, _held(swapped, wording), strict=True) if held)
    cheapest: dict[str, tuple[int, int]] = {}
    for (cost, text), times in found.items():
        if text != wanted and len(text) >= SHORTEST and _is_like(text, wanted):
            cheapest[text] = min(cheapest.get(text, (cost, -times)), (cost, -times))
    # Those of one edit first, and of these the frequent ones: the rest is not worth counting.
    likely = sorted(cheapest, key=lambda text: (cheapest[text], text))[: 8 * _COUNTED]
    heard = _sounds((wanted, *likely))
    costs = {
        text: cheapest[text][0] * (_ALIKE if heard[text] == heard[wanted] else 1)
        + _cut(text)
        + _LESS * (text in wanted)
        for text in likely
    }
    likely = sorted(likely, key=lambda text: (costs[text], cheapest[text][1]))[:_COUNTED]
    counted = zip(likely, wording.holders(likely), strict=True)
    nears = [Near(text, costs[text], reports) for text, reports in counted if reports]
    kept = [near for near in nears if not any(_hides(other, near, wanted) for other in nears)]
    kept.sort(key=lambda near: (near.distance, -near.reports, near.text))
    return tuple(near for near in kept[:most] if near.distance < kept[0].distance + _AS_GOOD)


def occurring(wanted: str, wording: Wording) -> tuple[str, ...]:
    """A folded string cut into the longest pieces that stand somewhere, from its beginning on.

    A character that stands nowhere is a piece of its own.
    """
    pieces = []
    begin = 0
    while begin < len(wanted):
        low, high = begin + 1, begin + 1
        while high <= len(wanted) and wording.holders([wanted[begin:high]])[0]:
            low, high = high, begin + 2 * (high - begin)
        high = min(high, len(wanted) + 1)
        while high - low > 1:
            middle = (low + high) // 2
            if wording.holders([wanted[begin:middle]])[0]:
                low = middle
            else:
                high = middle
        pieces.append(wanted[begin:low])
        begin = low
    return tuple(pieces)


def _parts(size: int, number: int) -> Iterator[tuple[int, int]]:
    bounds = [size * part // number for part in range(number + 1)]
    return ((a, b) for a, b in pairwise(bounds) if a < b)


def _around(
    wanted: str, begin: int, end: int, edits: int, wording: Wording
) -> Iterator[tuple[int, str]]:
    """What is like a string and holds [begin, end) of it unchanged, with the edits it takes."""
    left, right = _codes(wanted[:begin]), _codes(wanted[end:])
    before, after = len(left) + edits, len(right) + edits
    rows = wording.around(wanted[begin:end], before, after, _OCCURRENCES)
    middle = rows.shape[1] - before - after
    to_left = _aligned(left[::-1], rows[:, :before][:, ::-1], edits)
    to_right = _aligned(right, rows[:, before + middle :], edits)
    for length_left, costs_left in to_left.items():
        for length_right, costs_right in to_right.items():
            costs = costs_left + costs_right
            start, stop = before - length_left, before + middle + length_right
            for cost in range(1, edits + 1):
                equal = np.flatnonzero(costs == cost)
                step = max(1, len(equal) // _MOST_EQUAL)
                for row in rows[equal[::step], start:stop].astype(">u2"):
                    yield cost, decode(row.tobytes())


def _aligned(wanted: Codes, rows: Codes, edits: int) -> dict[int, Costs]:
    """The edits from a string to the first j characters of each row, for each j near its length.

    Levenshtein's table for all rows at once, only as wide as the edits allow.
    """
    size = len(wanted)
    columns = np.ascontiguousarray(rows.T)
    too_many = np.full(len(rows), edits + 1, dtype=np.uint8)
    row = {j: np.full(len(rows), j, dtype=np.uint8) for j in range(edits + 1)}
    for i in range(1, size + 1):
        following: dict[int, Costs] = {}
        for j in range(max(0, i - edits), min(i + edits, len(columns)) + 1):
            best = row.get(j, too_many) + 1
            if j:
                differs = columns[j - 1] != wanted[i - 1]
                best = np.minimum(best, row.get(j - 1, too_many) + differs)
                best = np.minimum(best, following.get(j - 1, too_many) + 1)
            following[j] = np.minimum(best, too_many)
        row = following
    return row


def _swapped(wanted: str) -> Iterator[str]:
    """With two neighbours in each other's place: one slip, though two edits."""
    for place in range(len(wanted) - 1):
        yield (wanted[:place] + wanted[place + 1] + wanted[place] + wanted[place + 2 :])


def _held(found: Iterable[tuple[int, str]], wording: Wording) -> list[int]:
    return wording.holders(text for _, text in found)


def _cut(text: str) -> int:
    """1 for what seems to be cut out of a longer word: 商环境, 的环境."""
    pieces = words(text)
    return int(len(pieces) > 1 and 1 in (len(pieces[0]), len(pieces[-1])))


def _is_like(text: str, wanted: str) -> bool:
    """Whether it holds no marks that the other does not: nothing over the end of a clause."""
    return all(char.isalnum() or char in wanted for char in text)


def _hides(other: Near, near: Near, wanted: str) -> bool:
    """Whether one of two that are as near makes the other superfluous.

    What is frequent hides what is very rare. A longer one hides what is only cut out of it. A
    shorter one hides what has just another character behind it in the place of one too many:
    营商环境 hides 营商环境的 for 营商环境竟.
    """
    if other.text == near.text or other.distance > near.distance + _LESS:
        return False
    if other.reports > _RARE * near.reports:
        return True
    if near.text in other.text:
        return other.reports >= _SAME * near.reports
    grown = len(near.text) > len(wanted)
    return other.text in near.text and not grown and near.reports < _SAME * other.reports


def _sounds(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    held = tuple(texts)
    return dict(zip(held, spell(held), strict=True))


def _codes(text: str) -> Codes:
    return np.frombuffer(encode(text), dtype=f">u{UNIT}").astype(np.uint16)
