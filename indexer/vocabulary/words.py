"""Administrative and policy terms that jieba's dictionary lacks, and where a text holds them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick


@dataclass(frozen=True)
class Term:
    """One line of `words.txt`: a folded word of ideographs, and its source or reason."""

    word: str
    source: str


class Terms:
    """Terms that are looked for all at once."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.all = tuple(terms)
        self.words = frozenset(term.word for term in terms)
        self.longest = max(map(len, self.words), default=0)
        in_order = sorted(self.words)
        self.digest = hashlib.sha256("\n".join(in_order).encode()).hexdigest()[:12]
        """Names the words, whatever is said of where they come from."""
        self._matcher = AhoCorasick(in_order, store_patterns=True)

    def standing_in(self, text: str) -> list[str]:
        """Every occurrence of every term, those inside and across others too."""
        found: list[str] = self._matcher.find_matches_as_strings(text, overlapping=True)
        return found


@cache
def terms() -> Terms:
    """The list that ships with the package."""
    text = files(__package__).joinpath("words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return Terms([Term(*line.split("\t")) for line in lines])
