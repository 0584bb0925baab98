"""No index: `str.find` over every folded text in memory. What it says is right by definition."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from indexer.folding import fold
from tests.benchmarks.contenders import FACETS, TOP, Answer, Contender, Query, Searcher
from tests.benchmarks.synthetic import SENTENCE_ENDS, Collection

_AROUND = 60
_SENTENCE_END = re.compile(f"[{re.escape(fold(SENTENCE_ENDS))}]")


def occurrences(text: str, phrase: str) -> int:
    """Overlapping ones too."""
    # Only what begins as it ends can overlap with itself; the rest is counted without a loop.
    if not any(phrase.endswith(phrase[:length]) for length in range(1, len(phrase))):
        return text.count(phrase)
    count = 0
    place = text.find(phrase)
    while place >= 0:
        count += 1
        place = text.find(phrase, place + 1)
    return count


class Scan:
    """Every text and its facet values, in the order of the collection."""

    def __init__(self, collection: Collection) -> None:
        self.texts: list[str] = []
        self._bodies: list[int] = []
        self._facets: dict[str, list[tuple[str, ...]]] = {facet: [] for facet in FACETS}
        for report in collection:
            self.texts.append(report.folded)
            self._bodies.append(len(fold(report.title)))
            for facet, values in report.facets.items():
                self._facets[facet].append(values)

    def answer(self, query: Query) -> Answer:
        """As `Searcher.answer`."""
        counts = self._found(query)
        best = sorted(counts, key=lambda number: -counts[number])[:TOP]
        return Answer(
            total=len(counts),
            facets={
                facet: dict(Counter(value for number in counts for value in values[number]))
                for facet, values in self._facets.items()
            },
            occurrences=sum(counts.values()) if query.is_phrase else None,
            passages=tuple(_around(self.texts[number], query) for number in best),
        )

    def _found(self, query: Query) -> dict[int, int]:
        """Report -> occurrences of what was looked for."""
        found = {}
        for number, text in enumerate(self.texts):
            if any(phrase not in text for phrase in query.every):
                continue
            count = sum(occurrences(text, phrase) for phrase in query.every + query.any)
            if (
                count
                and not any(phrase in text for phrase in query.none)
                and (not query.together or self._in_one_sentence(number, query.every))
            ):
                found[number] = count
        return found

    def _in_one_sentence(self, number: int, phrases: tuple[str, ...]) -> bool:
        text, begins = self.texts[number], self._bodies[number]
        pieces = [text[:begins], *_SENTENCE_END.split(text[begins:])]
        return any(all(phrase in piece for phrase in phrases) for piece in pieces)


def _around(text: str, query: Query) -> str:
    places = (text.find(phrase) for phrase in query.every + query.any)
    first = next(place for place in places if place >= 0)
    return text[max(0, first - _AROUND) : first + _AROUND]


def _open(collection: Collection, folder: Path) -> Searcher:
    return Scan(collection)


PEER = Contender("scan", None, _open)
