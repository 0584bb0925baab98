"""What is asked of every engine: to index a collection, and to answer queries.

An answer is the whole work: how many reports, three facets over all of them, the best ten with
a passage each. What an engine cannot be asked it answers with None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.benchmarks.synthetic import Collection

TOP = 10
FACETS = ("region", "year", "topic")

FacetCounts = Mapping[str, Mapping[str, int]]
"""Facet -> value -> reports, without zeros; years as strings."""


@dataclass(frozen=True, slots=True)
class Query:
    """One search. `typed` is what a person types into Tifa; the rest is for other engines.

    A report is found that holds all of `every`, one of `any` (if there are any) and nothing of
    `none`. `exact` queries are phrases, found wherever the characters stand; the others are
    words, of which engines may think differently. `together` asks for one sentence.
    """

    kind: str
    typed: str
    every: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    exact: bool = False
    together: bool = False
    length: int = 0
    """Of a phrase, in characters."""

    @property
    def is_phrase(self) -> bool:
        return self.exact and not self.together


@dataclass(frozen=True, slots=True)
class Answer:
    """`facets` and `occurrences` are None from engines that do not give them.

    An engine that has them in a form of its own gives a function that puts them in ours: that is
    for comparing answers, not part of the work.
    """

    total: int
    facets: FacetCounts | Callable[[], FacetCounts] | None = None
    occurrences: int | None = None
    passages: tuple[str, ...] = ()

    def agrees_with(self, right: Answer) -> bool:
        """Whether all that is given here is right."""
        return (
            self.total == right.total
            and _called(self.facets) in (None, _called(right.facets))
            and self.occurrences in (None, right.occurrences)
        )


def _called(facets: FacetCounts | Callable[[], FacetCounts] | None) -> FacetCounts | None:
    return facets() if callable(facets) else facets


class Searcher(Protocol):
    """An index opened for searching."""

    def answer(self, query: Query) -> Answer | None:
        """The whole work, or None for what cannot be asked of this engine."""
        ...


@dataclass(frozen=True)
class Contender:
    """An engine. `build` runs in a process of its own: a function of a module, not a closure."""

    name: str
    build: Callable[[Collection, Path], None] | None
    """Index a collection into a folder that exists and is empty. None: there is no index."""
    open: Callable[[Collection, Path], Searcher]
    largest: int | None = None
    """The largest collection that it is asked to index."""
    queries_of_a_kind: int | None = None
    """So many at most are measured, because it is slow."""
