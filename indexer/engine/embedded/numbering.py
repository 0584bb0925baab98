"""Words as numbers, all words of a report at once: looked up in a hash table made of arrays.

A dictionary's one look-up after the other costs more than cutting the words does. A word of up to
four code units is a number as it stands, its units side by side; the few longer ones are kept in a
dictionary, whose numbers are no word's units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from indexer.units import UNIT, decode, encode

Numbers = NDArray[np.int32]
_Keys = NDArray[np.uint64]
_Slots = NDArray[np.intp]

_SHORT = 4
"""Code units of a word that is its own key."""
_BETWEEN = "\0"
"""No word holds it."""
_NO_UNIT = 0xFFFF
"""A code unit of no character, and so of no word."""
_LONG = _NO_UNIT << 48
"""The key of the first long word."""
_KEPT = np.array([0, *(~(~0 << 16 * n) << 16 * (_SHORT - n) for n in range(1, 5))], dtype=np.uint64)
"""The bits of a key that are a word's, by its code units."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""The golden ratio's: its products' high bits depend on all bits of a key (Knuth 6.4)."""
_SMALLEST = 16
"""Bits of the number of slots; a power of two, at least twice as many as words."""


class WordNumbers:
    """Gives each word a number, from 0 up, when it is first seen."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._long: defaultdict[str, int] = defaultdict(count(_LONG).__next__)
        self._keys = np.zeros(1 << _SMALLEST, dtype=np.uint64)
        """By number, counted from 1: slots that are free hold 0, which is no word's key."""
        self._next = 1
        self._slots = np.zeros(1 << _SMALLEST, dtype=np.int32)
        self.of(list(words))

    def __len__(self) -> int:
        return self._next - 1

    def of(self, words: Sequence[str]) -> Numbers:
        """Each word's number; no word is empty or holds NUL."""
        if not words:
            return np.empty(0, dtype=np.int32)
        keys = self._keys_of(words)
        numbers = self._found(keys)
        unknown = np.flatnonzero(numbers == 0)
        if len(unknown):
            new, which = np.unique(keys[unknown], return_inverse=True)
            numbers[unknown] = which + self._next
            self._add(new)
        return numbers - np.int32(1)

    def words(self) -> list[str]:
        """All words by their numbers."""
        keys = self._keys[1 : self._next]
        # Words of four units, the missing ones 0, and what stands between them.
        apart = np.empty((len(keys), _SHORT + 1), dtype=">u2")
        apart[:, :_SHORT] = keys.astype(">u8").view(">u2").reshape(-1, _SHORT)
        apart[:, _SHORT] = _NO_UNIT
        long = np.flatnonzero(keys >= _LONG)
        apart[long, :_SHORT] = 0
        words = decode(apart.tobytes()).replace(_BETWEEN, "").split(chr(_NO_UNIT))[:-1]
        in_order = list(self._long)
        for place, number in zip(
            long.tolist(), (keys[long] - np.uint64(_LONG)).tolist(), strict=True
        ):
            words[place] = in_order[number]
        return words

    def _keys_of(self, words: Sequence[str]) -> _Keys:
        # So many behind the last that the fourth code unit of any word is there to be read.
        encoded = encode(_BETWEEN.join((*words, *(_SHORT * _BETWEEN))))
        units = np.frombuffer(encoded, dtype=np.uint16)
        ends = np.flatnonzero(units == 0)[: len(words)]
        starts = np.empty_like(ends)
        starts[0] = 0
        starts[1:] = ends[:-1] + 1
        sizes = ends - starts
        # The four units from any place on, as one number.
        fours = np.ndarray(len(units) - _SHORT + 1, ">u8", encoded, strides=(UNIT,))
        keys = fours[starts].astype(np.uint64)
        keys &= _KEPT[np.minimum(sizes, _SHORT)]
        long = np.flatnonzero(sizes > _SHORT)
        keys[long] = [self._long[words[place]] for place in long.tolist()]
        return keys

    def _found(self, keys: _Keys) -> Numbers:
        """The numbers of words counted from 1; 0 for those that have none yet."""
        slots = self._first_slots(keys)
        numbers = self._slots.take(slots)
        others = np.flatnonzero(self._keys.take(numbers) != keys)
        others = others[numbers[others] > 0]
        while len(others):
            slots[others] = self._behind(slots[others])
            seen = self._slots[slots[others]]
            numbers[others] = seen
            others = others[(self._keys[seen] != keys[others]) & (seen > 0)]
        return numbers

    def _add(self, keys: _Keys) -> None:
        """Words that are new and different get the next numbers."""
        begin, self._next = self._next, self._next + len(keys)
        if 2 * self._next > len(self._slots):
            size = 1 << (4 * self._next).bit_length()
            self._keys = np.concatenate((self._keys[:begin], np.zeros(size - begin, np.uint64)))
            self._slots = np.zeros(size, dtype=np.int32)
            self._place(self._keys[1:begin], 1)
        self._keys[begin : self._next] = keys
        self._place(keys, begin)

    def _place(self, keys: _Keys, first: int) -> None:
        """Put words that are in no slot into free ones."""
        numbers = np.arange(first, first + len(keys), dtype=np.int32)
        slots = self._first_slots(keys)
        while len(numbers):
            free = self._slots[slots] == 0
            # Of several that want the same slot one gets it.
            self._slots[slots[free]] = numbers[free]
            left = self._slots[slots] != numbers
            numbers, slots = numbers[left], self._behind(slots[left])

    def _first_slots(self, keys: _Keys) -> _Slots:
        bits = len(self._slots).bit_length() - 1
        return (keys * _SPREAD >> np.uint64(64 - bits)).view(np.intp)

    def _behind(self, slots: _Slots) -> _Slots:
        following: _Slots = slots + 1 & len(self._slots) - 1
        return following
