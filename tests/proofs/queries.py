"""Random queries made of what the reports hold, so that most of them find something."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.folding import fold_query
from indexer.query.nodes import (
    And,
    Field,
    FieldName,
    InOrder,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Scope,
    Within,
    Words,
)
from indexer.query.tokens import has_words
from indexer.report import BARRIER
from indexer.words import words
from tests.oracle import Record
from tests.proofs.raw import can_be_quoted

_DEPTH = 2
"""Brackets inside one another."""
_LENGTHS = (1, 2, 2, 2, 2, 3, 3, 4, 5, 8)
"""Of phrases; the shorter ones stand in many reports."""
_WORDS = 3
"""Words that stand in one leaf at most."""
_STRETCH = 30
"""Characters that are cut into words to take some of them."""
_AROUND = 4
_TRIES = 50
_IN_CHINESE = (
    ("sentence(", "同句("),
    ("paragraph(", "同段（"),
    ("title:", "标题："),
    ("issuer:", "发文机关："),
    ("kind:", "文种:"),
    (" OR ", " 或 "),
    (" … ", "……"),
)
_NUMBER = re.compile("[0-9][0-9.,]*[0-9%年月日亿万元个]*")
_WRITTEN_AS_ONE = re.compile(r"\w+")


@dataclass(frozen=True)
class Drawn:
    """A query as typed, and whether numbers are to be taken whole."""

    text: str
    whole_numbers: bool


class Queries:
    """Draws queries; the parts of one are mostly from the same report."""

    def __init__(self, records: list[Record], seed: int) -> None:
        self._records = [record for record in records if record.folded.strip(BARRIER)]
        self._chosen = random.Random(seed)
        self._whole_numbers = False

    def draw(self, number: int) -> Iterator[Drawn]:
        """So many queries; one in five narrowed by a facet, one in eight with whole numbers.

        Half of them say it in Chinese.
        """
        for _ in range(number):
            self._whole_numbers = self._chance(0.125)
            typed = str(self._node(self._record(), _DEPTH))
            if self._chance(0.5):
                for english, chinese in _IN_CHINESE:
                    typed = typed.replace(english, chinese)
            if self._chance(0.2):
                typed += f" {self._facet()}"
            yield Drawn(typed, self._whole_numbers)

    def _chance(self, share: float) -> bool:
        return self._chosen.random() < share

    def _record(self) -> Record:
        return self._chosen.choice(self._records)

    def _node(self, record: Record, depth: int) -> Node:
        if depth and self._chance(0.6):
            # What is in a query is not all from one report, else AND would always find it.
            children = [
                self._node(record if self._chance(0.75) else self._record(), depth - 1)
                for _ in range(self._chosen.randint(2, 3))
            ]
            kind = And if self._chance(0.6) else Or
            if kind is And and self._chance(0.4):
                children[-1] = Not(self._node(self._record(), depth - 1))
            return kind(tuple(children))
        make = self._chosen.choice(
            (self._leaf, self._leaf, self._within, self._within, self._in_order, self._field)
        )
        return make(record)

    def _leaf(self, record: Record) -> Leaf:
        return self._leaf_of(record.folded)

    def _leaf_of(self, text: str) -> Leaf:
        """Words or a phrase out of a folded text; a number or its part now and then."""
        wanted = self._chance(0.6 if self._whole_numbers else 0.1)
        if wanted and (numbers := _NUMBER.findall(text)):
            number = self._chosen.choice(numbers)
            low = self._chosen.choice((0, self._chosen.randrange(len(number))))
            high = self._chosen.choice((len(number), self._chosen.randint(low + 1, len(number))))
            return Phrase(number[low:high])
        return self._words(text) if self._chance(0.4) else self._phrase(text)

    def _phrase(self, text: str) -> Phrase:
        for _ in range(_TRIES):
            start = self._chosen.randrange(len(text))
            phrase = fold_query(text[start : start + self._chosen.choice(_LENGTHS)])
            if phrase and can_be_quoted(phrase):
                return Phrase(phrase)
        return Phrase(fold_query(text) or "的")

    def _words(self, text: str) -> Leaf:
        """Words that stand one behind the other, without a sign that the syntax knows."""
        for _ in range(_TRIES):
            start = self._chosen.randrange(len(text))
            cut = words(text[start : start + _STRETCH])
            stretch = "".join(cut[1 : 1 + self._chosen.randint(1, _WORDS)])
            if _WRITTEN_AS_ONE.fullmatch(stretch) and has_words(stretch):
                return Words(stretch)
        return self._phrase(text)

    def _within(self, record: Record) -> Node:
        scope = self._chosen.choice(list(Scope))
        unit = self._unit(record, scope)
        leaves = [self._leaf_of(unit) for _ in range(self._chosen.randint(2, 3))]
        if self._chance(0.25):
            leaves[-1] = self._leaf(record)
        return Within(scope, tuple(leaves))

    def _in_order(self, record: Record) -> Node:
        unit = self._unit(record, Scope.SENTENCE)
        phrases = [self._phrase(unit) for _ in range(self._chosen.randint(2, 3))]
        if self._chance(0.7):
            phrases.sort(key=lambda phrase: unit.find(phrase.text))
        return InOrder(tuple(phrases))

    def _unit(self, record: Record, scope: Scope) -> str:
        """A sentence or a paragraph of a report, at times with a little of what is around it."""
        units = [unit for unit in record.units[scope] if unit[1] - unit[0] > 1]
        low, high = self._chosen.choice(units or [(0, len(record.folded))])
        around = _AROUND if self._chance(0.3) else 0
        return record.folded[max(0, low - around) : high + around]

    def _field(self, record: Record) -> Node:
        name = self._chosen.choice(list(FieldName))
        value = fold_query(getattr(record.metadata, name) or record.metadata.title)
        return Field(name, self._leaf_of(value)) if value else self._leaf(record)

    def _facet(self) -> str:
        metadata = self._record().metadata
        choices = ["year:none", "region:none", "topic:none"]
        if metadata.year:
            choices += [f"year:{metadata.year}", f"year:{metadata.year - 2}-{metadata.year}"]
        if metadata.region:
            choices += [f"region:{metadata.region.code[:2]}0000", f"region:{metadata.region.code}"]
        choices += [f"topic:{topic}" for topic in metadata.topics]
        return self._chosen.choice(choices)
