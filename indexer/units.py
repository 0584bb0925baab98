"""Text as UTF-16 code units, high byte first: comparing bytes compares code units.

What an index maps is in code units, so that a place is the same number for every array of it.
"""

from __future__ import annotations

import codecs

import numpy as np
from numpy.typing import NDArray

UNIT = 2
"""Bytes of a code unit."""

_LAST_OF_ONE_UNIT = 0xFFFF
_ERRORS = "surrogatepass"


def encode(text: str) -> bytes:
    """A text's code units."""
    # By its own name, for it is looked up at every call: that takes longer than to encode.
    return codecs.utf_16_be_encode(text, _ERRORS)[0]


def decode(encoded: bytes | NDArray[np.uint8]) -> str:
    """What was encoded."""
    stored = encoded if isinstance(encoded, bytes) else encoded.data
    return codecs.utf_16_be_decode(stored, _ERRORS, True)[0]


def units_before(text: str) -> NDArray[np.int32]:
    """How many code units stand before each character, and behind the last."""
    if len(encode(text)) == UNIT * len(text):
        return np.arange(len(text) + 1, dtype=np.int32)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.concatenate(([0], np.cumsum(1 + (codes > _LAST_OF_ONE_UNIT)))).astype(np.int32)
