"""A snapshot as suggestions look at it: what is said in it, and in how many reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded import facets
from indexer.engine.embedded.evaluate import Lookup, matching
from indexer.engine.embedded.facets import Mask
from indexer.engine.embedded.segment import Segment
from indexer.engine.embedded.snapshot import Snapshot
from indexer.query.nodes import And, FieldName, Node, Phrase
from indexer.records import Entry
from indexer.results import Filters
from indexer.units import UNIT, decode, encode

_BODY = "body"


class SnapshotWording:
    """`engine.Wording` over one snapshot; not to be shared between threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._passing: dict[Filters, Mask] = {}
        self._lookups: dict[bool, Lookup] = {}
        self._masks: dict[tuple[Node, bool], Mask] = {}

    @property
    def state(self) -> tuple[int, int]:
        """As `Wording.state`."""
        return self._snapshot.state

    def total(self, tree: Node, filters: Filters, *, whole_numbers: bool = False) -> int:
        """As `Wording.total`."""
        snapshot = self._snapshot
        if filters not in self._passing:
            masks = facets.filter_masks(filters, snapshot)
            self._passing[filters] = masks.passed(snapshot.live)
        found = reduce(
            np.logical_and,
            (self._matching(part, whole_numbers) for part in _conjuncts(tree)),
            self._passing[filters],
        )
        return int(np.count_nonzero(found))

    def _matching(self, node: Node, whole_numbers: bool) -> Mask:
        """Kept, for the next question mostly differs in one phrase from the last."""
        key = (node, whole_numbers)
        if key not in self._masks:
            if whole_numbers not in self._lookups:
                self._lookups[whole_numbers] = Lookup(self._snapshot, whole_numbers=whole_numbers)
            mask = matching(node, self._lookups[whole_numbers])
            if isinstance(node, Phrase):
                return mask
            self._masks[key] = mask
        return self._masks[key]

    def holders(self, strings: Iterable[str]) -> list[int]:
        """As `Wording.holders`; nothing of it is kept, so that a query's own lists stay."""
        return [
            sum(_live_holders(segment, string) for segment in self._snapshot.segments)
            for string in strings
        ]

    def named(self, name: FieldName) -> list[tuple[str, int]]:
        """As `Wording.named`."""
        snapshot = self._snapshot
        values = [
            value for segment in snapshot.segments for value in segment.columns.named[name.value]
        ]
        numbers = np.flatnonzero(snapshot.live)
        newest_first = numbers[np.argsort(-snapshot.date[numbers], kind="stable")].tolist()
        found: dict[str, int] = {}
        times: Counter[str] = Counter()
        for number in newest_first:
            found.setdefault(values[number], number)
            times[values[number]] += 1
        found.pop("", None)
        return sorted(found.items(), key=lambda one: -times[one[0]])

    def entry(self, number: int) -> Entry:
        """As `Wording.entry`."""
        return self._snapshot.entries(np.array([number]))[0]

    def words(self, most: int) -> list[str]:
        """As `Wording.words`."""
        held: dict[str, int] = {}
        for segment in self._snapshot.segments:
            lists = segment.word_lists[_BODY]
            reports = np.diff(lists.postings)
            for place in np.argsort(-reports, kind="stable")[: 2 * most].tolist():
                begin, end = lists.begins[place : place + 2].tolist()
                word = lists.words[begin : end - 1].tobytes().decode()
                if len(word) > 1:
                    held[word] = held.get(word, 0) + int(reports[place])
        return sorted(held, key=lambda word: (-held[word], word))[:most]

    def paragraphs(self, characters: int) -> Iterator[list[str]]:
        """As `Wording.paragraphs`."""
        snapshot = self._snapshot
        live = np.flatnonzero(snapshot.live)
        every = max(1.0, float(snapshot.lengths[live].sum()) / characters)
        chosen = live[np.arange(0, len(live), every).astype(np.intp)]
        for segment, inside in snapshot.by_segment(chosen):
            for number in inside.tolist():
                yield _paragraphs(segment, number)

    def around(self, string: str, before: int, after: int, most: int) -> NDArray[np.uint16]:
        """As `Wording.around`."""
        width = before + len(encode(string)) // UNIT + after
        held = [(segment, *segment.bounds(string)) for segment in self._snapshot.segments]
        step = max(1.0, sum(high - low for _, low, high in held) / most)
        rows = [np.empty((0, width), dtype=np.uint16)]
        for segment, low, high in held:
            places = segment.texts.suffixes[np.arange(low, high, step).astype(np.intp)]
            codes = segment.texts.text.view(">u2")
            window = places[:, None] - before + np.arange(width)
            np.clip(window, 0, max(0, len(codes) - 1), out=window)
            rows.append(codes[window].astype(np.uint16))
        return np.concatenate(rows)


def _conjuncts(tree: Node) -> tuple[Node, ...]:
    return tree.children if isinstance(tree, And) else (tree,)


def _live_holders(segment: Segment, string: str) -> int:
    low, high = segment.bounds(string)
    holding = np.zeros(segment.size, dtype=np.bool_)
    holding[segment.texts.reports[low:high].astype(np.intp)] = True
    return int(np.count_nonzero(holding & segment.live))


def _paragraphs(segment: Segment, number: int) -> list[str]:
    start, end = segment.texts.starts[number : number + 2].tolist()
    low, high = np.searchsorted(segment.texts.paragraphs, (start, end)).tolist()
    bounds = [*segment.texts.paragraphs[low:high].tolist(), end - 1]
    encoded = segment.texts.text
    return [decode(encoded[UNIT * begin : UNIT * until]) for begin, until in pairwise(bounds)]
