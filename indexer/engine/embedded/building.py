"""Reports -> everything a segment holds, collected as arrays and sorted once.

Whoosh's own writer pools and sorts postings one tuple at a time in Python, which is what makes it
slow. Here each report adds three short arrays to a field (word numbers, report, counts).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.arrays import NO_REGION, NO_YEAR, PARTS, Columns, Texts, WordLists
from indexer.engine.embedded.bitmaps import bitmaps
from indexer.engine.embedded.codec import MOST_COUNTED, Inverted, invert
from indexer.engine.embedded.numbering import WordNumbers
from indexer.engine.embedded.schema import pack_card, revision
from indexer.engine.embedded.segment import Segment
from indexer.engine.embedded.suffixes import bounds, first_units, samples, suffix_array
from indexer.folding import fold
from indexer.paired import PairedText
from indexer.records import Entry
from indexer.report import BARRIER, Document, Metadata
from indexer.sameness import Prints, prints_of
from indexer.units import UNIT, decode, encode
from indexer.words import put_aside, search_pieces

MOST_REPORTS = 60_000
"""Report numbers of a segment fit 16 bits."""
MOST_CHARACTERS = 60_000_000
"""About 1 GB of memory while the suffix array is built; an update rebuilds no more than this."""

_MANY = 200
"""Words of a report that are numbered at once; of reports with fewer, like their titles, so many
are waited for: an array's first element costs as much as its next thousand."""

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
        self._fields = {name: FieldBuilder(put_aside()) for name in ("title", "body")}

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

    def add(self, entry: Entry, document: Document) -> None:
        """Take a report."""
        text = PairedText.of(document)
        self._take(entry, text, document.format, entry.added)
        self._fields["title"].add(*search_pieces(fold(entry.metadata.title)))
        self._fields["body"].add(*search_pieces(decode(text.folded)))

    def absorb(self, segment: Segment, wanted: NDArray[np.int64]) -> None:
        """Take these reports of a segment as they are.

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
        for name, (lists, postings) in fields.items():
            lengths = segment.columns.lengths[name][wanted]
            self._fields[name].absorb(lists, postings, wanted, lengths)

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

    def texts(self, frequent: Iterable[str] = ()) -> Texts:
        """The texts end to end, with their suffix array, and bitmaps of words that are frequent."""
        encoded = b"".join(self._encoded)
        suffixes = suffix_array(encoded)
        starts = np.array(self._starts, dtype=np.int64)
        report_of = np.repeat(np.arange(len(self.entries), dtype=np.uint16), np.diff(starts))
        reports = report_of[suffixes]
        letters, letter_starts = first_units(encoded)
        sampled = samples(encoded, suffixes)
        searched = memoryview(encoded), suffixes.data, sampled.data
        slices = (bounds(*searched, encode(word)) for word in frequent)
        keys, holders = bitmaps(slices, reports, len(self.entries))
        return Texts(
            text=np.frombuffer(encoded, dtype=np.uint8),
            starts=starts,
            suffixes=suffixes,
            samples=sampled,
            reports=reports,
            letters=letters,
            letter_starts=letter_starts,
            frequent=keys,
            holders=holders,
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
        again = cache(fold)  # few are of an issuer or a kind of their own
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
                "issuer": tuple(again(record.issuer or "") for record in records),
                "kind": tuple(again(record.kind or "") for record in records),
            },
        )

    def lengths(self, field: str) -> NDArray[np.int32]:
        """Words of a field in each report."""
        return self._fields[field].lengths()

    def inverted(self, field: str) -> Inverted:
        """The postings of a field."""
        return self._fields[field].inverted()


class FieldBuilder:
    """The words of one field, report by report; those put `aside` count only where certain."""

    def __init__(self, aside: Collection[str] = ()) -> None:
        self._aside = len(aside)
        self._numbers = WordNumbers(aside)
        self._standing = np.empty(0, dtype=np.intp)
        """By a word's number, where it stands in the report that is taken."""
        self._words: list[NDArray[np.int32]] = []
        self._reports: list[NDArray[np.uint16]] = []
        self._counts: list[NDArray[np.uint16]] = []
        self._lengths: list[int] = []
        self._waiting: list[tuple[Sequence[str], Sequence[str]]] = []

    def add(self, guessed: Sequence[str], certain: Sequence[str] = ()) -> None:
        """Take a report's words."""
        self._waiting.append((guessed, certain))
        if len(guessed) > _MANY or len(self._waiting) > _MANY:
            self._settle()

    def _settle(self) -> None:
        """Number and count the words of the reports that wait for it."""
        words: list[str] = []
        for guessed, certain in self._waiting:
            words += guessed
            words += certain
        numbers = self._numbers.of(words)
        if len(self._numbers) > len(self._standing):
            self._standing = np.empty(2 * len(self._numbers), dtype=np.intp)
        end = 0
        for guessed, certain in self._waiting:
            begin, end = end, end + len(guessed) + len(certain)
            counting = numbers[begin:end] >= self._aside
            counting[len(guessed) :] = True
            self._count(numbers[begin:end][counting])
        self._waiting = []

    def _count(self, numbers: NDArray[np.int32]) -> None:
        """Take a report's words by their numbers."""
        # Of the places where a word stands one is left, and all of them are counted there.
        self._standing[numbers] = np.arange(len(numbers))
        counts = np.bincount(self._standing[numbers])
        places = np.flatnonzero(counts)
        self._words.append(numbers[places])
        self._reports.append(np.full(len(places), len(self._lengths), np.uint16))
        self._counts.append(np.minimum(counts[places], MOST_COUNTED).astype(np.uint16))
        self._lengths.append(len(numbers))

    def absorb(
        self,
        lists: WordLists,
        postings: NDArray[np.void],
        wanted: NDArray[np.int64],
        lengths: NDArray[np.int32],
    ) -> None:
        """Take some reports of a segment: its postings, and these reports' lengths."""
        self._settle()
        highest = max(int(postings["report"].max(initial=0)), int(wanted.max(initial=0)))
        becomes = np.full(highest + 1, -1, np.int32)
        becomes[wanted] = len(self._lengths) + np.arange(len(wanted), dtype=np.int32)
        reports = becomes[postings["report"]]
        taken = reports >= 0
        numbers = np.repeat(self._numbers.of(lists.all()), np.diff(lists.postings))
        self._words.append(numbers[taken])
        self._reports.append(reports[taken].astype(np.uint16))
        self._counts.append(postings["count"][taken])
        self._lengths += lengths.tolist()

    def lengths(self) -> NDArray[np.int32]:
        """Words in each report."""
        self._settle()
        return np.array(self._lengths, dtype=np.int32)

    def inverted(self) -> Inverted:
        """By word rather than by report."""
        self._settle()
        nothing = np.empty(0, dtype=np.int32)
        return invert(
            self._numbers.words(),
            np.concatenate([nothing, *self._words]),
            np.concatenate([nothing.astype(np.uint16), *self._reports]),
            np.concatenate([nothing.astype(np.uint16), *self._counts]),
        )


def _same(entry: Entry, prints: Prints) -> int:
    """What reports of the same text have in common; one without a word is like no other."""
    if prints.report is not None:
        return prints.report
    return int.from_bytes(hashlib.sha256(entry.report.encode()).digest()[:8])


def _region(record: Metadata) -> int:
    return int(record.region.code) if record.region else NO_REGION


def _date(record: Metadata) -> int:
    if record.date:
        return int(record.date.replace("-", ""))
    return (record.year or 0) * 10_000
