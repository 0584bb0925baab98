"""Reports -> everything a segment holds, collected as arrays and sorted once.

Whoosh's own writer pools and sorts postings one tuple at a time in Python, which is what makes it
slow. Here each report adds three short arrays to a field (word numbers, report, counts).
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.arrays import NO_REGION, NO_YEAR, PARTS, Columns, Texts, WordLists
from indexer.engine.embedded.codec import Inverted, invert
from indexer.engine.embedded.schema import pack_card, revision
from indexer.engine.embedded.segment import Segment
from indexer.engine.embedded.suffixes import first_units, suffix_array
from indexer.folding import fold
from indexer.paired import PairedText
from indexer.records import Entry
from indexer.report import BARRIER, Document, Metadata
from indexer.sameness import Prints, prints_of
from indexer.units import UNIT, decode, encode
from indexer.words import search_words

MOST_REPORTS = 60_000
"""Report numbers of a segment fit 16 bits."""
MOST_CHARACTERS = 60_000_000
"""About 1 GB of memory while the suffix array is built; an update rebuilds no more than this."""

_BATCH = 64
"""Reports whose words are numbered among themselves first: most words come again in the next few,
and a small table is several times as fast as one of hundreds of thousands.
"""

_SEPARATOR = encode(BARRIER)


class SegmentBuilder:
    """Takes reports one by one; what it gives covers all of them, in that order."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._encoded: list[bytes] = []
        self._starts = [0]
        self._bodies: list[NDArray[np.bool_]] = []
        self._prints: list[Prints] = []
        self._formats: list[str] = []
        self._added: list[int] = []
        self._parts: dict[str, list[NDArray[Any]]] = {name: [] for name in PARTS}
        self._fields = {"title": FieldBuilder(), "body": FieldBuilder()}

    @property
    def is_full(self) -> bool:
        """Whether nothing more should be added."""
        return not self.fits(1, 1)

    def fits(self, reports: int, characters: int) -> bool:
        """Whether so many more would still make one segment."""
        return (
            len(self.entries) + reports <= MOST_REPORTS
            and self._starts[-1] + characters <= MOST_CHARACTERS
        )

    def add(self, entry: Entry, document: Document) -> dict[str, int]:
        """Take a report; the number of words in each of its fields."""
        text = PairedText.of(document)
        self._take(entry, text, document.format, entry.added)
        return {
            "title": self._fields["title"].add(search_words(fold(entry.metadata.title))),
            "body": self._fields["body"].add(search_words(decode(text.folded))),
        }

    def absorb(
        self, segment: Segment, wanted: NDArray[np.int64]
    ) -> Iterator[tuple[Entry, dict[str, int]]]:
        """Take these reports of a segment as they are; the number of words in each field of each.

        Raises SegmentDamagedError; then nothing was taken.
        """
        entries, texts = segment.entries(wanted), segment.paired(wanted)
        fields = {
            name: (lists, segment.postings_of(lists)) for name, lists in segment.word_lists.items()
        }
        formats = segment.columns.format[wanted].tolist()
        added = segment.columns.added[wanted].tolist()
        for entry, text, kind, time in zip(entries, texts, formats, added, strict=True):
            self._take(entry, text, kind, time)
        lengths = {name: segment.columns.lengths[name][wanted] for name in fields}
        for name, (lists, postings) in fields.items():
            self._fields[name].absorb(lists, postings, wanted, lengths[name])
        by_report = zip(*(of_field.tolist() for of_field in lengths.values()), strict=True)
        return zip(
            entries, (dict(zip(lengths, row, strict=True)) for row in by_report), strict=True
        )

    def _take(self, entry: Entry, text: PairedText, kind: str, added: int) -> None:
        start = self._starts[-1]
        self.entries.append(entry)
        self._encoded += [text.folded.tobytes(), _SEPARATOR]
        self._starts.append(start + (len(text.folded) + len(_SEPARATOR)) // UNIT)
        self._bodies.append(text.bodies)
        self._prints.append(prints_of(text))
        self._formats.append(kind)
        self._added.append(added)
        moved = np.int32(start - text.begin)
        card = np.frombuffer(pack_card(entry), dtype=np.uint8)
        parts: tuple[NDArray[Any], ...] = (
            *(text.original, text.runs, text.blocks, text.pages),
            *(card, text.sentences + moved, text.paragraphs + moved),
        )
        for name, part in zip(PARTS, parts, strict=True):
            self._parts[name].append(part)

    def texts(self) -> Texts:
        """The texts end to end, with their suffix array."""
        encoded = b"".join(self._encoded)
        suffixes = suffix_array(encoded)
        starts = np.array(self._starts, dtype=np.int64)
        report_of = np.repeat(np.arange(len(self.entries), dtype=np.uint16), np.diff(starts))
        letters, letter_starts = first_units(encoded)
        return Texts(
            text=np.frombuffer(encoded, dtype=np.uint8),
            starts=starts,
            suffixes=suffixes,
            reports=report_of[suffixes],
            letters=letters,
            letter_starts=letter_starts,
            bodies=np.concatenate([np.empty(0, np.bool_), *self._bodies]),
            prints=np.concatenate(
                [np.empty(0, np.uint64), *(prints.sentences for prints in self._prints)]
            ),
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
            same=np.array(
                list(map(_same, self.entries, self._prints)),
                dtype=np.uint64,
            ),
            format=np.array(self._formats, dtype=np.str_),
            added=np.array(self._added, dtype=np.int64),
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
        self._numbers = _numbering()
        self._batch = _numbering()
        self._of_batch: list[NDArray[np.int32]] = []
        self._words: list[NDArray[np.int32]] = []
        self._reports: list[NDArray[np.int32]] = []
        self._counts: list[NDArray[np.int32]] = []
        self._lengths: list[int] = []

    def add(self, words: list[str]) -> int:
        """Take a report's words; their number."""
        counted = Counter(words)
        self._of_batch.append(_numbered(counted, self._batch))
        if len(self._of_batch) == _BATCH:
            self._settle()
        self._reports.append(np.full(len(counted), len(self._lengths), np.int32))
        self._counts.append(np.fromiter(counted.values(), np.int32, len(counted)))
        self._lengths.append(len(words))
        return len(words)

    def absorb(
        self,
        lists: WordLists,
        postings: NDArray[np.void],
        wanted: NDArray[np.int64],
        lengths: NDArray[np.int32],
    ) -> None:
        """Take some reports of a segment: its postings, and these reports' lengths."""
        highest = max(int(postings["report"].max(initial=0)), int(wanted.max(initial=0)))
        becomes = np.full(highest + 1, -1, np.int32)
        becomes[wanted] = len(self._lengths) + np.arange(len(wanted), dtype=np.int32)
        reports = becomes[postings["report"]]
        taken = reports >= 0
        # Words that only other reports hold are left out, not kept with none.
        sizes = np.diff(lists.postings)
        of_word = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[taken]
        used, of_used = np.unique(of_word, return_inverse=True)
        words = lists.all()
        self._settle()
        numbers = _numbered((words[number] for number in used.tolist()), self._numbers)
        self._words.append(numbers[of_used])
        self._reports.append(reports[taken])
        self._counts.append(postings["count"][taken].astype(np.int32))
        self._lengths += lengths.tolist()

    def _settle(self) -> None:
        """Number the words of the batch as those of all reports."""
        numbers = _numbered(self._batch, self._numbers)
        self._words += [numbers[of_report] for of_report in self._of_batch]
        self._batch = _numbering()
        self._of_batch = []

    def lengths(self) -> NDArray[np.int32]:
        """Words in each report."""
        return np.array(self._lengths, dtype=np.int32)

    def inverted(self) -> Inverted:
        """By word rather than by report."""
        self._settle()
        nothing = np.empty(0, dtype=np.int32)
        return invert(
            list(self._numbers),
            np.concatenate([nothing, *self._words]),
            np.concatenate([nothing, *self._reports]),
            np.concatenate([nothing, *self._counts]),
        )


def _same(entry: Entry, prints: Prints) -> int:
    """What reports of the same text have in common; one without a word is like no other."""
    if prints.report is not None:
        return prints.report
    return int.from_bytes(hashlib.sha256(entry.report.encode()).digest()[:8])


def _numbering() -> defaultdict[str, int]:
    """A word gets the next number when it is first asked for."""
    return defaultdict(count().__next__)


def _numbered(words: Iterable[str], numbering: defaultdict[str, int]) -> NDArray[np.int32]:
    return np.fromiter(map(numbering.__getitem__, words), np.int32)


def _region(record: Metadata) -> int:
    return int(record.region.code) if record.region else NO_REGION


def _date(record: Metadata) -> int:
    if record.date:
        return int(record.date.replace("-", ""))
    return (record.year or 0) * 10_000
