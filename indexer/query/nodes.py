"""The query tree: frozen nodes that know nothing of any engine.

`str(node)` is a query that parses back to the same tree, so a tree can stand in a URL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂", "〝": "〞"}
"""Opening quotes and what closes each."""


@dataclass(frozen=True, slots=True)
class Words:
    """Unquoted text without blanks; jieba decides the words, all of which must occur."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted text, found character by character wherever it stands in the folded text."""

    text: str

    def __str__(self) -> str:
        for opening, closing in QUOTES.items():
            if closing not in self.text:
                return f"{opening}{self.text}{closing}"
        raise ValueError(f"a phrase that holds every closing quote cannot be typed: {self.text!r}")


Leaf: TypeAlias = Words | Phrase


@dataclass(frozen=True, slots=True)
class InOrder:
    """These phrases one after another, none overlapping the next, within one sentence."""

    phrases: tuple[Phrase, ...]

    def __str__(self) -> str:
        return " … ".join(map(str, self.phrases))


class Scope(StrEnum):
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Within:
    """All the leaves, in any order, within one sentence or one paragraph (a block of the report).

    Of a leaf of words every word must stand there, be it inside a longer word.
    """

    scope: Scope
    leaves: tuple[Leaf, ...]

    def __str__(self) -> str:
        return f"{self.scope}({' '.join(map(str, self.leaves))})"


class FieldName(StrEnum):
    TITLE = "title"
    ISSUER = "issuer"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Field:
    """Reports whose title, issuer or kind holds the phrase, or every one of the words."""

    name: FieldName
    leaf: Leaf

    def __str__(self) -> str:
        return f"{self.name}:{self.leaf}"


FacetName: TypeAlias = Literal["region", "year", "topic"]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet's value typed among the words; a tree that goes into an engine holds none.

    `indexer.requests.lifted` makes filters of those that are AND-ed at the top, text of others.
    """

    name: FacetName
    leaf: Leaf

    def __str__(self) -> str:
        return f"{self.name}:{self.leaf}"


@dataclass(frozen=True, slots=True)
class And:
    """Reports that every child finds."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(_bracketed(child, And, Or) for child in self.children)


@dataclass(frozen=True, slots=True)
class Or:
    """Reports that any child finds."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(_bracketed(child, Or) for child in self.children)


@dataclass(frozen=True, slots=True)
class Not:
    """Reports that the child does not find."""

    child: Node

    def __str__(self) -> str:
        return f"-{_bracketed(self.child, And, Or, Not)}"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every report: an empty query, which only filters narrow."""

    def __str__(self) -> str:
        return ""


Node: TypeAlias = Words | Phrase | InOrder | Within | Field | Facet | And | Or | Not | Everything


def wanted_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that the text of a found report may hold, in order.

    Those under a Not it lacks, and those of a Field stand in what is known of it.
    """
    match node:
        case Words() | Phrase():
            yield node
        case InOrder(phrases):
            yield from phrases
        case Within(_, leaves):
            yield from leaves
        case And(children) | Or(children):
            for child in children:
                yield from wanted_leaves(child)
        case Not() | Everything() | Field() | Facet():
            pass


def _bracketed(node: Node, *kinds: type[Node]) -> str:
    return f"({node})" if isinstance(node, kinds) else str(node)
