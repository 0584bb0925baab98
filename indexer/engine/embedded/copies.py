"""Reports of the same text as those that are shown."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from indexer.addresses import report_url
from indexer.engine.embedded.snapshot import Snapshot
from indexer.report import Format
from indexer.results import Copy, Hit


def of_report(report: str, snapshot: Snapshot) -> tuple[Copy, ...]:
    """The other live reports of the same text; none for a report that is not live."""
    numbers = ((snapshot.ids == report) & snapshot.live).nonzero()[0].tolist()
    return _others(numbers[0], snapshot) if numbers else ()


def with_copies(
    hits: tuple[Hit, ...], ranked: NDArray[np.intp], snapshot: Snapshot
) -> tuple[Hit, ...]:
    """Hits with what has the same text; `ranked` are the reports from the first up to theirs."""
    if snapshot.all_different:
        return hits
    texts = snapshot.text[ranked].tolist()
    first = {text: rank for rank, text in reversed(list(enumerate(texts)))}
    shown = []
    for rank, hit in enumerate(hits, start=len(ranked) - len(hits)):
        copies = _others(int(ranked[rank]), snapshot)
        before = first[texts[rank]]
        shown.append(
            replace(hit, copies=copies, same_as=before + 1 if before < rank else None)
            if copies
            else hit
        )
    return tuple(shown)


def _others(report: int, snapshot: Snapshot) -> tuple[Copy, ...]:
    others = snapshot.copies(report)
    others = others[others != report]
    if not len(others):
        return ()
    ascending = np.sort(others)
    titles = {
        number: entry.metadata.title
        for number, entry in zip(ascending.tolist(), snapshot.entries(ascending), strict=True)
    }
    return tuple(
        Copy(
            id=str(snapshot.ids[number]),
            title=titles[number],
            format=Format(str(snapshot.format[number])),
            url=report_url(str(snapshot.ids[number])),
        )
        for number in others.tolist()
    )
