"""Every byte of the index against the digests it was written with, and what it holds.

Whatever the files have become, the answer is an `Inspection`: damage is what is looked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from whoosh.codec.base import Segment as WhooshSegment
from whoosh.index import TOC

from indexer.engine import Flaw, Inspection
from indexer.engine.embedded import arrays
from indexer.engine.embedded.schema import newest_state, revision, table_of_contents, toc_path
from indexer.engine.embedded.sealing import CHANGED, is_sealed, unreadable
from indexer.engine.embedded.snapshot import open_segment
from indexer.records import Entry

_NO_INDEX = "索引文件不在了"
_NO_SENSE = "内容读不懂（{reason}）"


def inspect(
    directory: Path, entries: Iterable[Entry], progress: Callable[[int, int], None]
) -> Inspection:
    """As `Engine.inspect`."""
    wanted = {revision(entry): entry.report for entry in entries}
    toc, flaws = _contents(directory)
    sizes = [path.stat().st_size for path in _files(directory, toc)]
    done, total = 0, sum(sizes)

    def told(count: int) -> None:
        nonlocal done
        done += count
        progress(done, total)

    held: Counter[str] = Counter()
    for segment in toc.segments if toc else ():
        path = arrays.array_path(directory, segment.segment_id())
        found = tuple(arrays.flaws(path, told))
        if not found:
            try:
                held.update(_live(directory, segment))
            except Exception as error:
                # A damaged file fails anywhere inside Whoosh.
                found = (Flaw(path.name, _NO_SENSE.format(reason=error)),)
        flaws += found
    progress(total, total)
    return Inspection(
        files=len(sizes),
        bytes=total,
        flaws=flaws,
        missing=frozenset(report for key, report in wanted.items() if key not in held),
        unwanted=sum(count - (key in wanted) for key, count in held.items()),
    )


def _contents(directory: Path) -> tuple[TOC | None, tuple[Flaw, ...]]:
    """The newest table of contents, if it can be trusted, and what is wrong with it."""
    try:
        state = newest_state(directory)
    except OSError as error:
        return None, (unreadable("", error),)
    if state is None:
        return None, (Flaw("", _NO_INDEX),)
    path = toc_path(directory, state[0])
    try:
        if not is_sealed(path):
            return None, (Flaw(path.name, CHANGED),)
        return table_of_contents(directory), ()
    except OSError as error:
        return None, (unreadable(path.name, error),)


def _files(directory: Path, toc: TOC | None) -> Iterator[Path]:
    """The table of contents and the files of the segments that it names."""
    if toc is None:
        return
    yield toc_path(directory, toc.generation)
    for segment in toc.segments:
        yield from arrays.files(arrays.array_path(directory, segment.segment_id()))


def _live(directory: Path, segment: WhooshSegment) -> Iterator[str]:
    """The revisions of the reports of a segment that are not deleted."""
    opened = open_segment(directory, segment)
    yield from opened.columns.revision[opened.live].tolist()
