"""Brute force over a collection: every text folded, a phrase looked for at every position.

It takes the texts from the catalogue and what folding is from `indexer.folding`; it knows nothing
of the engine or of `indexer.passages`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from indexer.catalogue import Catalogue
from indexer.config import Config
from indexer.folding import Folded, fold_with_origin
from indexer.report import BARRIER, Document

Span = tuple[int, int]


@dataclass(frozen=True)
class Text:
    """A current report, its original text and its folded one."""

    id: str
    document: Document
    folded: Folded

    @cached_property
    def solid(self) -> NDArray[np.int32]:
        """Where the original's characters that are not white space stand: addresses count them."""
        places = (at for at, char in enumerate(self.document.text) if not char.isspace())
        return np.fromiter(places, np.int32)

    def covered(
        self, spans: Iterable[Span], low: int = 0, high: int | None = None
    ) -> tuple[Span, ...]:
        """What spans of the folded text cover of the original, as disjoint spans.

        Of those only that lie in [low, high): a passage that cuts one in two shows no half of it.
        """
        covered: set[int] = set()
        for start, end in spans:
            first, last = self.folded.origin[[start, end - 1]].tolist()
            if low <= first and (high is None or last < high):
                covered.update(range(first, last + 1))
        return tuple(_runs(sorted(covered)))


class Texts:
    """All reports of an index, and all their folded texts as one string."""

    def __init__(self, config: Config) -> None:
        with closing(Catalogue.open(config.catalogue)) as catalogue:
            documents = [
                (entry.report, catalogue.document(entry.text)) for entry in catalogue.entries()
            ]
        self.all = tuple(
            Text(report, document, fold_with_origin(document.text))
            for report, document in documents
        )
        self.by_id = {text.id: text for text in self.all}
        # No folded query holds a barrier: nothing is found across two reports.
        self._joined = BARRIER.join(text.folded.text for text in self.all)
        lengths = (len(text.folded.text) + len(BARRIER) for text in self.all)
        self._starts = [0, *accumulate(lengths)]

    def counts(self, phrase: str) -> dict[str, int]:
        """The reports that hold a folded phrase, and how often, overlapping ones too."""
        found = (bisect_right(self._starts, place) - 1 for place in places(self._joined, phrase))
        return {self.all[number].id: count for number, count in Counter(found).items()}

    def hold(self, phrase: str) -> bool:
        """Whether a folded phrase stands in any report."""
        return phrase in self._joined


def places(text: str, phrase: str) -> Iterator[int]:
    """Every position at which a phrase begins."""
    place = text.find(phrase)
    while place >= 0:
        yield place
        place = text.find(phrase, place + 1)


def _runs(numbers: Iterable[int]) -> Iterator[Span]:
    """Ascending numbers as half-open spans of those that follow one another."""
    start = end = -1
    for number in numbers:
        if number != end:
            if end > start:
                yield start, end
            start = number
        end = number + 1
    if end > start:
        yield start, end
