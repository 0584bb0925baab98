"""The table that suggestions are made from: what a collection says, in the order of its worth.

Titles and issuers are those that reports bear; what a phrase is, `indexer.suggesting` says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import log
from time import sleep

from indexer.engine import Wording
from indexer.pinyin import spell
from indexer.query.nodes import FieldName
from indexer.words import words

MOST_CHARACTERS = 6_000_000
"""Of the collection that are looked through for phrases: some two seconds in all."""
MOST_PHRASES = 20_000
MOST_WORDS = 10_000

_BATCH = 30
_RUN = r"[\u4e00-\u9fff\u3007]{2,16}"
_CLAUSE = re.compile(
    rf"(?:(?<=[,。;:、!?\n])|(?<=[一二三四五六七八九十]\))){_RUN}(?=[,。;:、!?\n])"
    rf"|(?<=[\"(《〈]){_RUN}(?=[\")》〉])"
)
_HOLDS = re.compile(r"[\u4e00-\u9fff\u3007]")
_EDGES = frozenset("的了和与及在是有为以对将向从由把被等并而且其之也都就")
"""They lean on what stands before or behind them: no phrase begins or ends with one."""
TELLING = 3
"""Letters that are looked for inside an entry too; fewer stand in most of them somewhere."""


@dataclass(frozen=True)
class Entries:
    """Folded strings in the order of their worth, and how they are found by a part of them."""

    texts: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    """Of titles and issuers: a report that has each."""
    weights: tuple[float, ...] = ()
    """Of phrases: how many others are made with each, as its logarithm."""

    @cached_property
    def spelled(self) -> list[tuple[str, ...]]:
        """Every text's readings, character by character."""
        return spell(self.texts)

    @cached_property
    def _written(self) -> _Lines:
        return _Lines.of(self.texts)

    @cached_property
    def _initials(self) -> _Lines:
        return _Lines.of("".join(said[:1] for said in text) for text in self.spelled)

    @cached_property
    def _readings(self) -> _Lines:
        return _Lines.of("".join(text) for text in self.spelled)

    def prepare(self) -> None:
        """Do now what the first to ask would wait for."""
        for lines in (self._written, self._initials, self._readings):
            lines.begins  # noqa: B018 # a cached property

    def holding(self, folded: str) -> Iterator[tuple[int, int]]:
        """Entries that hold a folded string, and where: first those that begin with it."""
        return self._written.places(folded)

    def sounding(self, letters: str) -> Iterator[tuple[int, int]]:
        """Entries whose initials, or whose reading, hold letters from where a word begins."""
        for entry, place in self._initials.places(letters):
            if not place or (len(letters) >= TELLING and place in self._words_of(entry)):
                yield entry, place
        for entry, place in self._readings.places(letters):
            if not place:
                yield entry, place
            elif len(letters) >= TELLING:
                begins = list(accumulate(map(len, self.spelled[entry]), initial=0))
                if place in begins and begins.index(place) in self._words_of(entry):
                    yield entry, place

    def _words_of(self, entry: int) -> set[int]:
        """Where the words of a text begin."""
        return set(accumulate(map(len, words(self.texts[entry])), initial=0))


@dataclass(frozen=True)
class _Lines:
    """Strings one a line: looking through all of them takes 0.1 ms a million characters."""

    joined: str
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> _Lines:
        held = list(texts)
        return cls("\n".join(("", *held, "")), tuple(map(len, held)))

    @cached_property
    def begins(self) -> list[int]:
        return list(accumulate((length + 1 for length in self.lengths), initial=1))

    def places(self, wanted: str) -> Iterator[tuple[int, int]]:
        """The entries that hold a string, and where in them: first those that begin with it."""
        for sought, shift in ((f"\n{wanted}", 1), (wanted, 0)):
            place = self.joined.find(sought)
            while place >= 0:
                entry = bisect_right(self.begins, place + shift) - 1
                inside = place + shift - self.begins[entry]
                if shift or inside:
                    yield entry, inside
                place = self.joined.find(sought, place + 1)


@dataclass(frozen=True)
class Table:
    """What can be offered of one committed state."""

    state: Hashable
    phrases: Entries
    issuers: Entries
    titles: Entries


def table_of(wording: Wording, pause: float = 0.0) -> Table:
    """Look through a collection, with a pause of so many seconds after each millisecond or so."""
    table = Table(
        wording.state,
        _weighed(_phrases(wording, pause)),
        _named(wording, FieldName.ISSUER),
        _named(wording, FieldName.TITLE),
    )
    for entries in (table.phrases, table.issuers, table.titles):
        entries.prepare()
    return table


def _named(wording: Wording, name: FieldName) -> Entries:
    named = wording.named(name)
    return Entries(tuple(text for text, _ in named), tuple(number for _, number in named))


def _phrases(wording: Wording, pause: float) -> list[str]:
    """The phrases that most reports hold first."""
    told: Counter[str] = Counter()
    for paragraphs in wording.paragraphs(MOST_CHARACTERS):
        sleep(pause)
        told.update(set(_CLAUSE.findall("\n".join(("", *paragraphs, "")))))
    often = [text for text, reports in told.items() if reports > 1 and _stands_alone(text)]
    often.sort(key=lambda text: (-told[text], text))
    frequent = [word for word in wording.words(MOST_WORDS) if _HOLDS.search(word)]
    candidates = list(dict.fromkeys((*often[:MOST_PHRASES], *filter(_stands_alone, frequent))))
    held: list[int] = []
    for start in range(0, len(candidates), _BATCH):
        held += wording.holders(candidates[start : start + _BATCH])
        sleep(pause)
    ranked = sorted(zip(candidates, held, strict=True), key=lambda one: -one[1])
    return [text for text, reports in ranked if reports > 1]


def _weighed(phrases: list[str]) -> Entries:
    made_with = dict.fromkeys(phrases, 0)
    for phrase in phrases:
        size = len(phrase)
        inside = {phrase[a:b] for a in range(size) for b in range(a + 2, size + 1)} - {phrase}
        for part in inside & made_with.keys():
            made_with[part] += 1
    weights = tuple(log(2 + others) for others in made_with.values())
    return Entries(tuple(phrases), weights=weights)


def _stands_alone(text: str) -> bool:
    return text[0] not in _EDGES and text[-1] not in _EDGES
