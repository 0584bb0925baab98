"""When two stretches of text say the same: letter for letter, whatever the marks between.

The **plain** form of a folded text is what is left of it without punctuation, blanks and barriers.
Marks between two digits stay (3.5 is not 35), % and ‰ always, and - before a digit. A sentence
that is typeset as a PDF and written in Word has one plain form, and so has the whole report.

`Prints` are 64-bit digests of plain forms, of each sentence and of a whole report: two that are
equal have, but for one chance in 10^19, equal plain forms. They are polynomials over random numbers
for the characters, so that arrays compute them.

What kind a block is does not count: a line like 来源：新华社 is taken for part of the text in one
format and for what stands around it in another.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.paired import PairedText

Units = NDArray[np.uint16]
Digests = NDArray[np.uint64]
_Flags = NDArray[np.bool_]

_ALWAYS_KEPT = frozenset("%‰")
_MINUS = "-"
_DIGIT, _DROPPED, _SIGN = 1, 2, 3
"""Classes of code units; 0 is what is kept wherever it stands."""
_UNITS = 0x10000
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Prints:
    """Of a report's sentences in order, and of the report; None if its plain form is empty."""

    sentences: Digests
    report: int | None


def plain(folded: str) -> str:
    """The plain form of a folded text."""
    around = f" {folded} "
    return "".join(
        char
        for before, char, after in zip(around, folded, around[2:], strict=False)
        if not _is_dropped(char) or (_is_digit(after) and (char == _MINUS or _is_digit(before)))
    )


def prints_of(text: PairedText) -> Prints:
    """The digests of a report and of its sentences."""
    units = text.folded.view(">u2").astype(np.intp)
    # A sentence that folds to nothing may begin where the text ends.
    starts = np.minimum(text.sentences - text.begin, len(units)).astype(np.intp)
    if not len(starts):
        return Prints(np.empty(0, dtype=np.uint64), None)
    starts[0] = 0
    kept = _kept(units, starts)
    first = kept.searchsorted(starts)
    powers, inverse = _powers(len(units) + 1)
    terms = np.zeros(len(kept) + 1, dtype=np.uint64)
    np.multiply(_numbers().take(units.take(kept)), powers[: len(kept)], out=terms[:-1])
    sums = np.add.reduceat(terms, first)
    sums[:-1][first[1:] == first[:-1]] = 0  # of nothing reduceat makes what comes next
    sentences = _mixed(sums * inverse[first])
    whole = int(_mixed(np.add.reduce(sums, keepdims=True))[0])
    return Prints(sentences, whole if len(kept) else None)


def combined(first: Digests, second: Digests) -> Digests:
    """The digests of pairs of stretches, one behind the other."""
    return _mixed(first * _BASE + second)


def _kept(units: NDArray[np.intp], starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where units stand that belong to the plain forms of the sentences that begin at `starts`."""
    classes = np.zeros(len(units) + 1, dtype=np.uint8)  # before the first and behind the last: kept
    classes[:-1] = _classes().take(units)
    kept: _Flags = classes <= _DIGIT
    kept[-1] = False
    begins = np.zeros(len(classes), dtype=np.bool_)
    begins[starts] = True
    marks = np.flatnonzero(classes > _DIGIT)
    before = (classes[marks - 1] == _DIGIT) & ~begins[marks]
    after = (classes[marks + 1] == _DIGIT) & ~begins[marks + 1]
    kept[marks] = after & (before | (classes[marks] == _SIGN))
    return np.flatnonzero(kept)


def _is_dropped(char: str) -> bool:
    if char in _ALWAYS_KEPT or "\ud800" <= char <= "\udfff":
        return False
    return unicodedata.category(char)[0] in "PZC"


def _is_digit(char: str) -> bool:
    return "0" <= char <= "9"


@cache
def _classes() -> NDArray[np.uint8]:
    """What each code unit is: kept, a digit, or dropped on its own."""
    classes = np.fromiter((_DROPPED * _is_dropped(chr(u)) for u in range(_UNITS)), np.uint8, _UNITS)
    classes[ord("0") : ord("9") + 1] = _DIGIT
    classes[ord(_MINUS)] = _SIGN
    return classes


@cache
def _numbers() -> Digests:
    """A random number for each code unit, none 0."""
    return _mixed(np.arange(1, _UNITS + 1, dtype=np.uint64) * _BASE)


def _powers(size: int) -> tuple[Digests, Digests]:
    """The first powers of the base, at least so many, and of what times the base is 1."""
    return _powers_of_two(size.bit_length())


@cache
def _powers_of_two(bits: int) -> tuple[Digests, Digests]:
    powers = np.full(1 << bits, _BASE, dtype=np.uint64)
    inverse = np.full(1 << bits, np.uint64(pow(int(_BASE), -1, 1 << 64)))
    powers[0] = inverse[0] = 1
    return np.multiply.accumulate(powers), np.multiply.accumulate(inverse)


def _mixed(values: Digests) -> Digests:
    """Every bit of a number made to depend on all of them (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
