"""Report ids and passage addresses: what a link in someone's notes holds on to.

A **report id** is the first 50 bits of the SHA-256 of the file's bytes, in 10 characters of
Crockford's base 32 (no i, l, o, u), so the same file has the same id on every machine.

A **passage address** is `ID.OFFSET.LENGTH.CHECK`: offset and length count the characters of the
report's original text that are not white space, and CHECK is the first 40 bits of the SHA-256 of
those characters in UTF-8. It does not depend on folding, segmentation or line breaks; test
vectors freeze it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from indexer.errors import BadAddressError

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [one + other for one in _ALPHABET for other in _ALPHABET]
_STOPS = "。，；：！？、…）)】]》〉>」』”’\"'.,;:!?"
"""What stands behind a link in a sentence, and is often taken for a part of it."""
_LOOK_ALIKES = str.maketrans("ilo", "110")
_ID_LENGTH = 10
_CHECK_LENGTH = 8
LONGEST_PASSAGE = 2000
"""Characters; bounds the work of looking for words that are known by their check only."""
MOST_PLACES = 20
"""Of an ambiguous passage; more are not told apart any better."""
_AROUND = 20
"""Characters on either side by which words that stand in several places are told apart."""
_ADDRESS = re.compile(
    rf"([{_ALPHABET}]{{{_ID_LENGTH}}})\.(\d{{1,9}})\.(\d{{1,9}})\.([{_ALPHABET}]{{{_CHECK_LENGTH}}})",
    re.ASCII,
)

Span = tuple[int, int]
Around = tuple[str, str]
"""What stands before and after some words, without white space."""


class Found(StrEnum):
    """What became of the words that an address names."""

    SAME = "same"
    MOVED = "moved"
    """Elsewhere than the address says, in the only place that can be meant."""
    AMBIGUOUS = "ambiguous"
    """In several places that may be meant, and not where the address says."""
    GONE = "gone"


class Address(NamedTuple):
    """A stretch of a report: `offset` and `length` in characters that are not white space."""

    report: str
    offset: int
    length: int
    check: str

    def __str__(self) -> str:
        return f"{self.report}.{self.offset}.{self.length}.{self.check}"


def report_id(digest: str) -> str:
    """The id of the file whose SHA-256 has this hexadecimal form."""
    return _base32(bytes.fromhex(digest), _ID_LENGTH)


def normalised_id(typed: str) -> str:
    """The id that was meant: lower case, and look-alikes read as the character they resemble.

    Stops and brackets behind it, which a citation or a sentence goes on with, are no part of it.
    """
    return typed.strip().rstrip(_STOPS).lower().translate(_LOOK_ALIKES)


def is_id(text: str) -> bool:
    """Whether this can be a report's id."""
    return len(text) == _ID_LENGTH and set(text) <= set(_ALPHABET)


def report_url(report: str) -> str:
    """The path of a report's page on the server."""
    return f"/r/{report}"


def passage_url(address: Address | str) -> str:
    """The path of a passage's page on the server."""
    return f"/p/{address}"


def parse_address(typed: str) -> Address:
    """Read an address; raises BadAddressError."""
    match = _ADDRESS.fullmatch(normalised_id(typed))
    if match is None or not 0 < int(match[3]) <= LONGEST_PASSAGE:
        raise BadAddressError(typed)
    return Address(match[1], int(match[2]), int(match[3]), match[4])


def address_of(report: str, offset: int, stretch: str) -> Address:
    """The address of a stretch of the original behind `offset` characters that are no white space.

    It must hold more than white space, and at most `LONGEST_PASSAGE` other characters.
    """
    words = "".join(stretch.split())
    if not 0 < len(words) <= LONGEST_PASSAGE:
        raise ValueError(f"{len(words)} characters cannot be addressed")
    return Address(report, offset, len(words), _check(words))


class Compact:
    """A text without its white space, and the way back to it."""

    def __init__(self, text: str) -> None:
        self.text = "".join(text.split())
        self._places = [place for place, char in enumerate(text) if not char.isspace()]

    def words(self, address: Address) -> str | None:
        """The words at the place the address names, if they are the ones that it means."""
        words = self.text[address.offset : address.offset + address.length]
        return words if len(words) == address.length and _check(words) == address.check else None

    def span(self, first: int, length: int) -> Span:
        """[start, end) in the original of a stretch of the compact text."""
        return self._places[first], self._places[first + length - 1] + 1

    def around(self, first: int, length: int) -> Around:
        """What stands around a stretch, less at an end of the text."""
        last = first + length
        return self.text[max(0, first - _AROUND) : first], self.text[last : last + _AROUND]

    def places(self, words: str, around: Around = ("", "")) -> list[int]:
        """Where words stand: only where all stands around them that did, if there is such a place.

        Short words stand in many places; what stood around them tells which were meant.
        """
        everywhere = list(_places_of(words, self.text))
        before, after = around
        alike = [
            first
            for first in everywhere
            if self.text.endswith(before, 0, first)
            and self.text.startswith(after, first + len(words))
        ]
        return alike or everywhere

    def search(self, address: Address) -> str | None:
        """The words that an address means, wherever they stand; None if nowhere.

        Every stretch of that length is tried, those near its place first.
        """
        length, wanted = address.length, _decoded(address.check)
        data = memoryview(self.text.encode("utf-8", "surrogatepass"))
        begins = (np.frombuffer(data, np.uint8) & 0xC0) != 0x80
        bounds = [*np.flatnonzero(begins).tolist(), len(data)]
        for place in _outward(address.offset, len(self.text) - length + 1):
            stretch = data[bounds[place] : bounds[place + length]]
            if sha256(stretch).digest()[: len(wanted)] == wanted:
                return self.text[place : place + length]
        return None


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of the words that an address names.

    `spans` are the places in the current text, [start, end) each: one for `same` and `moved`,
    for `ambiguous` the first `MOST_PLACES` of `total`, none for `gone`. `words` are the words
    themselves, without white space, where any text still has them, and `around` what stands
    around them where it is known which ones were meant. `earlier` is the number of the earlier
    text that has them in their place, and `was` where; both None where none was needed or has.
    """

    status: Found
    spans: tuple[Span, ...] = ()
    total: int = 0
    words: str | None = None
    around: Around = ("", "")
    earlier: int | None = None
    was: Span | None = None


def trace(address: Address, current: str, earlier: Iterable[str] = ()) -> Trace:
    """Follow an address into `current`.

    `earlier` are other extractions of the same file, newest first, drawn only where `current` has
    other words in that place: they tell which were meant. Without them every stretch of that
    length is tried.
    """
    here = Compact(current)
    length = address.length
    words = here.words(address)
    if words is not None:
        around = here.around(address.offset, length)
        return Trace(Found.SAME, (here.span(address.offset, length),), 1, words, around)
    for number, text in enumerate(map(Compact, earlier)):
        words = text.words(address)
        if words is not None:
            around = text.around(address.offset, length)
            firsts = here.places(words, around)
            was = text.span(address.offset, length)
            return _elsewhere(here, firsts, words, around, number, was)
    words = here.search(address)
    return _elsewhere(here, here.places(words) if words else [], words)


def _elsewhere(
    here: Compact,
    firsts: Sequence[int],
    words: str | None,
    around: Around = ("", ""),
    earlier: int | None = None,
    was: Span | None = None,
) -> Trace:
    """What became of words that do not stand in their place, but in these."""
    status = (Found.GONE, Found.MOVED, Found.AMBIGUOUS)[min(len(firsts), 2)]
    spans = tuple(here.span(first, len(words or "")) for first in firsts[:MOST_PLACES])
    if status is Found.MOVED:
        around = here.around(firsts[0], len(words or ""))
    return Trace(status, spans, len(firsts), words, around, earlier, was)


def address_in(report: str, text: str, start: int, end: int) -> Address:
    """The address of [start, end) of a report's whole text; ValueError as in `address_of`."""
    return address_of(report, len("".join(text[:start].split())), text[start:end])


def _places_of(words: str, text: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _outward(start: int, count: int) -> Iterator[int]:
    """0 to `count`, those near `start` first."""
    start = max(0, min(start, count - 1))
    ways = zip_longest(range(start, count), range(start - 1, -1, -1))
    return (place for pair in ways for place in pair if place is not None)


def _check(words: str) -> str:
    return _base32(sha256(words.encode("utf-8", "surrogatepass")).digest(), _CHECK_LENGTH)


def _decoded(check: str) -> bytes:
    """The bytes that a digest begins with if it has this check."""
    number = 0
    for char in check:
        number = number << 5 | _ALPHABET.index(char)
    return number.to_bytes(_CHECK_LENGTH * 5 // 8)


def _base32(digest: bytes, length: int) -> str:
    """The first 5 * `length` bits of `digest`; `length` is even."""
    number = int.from_bytes(digest[:8], "big")
    written = ""
    for shift in range(64 - 10, 64 - 5 * length - 1, -10):
        written += _PAIRS[number >> shift & 1023]
    return written
