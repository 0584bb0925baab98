"""Bytes of a plain text -> its characters, whatever it was saved as.

A byte order mark decides. Without one, UTF-8 without a fault does, if ASCII or Chinese comes of
it. Else the bytes are read in every encoding that Chinese texts have, and the reading whose
characters surprise least is the right one: that tells GB18030 from Big5, UTF-16 from both, and
UTF-8 with a fault in it, from 24 bytes up. Where no reading is Chinese, `chardet` names the
encoding.

A file in two encodings is read line by line. Bytes that still mean nothing become U+FFFD and
are counted, never dropped without a word.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

import chardet

from indexer.extract.common import surprise
from indexer.extract.txt.mojibake import mojibake

_MARKED = (  # the marks of UTF-32 first: that of UTF-16 begins one of them
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NARROW = ("utf-8", "gb18030", "cp950", "big5hkscs")
_WIDE = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_SAMPLE = 600
"""Bytes that the encoding is told by: many times what is enough, and read in 0.3 ms."""
_FOREIGN = 12.0
"""Nats a character above which no Chinese text is: right readings have 5 to 9, wrong ones 14."""
_CHINESE = 5.0
"""Nats a byte up to which a narrow reading is Chinese: GB18030 has 3.5, any ASCII 5.5."""
_CUT = 25.0
"""What is charged for supposing that the file begins in mid-character."""
_AHEAD = 32
_PIECE = 4096
_MOST_FAULTS = 1000
"""Faults in UTF-8 after which no second encoding is looked for: it would show at the first."""
_BEYOND_ASCII = re.compile(rb"[^\n]*[\x80-\xff][^\n]*\n?")
_PLAIN = re.compile(rb"[\t\n\x0b\f\r -~]*")
_CLASSES = bytes(
    ord("C") if 0x80 <= byte < 0xC0 else ord("L") if 0xE3 <= byte < 0xEA or byte == 0xEF else 0
    for byte in range(256)
)
_UTF8_RUN = b"LCC" * 4
"""Four ideographs in UTF-8: in GB18030 or Big5 six that are rare, one beside the other."""
_ESCAPE = re.compile(r"<U\+([0-9A-F]{4,6})>")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and sentences for people about what was lost on the way."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`; never fails, whatever the bytes.

    `declared` is the encoding that the file itself names (a web page's meta element); it is
    believed where the bytes can be read in it without a fault.
    """
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _finish(data[len(mark) :].decode(encoding, "replace"), data)
    if declared and (text := _strictly(data, declared)) is not None:
        return _finish(text, data)
    if _PLAIN.fullmatch(data):
        return _finish(data.decode("ascii"), data)
    return _wide(data) or _narrow(data.replace(b"\x00", b""))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark, where that reads better than anything else."""
    sample = data[:_SAMPLE]
    likely = min(_surprise(sample, name) for name in _NARROW)
    if likely <= _CHINESE * len(sample):
        return None
    found = None
    for encoding, unit in _WIDE.items():
        for skip in range(unit):
            text = _begin(sample[skip:], encoding)
            nats = surprise(text) + _CUT * bool(skip)
            if nats < min(likely, _FOREIGN * len(text)):
                likely, found = nats, (encoding, skip)
    if found is None:
        return None
    encoding, skip = found
    return _finish("\ufffd" * bool(skip) + data[skip:].decode(encoding, "replace"), data)


def _narrow(data: bytes) -> Decoded:
    """The text of bytes that are neither UTF-16 nor UTF-32."""
    sample = _telling(data)
    encoding, skip = min(
        ((name, skip) for name in _NARROW for skip in (0, 1)),
        key=lambda reading: _surprise(sample[reading[1] :], reading[0]) + _CUT * reading[1],
    )
    text = _strictly(data, "utf-8")
    if text is not None and _prefers_utf8(sample, encoding):
        return _finish(text, data)
    begin = _begin(sample[skip:], encoding)
    if surprise(begin) > _FOREIGN * len(begin):
        return _foreign(data, encoding)
    if encoding == "utf-8" or _UTF8_RUN in data.translate(_CLASSES):
        mixed = _mixed(data, _beside_utf8(data) if encoding == "utf-8" else encoding)
        if mixed is not None:
            return mixed
    return _finish("\ufffd" * skip + data[skip:].decode(encoding, RESUME), data)


def _prefers_utf8(sample: bytes, other: str) -> bool:
    """Whether `sample`, without a fault in UTF-8, is UTF-8.

    One ideograph of GB18030 in seven is a letter of UTF-8 by chance (展 is U+057F), six in a
    row are not once in 100,000 times.
    """
    text = _begin(sample, "utf-8")
    beyond = sum(character > "\x7f" for character in text)
    return beyond > 6 or surprise(text) - 5.0 * beyond <= _surprise(sample, other)


def _telling(data: bytes) -> bytes:
    """The first lines that are not plain ASCII, `_SAMPLE` bytes of them."""
    found = bytearray()
    for line in _BEYOND_ASCII.finditer(data):
        found += line.group()[: _SAMPLE - len(found)]
        if len(found) >= _SAMPLE:
            break
    return bytes(found)


def _surprise(sample: bytes, encoding: str) -> float:
    return surprise(_begin(sample, encoding)) + 3.0 * sample.count(0)


def _begin(sample: bytes, encoding: str) -> str:
    """`sample` decoded; a character cut off at its end is no fault."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample)


def _resume(error: UnicodeError) -> tuple[str, int]:
    """One U+FFFD for bytes that mean nothing, then on from where the rest reads best.

    After a bad byte every following character may be read half a character off, to the end of
    the line.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    rest = error.object[error.end : error.end + _AHEAD]
    off = min((0, 1), key=lambda n: _surprise(rest[n:], error.encoding) + _CUT * n)
    return "\ufffd", error.end + (off if len(rest) > off else 0)


RESUME = "indexer.resume"
codecs.register_error(RESUME, _resume)


def _mixed(data: bytes, other: str) -> Decoded | None:
    """Files in UTF-8 and in `other` that were joined to one; None where UTF-8 alone has faults."""
    pieces: list[str] = []
    classes = data.translate(_CLASSES)
    start, switches = 0, 0
    while start < len(data):
        end = _end_of_utf8(data, start, other)
        pieces.append(data[start:end].decode("utf-8", "replace"))
        start = _start_of_utf8(data, classes, end)
        pieces.append(data[end:start].decode(other, RESUME))
        switches += start > end
    if not switches:
        return None
    decoded = _finish("".join(pieces), data)
    name = "GB18030" if other == "gb18030" else "Big5"
    warning = f"文件里混用了两种编码（UTF-8 和 {name}），已分别解读。"
    return Decoded(decoded.text, (warning, *decoded.warnings))


def _beside_utf8(data: bytes) -> str:
    """The encoding that the bytes after the first fault in UTF-8 read best in."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        ahead = data[error.start : error.start + _SAMPLE]
        return min(_NARROW[1:], key=lambda name: _surprise(ahead, name))
    return _NARROW[1]


def _end_of_utf8(data: bytes, start: int, other: str) -> int:
    """Where the bytes begin that read better in `other`."""
    position, faults = start, 0
    while position < len(data) and faults < _MOST_FAULTS:
        piece = data[position : position + _PIECE]
        try:
            piece.decode("utf-8")
        except UnicodeDecodeError as error:
            if 0 < error.start >= _PIECE - 3:  # only the piece ends in mid-character
                position += error.start
                continue
            fault = position + error.start
            ahead = data[fault : fault + 2 * _AHEAD]
            if _surprise(ahead, other) + _CUT < _surprise(ahead, "utf-8"):
                return fault
            position += error.end
            faults += 1
        else:
            position += len(piece)
    return len(data)


def _start_of_utf8(data: bytes, classes: bytes, start: int) -> int:
    """Where UTF-8 begins again: at the beginning of a line where that can be."""
    found = classes.find(_UTF8_RUN, start)
    if found < 0:
        return len(data)
    line = data.rfind(b"\n", start, found) + 1
    whole = line > start and _strictly(data[line:found], "utf-8") is not None
    return line if whole else found


def _foreign(data: bytes, likely: str) -> Decoded:
    """What no Chinese encoding makes sense of, in the encoding that `chardet` names."""
    named = chardet.detect(data[: 1 << 16], prefer_superset=True)["encoding"] or likely
    text = _strictly(data, named)
    if text is None:
        return _finish(data.decode(likely, RESUME), data)
    decoded = _finish(text, data)
    return Decoded(decoded.text, (f"不像中文文本，按 {named} 编码解读。", *decoded.warnings))


def _finish(text: str, data: bytes) -> Decoded:
    text = _unescape(text)
    return Decoded(text, tuple(_told(text, data)))


def _told(text: str, data: bytes) -> Iterator[str]:
    """What was lost, here or before the file was saved."""
    gone = text.count("\ufffd")
    before = min(gone, data.count("\ufffd".encode()))
    if gone > before:
        yield f"有 {gone - before} 处字节无法解读，已用 \ufffd 代替。"
    if before:
        yield f"原文件里已有 {before} 处 \ufffd，那里的字在保存之前就丢失了。"
    how = mojibake(text)
    if how:
        yield f"文字像是乱码（{how}），请换一份原文件。"


def _unescape(text: str) -> str:
    """R on Windows writes characters outside its code page as <U+00A0>."""
    return _ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    number = int(found.group(1), 16)
    return chr(number) if number < 0x110000 else found.group()
