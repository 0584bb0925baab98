"""The first few of many in an order of several keys, without sorting them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Key = Callable[[NDArray[np.intp]], NDArray[Any]]
"""The sort keys of the elements of these numbers, ascending is first."""


_FEW = 32
"""So many are sorted in the time that it takes to choose among them."""


def foremost(numbers: NDArray[np.intp], keys: Sequence[Key], wanted: int) -> NDArray[np.intp]:
    """The first `wanted` of ascending `numbers` by these keys, in order; of equals the earlier."""
    chosen = numbers if len(numbers) <= _FEW else _chosen(numbers, keys, wanted)
    # lexsort is stable, and its last key is the first to decide.
    return chosen[np.lexsort([key(chosen) for key in reversed(keys)])[:wanted]]


def _chosen(numbers: NDArray[np.intp], keys: Sequence[Key], wanted: int) -> NDArray[np.intp]:
    """The same, ascending. A key is only asked for those that the ones before leave undecided."""
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
    return chosen
