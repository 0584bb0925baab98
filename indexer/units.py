"""Text as UTF-16 code units, high byte first: comparing bytes compares code units.

What an index maps is in code units, so that a place is the same number for every array of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

UNIT = 2
"""Bytes of a code unit."""

_LAST_OF_ONE_UNIT = 0xFFFF


def encode(text: str) -> bytes:
    """A text's code units."""
    return text.encode("utf-16-be", "surrogatepass")


def decode(encoded: bytes | NDArray[np.uint8]) -> str:
    """What was encoded."""
    return bytes(encoded).decode("utf-16-be", "surrogatepass")


def units_before(text: str) -> NDArray[np.int32]:
    """How many code units stand before each character, and behind the last."""
    if len(encode(text)) == UNIT * len(text):
        return np.arange(len(text) + 1, dtype=np.int32)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.concatenate(([0], np.cumsum(1 + (codes > _LAST_OF_ONE_UNIT)))).astype(np.int32)
