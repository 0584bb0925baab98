"""What a segment keeps beside Whoosh's files: the folded texts and the columns, as arrays.

One file a segment, `MAIN_<segment>.tifa.npz`, named so that Whoosh deletes it together with the
segment's own. It is complete on disk before the table of contents names the segment, and is never
written again. Each member carries a CRC that is checked when it is read; the sizes of Whoosh's
files of the segment are among them, so that one cut short is noticed before it answers wrongly.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.report import BARRIER, Metadata

NO_YEAR = 0
NO_REGION = 0

_SEPARATOR = BARRIER
_SUFFIX = ".tifa.npz"


@dataclass(frozen=True)
class Columns:
    """One element a report, in the order of Whoosh's document numbers.

    `id` holds report ids. `region` holds GB/T 2260 codes and `year` years, 0 for undecided;
    `date` is YYYYMMDD, with zeros for what is not known. `topic` is reports x `topic_keys`.
    """

    id: NDArray[np.str_]
    region: NDArray[np.int32]
    year: NDArray[np.int32]
    date: NDArray[np.int32]
    topic: NDArray[np.bool_]
    topic_keys: tuple[str, ...]


@dataclass(frozen=True)
class Texts:
    """The folded texts of a segment, end to end with a separator that no query holds.

    Report i stands at [`starts[i]`, `starts[i + 1]` - 1) of `folded`.
    """

    folded: str
    starts: NDArray[np.int64]


def columns(ids: Sequence[str], records: Sequence[Metadata]) -> Columns:
    """The columns of these reports, from their ids and metadata."""
    keys = tuple(sorted({key for record in records for key in record.topics}))
    return Columns(
        id=np.array(ids, dtype=np.str_),
        region=np.array([_region(record) for record in records], dtype=np.int32),
        year=np.array([record.year or NO_YEAR for record in records], dtype=np.int32),
        date=np.array([_date(record) for record in records], dtype=np.int32),
        topic=np.array(
            [[key in record.topics for key in keys] for record in records], dtype=np.bool_
        ).reshape(len(records), len(keys)),
        topic_keys=keys,
    )


def join(texts: Sequence[str]) -> Texts:
    """Put folded texts end to end."""
    lengths = [0, *(len(text) + len(_SEPARATOR) for text in texts)]
    return Texts("".join(text + _SEPARATOR for text in texts), np.cumsum(lengths, dtype=np.int64))


def array_path(directory: Path, segment: str) -> Path:
    """The file of the segment of that id (as Whoosh names it, MAIN_…)."""
    return directory / f"{segment}{_SUFFIX}"


def write(path: Path, texts: Texts, kept: Columns) -> None:
    """Write a segment's file: on the disk, whole, before it gets its name.

    Whoosh's files of the segment must be complete.
    """
    unfinished = path.with_name(f"{path.name}.tmp")
    with unfinished.open("wb") as stream:
        np.savez(
            stream,
            folded=_bytes(texts.folded),
            starts=texts.starts,
            id=kept.id,
            region=kept.region,
            year=kept.year,
            date=kept.date,
            topic=kept.topic,
            topic_keys=_bytes("\n".join(kept.topic_keys)),
            sizes=_bytes(json.dumps(_sizes(path))),
        )
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)


def read(path: Path) -> tuple[Texts, Columns]:
    """Read a segment's file; raises OSError if it is missing and ValueError if it is damaged."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            texts = Texts(_string(file["folded"]), file["starts"])
            kept = Columns(
                id=file["id"],
                region=file["region"],
                year=file["year"],
                date=file["date"],
                topic=file["topic"],
                topic_keys=tuple(filter(None, _string(file["topic_keys"]).split("\n"))),
            )
            sizes = json.loads(_string(file["sizes"]))
    except (zipfile.BadZipFile, KeyError, EOFError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    if len(kept.region) + 1 != len(texts.starts) or texts.starts[-1] != len(texts.folded):
        raise ValueError(f"{path.name}: lengths do not agree")
    if sizes != _sizes(path):
        raise ValueError(f"{path.name}: files beside it are missing or have another size")
    return texts, kept


def _sizes(path: Path) -> dict[str, int]:
    """Bytes of each of the segment's other files."""
    segment = path.name.removesuffix(_SUFFIX)
    others = (other for other in path.parent.glob(f"{segment}.*") if _SUFFIX not in other.name)
    return {other.name: other.stat().st_size for other in sorted(others)}


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _string(array: NDArray[np.uint8]) -> str:
    return array.tobytes().decode("utf-8", "surrogatepass")


def _region(record: Metadata) -> int:
    return int(record.region.code) if record.region else NO_REGION


def _date(record: Metadata) -> int:
    if record.date:
        return int(record.date.replace("-", ""))
    return (record.year or 0) * 10_000
