"""Bring the segments up to what the catalogue holds.

Compares the revisions that the segments hold with those wanted; deletes what is not wanted, and
writes what is missing as new segments. A segment whose files are damaged is left out of the next
table of contents and its reports written again. The commit is Whoosh's writing of its table of
contents under a new name: before it readers see the old state, after it the new one.
"""

from __future__ import annotations

import math
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from whoosh import index
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.writing import SegmentWriter

from indexer.engine.embedded import arrays
from indexer.engine.embedded.building import SegmentBuilder
from indexer.engine.embedded.codec import ArrayCodec, write_field
from indexer.engine.embedded.schema import (
    WORD_FIELDS,
    open_or_create,
    revision,
    schema,
    table_of_contents,
)
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

    @property
    def name(self) -> str:
        name: str = self.segment.segment_id()
        return name

    def live(self) -> Iterator[tuple[int, str]]:
        """Number and revision of what is not deleted."""
        for number, key in enumerate(self.revisions):
            if not self.segment.is_deleted(number):
                yield number, key


def update(directory: Path, entries: Iterable[Entry], load: Load, progress: Progress) -> bool:
    """Make the index hold exactly these reports; False if there was nothing to do."""
    wanted = {revision(entry): entry for entry in entries}
    whoosh_index = _opened(directory)
    readable, damaged = _held(directory)
    held = _worth_keeping(readable, wanted)
    present = {key for part in held for _, key in part.live()}
    missing = [entry for key, entry in wanted.items() if key not in present]
    unwanted = not present <= wanted.keys()
    dropped = len(held) < len(readable)
    is_new = whoosh_index.latest_generation() == 0
    if not (missing or unwanted or damaged or dropped or is_new):
        return False
    kept = {part.name for part in held}
    waiting = iter(missing)
    done = 0
    while True:
        builder = SegmentBuilder()
        writer = _Writer(whoosh_index, builder)
        try:
            for entry in waiting:
                writer.add_report(entry, load(entry.text))
                done += 1
                progress(done, len(missing))
                if builder.is_full:
                    break
            writer.delete_others(held, wanted)
        except BaseException:
            # Without this Whoosh's lock stays held by a process that goes on.
            writer.cancel()
            raise
        kept.add(writer.commit_with(directory, kept))
        if done == len(missing):
            return True


def _opened(directory: Path) -> index.FileIndex:
    # A damaged table of contents fails anywhere inside Whoosh; all of it can be made again.
    with suppress(Exception):
        opened = open_or_create(directory)
        if opened.schema == schema():
            return opened
    shutil.rmtree(directory)
    return open_or_create(directory)


def _held(directory: Path) -> tuple[list[_Held], bool]:
    """The segments that can be read, and whether there are others."""
    held = []
    damaged = False
    for segment in table_of_contents(directory).segments:
        try:
            _, columns = arrays.read(arrays.array_path(directory, segment.segment_id()))
        except (OSError, ValueError):
            damaged = True
        else:
            held.append(_Held(segment, tuple(columns.revision.tolist())))
    return held, damaged


def _worth_keeping(held: Sequence[_Held], wanted: dict[str, Entry]) -> list[_Held]:
    """Leave out what is better written again: many segments of like size, and mostly dead ones."""
    tiers: defaultdict[int, list[_Held]] = defaultdict(list)
    for part in held:
        live = sum(key in wanted for _, key in part.live())
        if live and 2 * live >= len(part.revisions):
            tiers[int(math.log(live, MERGED_AT_ONCE))].append(part)
    return [part for tier in tiers.values() if len(tier) < MERGED_AT_ONCE for part in tier]


class _Writer(SegmentWriter):  # type: ignore[misc] # Whoosh publishes no types
    """Whoosh's writer of a segment, with postings in bulk and our arrays beside them."""

    def __init__(self, whoosh_index: index.FileIndex, builder: SegmentBuilder) -> None:
        # A compound file would swallow every file named after the segment, ours too.
        super().__init__(whoosh_index, codec=ArrayCodec(), compound=False)
        self._builder = builder

    def add_report(self, entry: Entry, document: Document) -> None:
        """Whoosh keeps the stored fields and lengths at once, the postings when all are known."""
        lengths = self._builder.add(entry, document)
        stored = {
            "id": entry.report,
            "revision": revision(entry),
            "text": entry.text,
            "card": entry.packed_metadata,
        }
        self.perdocwriter.start_doc(self.docnum)
        for name, value in stored.items():
            self.perdocwriter.add_field(name, self.schema[name], value, 0)
        for name, length in lengths.items():
            self.perdocwriter.add_field(name, self.schema[name], None, length)
        self.perdocwriter.finish_doc()
        self.docnum += 1
        self._added = True

    def delete_others(self, held: Sequence[_Held], wanted: dict[str, Entry]) -> None:
        """Mark as deleted what the kept segments hold and nobody wants."""
        unwanted = {
            part.name: [number for number, key in part.live() if key not in wanted] for part in held
        }
        for segment in self.segments:
            for number in unwanted.get(segment.segment_id(), ()):
                segment.delete_document(number)

    def commit_with(self, directory: Path, kept: set[str]) -> str:
        """Commit this segment together with the kept ones, and no other; its name."""
        name: str = self.newsegment.segment_id()
        self._array_path = arrays.array_path(directory, name)
        self.commit(
            mergetype=lambda _, segments: [part for part in segments if part.segment_id() in kept]
        )
        return name

    def _flush_segment(self) -> None:
        """Instead of Whoosh's: no pool to sort, the postings are arrays already."""
        self.perdocwriter.close()
        columns = self._builder.columns()
        for name in WORD_FIELDS:
            field, inverted = self.schema[name], self._builder.inverted(name)
            write_field(self.fieldwriter, name, field, inverted, columns.lengths[name])
        self.fieldwriter.close()
        arrays.write(self._array_path, self._builder.texts(), columns)
