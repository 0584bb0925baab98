"""Whoosh's table of terms, written in bulk: its file format, filled by arrays.

The file holds records of key and value in the order of keys, then 256 hash tables of (hash, place
of the record), then the places of all records. A record is looked for from the slot that its hash
names onwards up to a free one; half of the slots are free. Whoosh adds one record after the other.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Codec
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.codec.whoosh3 import W3FieldWriter
from whoosh.filedb.filestore import Storage
from whoosh.filedb.filetables import HashWriter, OrderedHashWriter
from whoosh.filedb.structfile import StructFile
from whoosh.util.numlists import GrowableArray

Places = NDArray[np.int64]

_CRC32 = 1
"""Whoosh's number for this hash; its usual one is MD5, which takes ten times as long."""
_SIZES = np.dtype([("key", ">i4"), ("value", ">i4")])
"""What stands before a key and its value: their lengths."""
_SLOT = np.dtype([("hash", ">u4"), ("place", ">i8")])
_TABLES = 256


class TermTable(OrderedHashWriter):  # type: ignore[misc] # Whoosh publishes no types
    """A file of terms that is written once."""

    def __init__(self, file: StructFile) -> None:
        HashWriter.__init__(self, file, hashtype=_CRC32)
        self.index = GrowableArray("q")
        self._hashes: list[NDArray[np.uint32]] = []
        self._places: list[Places] = []

    def add_records(self, keys: Sequence[bytes], values: NDArray[np.void]) -> None:
        """Ascending keys and their values, all of one size."""
        sizes = np.empty(len(keys), dtype=_SIZES)
        sizes["key"] = np.fromiter(map(len, keys), np.int64, len(keys))
        sizes["value"] = values.itemsize
        ends = np.cumsum(_SIZES.itemsize + sizes["key"].astype(np.int64) + values.itemsize)
        records = zip(_as_bytes(sizes), keys, _as_bytes(values), strict=True)
        self._places.append(self.dbfile.tell() + np.concatenate(([0], ends[:-1])))
        self._hashes.append(np.fromiter(map(crc32, keys), np.uint32, len(keys)))
        self.dbfile.write(b"".join(chain.from_iterable(records)))

    def _write_hashes(self) -> None:
        """Instead of Whoosh's."""
        hashes = np.concatenate([np.empty(0, np.uint32), *self._hashes])
        places = np.concatenate([np.empty(0, np.int64), *self._places])
        self.index.array = array("q", places.tobytes())
        for number in range(_TABLES):
            of_table = np.flatnonzero(hashes & (_TABLES - 1) == number)
            slots = np.zeros(2 * len(of_table), dtype=_SLOT)
            filled = filled_slots(hashes[of_table] // _TABLES, len(slots))
            slots["hash"][filled] = hashes[of_table]
            slots["place"][filled] = places[of_table]
            self.directory.append((self.dbfile.tell(), len(slots)))
            self.dbfile.write(slots.tobytes())


class FieldWriter(W3FieldWriter):  # type: ignore[misc] # Whoosh publishes no types
    """Whoosh's writer of fields, with that table of terms."""

    _tindex: HashWriter

    def __init__(self, codec: Codec, storage: Storage, segment: WhooshSegment) -> None:
        super().__init__(codec, storage, segment)
        file, extras = self._tindex.dbfile, self._tindex.extras
        file.seek(0)  # nothing but its head has been written
        self._tindex = self.terms = TermTable(file)
        self.terms.extras |= extras


def filled_slots(wanted: NDArray[np.uint32], slots: int) -> NDArray[np.int64]:
    """The slot of each record if one after the other takes the next free one from where it wants.

    `wanted` is taken modulo the number of slots; behind the last comes the first.
    """
    places = np.arange(len(wanted))
    first = wanted.astype(np.int64) % max(slots, 1)
    filled = np.empty_like(first)
    while True:
        in_order = np.argsort(first, kind="stable")
        # Each stands where it wants to, or right behind the one before it.
        filled[in_order] = np.maximum.accumulate(first[in_order] - places) + places
        beyond = filled >= slots
        if not beyond.any():
            return filled
        # These go on from the first slot.
        first[beyond] = 0


def _as_bytes(records: NDArray[np.void]) -> list[bytes]:
    """Each record's bytes."""
    plain: list[bytes] = records.view(f"V{records.itemsize}").tolist()
    return plain
