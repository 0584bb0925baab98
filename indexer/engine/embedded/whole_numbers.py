"""Which occurrences cut a number in two, for all of them at once.

The rule is that of `indexer.query.terms.touches_number`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.units import UNIT, encode

Places = NDArray[np.integer[Any]]

_DIGITS = "0123456789"
_JOINTS = ".,"


def is_cut(
    text: NDArray[np.uint8], places: NDArray[np.integer[Any]], term: str
) -> NDArray[np.bool_]:
    """For each place at which `term` stands in a text as it is encoded: whether it cuts one."""
    codes = text.view(">u2")
    cut = np.zeros(len(places), dtype=np.bool_)
    if term[0] in _DIGITS:
        cut |= _leads_to_digit(codes, places, -1)
    if term[-1] in _DIGITS:
        cut |= _leads_to_digit(codes, places + len(encode(term)) // UNIT - 1, 1)
    return cut


def _leads_to_digit(codes: NDArray[np.uint16], places: Places, step: int) -> NDArray[np.bool_]:
    """Whether a digit stands one step from a place, or two with a joint between."""
    near, far = (_at(codes, places + step * distance) for distance in (1, 2))
    return _is_one_of(near, _DIGITS) | (_is_one_of(near, _JOINTS) & _is_one_of(far, _DIGITS))


def _at(codes: NDArray[np.uint16], places: Places) -> NDArray[np.uint16]:
    """The code units at these places, 0 where there is none."""
    outside = (places < 0) | (places >= len(codes))
    return np.where(outside, 0, codes[np.where(outside, 0, places)])


def _is_one_of(codes: NDArray[np.uint16], characters: str) -> NDArray[np.bool_]:
    return np.isin(codes, [ord(character) for character in characters])
