"""Text -> the form that is matched, and the way back to the original.

Two texts that a reader takes for the same words fold to the same string: width, script
(traditional to simplified, character by character), case, punctuation variants, white space
and invisible characters make no difference. What each character becomes is a complete table,
`vocabulary/folding.tsv`; what is not in it stays as it is. White space goes, except one blank
between two letters or digits of a script that sets blanks. `BARRIER` stays, and matches nothing.

Plain NFKC would not do: it turns ① 2025 into 12025 and 10² into 102.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from indexer.report import BARRIER

FOLDING_VERSION = 1

_CODE_POINTS = 0x110000
_BLANK = 0x20
_ODD = 1 << 24
"""More than any code point."""

Codes = NDArray[np.uint32]
Positions = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origin[i]` is the offset in the original of folded character i."""

    text: str
    origin: Positions


def fold(text: str) -> str:
    """The folded form of `text`."""
    return _decoded(_fold(text)[0])


def fold_with_origin(text: str) -> Folded:
    """The folded form of `text` and where each of its characters came from."""
    codes, origin = _fold(text)
    return Folded(_decoded(codes), origin)


@lru_cache(1000)  # every part of an answer asks for the same few
def fold_query(text: str) -> str:
    """The folded form of what a person typed, in which nothing is a barrier."""
    return fold(text.replace(BARRIER, " "))


@dataclass(frozen=True, slots=True)
class _Table:
    first: Codes
    """The first character that a code point becomes; `_ODD` added where it is not the only one."""
    length: NDArray[np.int8]
    """How many it becomes: 0 for dropped ones."""
    rest: dict[int, str]
    """All of them, where there are several."""
    letter: NDArray[np.bool_]


@cache
def _table() -> _Table:
    length = np.ones(_CODE_POINTS, dtype=np.int8)
    first = np.arange(_CODE_POINTS, dtype=np.uint32)
    letter = np.zeros(_CODE_POINTS, dtype=np.bool_)
    rest = {}
    source = files("indexer").joinpath("vocabulary", "folding.tsv").read_text(encoding="utf-8")
    for line in source.splitlines():
        if line.startswith("#"):
            continue
        rule, low, value = line.split("\t")
        code = int(low, 16)
        if rule == "map":
            first[code] = ord(value[0])
            length[code] = len(value)
            if len(value) > 1:
                rest[code] = value
            continue
        span = slice(code, int(value, 16) + 1)
        if rule == "drop":
            length[span] = 0
        elif rule == "space":
            first[span] = _BLANK
        else:
            letter[span] = True
    first[length != 1] += _ODD
    return _Table(first, length, rest, letter)


def _fold(text: str) -> tuple[Codes, Positions]:
    table = _table()
    source = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.intp)
    codes = table.first.take(source)
    if codes.max(initial=0) < _ODD:
        kept = _without_blanks(codes, table.letter)
        return codes[kept], kept.astype(np.int32)
    lengths = table.length[source]
    origin = np.repeat(np.arange(len(source), dtype=np.int32), lengths)
    codes = codes[origin]
    for place in np.flatnonzero(lengths > 1):
        expanded = table.rest[int(source[place])]
        begin = int(np.searchsorted(origin, place))
        codes[begin : begin + len(expanded)] = [ord(char) for char in expanded]
    kept = _without_blanks(codes, table.letter)
    return codes[kept], origin[kept]


def _without_blanks(codes: Codes, letter: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Which characters stay: all but blanks, and the first blank of a run between two letters."""
    solid = np.flatnonzero(codes != _BLANK)
    if len(solid) == len(codes):
        return solid
    gaps = np.flatnonzero(np.diff(solid) > 1)
    before, after = solid[gaps], solid[gaps + 1]
    between_letters = letter[codes[before]] & letter[codes[after]]
    if not between_letters.any():
        return solid
    return np.insert(solid, gaps[between_letters] + 1, before[between_letters] + 1)


def _decoded(codes: Codes) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
