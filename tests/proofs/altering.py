"""Phrases written otherwise than in the texts, which must be found all the same.

Width, case, punctuation, blanks and invisible characters follow rules of Unicode; only which
characters are the same word in another script is taken from the table that folding uses.
"""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from itertools import pairwise

from indexer.folding import fold_with_origin

_FULL_WIDTH = 0xFEE0
_HALF_WIDTH = {"、": "､", "。": "｡"}
_PUNCTUATION: Mapping[str, str] = {
    ",": "，﹐",
    ";": "；﹔",
    ":": "：∶",
    "!": "！",
    "?": "？",
    "(": "（﹙",
    ")": "）﹚",
    "[": "【〔［",
    "]": "】〕］",
    '"': "“”「」",
    "'": "‘’『』",
    "-": "—－–―",
    "~": "～〜",
    "·": "•・",
    "%": "％",
}
_BLANKS = (" ", "\n", "\t", "\u3000", "\xa0", "\r\n", " \n  ")
_INVISIBLE = ("\u200b", "\xad", "\ufeff", "\u2060")
_ONE_IN = 3
"""Of the places that can be altered, one in so many is."""


class Kind(StrEnum):
    PLAIN = "as folded"
    WIDTH = "width"
    SCRIPT = "script"
    CASE = "case"
    PUNCTUATION = "punctuation"
    BLANKS = "blanks, line breaks and invisible characters"
    ALL = "all of these"


def altered(phrase: str, kind: Kind, chosen: random.Random) -> str:
    """Another spelling of a folded phrase, as it is where it has none of that kind."""
    for one in _ALTERATIONS if kind is Kind.ALL else (kind,):
        if one in _ALTERATIONS:
            phrase = _ALTERATIONS[one](phrase, chosen)
    return phrase


def _each(
    alternatives: Callable[[str], str | tuple[str, ...]],
) -> Callable[[str, random.Random], str]:
    """An alteration that replaces characters by one of their alternatives."""

    def alter(phrase: str, chosen: random.Random) -> str:
        return "".join(
            chosen.choice(others)
            if (others := alternatives(char)) and not chosen.randrange(_ONE_IN)
            else char
            for char in phrase
        )

    return alter


def _widths(char: str) -> str:
    return chr(ord(char) + _FULL_WIDTH) if "!" <= char <= "~" else _HALF_WIDTH.get(char, "")


def _cases(char: str) -> str:
    upper = char.upper()
    return upper if len(upper) == 1 and upper != char and upper.lower() == char else ""


def _scripts(char: str) -> tuple[str, ...]:
    return _other_ideographs().get(char, ())


@cache
def _other_ideographs() -> dict[str, tuple[str, ...]]:
    """By folded ideograph, the other ones that fold to it."""
    ideographs = "".join(
        char
        for char in map(chr, range(0x3400, 0x30000))
        if unicodedata.name(char, "").startswith("CJK UNIFIED IDEOGRAPH")
    )
    folded = fold_with_origin(ideographs)
    others: defaultdict[str, list[str]] = defaultdict(list)
    for char, place in zip(folded.text, folded.origin.tolist(), strict=True):
        if ideographs[place] != char:
            others[char].append(ideographs[place])
    return {char: tuple(found) for char, found in others.items()}


def _blanks(phrase: str, chosen: random.Random) -> str:
    """White space where none parts two words, and invisible characters anywhere."""
    pieces = [phrase[:1]]
    for before, char in pairwise(phrase):
        if not chosen.randrange(_ONE_IN):
            pieces.append(chosen.choice(_INVISIBLE))
        if not chosen.randrange(_ONE_IN) and not (_sets_blanks(before) and _sets_blanks(char)):
            pieces.append(chosen.choice(_BLANKS))
        pieces.append(char)
    return "".join(pieces)


def _sets_blanks(char: str) -> bool:
    """Whether a blank beside it may matter: letters and digits that are no ideographs."""
    return unicodedata.category(char)[0] in "LNM" and not "\u3400" <= char <= "\u9fff"


_ALTERATIONS: Mapping[Kind, Callable[[str, random.Random], str]] = {
    Kind.SCRIPT: _each(_scripts),
    Kind.CASE: _each(_cases),
    Kind.PUNCTUATION: _each(lambda char: _PUNCTUATION.get(char, "")),
    Kind.WIDTH: _each(_widths),
    Kind.BLANKS: _blanks,
}
