"""Stretches of equal neighbours in an array.

`np.diff` with something put before or behind does the same in five times the time, of which small
arrays, and a query has dozens, take most.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def firsts(values: NDArray[Any]) -> NDArray[np.intp]:
    """The places of the elements that are not equal to the one before: of the first always."""
    is_first = np.empty(len(values), dtype=np.bool_)
    is_first[:1] = True
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return is_first.nonzero()[0]


def counted(begins: NDArray[np.intp], total: int) -> NDArray[np.intp]:
    """How many of `total` elements are in each stretch, by where these begin."""
    counts = np.empty_like(begins)
    np.subtract(begins[1:], begins[:-1], out=counts[:-1])
    counts[-1:] = total - begins[-1:]
    return counts
