"""Every occurrence of a string in a text: two binary searches in its suffix array.

The text is UTF-16 code units, high byte first, so that comparing bytes compares code units. The
array lists the suffixes in that order (Manber & Myers 1993), hence all occurrences of a string
stand in one slice of it: exact for one character as for two hundred, whatever the words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydivsufsort import divsufsort

from indexer.units import UNIT

_MANY = 10_000
_HALF = 16
_LOWER = 0xFFFF

_AT_ONCE = 1 << 18
"""Elements of an array that stay in the processor's cache."""


def suffix_array(encoded: bytes) -> NDArray[np.int32]:
    """The offsets of all suffixes in code units, in their order; 0.13 µs a character."""
    if not encoded:
        return np.empty(0, dtype=np.int32)
    of_bytes: NDArray[np.int32] = divsufsort(encoded)
    # In pieces: all at once would take as much memory again.
    return np.concatenate([_of_units(piece) for piece in _pieces(of_bytes)])


def _of_units(of_bytes: NDArray[np.int32]) -> NDArray[np.int32]:
    """The suffixes that begin with a code unit, by code units."""
    whole: NDArray[np.int32] = of_bytes[of_bytes & UNIT - 1 == 0] // np.int32(UNIT)
    return whole


def _pieces(array: NDArray[Any]) -> Iterator[NDArray[Any]]:
    for start in range(0, len(array), _AT_ONCE):
        yield array[start : start + _AT_ONCE]


def first_units(encoded: bytes) -> tuple[NDArray[np.uint16], NDArray[np.int32]]:
    """The different code units of a text, ascending, and from where on suffixes begin with each.

    The second array has one element more: where the last unit's suffixes end.
    """
    counts = np.zeros(1 << 8 * UNIT, dtype=np.int64)
    for piece in _pieces(np.frombuffer(encoded, dtype=">u2")):
        counts += np.bincount(piece, minlength=len(counts))
    units = np.flatnonzero(counts)
    starts = np.concatenate(([0], np.cumsum(counts[units])))
    return units.astype(np.uint16), starts.astype(np.int32)


def ascending(places: NDArray[np.int32]) -> NDArray[np.int32]:
    """Places of a text in order.

    NumPy sorts 16 bits by their digits, 32 by comparing: many are sorted in half the time by their
    lower halves, then by their upper ones.
    """
    if len(places) < _MANY:
        return np.sort(places)
    for bits in (0, _HALF):
        half = (places >> bits & _LOWER).astype(np.uint16)
        places = places[half.argsort(kind="stable")]
    return places


def scan(text: NDArray[np.uint8], wanted: bytes) -> NDArray[np.intp]:
    """Every occurrence of a string, in ascending code units, by looking through a text.

    Some 0.5 ns a code unit.
    """
    # As they are encoded: comparing spares turning the bytes round.
    codes, units = text.view(np.uint16), np.frombuffer(wanted, dtype=np.uint16)
    places = np.flatnonzero(codes[: max(0, len(codes) - len(units) + 1)] == units[0])
    for step, unit in enumerate(units[1:], 1):
        if not len(places):
            break
        places = places[codes[places + step] == unit]
    return places


def bounds(
    text: memoryview,
    suffixes: Sequence[int],
    wanted: bytes,
    low: int = 0,
    high: int | None = None,
) -> tuple[int, int]:
    """The slice of `suffixes`, from and to, whose suffixes begin with `wanted`.

    All of them stand between `low` and `high`. Memory views of arrays give plain numbers, which is
    twice as fast as asking the arrays.
    """
    size = len(wanted)
    high = len(suffixes) if high is None else high

    def beginning(place: int) -> bytes:
        return text[UNIT * place : UNIT * place + size].tobytes()

    low = bisect_left(suffixes, wanted, low, high, key=beginning)
    # Most strings are rare: their end is near.
    step = 1
    while low + step < high and beginning(suffixes[low + step]) == wanted:
        step *= 2
    last = min(low + step, high)
    return low, bisect_right(suffixes, wanted, low + step // 2, last, key=beginning)
