"""Which reports hold the frequent words, a bit each: known without going through all their places.

A word's slice of the suffix array names a report for every place where it stands: of a frequent
one there are more places than reports. Bitmaps beside lists, for the values that most have, are
usual (O'Neil 1987; Chan & Ioannidis 1998).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

FREQUENT = 4096
"""Places in a segment: going through fewer costs hardly more than finding and reading a bitmap."""

CUT_OUT = FREQUENT // 4
"""A word that is cut out of the texts so often may stand in them four times as often."""

Slice = tuple[int, int]
"""Of a suffix array, from and to: 32 bits each, so that both are one number in their order."""
_BITS = 32
_BYTE = 8


def bitmaps(
    slices: Iterable[Slice], reports: NDArray[np.uint16], size: int
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Keys, ascending, of those slices that are of frequent words; and a row of bits for each.

    `reports` are those of the whole suffix array, numbered below `size`.
    """
    frequent = sorted(set(filter(_is_frequent, slices)))
    rows = np.empty((len(frequent), -(-size // _BYTE)), dtype=np.uint8)
    for row, (low, high) in zip(rows, frequent, strict=True):
        row[:] = np.packbits(mask(reports[low:high], size))
    return np.fromiter(map(_key, frequent), np.int64, len(frequent)), rows


def mask(reports: NDArray[np.uint16], size: int) -> NDArray[np.bool_]:
    """Which of the numbers below `size` are there, however often."""
    found = np.zeros(size, dtype=np.bool_)
    # Numbers of another type are slower to go by than to turn into these.
    found[reports.astype(np.intp)] = True
    return found


def stored(
    wanted: Slice, keys: memoryview, rows: NDArray[np.uint8], size: int
) -> NDArray[np.bool_] | None:
    """The mask of a slice if there is a bitmap of it, by the keys and rows that `bitmaps` gave."""
    if not _is_frequent(wanted):
        return None
    key = _key(wanted)
    number = bisect_left(keys, key)
    if number == len(keys) or keys[number] != key:
        return None
    return np.unpackbits(rows[number], count=size).view(np.bool_)


def _is_frequent(slice_: Slice) -> bool:
    low, high = slice_
    return high - low >= FREQUENT


def _key(slice_: Slice) -> int:
    low, high = slice_
    return low << _BITS | high
