"""ZIP packages (DOCX, ODT, OFD), refused before anything is unpacked where they are bombs.

Pictures and embedded files are never unpacked here, so that their size does not matter.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from indexer.errors import DamagedError, EncryptedError, TooLargeError

MAX_MEMBERS = 10_000
"""Files in a package: the largest real ones have some hundreds, most of them pictures."""

MAX_XML = 128 << 20
"""Bytes that the XML in a package may unpack to: 30 times a report of 400 pages; its tree in
memory is five to ten times as large."""

MAX_RATIO = 200
"""To which Word's own XML never comes near (10 to 40); Deflate can do 1,032."""

_SMALL = 8 << 20  # below which a ratio means nothing: an empty table packs 500 to 1
_XML = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
_END = struct.Struct("<4s6xH8x")  # of the directory: APPNOTE.TXT 4.3.16
_END_MARK = b"PK\x05\x06"
_COMMENT = 1 << 16
_ENCRYPTED = 1
_BOMB = "超过上限，不像是报告。请检查文件，或另存一份。"


def opened(path: Path, data: bytes) -> zipfile.ZipFile:
    """The package, its directory read and found to be within the limits.

    Raises DamagedError, TooLargeError, EncryptedError (single files can have passwords).
    """
    if _declared_members(data) > MAX_MEMBERS:
        raise TooLargeError(path, f"压缩包里有 {_declared_members(data)} 个文件，{_BOMB}")
    try:
        package = zipfile.ZipFile(BytesIO(data))
    # zipfile raises the third for a directory that asks for a later version of the format.
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise DamagedError(
            path, "DOCX 或压缩包的目录损坏，文件可能没有下载完整。请重新下载。"
        ) from error
    entries = [entry for entry in package.infolist() if _XML.search(entry.filename)]
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise EncryptedError(path, "压缩包有密码。请去掉密码后再放回。")
    if len(package.infolist()) > MAX_MEMBERS:
        raise TooLargeError(path, f"压缩包里有 {len(package.infolist())} 个文件，{_BOMB}")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_XML:
        raise TooLargeError(path, f"解压后的文字部分有 {total / 2**20:.0f} MB，{_BOMB}")
    for entry in entries:
        if entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size):
            ratio = entry.file_size // max(1, entry.compress_size)
            raise TooLargeError(path, f"压缩比达到 {ratio} 倍，{_BOMB}")
    return package


def member(data: bytes, name: str) -> bytes:
    """A member of a package that `opened` has passed; empty where it is not there or broken."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return package.read(name)
    # zipfile raises the last one for a way of packing that it does not know.
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        return b""


def _declared_members(data: bytes) -> int:
    """As the end of the directory says: to read all of it takes 20 microseconds for each."""
    start = data.rfind(_END_MARK, max(0, len(data) - _END.size - _COMMENT))
    if start < 0 or start + _END.size > len(data):
        return 0
    _, members = _END.unpack_from(data, start)
    return int(members)
