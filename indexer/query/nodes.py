"""The query tree: frozen nodes that know nothing of any engine.

`str(node)` is a query that parses back to the same tree, so a tree can stand in a URL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

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


Leaf: TypeAlias = Words | Phrase
Node: TypeAlias = Words | Phrase | And | Or | Not | Everything


def wanted_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves whose text a found report may hold: all but those under a Not, in order."""
    match node:
        case Words() | Phrase():
            yield node
        case And(children) | Or(children):
            for child in children:
                yield from wanted_leaves(child)
        case Not() | Everything():
            pass


def _bracketed(node: Node, *kinds: type[Node]) -> str:
    return f"({node})" if isinstance(node, kinds) else str(node)
