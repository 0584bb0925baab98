"""Bring the segments up to what the catalogue holds.

Compares the revisions that the segments hold with those wanted; deletes what is not wanted, and
writes what is missing as new segments. A segment whose files are damaged is left out of the next
table of contents and its reports written again.

The commit is a table of contents under a new name, written when all it names is on the disk:
before it readers see the old state, after it the new one. Reports that only come to those there
are committed a segment at a time; where some go or are written again (changed files, another
version, a merge, damage), all is one commit, so that none is missed meanwhile.
"""

from __future__ import annotations

import gc
import math
import shutil
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from whoosh import index
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC, clean_files
from whoosh.writing import SegmentWriter

from indexer.engine.embedded import arrays, building
from indexer.engine.embedded.arrays import WordLists, to_disk
from indexer.engine.embedded.bitmaps import CUT_OUT
from indexer.engine.embedded.codec import ArrayCodec, write_field
from indexer.engine.embedded.schema import (
    WORD_FIELDS,
    open_or_create,
    revision,
    schema,
    table_of_contents,
    toc_path,
)
from indexer.engine.embedded.sealing import is_sealed, seal
from indexer.engine.embedded.segment import Segment
from indexer.engine.embedded.snapshot import open_segment
from indexer.records import Entry
from indexer.report import Document

MERGED_AT_ONCE = 8
"""So many segments of like size are written together as one: their number stays logarithmic."""

Load = Callable[[str], Document]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Held:
    """What a segment that can be read holds: the revision of each report, deleted ones too."""

    segment: WhooshSegment
    revisions: tuple[str, ...]
    characters: int

    def live(self) -> Iterator[tuple[int, str]]:
        """Number and revision of what is not deleted."""
        for number, key in enumerate(self.revisions):
            if not self.segment.is_deleted(number):
                yield number, key


def update(
    directory: Path, entries: Iterable[Entry], load: Load, progress: Progress, *, verify: bool
) -> bool:
    """As `Engine.update`."""
    wanted = {revision(entry): entry for entry in entries}
    whoosh_index = _opened(directory)
    readable, damaged = _held(directory, verify)
    held = _worth_keeping(readable, wanted)
    merged = [part for part in readable if part not in held]
    present = {key for part in held for _, key in part.live()}
    coming = {key for part in merged for _, key in part.live()} & wanted.keys()
    missing = [entry for key, entry in wanted.items() if key not in present and key not in coming]
    unwanted = not present <= wanted.keys()
    at_once = damaged or bool(merged) or unwanted
    is_new = whoosh_index.latest_generation() == 0
    if not (missing or at_once or is_new):
        return False
    for part in held:
        for number, key in list(part.live()):
            if key not in wanted:
                part.segment.delete_document(number)
    work = _Work(directory, wanted, merged, missing, load, progress)
    segments = [part.segment for part in held]
    for segment in work.new_segments(whoosh_index):
        segments.append(segment)
        if not at_once:
            _commit(whoosh_index, directory, segments)
    if at_once or not missing:
        _commit(whoosh_index, directory, segments)
    return True


def _opened(directory: Path) -> index.FileIndex:
    try:
        opened = open_or_create(directory)
        if opened.schema == schema():
            return opened
    except (MemoryError, PermissionError):
        raise
    except Exception:
        pass
    shutil.rmtree(directory)  # all of it can be made again
    return open_or_create(directory)


def _held(directory: Path, verify: bool) -> tuple[list[_Held], bool]:
    """The segments that can be read, and whether there are others."""
    toc = table_of_contents(directory)
    if verify and not is_sealed(toc_path(directory, toc.generation)):
        return [], True  # what it says of deleted reports may be wrong
    held = []
    for segment in toc.segments:
        try:
            if verify and any(arrays.flaws(arrays.array_path(directory, segment.segment_id()))):
                continue
            opened = open_segment(directory, segment)
            revisions = tuple(opened.columns.revision.tolist())
            held.append(_Held(segment, revisions, int(opened.texts.starts[-1])))
        except MemoryError:
            raise
        except Exception:
            # A damaged file fails anywhere inside Whoosh.
            continue
    return held, len(held) < len(toc.segments)


def _worth_keeping(held: Sequence[_Held], wanted: dict[str, Entry]) -> list[_Held]:
    """Leave out what is better written again: many segments of like size, and mostly dead ones.

    Segments that would not fit into one are never merged: they would come out as they are.
    """
    tiers: defaultdict[int, list[_Held]] = defaultdict(list)
    for part in held:
        live = sum(key in wanted for _, key in part.live())
        if live and 2 * live >= len(part.revisions):
            tiers[int(math.log(live, MERGED_AT_ONCE))].append(part)
    return [part for tier in tiers.values() if not _is_to_merge(tier) for part in tier]


def _is_to_merge(tier: Sequence[_Held]) -> bool:
    return (
        len(tier) >= MERGED_AT_ONCE
        and sum(part.characters for part in tier) < building.MOST_CHARACTERS
        and sum(len(part.revisions) for part in tier) < building.MOST_REPORTS
    )


class _Work:
    """What is to be written: segments that are merged, and reports that are in none."""

    def __init__(
        self,
        directory: Path,
        wanted: Mapping[str, Entry],
        merged: Sequence[_Held],
        missing: Sequence[Entry],
        load: Load,
        progress: Progress,
    ) -> None:
        self._directory = directory
        self._wanted = wanted
        self._merged = deque(part for part in merged if self._of(part))
        self._missing = deque(missing)
        self._load = load
        self._progress = progress
        self._done = 0
        self._total = len(missing) + sum(len(self._of(part)) for part in merged)

    def new_segments(self, whoosh_index: index.FileIndex) -> Iterator[WhooshSegment]:
        """Write everything, each segment on the disk when it is given."""
        while self._merged or self._missing:
            writer = _Writer(whoosh_index)
            try:
                with _no_garbage_collected():
                    self._fill(writer)
                yield writer.finish(self._directory)
            finally:
                writer.close()

    def _fill(self, writer: _Writer) -> None:
        while self._merged and writer.fits(self._merged[0]):
            self._absorb(writer, self._merged.popleft())
        while self._missing and not writer.is_full:
            entry = self._missing.popleft()
            writer.add_report(entry, self._load(entry.text))
            self._tell(1)

    def _absorb(self, writer: _Writer, part: _Held) -> None:
        wanted = self._of(part)
        try:
            writer.absorb(open_segment(self._directory, part.segment), wanted)
            self._tell(len(wanted))
        except (OSError, ValueError):
            # Damaged where nobody had looked yet: its reports come from the catalogue.
            self._missing += (self._wanted[part.revisions[number]] for number in wanted)

    def _of(self, part: _Held) -> list[int]:
        """The reports of a segment that are still wanted."""
        return [number for number, key in part.live() if key in self._wanted]

    def _tell(self, more: int) -> None:
        self._done += more
        self._progress(self._done, self._total)


def _commit(
    whoosh_index: index.FileIndex, directory: Path, segments: Sequence[WhooshSegment]
) -> None:
    """Write a table of contents that names these segments, and delete what none names."""
    generation = whoosh_index.latest_generation() + 1
    name = whoosh_index.indexname
    toc = TOC(schema(), list(segments), generation)
    memory = RamStorage()
    toc.write(memory, name)
    path = toc_path(directory, generation)
    unfinished = path.with_name(f"{path.name}.tmp")
    unfinished.write_bytes(memory.files[path.name])
    seal(unfinished)
    to_disk(unfinished)
    unfinished.replace(path)
    to_disk(directory)
    clean_files(whoosh_index.storage, name, generation, segments)


@contextmanager
def _no_garbage_collected() -> Iterator[None]:
    """Spare Python looking for cycles among the millions of objects of a segment: there are none.

    A tenth of the time of indexing.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class _Writer(SegmentWriter):  # type: ignore[misc] # Whoosh publishes no types
    """Whoosh's writer of a segment, with postings in bulk and our arrays beside them."""

    def __init__(self, whoosh_index: index.FileIndex) -> None:
        # A compound file would swallow every file named after the segment, ours too. Whoosh's
        # lock is not taken: `tifa index` has one of its own, which a dead process cannot hold.
        super().__init__(whoosh_index, codec=ArrayCodec(), compound=False, _lk=False)
        self._builder = building.SegmentBuilder()
        self._word_lists: dict[str, WordLists] = {}
        self._frequent: list[str] = []

    @property
    def is_full(self) -> bool:
        return self._builder.is_full

    def fits(self, part: _Held) -> bool:
        """Whether a segment can be taken in; the first one always."""
        return self._builder.fits(len(part.revisions), part.characters) or not self._builder.entries

    def add_report(self, entry: Entry, document: Document) -> None:
        """Take a report."""
        self._builder.add(entry, document)

    def absorb(self, segment: Segment, wanted: Sequence[int]) -> None:
        """Take these reports of a segment as they are; raises SegmentDamagedError."""
        self._builder.absorb(segment, np.array(wanted, dtype=np.int64))

    def finish(self, directory: Path) -> WhooshSegment:
        """Write what is collected; the segment, all of its files on the disk."""
        segment = self._finalize_segment()
        path = arrays.array_path(directory, segment.segment_id())
        for other in directory.glob(f"{segment.segment_id()}.*"):
            to_disk(other)
        texts = self._builder.texts(self._frequent)
        arrays.write(path, texts, self._builder.columns(), self._word_lists)
        return segment

    def close(self) -> None:
        """Give back what Whoosh holds, whether or not the segment was finished."""
        if not self.is_closed:
            with suppress(Exception):
                self._close_segment()
            self._finish()

    def _flush_segment(self) -> None:
        """Instead of Whoosh's: no pool to sort, the postings are arrays already."""
        lengths = {name: self._builder.lengths(name) for name in WORD_FIELDS}
        by_report = zip(*(of_field.tolist() for of_field in lengths.values()), strict=True)
        for entry, of_report in zip(self._builder.entries, by_report, strict=True):
            self._add_lengths(entry, of_report)
        self.perdocwriter.close()
        for name in WORD_FIELDS:
            field, inverted = self.schema[name], self._builder.inverted(name)
            start = write_field(self.fieldwriter, name, field, inverted, lengths[name])
            self._word_lists[name] = WordLists.of(inverted.terms, inverted.starts, start)
            self._frequent += inverted.frequent(CUT_OUT)
        self.fieldwriter.close()

    def _add_lengths(self, entry: Entry, lengths: Sequence[int]) -> None:
        """Have Whoosh keep the stored fields of a report, and the words of each field."""
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.add_field("id", self.schema["id"], entry.report, 0)
        for name, length in zip(WORD_FIELDS, lengths, strict=True):
            self.perdocwriter.add_field(name, self.schema[name], None, length)
        self.perdocwriter.finish_doc()
        self.docnum += 1
        self._added = True
