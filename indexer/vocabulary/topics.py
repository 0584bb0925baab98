"""Subjects of reports: keys, labels in two languages, and the terms that tell of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.errors import UnknownTopicError

TITLE_WEIGHT = 3.0
"""What a term counts that is looked for in titles only: as much as the most telling one."""


@dataclass(frozen=True)
class Topic:
    """One subject. `terms` maps a term to its weight, 1 to 3; `titles` count in titles only.

    `work_report` is what its part of a government's work report counts for beside the others'.
    `cross_cutting` ones (法治政府建设) are found in every field, and a document may have both.
    """

    key: str
    label: str
    english: str
    terms: Mapping[str, float]
    titles: tuple[str, ...]
    work_report: float
    cross_cutting: bool
    examples: tuple[str, ...]
    counter: tuple[str, ...]


class Topics:
    """`neutral` are phrases that tell of no topic, though a topic's term is part of them."""

    def __init__(self, topics: tuple[Topic, ...], neutral: tuple[str, ...] = ()) -> None:
        self.all = topics
        self.neutral = neutral
        self._by_key = {topic.key: topic for topic in topics}
        self._by_name = {
            name.casefold(): topic.key
            for topic in topics
            for name in (topic.english, topic.label, topic.key)
        }

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._by_key)

    def label(self, key: str) -> str:
        """The Chinese label; the key itself for one that is not (or no longer) in the list."""
        topic = self._by_key.get(key)
        return topic.label if topic else key

    def english(self, key: str) -> str:
        """The English label; the key itself for one that is not in the list."""
        topic = self._by_key.get(key)
        return topic.english if topic else key

    def resolve(self, text: str) -> str:
        """The key that a key or a label means. Raises UnknownTopicError."""
        key = self._by_name.get(text.strip().casefold())
        if key is None:
            raise UnknownTopicError(text, [topic.label for topic in self.all])
        return key


@cache
def topics() -> Topics:
    """The list that ships with the package."""
    data = tomllib.loads(files(__package__).joinpath("topics.toml").read_text(encoding="utf-8"))
    return Topics(
        tuple(
            Topic(
                key=entry["key"],
                label=entry["label"],
                english=entry["english"],
                terms={
                    term: float(weight)
                    for weight, terms in entry["terms"].items()
                    for term in terms
                },
                titles=tuple(entry.get("titles", ())),
                work_report=float(entry.get("work_report", 1)),
                cross_cutting=bool(entry.get("cross_cutting", False)),
                examples=tuple(entry["examples"]),
                counter=tuple(entry["counter"]),
            )
            for entry in data["topic"]
        ),
        tuple(data["neutral"]),
    )
