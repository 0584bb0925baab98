"""How a search's words are worded: the sentences that hold them, alike ones as one.

What `Engine.wordings` gives for a `Search`. Two sentences are one wording if their plain forms
(`indexer.sameness`) are equal: punctuation and white space do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from msgspec.structs import asdict

from indexer.report import Format, Region
from indexer.results import FacetValue, Passage, Results, passage_json


class Use(NamedTuple):
    """A report that has a wording, `times` over; the passage is where it has it first."""

    report: str
    title: str
    format: Format
    region: Region | None
    year: int | None
    date: str | None
    issuer: str | None
    times: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Worded:
    """A wording. `key` names it in an address: the digest of its plain form, 16 digits.

    `reports` have it, `times` over; they have so many different `texts`. `first` and `last` are
    the years of these reports, None if all are undecided; `regions` counts them by province. `uses`
    are some of the reports, the earliest first.
    """

    key: str
    reports: int
    texts: int
    times: int
    first: int | None
    last: int | None
    regions: tuple[FacetValue, ...]
    uses: tuple[Use, ...]

    def to_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`."""
        passage = self.uses[0].passage if self.uses else None
        return {
            "key": self.key,
            "text": passage.text if passage else None,
            "marks": [list(mark) for mark in passage.marks] if passage else [],
            "reports": self.reports,
            "texts": self.texts,
            "times": self.times,
            "first": self.first,
            "last": self.last,
            "regions": [asdict(value) for value in self.regions],
            "uses": [_use_json(use) for use in self.uses],
        }


@dataclass(frozen=True, slots=True)
class Wordings:
    """The answer: `total` wordings in so many `sentences` of so many `reports`.

    `results` are the search's totals and facets, without hits: it may find more reports, in which
    no single sentence holds all that was asked for. `loose`: no sentence of any report does, and
    these hold as much of it as any. `looked_at` is how many of the reports found were gone through,
    the newest: all of them, unless there were more places to look at than can be waited for.
    """

    results: Results
    total: int
    sentences: int
    reports: int
    looked_at: int
    loose: bool
    entries: tuple[Worded, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON of the results, and beside it `wordings`."""
        return {
            **self.results.to_json(),
            "wordings": {
                "total": self.total,
                "sentences": self.sentences,
                "reports": self.reports,
                "looked_at": self.looked_at,
                "loose": self.loose,
                "entries": [entry.to_json() for entry in self.entries],
            },
        }


def is_key(text: str) -> bool:
    """Whether a string may be a wording's key."""
    return re.fullmatch("[0-9a-f]{16}", text) is not None


def _use_json(use: Use) -> dict[str, Any]:
    return {
        "id": use.report,
        "title": use.title,
        "format": use.format.value,
        "region": list(use.region.names) if use.region else [],
        "region_code": use.region.code if use.region else None,
        "year": use.year,
        "date": use.date,
        "issuer": use.issuer,
        "times": use.times,
        "passage": passage_json(use.passage),
    }
