"""Report ids and passage addresses: what a link in someone's notes holds on to.

A **report id** is the first 50 bits of the SHA-256 of the file's bytes, in 10 characters of
Crockford's base 32 (no i, l, o, u), so the same file has the same id on every machine.

A **passage address** is `ID.OFFSET.LENGTH.CHECK`: offset and length count the characters of the
report's original text that are not white space, and CHECK is the first 40 bits of the SHA-256 of
those characters in UTF-8. It does not depend on folding, segmentation or line breaks; test
vectors freeze it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.errors import BadAddressError

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [one + other for one in _ALPHABET for other in _ALPHABET]
_LOOK_ALIKES = str.maketrans("ilo", "110")
_ID_LENGTH = 10
_CHECK_LENGTH = 8
LONGEST_PASSAGE = 2000
"""Characters; bounds the work of looking for words that are known by their check only."""
_ADDRESS = re.compile(
    rf"([{_ALPHABET}]{{{_ID_LENGTH}}})\.(\d{{1,9}})\.(\d{{1,9}})\.([{_ALPHABET}]{{{_CHECK_LENGTH}}})",
    re.ASCII,
)


class Found(StrEnum):
    """What became of the words that an address names."""

    SAME = "same"
    MOVED = "moved"
    """Once in the text, but elsewhere than the address says."""
    AMBIGUOUS = "ambiguous"
    """More than once, and not where the address says."""
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Address:
    """A stretch of a report: `offset` and `length` in characters that are not white space."""

    report: str
    offset: int
    length: int
    check: str

    def __str__(self) -> str:
        return f"{self.report}.{self.offset}.{self.length}.{self.check}"


def report_id(sha256: str) -> str:
    """The id of the file whose SHA-256 has this hexadecimal form."""
    return _base32(bytes.fromhex(sha256), _ID_LENGTH)


def normalised_id(typed: str) -> str:
    """The id that was meant: lower case, and look-alikes read as the character they resemble."""
    return typed.strip().lower().translate(_LOOK_ALIKES)


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

    def span(self, first: int, length: int) -> tuple[int, int]:
        """[start, end) in the original of a stretch of the compact text."""
        return self._places[first], self._places[first + length - 1] + 1


def resolve(
    address: Address, current: str, earlier: Sequence[str] = ()
) -> tuple[Found, tuple[int, int] | None]:
    """Where the words of an address stand in `current`, as [start, end) or None.

    `earlier` are other extractions of the same file, newest first: they tell which words were
    meant when `current` has others in that place. Without them every stretch of that length is
    tried. A span is given for `same` and `moved` only.
    """
    here = Compact(current)
    if here.words(address) is not None:
        return Found.SAME, here.span(address.offset, address.length)
    words = next(filter(None, (Compact(text).words(address) for text in earlier)), None)
    places = _places_of(words, here.text) if words else _places_by_check(address, here.text)
    first = next(places, None)
    if first is None:
        return Found.GONE, None
    if next(places, None) is not None:
        return Found.AMBIGUOUS, None
    return Found.MOVED, here.span(first, address.length)


def _places_of(words: str, text: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _places_by_check(address: Address, text: str) -> Iterator[int]:
    for place in range(len(text) - address.length + 1):
        if _check(text[place : place + address.length]) == address.check:
            yield place


def _check(words: str) -> str:
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()
    return _base32(digest, _CHECK_LENGTH)


def _base32(digest: bytes, length: int) -> str:
    """The first 5 * `length` bits of `digest`; `length` is even."""
    number = int.from_bytes(digest[:8], "big")
    shifts = range(64 - 10, 64 - 5 * length - 1, -10)
    return "".join([_PAIRS[number >> shift & 1023] for shift in shifts])
