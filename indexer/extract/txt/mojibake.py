"""Text that was read in a wrong encoding and saved again: told from what it should have been.

Read back the way it was spoiled, it makes sense; that is the proof. What was spoiled twice, or
lost bytes on the way, may be recognisable by its commonest remains only.
"""

from __future__ import annotations

import re

from indexer.extract.common import surprise

_SPOILED = (  # saved in the first, read as the second
    ("utf-8", "gb18030"),
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("gb18030", "latin-1"),
    ("gb18030", "cp1252"),
    ("gb18030", "cp950"),
    ("cp950", "gb18030"),
    ("cp950", "latin-1"),
)
_PRINTED = {"utf-8": " UTF-8 ", "gb18030": " GBK ", "cp950": " Big5 "}
_REMAINS = re.compile(r"锟斤拷|烫烫烫|屯屯屯|\?{12}")
"""U+FFFD of UTF-8 read as GBK, memory that a program never filled, what a code page has not."""
_STRANGE = re.compile("[^\x00-\x7f\u3000-\u303f\uff00-\uffef\u2010-\u2027\ufffd]+")
_SAMPLE = 400
_LEAST = 6
_SPOILED_ABOVE, _SOUND_BELOW = 11.0, 9.5
"""Nats a character, without punctuation: Chinese has 6 to 9, spoiled Chinese 13 and more."""


def mojibake(text: str) -> str | None:
    """How `text` was spoiled, for people; None where it was not, or not so that it can be told."""
    found = _REMAINS.search(text)
    if found:
        return f"含有“{found.group()}”"
    begin = text[: 10 * _SAMPLE]
    strange = _strange(begin)
    if len(strange) < _LEAST or surprise(strange) < _SPOILED_ABOVE * len(strange):
        return None
    for true, false in _SPOILED:
        restored = _strange(begin.encode(false, "ignore").decode(true, "replace"))
        sound = surprise(restored) < _SOUND_BELOW * len(restored)
        if len(restored) >= max(_LEAST, len(strange) // 5) and sound:
            return f"{_PRINTED[true].lstrip()}被当作{_PRINTED.get(false, '西文')}解读过"
    return None


def _strange(text: str) -> str:
    """The characters that a wrong reading makes, a sample of them."""
    return "".join(_STRANGE.findall(text))[:_SAMPLE]
