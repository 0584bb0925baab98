"""What becomes of some words when texts and files change, worked out by brute force.

Written from what is promised, not from how it is kept: places are found by a regular expression
in the text without its white space, what became of a file in the list of what has stood where.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.addresses import Found
from indexer.records import State

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
AROUND = 20
"""Characters before and after words that tell which of several places is meant."""

Span = tuple[int, int]


def base32(digest: bytes, length: int) -> str:
    """The first so many digits of a digest, five bits each."""
    bits = "".join(f"{byte:08b}" for byte in digest)
    return "".join(_DIGITS[int(bits[5 * n : 5 * n + 5], 2)] for n in range(length))


def id_of(content: bytes) -> str:
    return base32(hashlib.sha256(content).digest(), 10)


@dataclass(frozen=True)
class Link:
    """Words that somebody linked, and how many characters stood before them then, both without
    white space. `way` is how the address was made."""

    address: str
    report: str
    offset: int
    words: str
    way: str

    @property
    def right_address(self) -> str:
        check = base32(hashlib.sha256(self.words.encode()).digest(), 8)
        return f"{self.report}.{self.offset}.{len(self.words)}.{check}"


@dataclass(frozen=True)
class Truth:
    """What a link should lead to: [start, end) of the text for each place that may be meant.

    `known`: whether some text tells which words the link means, `was` the earlier one that has
    them in their place. `newer` is the report that stands in its place by now, `there` how often
    that says so.
    """

    status: Found
    spans: tuple[Span, ...]
    known: bool
    was: str | None
    state: State
    newer: str | None
    there: int


class Text:
    """A text, and where it is without white space."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [place for place, char in enumerate(text) if not char.isspace()]
        self.bare = "".join(text[place] for place in self.places)

    def holds(self, link: Link) -> bool:
        """Whether it has the words in their very place."""
        return self.bare.startswith(link.words, link.offset)

    def all_places(self, words: str, around: tuple[str, str] = ("", "")) -> list[int]:
        """Where the words stand, only where `around` stands around them if it does anywhere."""
        before, after = map(re.escape, around)
        there = re.escape(words)
        for exactly in (rf"(?<={before})(?={there}{after})", f"(?={there})"):
            if found := [match.start() for match in re.finditer(exactly, self.bare)]:
                return found
        return []

    def around(self, first: int, length: int) -> tuple[str, str]:
        last = first + length
        return self.bare[max(0, first - AROUND) : first], self.bare[last : last + AROUND]

    def span(self, first: int, length: int) -> Span:
        return self.places[first], self.places[first + length - 1] + 1


History = Mapping[str, Sequence[str | None]]
"""By path the report that stood there after each run, None for no report."""


def fate(report: str, history: History) -> tuple[State, str | None]:
    """Whether a report still stands somewhere, and what has taken its place otherwise."""
    if any(stood[-1] == report for stood in history.values()):
        return State.CURRENT, None
    for path in sorted(history):
        stood = list(history[path])
        if report in stood:
            since = stood[len(stood) - stood[::-1].index(report) :]
            if after := next(filter(None, since), None):
                return State.REPLACED, after
    return State.WITHDRAWN, None


def newest(report: str, history: History) -> str | None:
    """What has taken a report's place in the end."""
    seen = [report]
    while (after := fate(seen[-1], history)[1]) is not None and after not in seen:
        seen.append(after)
    return seen[-1] if len(seen) > 1 else None


def truth(link: Link, texts: Mapping[str, Sequence[Text]], history: History) -> Truth:
    """What a link should lead to; `texts` are those of each report, the one in force at the end."""
    *earlier, here = texts[link.report]
    length = len(link.words)
    was = next((text for text in reversed(earlier) if text.holds(link)), None)
    if here.holds(link):
        status, firsts, was = Found.SAME, [link.offset], None
    else:
        around = was.around(link.offset, length) if was else ("", "")
        firsts = here.all_places(link.words, around)
        status = (Found.GONE, Found.MOVED, Found.AMBIGUOUS)[min(len(firsts), 2)]
    if len(firsts) == 1:
        around = here.around(firsts[0], length)
    newer = newest(link.report, history)
    known = bool(firsts) or was is not None
    there = texts[newer][-1].all_places(link.words, around) if newer and known else []
    return Truth(
        status,
        tuple(here.span(first, length) for first in firsts),
        known,
        was.text if was else None,
        fate(link.report, history)[0],
        newer,
        len(there),
    )
