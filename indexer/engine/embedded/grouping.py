"""Sentences found -> wordings: alike ones as one, counted, in the order asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from indexer.engine.embedded.arrays import NO_REGION, NO_YEAR
from indexer.engine.embedded.evaluate import Lookup
from indexer.engine.embedded.selecting import Key, foremost
from indexer.engine.embedded.sentences import Numbers, Stretches
from indexer.engine.embedded.snapshot import Snapshot
from indexer.engine.embedded.standing import Standing
from indexer.passages import Stretch, passages_at
from indexer.query.terms import marked_terms
from indexer.report import Format
from indexer.results import Search, Sort
from indexer.units import UNIT, encode
from indexer.vocabulary.regions import regions
from indexer.wordings import Use, Worded

USES = 40
"""Reports that are named under each wording of a list; one looked at alone names all, by pages."""
LONGEST = 300
"""Code units of a wording that are shown: rows of tables may be of any length."""

_NEVER = np.int32(np.iinfo(np.int32).max)


@dataclass(frozen=True)
class Grouped:
    """Sentences by wording: those of group i are `order[starts[i] : starts[i + 1]]`, by report."""

    found: Stretches
    order: Numbers
    starts: Numbers

    @classmethod
    def of(cls, found: Stretches) -> Grouped:
        """All of them; what is found must ascend by report."""
        order = np.argsort(found.prints, kind="stable")
        prints = found.prints[order]
        first = np.flatnonzero(np.concatenate(([True], prints[1:] != prints[:-1])))
        return cls(found, order, np.append(first[: len(prints)], len(prints)))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def prints(self) -> NDArray[np.uint64]:
        """The digest of each."""
        return self.found.prints[self.order[self.starts[:-1]]]

    @property
    def times(self) -> Numbers:
        """How many sentences each has."""
        return np.diff(self.starts)

    def reports(self) -> Numbers:
        """How many reports each has."""
        report = self.found.report[self.order]
        new = np.diff(report, prepend=-1) != 0
        new[self.starts[:-1]] = True
        return np.bincount(self.group[new], minlength=len(self))

    def different(self, values: NDArray[np.intp]) -> Numbers:
        """How many different values but 0 the reports of each have; `values` has each report's."""
        most = int(values.max(initial=0)) + 1
        pairs = np.unique(self.group * most + values[self.found.report[self.order]])
        return np.bincount(pairs[pairs % most > 0] // most, minlength=len(self))

    @property
    def group(self) -> Numbers:
        """Which group each of `order` is of."""
        return np.repeat(np.arange(len(self)), self.times)

    def sentences(self, group: int) -> Numbers:
        """The sentences of a group, in the order of reports and their text."""
        return self.order[self.starts[group] : self.starts[group + 1]]


def entries(
    grouped: Grouped, search: Search, only: str | None, lookup: Lookup
) -> tuple[Worded, ...]:
    """The page of wordings that a search asks for, or of the uses of `only` one."""
    snapshot = lookup.snapshot
    if only is not None:
        groups = np.flatnonzero(grouped.prints == np.uint64(int(only, 16)))
        first, most = search.offset, search.limit
    else:
        everything = np.arange(len(grouped))
        end = search.offset + search.limit
        ranked = foremost(everything, _keys(search.sort, grouped, snapshot), end)
        groups = ranked[search.offset :]
        first, most = 0, USES
    chosen = [_Chosen.of(grouped, group, snapshot) for group in groups.tolist()]
    shown = [one.uses[first : first + most] for one in chosen]
    terms = marked_terms(search.tree)
    uses = iter(_uses([use for of_one in shown for use in of_one], grouped.found, terms, lookup))
    return tuple(
        _worded(one, tuple(islice(uses, len(of_one))), snapshot)
        for one, of_one in zip(chosen, shown, strict=True)
    )


@dataclass(frozen=True)
class _Chosen:
    """A wording to be shown: its reports, and of each its first sentence and how many it has.

    `uses` are the earliest first.
    """

    print: int
    reports: Numbers
    uses: list[tuple[int, int]]

    @classmethod
    def of(cls, grouped: Grouped, group: int, snapshot: Snapshot) -> _Chosen:
        sentences = grouped.sentences(group)
        reports, first, times = np.unique(
            grouped.found.report[sentences], return_index=True, return_counts=True
        )
        dates = _dates(snapshot)[reports]
        earliest = np.lexsort((snapshot.ids[reports], dates))
        uses = zip(sentences[first[earliest]].tolist(), times[earliest].tolist(), strict=True)
        return cls(int(grouped.found.prints[sentences[0]]), reports, list(uses))


def _worded(chosen: _Chosen, uses: tuple[Use, ...], snapshot: Snapshot) -> Worded:
    reports = chosen.reports
    years = snapshot.gather(lambda segment: segment.columns.year, np.int32)[reports]
    years = years[years != NO_YEAR]
    counted, _ = snapshot.regions.count(reports)
    provinces = [value for value in counted if value.parent is None]
    return Worded(
        key=f"{chosen.print:016x}",
        reports=len(reports),
        texts=snapshot.texts(reports),
        times=sum(times for _, times in chosen.uses),
        first=int(years.min()) if len(years) else None,
        last=int(years.max()) if len(years) else None,
        regions=tuple(sorted(provinces, key=lambda value: (-value.count, str(value.value)))),
        uses=uses,
    )


def _uses(
    chosen: Sequence[tuple[int, int]], found: Stretches, terms: Sequence[str], lookup: Lookup
) -> list[Use]:
    """Reports with the sentences chosen of them, and how often these are there."""
    snapshot = lookup.snapshot
    sentences = np.array([sentence for sentence, _ in chosen], dtype=np.intp)
    reports, number = np.unique(found.report[sentences], return_inverse=True)
    entries = snapshot.entries(reports)
    standing = Standing(reports, snapshot.paired(reports), lookup)
    texts = standing.texts
    starts = snapshot.gather(lambda segment: segment.texts.starts[:-1], np.int64)[reports]
    shift = (texts.starts[:-1] - starts)[number]
    passages = passages_at(
        [entry.report for entry in entries],
        texts,
        [standing.places(term) for term in terms],
        [len(encode(term)) // UNIT for term in terms],
        [
            Stretch(*row)
            for row in zip(
                number.tolist(),
                (found.begin[sentences] + shift).tolist(),
                (found.end[sentences] + shift).tolist(),
                strict=True,
            )
        ],
        LONGEST,
    )
    formats = snapshot.format[reports].tolist()
    uses = []
    for at, (_, times), passage in zip(number.tolist(), chosen, passages, strict=True):
        metadata = entries[at].metadata
        uses.append(
            Use(
                report=entries[at].report,
                title=metadata.title,
                format=Format(formats[at]),
                region=metadata.region,
                year=metadata.year,
                date=metadata.date,
                issuer=metadata.issuer,
                times=times,
                passage=passage,
            )
        )
    return uses


def _keys(sort: Sort, grouped: Grouped, snapshot: Snapshot) -> list[Key]:
    """What the order goes by; where that is equal, how many different texts, who said it first."""
    dates = _dates(snapshot)[grouped.found.report[grouped.order]]
    begins = grouped.starts[:-1]
    first = np.minimum.reduceat(dates, begins) if len(grouped) else dates[:0]
    reports = grouped.reports()
    texts = reports if snapshot.all_different else grouped.different(snapshot.text + 1)
    widest = [-texts, -reports]
    keys: list[NDArray[np.generic]]
    match sort:
        case Sort.RELEVANCE:
            keys = [*widest, first]
        case Sort.MATCHES:
            keys = [-grouped.times, *widest, first]
        case Sort.OLDEST:
            keys = [first, *widest]
        case Sort.NEWEST:
            known = snapshot.date[grouped.found.report[grouped.order]]
            last = np.maximum.reduceat(known, begins) if len(grouped) else known[:0]
            keys = [-last, *widest, first]
        case Sort.ADDED:
            added = snapshot.added[grouped.found.report[grouped.order]]
            last_added = np.maximum.reduceat(added, begins) if len(grouped) else added[:0]
            keys = [-last_added, *widest, first]
        case Sort.REGION:
            keys = [-grouped.different(_provinces(snapshot)), *widest, first]
    return [key.__getitem__ for key in (*keys, grouped.prints)]


def _dates(snapshot: Snapshot) -> NDArray[np.int32]:
    """When each report was signed; those of which it is not known come last."""
    return np.where(snapshot.date == 0, _NEVER, snapshot.date)


def _provinces(snapshot: Snapshot) -> NDArray[np.intp]:
    """The number of the province that each report counts under, 0 for the undecided."""
    tree = regions()
    codes = [int(tree.lineage(code)[0]) if code else NO_REGION for code in snapshot.regions.present]
    return np.array(codes, dtype=np.intp)[snapshot.regions.number]
