"""Reports -> everything a segment holds, collected as arrays and sorted once.

Whoosh's own writer pools and sorts postings one tuple at a time in Python, which is what makes it
slow. Here each report adds three short arrays to a field (word numbers, report, counts).
"""

from __future__ import annotations

from collections import defaultdict
from itertools import count

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.arrays import NO_REGION, NO_YEAR, Columns, Texts
from indexer.engine.embedded.codec import Inverted, invert
from indexer.engine.embedded.schema import revision
from indexer.engine.embedded.suffixes import UNIT, encode, suffix_array
from indexer.folding import Folded, fold, fold_with_origin
from indexer.records import Entry
from indexer.report import BARRIER, Document, Metadata
from indexer.structure import sentences
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
        self._fields = {"title": FieldBuilder(), "body": FieldBuilder()}

    @property
    def is_full(self) -> bool:
        return len(self.entries) >= MOST_REPORTS or self._starts[-1] >= MOST_CHARACTERS

    def add(self, entry: Entry, document: Document) -> dict[str, int]:
        """Take a report; the number of words in each of its fields."""
        folded = fold_with_origin(document.text)
        encoded = encode(folded.text)
        start = self._starts[-1]
        self.entries.append(entry)
        self._encoded += [encoded, _SEPARATOR]
        self._starts.append(start + (len(encoded) + len(_SEPARATOR)) // UNIT)
        paragraphs, inside = boundaries(document, folded)
        self._paragraphs.append(paragraphs + start)
        self._sentences.append(inside + start)
        return {
            "title": self._fields["title"].add(search_words(fold(entry.metadata.title))),
            "body": self._fields["body"].add(search_words(folded.text)),
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
            sentences=_joined(self._sentences),
            paragraphs=_joined(self._paragraphs),
        )

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


class FieldBuilder:
    """The words of one field, report by report."""

    def __init__(self) -> None:
        # A word gets the next number when it is first asked for.
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._words: list[NDArray[np.int64]] = []
        self._counts: list[NDArray[np.int64]] = []
        self._lengths: list[int] = []

    def add(self, words: list[str]) -> int:
        """Take a report's words; their number."""
        numbers = np.fromiter(map(self._numbers.__getitem__, words), np.int64, len(words))
        distinct, counts = np.unique(numbers, return_counts=True)
        self._words.append(distinct)
        self._counts.append(counts)
        self._lengths.append(len(words))
        return len(words)

    def lengths(self) -> NDArray[np.int32]:
        """Words in each report."""
        return np.array(self._lengths, dtype=np.int32)

    def inverted(self) -> Inverted:
        """By word rather than by report."""
        sizes = [len(words) for words in self._words]
        report = np.repeat(np.arange(len(sizes)), sizes)
        nothing = np.empty(0, dtype=np.int64)
        return invert(
            list(self._numbers),
            np.concatenate([nothing, *self._words]),
            report,
            np.concatenate([nothing, *self._counts]),
        )


def boundaries(document: Document, folded: Folded) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Where paragraphs (blocks) and sentences begin, in code units of the folded text."""
    inside = [
        base + start
        for base, block in zip(document.starts, document.blocks, strict=True)
        for start, _ in sentences(block.text)
    ]
    return _units(folded, document.starts), _units(folded, inside)


def _units(folded: Folded, offsets: object) -> NDArray[np.int32]:
    """Original offsets as code units of the folded text, each once."""
    places = np.searchsorted(folded.origin, np.asarray(offsets, dtype=np.int64))
    if not folded.text.isascii() and max(folded.text, default="") > "\uffff":
        units = np.fromiter((1 + (char > "\uffff") for char in folded.text), np.int64)
        places = np.concatenate(([0], np.cumsum(units)))[places]
    return np.unique(places).astype(np.int32)


def _joined(parts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate([np.empty(0, dtype=np.int32), *parts]).astype(np.int32)


def _region(record: Metadata) -> int:
    return int(record.region.code) if record.region else NO_REGION


def _date(record: Metadata) -> int:
    if record.date:
        return int(record.date.replace("-", ""))
    return (record.year or 0) * 10_000
