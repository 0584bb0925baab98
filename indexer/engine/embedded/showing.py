"""Reports found -> hits with their passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.addresses import report_url
from indexer.engine.embedded.evaluate import Evaluated, Lookup
from indexer.engine.embedded.standing import Standing
from indexer.folding import fold
from indexer.passages import passages
from indexer.records import Entry
from indexer.results import Hit, Passage
from indexer.units import UNIT, encode


def hits(
    numbers: NDArray[np.intp], terms: Sequence[str], evaluated: Evaluated, lookup: Lookup
) -> tuple[Hit, ...]:
    """The reports of these numbers as hits, in the same order; `terms` are marked in them."""
    snapshot = lookup.snapshot
    order = numbers.argsort()
    reports = numbers[order]
    entries = snapshot.entries(reports)
    standing = Standing(reports, snapshot.paired(reports), lookup)
    texts = standing.texts
    places = [standing.places(term) for term in terms]
    # One row a term, one column a report.
    ends = np.array([of_term.searchsorted(texts.starts) for of_term in places], dtype=np.int64)
    counts = (ends[:, 1:] - ends[:, :-1]) if terms else np.empty((0, len(reports)), np.int64)
    cut = passages(
        [entry.report for entry in entries],
        texts,
        places,
        [len(encode(term)) // UNIT for term in terms],
    )
    columns = (counts.T.tolist(), evaluated.score[reports].tolist())
    shown = [
        _hit(entry, of_report, score, passages, terms, relaxed=evaluated.relaxed)
        for entry, of_report, score, passages in zip(entries, *columns, cut, strict=True)
    ]
    return tuple(shown[place] for place in order.argsort().tolist())


def _hit(
    entry: Entry,
    counts: Sequence[int],
    score: float,
    passages: tuple[Passage, ...],
    terms: Sequence[str],
    *,
    relaxed: bool,
) -> Hit:
    """`counts` tell how often each term stands in the report."""
    metadata = entry.metadata
    missing: tuple[str, ...] = ()
    if relaxed:
        title = fold(metadata.title)
        pairs = zip(terms, counts, strict=True)
        missing = tuple(term for term, count in pairs if not count and term not in title)
    return Hit(
        id=entry.report,
        text=entry.text,
        title=metadata.title,
        region=metadata.region,
        year=metadata.year,
        topics=metadata.topics,
        issuer=metadata.issuer,
        date=metadata.date,
        kind=metadata.kind,
        matches=sum(counts),
        score=score,
        url=report_url(entry.report),
        passages=passages,
        missing=missing,
        number=metadata.number,
    )
