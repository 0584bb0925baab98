"""Whether a file is still as it was written.

The files that describe the others (a segment's arrays, the table of contents) end in a seal: the
SHA-256 of all that stands before it. Zip files and Whoosh's pickles are read up to their own end
and do not see it. The digests of the other files stand in the sealed ones.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from indexer.engine import Flaw

CHANGED = "内容与写入时不同"

_AT_ONCE = 1 << 22
"""Bytes read in one piece."""
_SEAL = 2 * hashlib.sha256().digest_size

Told = Callable[[int], None]
"""Told how many more bytes have been looked at."""


def seal(path: Path) -> None:
    """Append the digest of what is in the file."""
    mark = digest(path)
    with path.open("ab") as stream:
        stream.write(mark.encode())


def seal_of(path: Path) -> str:
    """The digest that was appended; raises OSError."""
    return path.read_bytes()[-_SEAL:].decode("ascii", "replace")


def is_sealed(path: Path, told: Told = lambda count: None) -> bool:
    """Whether all before the seal is what was sealed; raises OSError."""
    length = max(0, path.stat().st_size - _SEAL)
    with path.open("rb") as stream:
        made = _digest(stream, length, told)
        return stream.read() == made.encode()


def digest(path: Path, told: Told = lambda count: None) -> str:
    """The SHA-256 of a whole file, in hexadecimal; raises OSError."""
    with path.open("rb") as stream:
        return _digest(stream, os.fstat(stream.fileno()).st_size, told)


def unreadable(name: str, error: OSError) -> Flaw:
    """What is wrong with a file that could not be looked at."""
    missing = isinstance(error, FileNotFoundError)
    return Flaw(name, "文件不在了" if missing else f"读不出（{error.strerror or error}）")


def _digest(stream: BinaryIO, length: int, told: Told) -> str:
    made = hashlib.sha256()
    for piece in _pieces(stream, length):
        made.update(piece)
        told(len(piece))
    return made.hexdigest()


def _pieces(stream: BinaryIO, length: int) -> Iterator[bytes]:
    while length and (piece := stream.read(min(length, _AT_ONCE))):
        length -= len(piece)
        yield piece
