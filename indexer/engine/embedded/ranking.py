"""How well reports answer unquoted words and whole questions.

A report's score is a sum of BM25 scores (Robertson & Zaragoza 2009) of

1. its words, as jieba cuts them (`postings.bm25f`), and its pairs of neighbouring characters,
   over all reports: from posting lists and from the suffix array;
2. its characters, and the sentence of it that scores best by characters and pairs, for the
   `RESCORED` reports that are best so far: from their texts.

Pairs hold together what stands together, and do not mind where jieba cuts; single characters
find the parts of words written otherwise (个体户, 个体工商户). In Chinese, words beside n-grams do
better than either (Kwok 1999; Nie & Ren 1999). The best sentence counts because a long report
holds any words somewhere (Callan 1994: passages beside whole texts).

Scores are summed as they are: all are log-odds, weighed by rarity, and there is nothing to tune.
None is negative, so that reports not looked into stay behind those that were. A unit that a query
repeats counts as often as it stands there (BM25 with a large k3).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.postings import K1, B, Postings, rarity
from indexer.engine.embedded.selecting import foremost
from indexer.equals import counted, firsts

RESCORED = 30
"""Reports whose texts are looked into: three times as many do no better (MRR@10)."""

LONGEST = 100
"""Characters of a query that are looked for one by one and in pairs; its words are used whole.

There are fewer of both together than a byte has values.
"""

COMMON = 8
"""Occurrences a report from which a pair is in nearly all of them: it is not counted in each."""

CLOSE = 0.5
"""The part of the best score that a report must reach where no report has all the words."""

_RUN = re.compile(r"[^\W_\U00010000-\U0010ffff]+")

_CODES = 0x10000
_FEW_LETTERS = 12
"""For fewer, looking through the texts for each costs less than looking each character up."""

Scores = NDArray[np.float32]
Codes = NDArray[np.uint16]
Offsets = NDArray[np.int64]
Numbers = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Units:
    """The characters and pairs of a query, each once, and how often each stands in it."""

    strings: tuple[str, ...]
    times: Scores


@dataclass(frozen=True, slots=True)
class Weights:
    """For each unit: its rarity times its repetitions; whether `add_pairs` has scored it."""

    values: Scores
    counted: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Texts:
    """The folded texts of some reports, end to end, as UTF-16 code units of either byte order.

    Report i is `codes[starts[i] : starts[i + 1]]` and ends with a separator that no query holds.
    `sentences` are the offsets in `codes`, ascending, at which sentences begin; every report
    begins one. The means are those of the whole collection, in code units.
    """

    codes: Codes
    starts: Offsets
    sentences: Offsets
    mean_length: float
    mean_sentence: float


class Source(Protocol):
    """What the ranking asks of an index; arrays have one element a report, deleted ones too."""

    live: NDArray[np.bool_]
    lengths: NDArray[np.integer[Any]]
    """Code units of each folded text, its separator included."""
    mean_length: float

    def occurrences(self, string: str) -> int:
        """How often a string stands in all reports together; had without looking at each."""
        ...

    def counts(self, string: str) -> Postings:
        """How often it stands in which."""
        ...

    def texts(self, numbers: NDArray[np.intp]) -> Texts:
        """The texts of these reports, whose numbers ascend."""
        ...


def characters(stretch: str) -> tuple[str, ...]:
    """The letters, digits and ideographs of a folded text in order."""
    return tuple(character for run in _RUN.findall(stretch) for character in run)


def pairs(stretch: str) -> tuple[str, ...]:
    """Its pairs of neighbouring characters in order; punctuation is no part of any."""
    return tuple(one + next_ for run in _RUN.findall(stretch) for one, next_ in pairwise(run))


def units(stretches: Iterable[str]) -> Units:
    """The characters and pairs of a query's stretches, of the first `LONGEST` characters."""
    counted: Counter[str] = Counter()
    left = LONGEST
    for stretch in stretches:
        counted.update(characters(stretch[:left]))
        counted.update(pairs(stretch[:left]))
        left -= len(stretch[:left])
    return Units(tuple(counted), np.fromiter(counted.values(), np.float32, len(counted)))


def expected_holders(occurrences: int, total: int) -> float:
    """How many of `total` reports hold a string of that many occurrences, unlooked at.

    If it stands in reports as often as the geometric distribution says: the one that supposes
    nothing but the mean (Amati & van Rijsbergen 2002, the limit of Bose-Einstein statistics).
    """
    return total * occurrences / (total + occurrences) if occurrences else 0.0


def bm25(
    counts: NDArray[np.generic],
    lengths: NDArray[np.generic],
    mean_length: float,
    weight: float | Scores,
) -> Scores:
    """BM25 of a unit in each text: its counts there, the texts' lengths and their mean, its weight.

    `weight` is a number, or an array of the shape of the others.
    """
    occurrences = counts.astype(np.float32)
    norm = K1 * (1 - B + B * lengths.astype(np.float32) / np.float32(mean_length or 1.0))
    scores = np.asarray(weight, np.float32) * occurrences * (K1 + 1) / (occurrences + norm)
    return np.asarray(scores, dtype=np.float32)


def add_pairs(scores: Scores, wanted: Units, source: Source, *, in_all: bool = True) -> Weights:
    """Add to the score of every report that of the pairs in it; what the units weigh.

    Unless they are looked for `in_all` reports: then only what they weigh is found out.
    """
    total = int(np.count_nonzero(source.live))
    weights = np.zeros(len(wanted.strings), dtype=np.float32)
    counted = np.zeros(len(wanted.strings), dtype=np.bool_)
    for number, string in enumerate(wanted.strings):
        occurrences = source.occurrences(string)
        holders = expected_holders(occurrences, total)
        counted[number] = in_all and len(string) > 1 and 0 < occurrences < COMMON * total
        if counted[number]:
            held = source.counts(string)
            holders = int(np.count_nonzero(source.live[held.reports]))
        weights[number] = rarity(holders, total) * wanted.times[number]
        if counted[number]:
            lengths = source.lengths[held.reports]
            scores[held.reports] += bm25(held.counts, lengths, source.mean_length, weights[number])
    return Weights(weights, counted)


def close(scores: Scores) -> NDArray[np.bool_]:
    """Where no report has all the words: those that come near the best.

    `scores` are of words and pairs, 0 for what may not be found.
    """
    nearest = float(scores.max(initial=0.0))
    mask: NDArray[np.bool_] = scores >= CLOSE * nearest if nearest else scores > 0
    return mask


def refine(
    scores: Scores, found: NDArray[np.intp], wanted: Units, weights: Weights, source: Source
) -> None:
    """Add to the scores of the best of the found reports what their texts add."""
    chosen = np.sort(foremost(found, [lambda numbers: -scores[numbers]], RESCORED))
    scores[chosen] += inspected(source.texts(chosen), wanted.strings, weights)


def inspected(texts: Texts, strings: tuple[str, ...], weights: Weights) -> Scores:
    """BM25 of each report's best sentence, and of the whole by the units not yet scored.

    One pass over the texts, about 1 ns a character, and some 50 ns for each place found.
    """
    if not strings or len(texts.starts) == 1:
        return np.zeros(len(texts.starts) - 1, dtype=np.float32)
    place, holder, unit = _places(texts.codes, strings)
    bounds = np.concatenate((texts.sentences, texts.starts[-1:]))
    # Ascending ones are found in half the time.
    sentence = (bounds.searchsorted(place, side="right") - 1).take(holder)
    in_sentences = _scored(sentence, unit, bounds, texts.mean_sentence, weights.values)
    firsts = bounds.searchsorted(texts.starts)
    strongest: Scores = np.maximum.reduceat(in_sentences, firsts[:-1])
    owner = np.arange(len(firsts) - 1).repeat(np.diff(firsts)).take(sentence)
    left = np.where(weights.counted, np.float32(0), weights.values)
    return strongest + _scored(owner, unit, texts.starts, texts.mean_length, left)


def _places(codes: Codes, strings: tuple[str, ...]) -> tuple[Offsets, Offsets, Numbers]:
    """Where characters of the units stand, ascending; and which units begin at which of these.

    The units (of one or two characters) come one after the other, each in the order of the text.
    """
    letters = sorted({character for string in strings for character in string})
    number = dict(zip(letters, range(1, len(letters) + 1), strict=True))
    none, kinds = len(strings), len(letters) + 1
    alone = np.full(kinds, none, dtype=np.uint8)
    together = np.full(kinds * kinds, none, dtype=np.uint8)
    for unit, string in enumerate(strings):
        if len(string) == 1:
            alone[number[string]] = unit
        else:
            together[number[string[0]] * kinds + number[string[1]]] = unit
    # Comparing the bytes as they are, in whatever order, spares turning them round.
    wanted = np.array([ord(character) for character in letters], dtype=codes.dtype).view(np.uint16)
    plain = codes.view(np.uint16)
    table = np.zeros(_CODES, dtype=np.uint8)
    table[wanted] = np.arange(1, kinds)
    if len(letters) < _FEW_LETTERS:
        place = _any_equal(plain, wanted).nonzero()[0]
    else:
        place = np.take(table != 0, plain).nonzero()[0]
    # A separator ends the texts: behind each place is another.
    first, following = table.take(plain.take(place)), table.take(plain.take(place + 1))
    pair = together.take(first.astype(np.intp) * kinds + following)
    standing = np.concatenate((alone.take(first), pair))
    # Numbers of one byte are sorted by counting.
    order = standing.argsort(kind="stable")[: np.count_nonzero(standing < none)]
    return place, order % len(place) if len(place) else order, standing.take(order)


def _any_equal(codes: Codes, wanted: Codes) -> NDArray[np.bool_]:
    # In place: memory that is asked for anew costs more than what is done in it.
    found, equal = np.zeros((2, len(codes)), dtype=np.bool_)
    for code in wanted:
        np.equal(codes, code, out=equal)
        np.logical_or(found, equal, out=found)
    return found


def _scored(
    stretch: Offsets, unit: Numbers, bounds: Offsets, mean_length: float, weight: Scores
) -> Scores:
    """The BM25 of every stretch [bounds[i], bounds[i + 1]), summed over units.

    `stretch` and `unit` are of each occurrence, in the order of `_places`.
    """
    size = len(bounds) - 1
    keys = unit.astype(np.int64) * size + stretch
    begins = firsts(keys)
    counts = counted(begins, len(keys))
    holder = stretch[begins]
    scores = bm25(counts, np.diff(bounds)[holder], mean_length, weight[unit[begins]])
    return np.bincount(holder, weights=scores, minlength=size).astype(np.float32)
