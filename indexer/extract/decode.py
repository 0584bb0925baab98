"""Bytes of a plain text -> its characters, whatever it was saved as.

In this order: a byte order mark; UTF-16 or UTF-32 without one; UTF-8 without a fault; what
`chardet` names, with GB18030 for its subsets GBK and GB2312. Bytes that still mean nothing
become U+FFFD and are counted, never dropped without a word.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import chardet

_MARKED = (  # the marks of UTF-32 first: that of UTF-16 begins one of them
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_CHINESE = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2027 -~\r\n\t]")
_ESCAPE = re.compile(r"<U\+([0-9A-F]{4,6})>")
_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and sentences for people about what was lost on the way."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of `data`; never fails, whatever the bytes."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _finish(data[len(mark) :].decode(encoding, "replace"))
    wide = _wide(data)
    if wide:
        return _finish(data.decode(wide, "replace"))
    plain = data.replace(b"\x00", b"")
    try:
        return _finish(plain.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _mixed(plain, error) or _finish(plain.decode(_encoding(plain), "replace"))


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: zero bytes abound, and the text makes sense."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    if sample.count(0) < max(1, len(sample) // 200):
        return None
    shares = {name: _chinese_share(sample.decode(name, "replace")) for name in _WIDE}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.9 else None


def _chinese_share(text: str) -> float:
    return len(_CHINESE.findall(text)) / len(text) if text else 0.0


def _mixed(data: bytes, error: UnicodeDecodeError) -> Decoded | None:
    """Two files in one: UTF-8 up to some line, GB18030 from there on."""
    cut = data.rfind(b"\n", 0, error.start) + 1 or error.start
    head, tail = data[:cut].decode("utf-8"), data[cut:]
    if head.isascii() or len(tail) < 100:
        return None
    try:
        rest = tail.decode("gb18030")
    except UnicodeDecodeError:
        return None
    if _chinese_share(rest) < 0.9:
        return None
    return Decoded(
        _unescape(head + rest), ("文件前后用了两种编码（UTF-8 和 GB18030），已分别解读。",)
    )


def _encoding(data: bytes) -> str:
    """The encoding in which `data` has fewest faults; `chardet` decides between equals."""
    named = (chardet.detect(data).get("encoding") or "").lower()
    likely = "big5hkscs" if named.startswith(("big5", "cp950")) else "gb18030"
    candidates = dict.fromkeys((likely, "utf-8", "gb18030", "big5hkscs"))
    return min(candidates, key=lambda name: _faults(data, name))


def _faults(data: bytes, encoding: str) -> float:
    """Replaced characters, and as many again as the text has outside Chinese and ASCII."""
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    return lost + 0.1 * (len(text) - lost - len(_CHINESE.findall(text)))


def _finish(text: str) -> Decoded:
    lost = text.count("\ufffd")
    warnings = (f"有 {lost} 处字节无法解读，已用 � 代替。",) if lost else ()
    return Decoded(_unescape(text), warnings)


def _unescape(text: str) -> str:
    """R on Windows writes characters outside its code page as <U+00A0>."""
    return _ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    number = int(found.group(1), 16)
    return chr(number) if number < 0x110000 else found.group()
