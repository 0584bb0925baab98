"""Folded text -> words; the only importer of jieba.

Chinese is cut by jieba's algorithm and dictionary: by `rjieba`, its port, which is some 25 times
as fast, or by jieba itself where the port is not to be had. They agree on Chinese text; they
differ on Latin letters, digits and punctuation, so those are cut here and only Chinese goes in.

The dictionary is extended by the terms of `vocabulary/words.txt`, beside it rather than in it.
Added to the cutter's own, a term would be found only where it happens to be cut (one in thirty is
not: 失业保险 in 失业/保险金), and would hide words that were found before it (防治法 behind
大气污染防治/法). So what jieba cuts stays, and a term is a word wherever it stands. Both cutters
get the same terms, and a program that uses jieba itself finds its dictionary unchanged.
What `cutter()` says is recorded in the index, which is rebuilt when it changes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import filterfalse

import numpy as np
from numpy.typing import NDArray

from indexer.vocabulary.words import terms

_CUTTING_VERSION = 2

_IDEOGRAPHS = (
    "\u3400-\u4dbf",
    "\u4e00-\u9fff",
    "\uf900-\ufaff",
    "\U00020000-\U0003ffff",
    "〇",
    "々",
)
_OTHER = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_PARTS = re.compile(f"([{''.join(_IDEOGRAPHS)}]+)")

_CODE_POINTS = 0x110000
_APART = "\n"
"""Neither cutter joins what it stands between."""

Cut = Callable[[str], list[str]]


@dataclass(frozen=True)
class _Cutter:
    name: str
    plain: Cut
    search: Cut
    """Adds the words inside long words."""


@cache
def _cutter() -> _Cutter:
    try:
        import rjieba
    except ImportError:
        import jieba  # takes a second to load its dictionary: only where it is needed

        jieba.setLogLevel(logging.WARNING)
        own = jieba.Tokenizer()
        return _Cutter(f"jieba-{version('jieba')}", own.lcut, own.lcut_for_search)
    return _Cutter(f"rjieba-{version('rjieba')}", rjieba.cut, rjieba.cut_for_search)


def cutter() -> str:
    """What cuts, in which version, and the vocabulary: recorded, so that a change is noticed."""
    return f"{_CUTTING_VERSION}:{_cutter().name}:{terms().digest}"


def words(folded: str) -> list[str]:
    """The words of a folded text in order; together they are its letters, digits and ideographs.

    A term is one word if jieba cuts before and after it.
    """
    cut = _cutter().plain
    found: list[str] = []
    for number, part in enumerate(_PARTS.split(folded)):
        is_chinese = number % 2 == 1
        if part:
            found += _with_terms(cut(part)) if is_chinese else _OTHER.findall(part)
    return found


@lru_cache(1000)
def query_words(folded: str) -> tuple[str, ...]:
    """The same of a part of a query, which asks for them several times on its way."""
    return tuple(words(folded))


def search_words(folded: str) -> list[str]:
    """What a text is found by: its words, the words inside long ones, each term where it stands.

    As often as they occur, in no particular order. Nothing that jieba alone would find is missing.
    """
    pieces, standing = search_pieces(folded)
    return [*filterfalse(put_aside().__contains__, pieces), *standing]


def search_pieces(folded: str) -> tuple[list[str], list[str]]:
    """The same in two parts: pieces that count unless they are `put_aside`, and terms."""
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    is_chinese = _is_chinese().take(codes)
    if is_chinese.all():  # a word of a query: looking for stretches would take most of the time
        return _cutter().search(folded), terms().standing_in(folded)
    # One call is quicker than one for every stretch of Chinese.
    chinese = _stretches(codes, is_chinese)
    pieces = _cutter().search(chinese)
    pieces += _OTHER.findall(_stretches(codes, ~is_chinese))
    return pieces, terms().standing_in(chinese)


def _stretches(codes: NDArray[np.uint32], wanted: NDArray[np.bool_]) -> str:
    """The stretches of a text that are wanted, each `_APART` from the next."""
    kept = wanted.copy()
    kept[1:] |= wanted[:-1]
    stretches = np.where(wanted, codes, np.uint32(ord(_APART)))[kept]
    return stretches.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _is_chinese() -> NDArray[np.bool_]:
    """Of every code point."""
    table = np.zeros(_CODE_POINTS, dtype=np.bool_)
    for span in _IDEOGRAPHS:
        table[ord(span[0]) : ord(span[-1]) + 1] = True
    return table


@cache
def put_aside() -> frozenset[str]:
    """What counts for nothing where the cutter says it.

    jieba guesses some terms that its dictionary lacks; each shall count once where it stands.
    """
    return terms().words | {_APART}


def _with_terms(pieces: list[str]) -> Iterator[str]:
    """Pieces that together are a term as one, the longest first."""
    vocabulary = terms()
    begin = 0
    while begin < len(pieces):
        end = begin + 1
        joined = longest = pieces[begin]
        for number, piece in enumerate(pieces[end : begin + vocabulary.longest], end + 1):
            joined += piece
            if joined in vocabulary.words:
                longest, end = joined, number
        yield longest
        begin = end
