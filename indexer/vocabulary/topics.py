"""Subjects of reports: keys, labels in two languages, and the terms that tell of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.errors import UnknownTopicError

_TITLE_WEIGHT = 3.0


@dataclass(frozen=True)
class Topic:
    """One subject. `terms` maps a term to its weight; in a title it counts `title_weight` times."""

    key: str
    label: str
    english: str
    terms: Mapping[str, float]
    title_weight: float
    examples: tuple[str, ...]
    counter: tuple[str, ...]


class Topics:
    def __init__(self, topics: tuple[Topic, ...]) -> None:
        self.all = topics
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
                title_weight=float(entry.get("title_weight", _TITLE_WEIGHT)),
                examples=tuple(entry["examples"]),
                counter=tuple(entry["counter"]),
            )
            for entry in data["topic"]
        )
    )
