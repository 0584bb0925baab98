"""Folded text -> how it is read aloud; the only importer of pypinyin.

A character that has several readings takes that of the longest phrase it stands in (行 in 银行 and
in 执行, 重 in 重庆), by pypinyin's list of phrases; elsewhere its most frequent one. Going over the
phrases all at once is some fifty times as fast as pypinyin's own cutting of the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick_rs

_APART = "\n"
_UMLAUT = "\u0308"


def spell(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """For every text, the reading of each of its characters without tones; ü is v.

    What is no Chinese character stands for itself.
    """
    given = list(texts)
    joined = _APART.join(given)
    loaded = _loaded()
    spelled = [loaded.reading(character) for character in joined]
    for number, start, end in loaded.phrases.find_matches_as_indexes(joined):
        spelled[start:end] = loaded.readings(number)
    found = []
    start = 0
    for text in given:
        found.append(tuple(spelled[start : start + len(text)]))
        start += len(text) + len(_APART)
    return found


@dataclass(frozen=True, eq=False)
class _Loaded:
    names: tuple[str, ...]
    of_phrases: Mapping[str, list[list[str]]]
    of_characters: Mapping[int, str]
    phrases: ahocorasick_rs.AhoCorasick

    @lru_cache(20_000)  # noqa: B019 # there is only one of these, and it stays
    def reading(self, character: str) -> str:
        """The most frequent reading of a character."""
        return _plain(self.of_characters.get(ord(character), character).split(",")[0])

    @lru_cache(20_000)  # noqa: B019 # as above
    def readings(self, number: int) -> list[str]:
        """Of each character of a phrase."""
        return [_plain(first) for first, *_ in self.of_phrases[self.names[number]]]


@cache
def _loaded() -> _Loaded:
    # Half a second and 30 MB, which who never types pinyin need not spend.
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    names = tuple(phrase for phrase, said in PHRASES_DICT.items() if len(phrase) == len(said))
    phrases = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return _Loaded(names, PHRASES_DICT, PINYIN_DICT, phrases)


def _plain(syllable: str) -> str:
    """Without its tone: zhèng is zheng, lǜ is lv."""
    apart = unicodedata.normalize("NFD", syllable).replace(f"u{_UMLAUT}", "v")
    return "".join(char for char in apart if not unicodedata.combining(char)).lower()
