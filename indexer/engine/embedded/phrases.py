"""Every occurrence of a folded string in the folded texts, overlapping ones too.

A scan of the whole text: exact for any string, whatever the words.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.arrays import Texts


def places(text: str, term: str) -> Iterator[int]:
    """The offsets at which `term`, which must not be empty, begins in `text`."""
    place = text.find(term)
    while place >= 0:
        yield place
        place = text.find(term, place + 1)


def counts(texts: Texts, term: str) -> NDArray[np.int64]:
    """How often `term` occurs in each report of a segment."""
    found = np.fromiter(places(texts.folded, term), dtype=np.int64)
    reports = np.searchsorted(texts.starts, found, side="right") - 1
    return np.bincount(reports, minlength=len(texts.starts) - 1)
