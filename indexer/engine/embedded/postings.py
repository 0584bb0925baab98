"""BM25F over arrays with one element a report.

Whoosh's own searcher and collectors go through Python for every posting and every field length;
here scores are array operations over all reports at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75
# A word of the title says more of what a report is about than one of its body: the factor is
# the usual one between 2 and 5 of the BM25F literature (Robertson & Zaragoza 2009, section 3.6).
FIELD_WEIGHTS = {"title": 3.0, "body": 1.0}

Counts = NDArray[np.float32]


@dataclass(frozen=True)
class FieldLengths:
    """Words in each field of each report, and their means over the live ones."""

    lengths: dict[str, Counts]
    means: dict[str, float]


def field_lengths(
    lengths: Mapping[str, NDArray[np.int32]], live: NDArray[np.bool_]
) -> FieldLengths:
    """The lengths that BM25F divides by, over all reports."""
    reports = max(1, int(np.count_nonzero(live)))
    # Lengths are whole numbers, so that these sums are exact in whatever order segments come.
    means = {name: int(values[live].sum()) / reports or 1.0 for name, values in lengths.items()}
    return FieldLengths(
        {name: values.astype(np.float32) for name, values in lengths.items()}, means
    )


def bm25f(
    counts: dict[str, Counts], live: NDArray[np.bool_], lengths: FieldLengths
) -> NDArray[np.float32]:
    """The score of one term in every report (Robertson, Zaragoza & Taylor 2004).

    `counts` are its occurrences per field; `live` tells the reports that count for its rarity.
    """
    weighted = np.zeros(len(live), dtype=np.float32)
    for field, occurrences in counts.items():
        norm = 1 - B + B * lengths.lengths[field] / lengths.means[field]
        weighted += FIELD_WEIGHTS[field] * occurrences / norm
    holders = int(np.count_nonzero((weighted > 0) & live))
    total = int(np.count_nonzero(live))
    rarity = np.log1p((total - holders + 0.5) / (holders + 0.5))
    scores: NDArray[np.float32] = (rarity * weighted * (K1 + 1) / (weighted + K1)).astype(
        np.float32
    )
    return scores
