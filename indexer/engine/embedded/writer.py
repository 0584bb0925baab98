"""Bring the segments up to what the catalogue holds.

Compares the revisions that the segments hold with those wanted; deletes what is not wanted, and
writes what is missing as new segments. A segment whose files are damaged is left out of the next
table of contents and its reports written again. The commit is Whoosh's writing of its table of
contents under a new name: before it readers see the old state, after it the new one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from whoosh import index
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.writing import SegmentWriter

from indexer.engine.embedded import arrays
from indexer.engine.embedded.schema import (
    open_or_create,
    revision,
    schema,
    segment_reader,
    table_of_contents,
)
from indexer.folding import fold
from indexer.records import Entry
from indexer.report import Document
from indexer.words import search_words

REPORTS_PER_SEGMENT = 10_000
"""Bounds the memory of writing, and what a crash can cost."""
SMALL_SEGMENTS = 8
"""So many segments of less than half that size are written together as one."""
_POOL_MEGABYTES = 256

Load = Callable[[str], Document]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Held:
    """What a segment that can be read holds: revision -> document number, of live reports."""

    segment: WhooshSegment
    numbers: dict[str, int]


def update(directory: Path, entries: Iterable[Entry], load: Load, progress: Progress) -> bool:
    """Make the index hold exactly these reports; False if there was nothing to do."""
    wanted = {revision(entry): entry for entry in entries}
    whoosh_index = _opened(directory)
    held, damaged = _held(directory)
    held = _without_small(held, wanted)
    present = {key for part in held for key in part.numbers}
    missing = [entry for key, entry in wanted.items() if key not in present]
    unwanted = any(key not in wanted for key in present)
    is_new = whoosh_index.latest_generation() == 0
    if not (missing or unwanted or damaged or is_new):
        return False
    done = 0
    batches = [
        missing[start : start + REPORTS_PER_SEGMENT]
        for start in range(0, len(missing), REPORTS_PER_SEGMENT)
    ]
    kept = {part.segment.segment_id() for part in held}
    for batch in batches or [[]]:
        told = (progress, done, len(missing))
        kept.add(_commit(whoosh_index, directory, batch, load, kept, set(wanted), told))
        done += len(batch)
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
            arrays.read(arrays.array_path(directory, segment.segment_id()))
            numbers = dict(_revisions(directory, segment))
        except Exception:
            damaged = True
        else:
            held.append(_Held(segment, numbers))
    return held, damaged


def _revisions(directory: Path, segment: WhooshSegment) -> Iterator[tuple[str, int]]:
    reader = segment_reader(directory, schema(), segment)
    try:
        for number, stored in reader.iter_docs():
            yield stored["revision"], number
    finally:
        reader.close()


def _without_small(held: list[_Held], wanted: dict[str, Entry]) -> list[_Held]:
    """Leave out segments that are better written again: many small ones, and mostly dead ones."""

    def live(part: _Held) -> int:
        return sum(key in wanted for key in part.numbers)

    small = [part for part in held if live(part) < REPORTS_PER_SEGMENT // 2]
    rewrite = small if len(small) >= SMALL_SEGMENTS else []
    return [
        part
        for part in held
        if live(part) and 2 * live(part) >= part.segment.doc_count_all() and part not in rewrite
    ]


class _Writer(SegmentWriter):  # type: ignore[misc] # Whoosh publishes no types
    """Whoosh's writer, with a step between its segment's last file and the table of contents."""

    before_commit: Callable[[], None] = staticmethod(lambda: None)

    def _commit_toc(self, segments: Sequence[WhooshSegment]) -> None:
        self.before_commit()
        super()._commit_toc(segments)


def _commit(
    whoosh_index: index.FileIndex,
    directory: Path,
    batch: Sequence[Entry],
    load: Load,
    kept: set[str],
    wanted: set[str],
    told: tuple[Progress, int, int],
) -> str:
    """Write one segment and commit it with the kept ones; the name of the segment."""
    # A compound file would swallow every file named after the segment, ours too.
    writer = _Writer(whoosh_index, limitmb=_POOL_MEGABYTES, compound=False)
    name: str = writer.newsegment.segment_id()
    try:
        if batch:
            texts, kept_columns = _write(writer, batch, load, told)
            path = arrays.array_path(directory, name)
            writer.before_commit = lambda: arrays.write(path, texts, kept_columns)
        for segment in writer.segments:
            if segment.segment_id() in kept:
                for key, number in _revisions(directory, segment):
                    if key not in wanted:
                        segment.delete_document(number)
    except BaseException:
        # Without this Whoosh's lock stays held by a process that goes on.
        writer.cancel()
        raise
    writer.commit(
        mergetype=lambda _, segments: [part for part in segments if part.segment_id() in kept]
    )
    return name


def _write(
    writer: SegmentWriter,
    batch: Sequence[Entry],
    load: Load,
    told: tuple[Progress, int, int],
) -> tuple[arrays.Texts, arrays.Columns]:
    """Hand the reports to Whoosh; what is kept beside it."""
    progress, done, total = told
    folded = []
    for number, entry in enumerate(batch, start=1):
        text = fold(load(entry.text).text)
        folded.append(text)
        writer.add_document(
            id=entry.report,
            revision=revision(entry),
            text=entry.text,
            card=entry.packed_metadata,
            title=" ".join(search_words(fold(entry.metadata.title))),
            body=" ".join(search_words(text)),
        )
        progress(done + number, total)
    ids = [entry.report for entry in batch]
    return arrays.join(folded), arrays.columns(ids, [entry.metadata for entry in batch])
