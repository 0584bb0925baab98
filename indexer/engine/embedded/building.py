"""Reports -> everything a segment holds, collected as arrays and sorted once.

Whoosh's own writer pools and sorts postings one tuple at a time in Python, which is what makes it
slow. Here each report adds three short arrays to a field (word numbers, report, counts).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.arrays import NO_REGION, NO_YEAR, PARTS, Columns, Texts
from indexer.engine.embedded.codec import Inverted, invert
from indexer.engine.embedded.schema import pack_card, revision
from indexer.engine.embedded.suffixes import UNIT, encode, in_units, suffix_array
from indexer.folding import fold
from indexer.paired import PairedText
from indexer.records import Entry
from indexer.report import BARRIER, Document, Metadata
from indexer.words import search_words

MOST_REPORTS = 60_000
"""Report numbers of a segment fit 16 bits."""
MOST_CHARACTERS = 60_000_000
"""About 1 GB of memory while the suffix array is built; an update rebuilds no more than this."""

_SEPARATOR = encode(BARRIER)


class SegmentBuilder:
    """Takes reports one by one; what it gives covers all of them, in that order."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._encoded: list[bytes] = []
        self._starts = [0]
        self._sentences: list[NDArray[np.int32]] = []
        self._paragraphs: list[NDArray[np.int32]] = []
        self._parts: dict[str, list[NDArray[Any]]] = {name: [] for name in PARTS}
        self._fields = {"title": FieldBuilder(), "body": FieldBuilder()}

    @property
    def is_full(self) -> bool:
        return len(self.entries) >= MOST_REPORTS or self._starts[-1] >= MOST_CHARACTERS

    def add(self, entry: Entry, document: Document) -> dict[str, int]:
        """Take a report; the number of words in each of its fields."""
        paired = PairedText.of(document)
        encoded = encode(paired.folded)
        start = self._starts[-1]
        self.entries.append(entry)
        self._encoded += [encoded, _SEPARATOR]
        self._starts.append(start + (len(encoded) + len(_SEPARATOR)) // UNIT)
        self._sentences.append(in_units(paired.folded, paired.sentences) + start)
        self._paragraphs.append(in_units(paired.folded, paired.paragraphs) + start)
        for name, part in zip(PARTS, parts(entry, paired), strict=True):
            self._parts[name].append(part)
        return {
            "title": self._fields["title"].add(search_words(fold(entry.metadata.title))),
            "body": self._fields["body"].add(search_words(paired.folded)),
        }

    def texts(self) -> Texts:
        """The texts end to end, with their suffix array."""
        encoded = b"".join(self._encoded)
        suffixes = suffix_array(encoded)
        starts = np.array(self._starts, dtype=np.int64)
        report_of = np.repeat(np.arange(len(self.entries), dtype=np.uint16), np.diff(starts))
        return Texts(
            text=np.frombuffer(encoded, dtype=np.uint8),
            starts=starts,
            suffixes=suffixes,
            reports=report_of[suffixes],
            sentences=np.concatenate([np.empty(0, np.int32), *self._sentences]),
            paragraphs=np.concatenate([np.empty(0, np.int32), *self._paragraphs]),
            **{
                name: np.concatenate([np.empty(0, kind), *self._parts[name]])
                for name, kind in PARTS.items()
            },
            parts=self._part_starts(),
        )

    def _part_starts(self) -> NDArray[np.int64]:
        sizes = [[len(part) for part in parts] for parts in self._parts.values()]
        ends = np.cumsum(np.array(sizes, dtype=np.int64), axis=1).T
        return np.concatenate((np.zeros((1, len(PARTS)), dtype=np.int64), ends))

    def columns(self) -> Columns:
        """One element a report."""
        records = [entry.metadata for entry in self.entries]
        keys = tuple(sorted({key for record in records for key in record.topics}))
        topic = [[key in record.topics for key in keys] for record in records]
        return Columns(
            id=np.array([entry.report for entry in self.entries], dtype=np.str_),
            revision=np.array([revision(entry) for entry in self.entries], dtype=np.str_),
            region=np.array([_region(record) for record in records], dtype=np.int32),
            year=np.array([record.year or NO_YEAR for record in records], dtype=np.int32),
            date=np.array([_date(record) for record in records], dtype=np.int32),
            topic=np.array(topic, dtype=np.bool_).reshape(len(records), len(keys)),
            topic_keys=keys,
            lengths={name: field.lengths() for name, field in self._fields.items()},
            named={
                "title": tuple(fold(record.title) for record in records),
                "issuer": tuple(fold(record.issuer or "") for record in records),
                "kind": tuple(fold(record.kind or "") for record in records),
            },
        )

    def lengths(self, field: str) -> NDArray[np.int32]:
        """Words of a field in each report."""
        return self._fields[field].lengths()

    def inverted(self, field: str) -> Inverted:
        """The postings of a field."""
        return self._fields[field].inverted()


def parts(entry: Entry, paired: PairedText) -> tuple[NDArray[Any], ...]:
    """What a segment keeps of a report to show it, in the order of `PARTS`."""
    original = np.frombuffer(encode(paired.original), dtype=np.uint8)
    card = np.frombuffer(pack_card(entry), dtype=np.uint8)
    return original, paired.runs, paired.blocks, paired.pages, card


class FieldBuilder:
    """The words of one field, report by report."""

    def __init__(self) -> None:
        # A word gets the next number when it is first asked for.
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._words: list[NDArray[np.int32]] = []
        self._counts: list[NDArray[np.int32]] = []
        self._lengths: list[int] = []

    def add(self, words: list[str]) -> int:
        """Take a report's words; their number."""
        counted = Counter(words)
        numbers = map(self._numbers.__getitem__, counted)
        self._words.append(np.fromiter(numbers, np.int32, len(counted)))
        self._counts.append(np.fromiter(counted.values(), np.int32, len(counted)))
        self._lengths.append(len(words))
        return len(words)

    def lengths(self) -> NDArray[np.int32]:
        """Words in each report."""
        return np.array(self._lengths, dtype=np.int32)

    def inverted(self) -> Inverted:
        """By word rather than by report."""
        sizes = [len(words) for words in self._words]
        report = np.repeat(np.arange(len(sizes)), sizes)
        nothing = np.empty(0, dtype=np.int32)
        return invert(
            list(self._numbers),
            np.concatenate([nothing, *self._words]),
            report,
            np.concatenate([nothing, *self._counts]),
        )


def _region(record: Metadata) -> int:
    return int(record.region.code) if record.region else NO_REGION


def _date(record: Metadata) -> int:
    if record.date:
        return int(record.date.replace("-", ""))
    return (record.year or 0) * 10_000
