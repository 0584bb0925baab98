"""Where strings stand in a few reports that are put end to end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.evaluate import Lookup
from indexer.engine.embedded.suffixes import scan
from indexer.engine.embedded.whole_numbers import is_cut
from indexer.paired import PairedText, PairedTexts, Places
from indexer.report import BARRIER
from indexer.units import encode

_SCANNED = 8
"""Code units that are looked through in the time in which one place is chosen or not."""
_SEGMENT = 10_000
"""Places that are looked at in the time that a segment takes besides."""
_SEPARATOR = np.frombuffer(encode(BARRIER), dtype=np.uint8)


class Standing:
    """Reports of ascending numbers; `places` are as in `texts`, which are of the same reports."""

    def __init__(
        self, reports: NDArray[np.intp], parts: Sequence[PairedText], lookup: Lookup
    ) -> None:
        self.texts = PairedTexts.of(parts)
        self._reports = reports
        self._parts = parts
        self._lookup = lookup

    def places(self, term: str) -> Places:
        """Where a folded string counts, ascending."""
        segments = self._lookup.snapshot.segments
        everywhere = sum(segment.occurrences(term) for segment in segments)
        # A string that stands everywhere is looked for in these texts: that takes less time than
        # to choose, from all its places, those that are in them.
        if everywhere + _SEGMENT * (len(segments) - 1) < self.texts.starts[-1] // _SCANNED:
            return self._chosen(term)
        found = scan(self._joined, encode(term))
        if self._lookup.cuts_numbers(term):
            return found[~is_cut(self._joined, found, term)]
        return found

    def _chosen(self, term: str) -> Places:
        starts = self.texts.starts
        places = [starts[:0]]
        for segment, inside in self._lookup.snapshot.by_segment(self._reports):
            found = self._lookup.positions_in(segment, inside, term)
            begins = segment.texts.starts[inside]
            report = begins.searchsorted(found, side="right") - 1
            places.append(found + (starts[: len(inside)] - begins)[report])
            starts = starts[len(inside) :]
        return np.concatenate(places)

    @cached_property
    def _joined(self) -> NDArray[np.uint8]:
        """The folded texts, a separator behind each."""
        parts = (part for text in self._parts for part in (text.folded, _SEPARATOR))
        return np.concatenate([_SEPARATOR[:0], *parts])
