"""What a segment keeps beside Whoosh's files: texts, suffixes, boundaries and columns, as arrays.

The files are named after the segment, `MAIN_<segment>.…`, so that Whoosh deletes them together with
its own. They are complete on disk before the table of contents names the segment, and are never
written again: a mapped file that changed would kill its readers. The last one written, `.tifa.npz`,
holds the columns, and size and digest of all the others: a file missing or cut short is noticed
when the segment is opened, any other change of it by `flaws`. It is sealed itself.

The large arrays are mapped, not read: opening a segment costs the same whatever its size.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine import Flaw
from indexer.engine.embedded.sealing import CHANGED, Told, digest, is_sealed, seal, unreadable
from indexer.paired import BLOCK, PAGE, RUN

Bounds = NDArray[np.int64]

NO_YEAR = 0
NO_REGION = 0

PARTS: dict[str, type | np.dtype[Any]] = {
    "originals": np.uint8,
    "runs": RUN,
    "blocks": BLOCK,
    "pages": PAGE,
    "cards": np.uint8,
    "sentences": np.int32,
    "paragraphs": np.int32,
}

_COLUMN = {name: column for column, name in enumerate(PARTS)}
_SUFFIX = ".tifa.npz"
_CAN_POPULATE = sys.platform == "linux"
_POPULATE_READ = 22
"""Linux's MADV_POPULATE_READ, which Python's mmap does not name; kernels before 5.14 refuse it."""
_AT_ONCE = 1 << 22
"""Bytes, whole pages: Python's lock is held while the system gets so many."""
_OF_TEXTS = (
    *("text", "suffixes", "samples", "reports", "letters", "letter_starts"),
    *("frequent", "holders", "bodies", "prints"),
    *PARTS,
)
_HEAD = 8
"""Bytes: two Chinese characters and a part of the third."""
_OF_WORDS = ("words", "begins", "heads", "postings")


@dataclass(frozen=True)
class Columns:
    """One element a report, in the order of Whoosh's document numbers.

    `id` holds report ids, `revision` what was indexed of them. `region` holds GB/T 2260 codes and
    `year` years, 0 for undecided; `date` is YYYYMMDD, with zeros for what is not known. `topic` is
    reports x `topic_keys`. `same` is one number for all reports of the same text
    (`indexer.sameness`), `format` a `Format`, `added` when it came into the
    collection, in seconds since 1970. `lengths` are the words of each field; `named` the folded
    title, issuer and kind, "" for none.
    """

    id: NDArray[np.str_]
    revision: NDArray[np.str_]
    region: NDArray[np.int32]
    year: NDArray[np.int32]
    date: NDArray[np.int32]
    same: NDArray[np.uint64]
    format: NDArray[np.str_]
    added: NDArray[np.int64]
    topic: NDArray[np.bool_]
    topic_keys: tuple[str, ...]
    lengths: Mapping[str, NDArray[np.int32]]
    named: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Texts:
    """The folded texts of a segment, end to end; offsets count UTF-16 code units.

    Report i stands at [`starts[i]`, `starts[i + 1]` - 1): behind each comes a separator, which
    no query holds. `suffixes` is the suffix array of `text`, `samples` are what some of them begin
    with (`suffixes.samples`), and `reports[k]` is the number of the report that `suffixes[k]` lies
    in. The suffixes that begin with the code unit `letters[k]` are those from `letter_starts[k]` to
    `letter_starts[k + 1]`. `frequent` and `holders` are the keys and rows of `bitmaps`, of words.
    `sentences` and `paragraphs` hold where each begins, `bodies` which sentences are the report's
    own (`PairedText.bodies`), and `prints` a digest of each sentence's wording
    (`indexer.sameness`).

    The originals of the same reports, encoded like `text` and without separators, the rows
    of `indexer.paired`, and cards for the result list stand end to end too. What is in order of
    reports and of different size in each is a part: those of report i stand from `parts[i]` to
    `parts[i + 1]`, whose columns are `PARTS`.
    """

    text: NDArray[np.uint8]
    starts: NDArray[np.int64]
    suffixes: NDArray[np.int32]
    samples: NDArray[np.uint64]
    reports: NDArray[np.uint16]
    letters: NDArray[np.uint16]
    letter_starts: NDArray[np.int32]
    frequent: NDArray[np.int64]
    holders: NDArray[np.uint8]
    sentences: NDArray[np.int32]
    bodies: NDArray[np.bool_]
    prints: NDArray[np.uint64]
    paragraphs: NDArray[np.int32]
    originals: NDArray[np.uint8]
    runs: NDArray[np.int32]
    blocks: NDArray[np.int32]
    pages: NDArray[np.int32]
    cards: NDArray[np.uint8]
    parts: NDArray[np.int64]

    def arrays(self) -> tuple[NDArray[Any], ...]:
        """All of them."""
        return tuple(getattr(self, part.name) for part in fields(self))

    def of_reports(self, part: str, numbers: NDArray[np.intp]) -> tuple[Bounds, Bounds]:
        """From where to where a part, one of `PARTS`, of these reports stands."""
        column = self.parts[:, _COLUMN[part]]
        return column[numbers], column[numbers + 1]


@dataclass(frozen=True)
class WordLists:
    """The words of a field, and where the reports that hold each stand in Whoosh's postings file.

    Word i is `words[begins[i] : begins[i + 1] - 1]`, in UTF-8; they ascend. `heads[i]` are its
    first bytes as a number, zeros behind those of a short one: they ascend too, and are looked
    through ten times as fast. Its postings are those from `postings[i]` to `postings[i + 1]`,
    counted from byte `start` of the file.
    """

    words: NDArray[np.uint8]
    begins: NDArray[np.int32]
    heads: NDArray[np.uint64]
    postings: NDArray[np.int32]
    start: int

    @classmethod
    def of(cls, words: Sequence[str], postings: NDArray[np.int64], start: int) -> WordLists:
        """Of ascending words."""
        encoded = [word.encode() for word in words]
        begins = np.cumsum([0, *(len(word) + 1 for word in encoded)], dtype=np.int32)
        joined = np.frombuffer(b"".join(word + b"\n" for word in encoded), dtype=np.uint8)
        heads = np.array(encoded, dtype=f"S{_HEAD}").view(">u8").astype(np.uint64)
        return cls(joined, begins, heads, postings.astype(np.int32), start)

    def arrays(self) -> tuple[NDArray[Any], ...]:
        """All of them."""
        return self.words, self.begins, self.heads, self.postings

    def all(self) -> list[str]:
        """The words in order."""
        return self.words.tobytes().decode().splitlines()

    def find(self, word: str) -> tuple[int, int]:
        """From which posting to which those of a word are; nothing if there is no such word."""
        wanted = word.encode()
        head = int.from_bytes(wanted[:_HEAD].ljust(_HEAD, b"\0"), "big")
        heads, postings = self.heads.data, self.postings.data
        number = bisect_left(heads, head)
        if len(wanted) > _HEAD:
            number = self._of_those(number, bisect_right(heads, head, number), wanted)
        elif number == len(heads) or heads[number] != head:
            number = -1
        return (0, 0) if number < 0 else (postings[number], postings[number + 1])

    def _of_those(self, low: int, high: int, wanted: bytes) -> int:
        """The number of a word, at least `low` and below `high`; -1 if it is none of them."""
        words, begins = self.words.data, self.begins.data

        def at(number: int) -> bytes:
            return bytes(words[begins[number] : begins[number + 1] - 1])

        number = low + bisect_left(range(low, high), wanted, key=at)
        return number if number < high and at(number) == wanted else -1


def array_path(directory: Path, segment: str) -> Path:
    """The last file of the segment of that id (as Whoosh names it, MAIN_…)."""
    return directory / f"{segment}{_SUFFIX}"


def write(path: Path, texts: Texts, columns: Columns, word_lists: Mapping[str, WordLists]) -> None:
    """Write a segment's arrays, whole and on the disk; Whoosh's files of it must be complete."""
    mapped = {name: getattr(texts, name) for name in _OF_TEXTS}
    for field, lists in word_lists.items():
        mapped |= {f"{field}_{name}": getattr(lists, name) for name in _OF_WORDS}
    for name, array in mapped.items():
        with _beside(path, name).open("wb") as stream:
            np.save(stream, array, allow_pickle=False)
        to_disk(_beside(path, name))
    others = _others(path)
    unfinished = path.with_name(f"{path.name}.tmp")
    with unfinished.open("wb") as stream:
        rest = {
            "topic_keys": columns.topic_keys,
            "fields": list(columns.lengths),
            "named": dict(columns.named),
            "sizes": {other.name: other.stat().st_size for other in others},
            "digests": {other.name: digest(other) for other in others},
            "postings": {field: lists.start for field, lists in word_lists.items()},
        }
        members: dict[str, NDArray[Any]] = {
            "starts": texts.starts,
            "parts": texts.parts,
            "id": columns.id,
            "revision": columns.revision,
            "region": columns.region,
            "year": columns.year,
            "date": columns.date,
            "same": columns.same,
            "format": columns.format,
            "added": columns.added,
            "topic": columns.topic,
            "lengths": np.stack(list(columns.lengths.values())),
            "rest": np.frombuffer(json.dumps(rest).encode(), dtype=np.uint8),
        }
        np.savez(stream, allow_pickle=False, **members)
    seal(unfinished)
    to_disk(unfinished)
    unfinished.replace(path)


def read(path: Path) -> tuple[Texts, Columns, dict[str, WordLists]]:
    """Open a segment's arrays; raises OSError for a missing file, ValueError for a damaged one."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            rest = json.loads(file["rest"].tobytes())
            for name, size in rest["sizes"].items():
                if path.with_name(name).stat().st_size != size:
                    raise ValueError(f"{name} 的大小不对")
            columns = Columns(
                id=file["id"],
                revision=file["revision"],
                region=file["region"],
                year=file["year"],
                date=file["date"],
                same=file["same"],
                format=file["format"],
                added=file["added"],
                topic=file["topic"],
                topic_keys=tuple(rest["topic_keys"]),
                lengths=dict(zip(rest["fields"], file["lengths"], strict=True)),
                named={field: tuple(values) for field, values in rest["named"].items()},
            )
            mapped: dict[str, Any] = {name: _mapped(_beside(path, name)) for name in _OF_TEXTS}
            texts = Texts(starts=file["starts"], parts=file["parts"], **mapped)
            word_lists = {
                field: _word_lists(path, field, start) for field, start in rest["postings"].items()
            }
            return texts, columns, word_lists
    except (zipfile.BadZipFile, KeyError, EOFError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _word_lists(path: Path, field: str, start: int) -> WordLists:
    mapped: dict[str, Any] = {name: _mapped(_beside(path, f"{field}_{name}")) for name in _OF_WORDS}
    return WordLists(**mapped, start=start)


def flaws(path: Path, told: Told = lambda count: None) -> Iterator[Flaw]:
    """The files of a segment that are not as they were written, each looked at whole."""
    written = _digests(path, told)
    if isinstance(written, Flaw):
        yield written
        return
    for name, sha256 in written.items():
        try:
            if digest(path.with_name(name), told) != sha256:
                yield Flaw(name, CHANGED)
        except OSError as error:
            yield unreadable(name, error)


def _digests(path: Path, told: Told) -> dict[str, str] | Flaw:
    """What the other files of a segment should be; a flaw if what says so is not sealed."""
    try:
        if not is_sealed(path, told):
            return Flaw(path.name, CHANGED)
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            digests: dict[str, str] = json.loads(file["rest"].tobytes())["digests"]
            return digests
    except OSError as error:
        return unreadable(path.name, error)


def files(path: Path) -> tuple[Path, ...]:
    """All files there are of a segment, by name."""
    return tuple(sorted(path.parent.glob(f"{_segment(path)}.*")))


def populate(array: NDArray[Any]) -> None:
    """Have the pages of a mapped array at hand, so that no query waits for one after the other.

    Where the system cannot, they come as they are asked for. It is asked first because it answers
    with an error where a page cannot be read: looking into that one would kill the process.
    """
    owner: Any = array
    while isinstance(owner, np.ndarray):
        owner = owner.base
    if not (isinstance(owner, mmap.mmap) and _CAN_POPULATE):
        return
    with suppress(OSError):
        for start in range(0, len(owner), _AT_ONCE):
            size = min(_AT_ONCE, len(owner) - start)
            owner.madvise(_POPULATE_READ, start, size)
            # A virtual machine gets a page from its host when the processor first looks into it,
            # which takes 4 µs: a fifth of a query's time.
            np.frombuffer(owner, np.uint8, size, start)[:: mmap.PAGESIZE].max()


def to_disk(path: Path) -> None:
    """Have a file, or the names in a folder, survive a power cut."""
    try:
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    except PermissionError:
        return  # Windows opens no folders
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(path: Path, name: str) -> Path:
    return path.with_name(f"{_segment(path)}.{name}.npy")


def _mapped(path: Path) -> NDArray[np.generic]:
    array: NDArray[np.generic] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array.view(np.ndarray)  # slices of a memmap are slow to make


def _others(path: Path) -> tuple[Path, ...]:
    return tuple(other for other in files(path) if _SUFFIX not in other.name)


def _segment(path: Path) -> str:
    return path.name.removesuffix(_SUFFIX)
