"""The first few of many in an order of several keys, without sorting them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Key = Callable[[NDArray[np.intp]], NDArray[Any]]
"""The sort keys of the elements of these numbers, ascending is first."""


def foremost(numbers: NDArray[np.intp], keys: Sequence[Key], wanted: int) -> NDArray[np.intp]:
    """The first `wanted` of `numbers` by these keys, in order; of equals the earlier ones.

    A key is only asked for numbers that those before it leave undecided.
    """
    sure = numbers[:0]
    if not wanted:
        return sure
    open_ = numbers
    for key in keys:
        missing = wanted - len(sure)
        if len(open_) <= missing:
            break
        values = key(open_)
        last = np.partition(values, missing - 1)[missing - 1]
        sure = np.concatenate((sure, open_[values < last]))
        open_ = open_[values == last]
    chosen = np.concatenate((sure, open_[: wanted - len(sure)]))
    chosen.sort()
    # lexsort is stable, and its last key is the first to decide.
    return chosen[np.lexsort([key(chosen) for key in reversed(keys)])]
