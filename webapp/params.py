"""The state of a search as it stands in an address, and back: `SearchParams`.

One search has one address: `to_query` writes the parameters in a fixed order, sorts the
values of a facet and leaves out what is the default anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from indexer.errors import (
    BadChoiceError,
    BadNumberError,
    BadWordingError,
    RepeatedError,
)
from indexer.library import Library
from indexer.messages import N_, Message
from indexer.query.nodes import FacetName
from indexer.requests import (
    FIRST_YEAR,
    LAST_YEAR,
    parse_mode,
    parse_sort,
    parse_years,
    whole_number,
)
from indexer.results import UNDECIDED, Mode, Search, Sort, Years
from indexer.wordings import is_key

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

PER_PAGE = (10, 20, 50)
RANGE = ("from", "to")
"""Parameters that a form gives for a range of years; an address says `year=2020-2025`."""
FACETS: tuple[FacetName, ...] = ("region", "year", "topic")

_LAST_PAGE = 1_000_000
_OF_THE_WORDS = ("q", "mode", "page", "wording")


class View(StrEnum):
    """What a search lists: the reports found, or the wordings in them."""

    REPORTS = "reports"
    WORDINGS = "wordings"


@dataclass(frozen=True, slots=True)
class SearchParams:
    """What a search address says. Facet values are as written there, sorted, each once.

    `wording` is the key of the one wording whose reports are listed, "" for all wordings.
    """

    q: str = ""
    region: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    mode: Mode = Mode.WORDS
    whole: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per: int = PER_PAGE[0]
    view: View = View.REPORTS
    wording: str = ""

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> SearchParams:
        """Read `request.args`.

        Raises RepeatedError, BadNumberError, BadChoiceError, and BadYearError for what stands in
        `RANGE`; facet values are judged by the library, which knows the vocabularies.
        """
        view = _view(one(args, "view"))
        wording = _wording(one(args, "wording"))
        return cls(
            q=one(args, "q"),
            region=_values(args.getlist("region")),
            year=_values((*args.getlist("year"), *_range(args))),
            topic=_values(args.getlist("topic")),
            mode=parse_mode(one(args, "mode") or Mode.WORDS),
            whole=_switch("whole", one(args, "whole")),
            sort=parse_sort(one(args, "sort") or Sort.RELEVANCE),
            page=whole_number("page", one(args, "page") or 1, 1, _LAST_PAGE),
            per=_per(one(args, "per")),
            view=view,
            wording=wording if view is View.WORDINGS else "",
        )

    def to_pairs(self) -> tuple[tuple[str, str], ...]:
        """The parameters in canonical order, without those that say what is the default."""
        pairs = [("q", self.q)] if self.q else []
        for name in FACETS:
            pairs += [(name, value) for value in self.facet(name)]
        if self.mode is not Mode.WORDS:
            pairs.append(("mode", str(self.mode)))
        if self.whole:
            pairs.append(("whole", "1"))
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", str(self.sort)))
        if self.page != 1:
            pairs.append(("page", str(self.page)))
        if self.per != PER_PAGE[0]:
            pairs.append(("per", str(self.per)))
        if self.view is not View.REPORTS:
            pairs.append(("view", str(self.view)))
        if self.wording:
            pairs.append(("wording", self.wording))
        return tuple(pairs)

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """What a search for other words keeps of this one; the mode is chosen beside the words."""
        return tuple(pair for pair in self.to_pairs() if pair[0] not in _OF_THE_WORDS)

    def url(self, path: str = "/") -> str:
        """`path` with this search as its query string."""
        pairs = self.to_pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def feed(self) -> str:
        """The address of the feed of what this search finds."""
        return replace(self, sort=Sort.RELEVANCE, page=1, per=PER_PAGE[0]).url("/feed")

    @property
    def narrowed(self) -> bool:
        return bool(self.region or self.year or self.topic)

    def __bool__(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.q) or self.narrowed

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per

    def facet(self, name: FacetName) -> tuple[str, ...]:
        match name:
            case "region":
                return self.region
            case "year":
                return self.year
            case "topic":
                return self.topic

    def on_page(self, page: int) -> SearchParams:
        return replace(self, page=page)

    def seen_as(self, view: View, wording: str = "") -> SearchParams:
        """The same search, its reports or its wordings or one of these listed from the first."""
        return replace(self, view=view, wording=wording, page=1)

    def narrowed_to(self, name: FacetName, values: Iterable[str]) -> SearchParams:
        """The same search with exactly these values of one facet, from its first page."""
        kept = _values(values)
        match name:
            case "region":
                return replace(self, region=kept, page=1)
            case "year":
                return replace(self, year=kept, page=1)
            case "topic":
                return replace(self, topic=kept, page=1)

    def without(self, name: FacetName, value: str) -> SearchParams:
        return self.narrowed_to(name, (kept for kept in self.facet(name) if kept != value))

    def everywhere(self) -> SearchParams:
        """The same words without any filter."""
        return replace(self, region=(), year=(), topic=(), page=1)

    def asked_of(
        self, library: Library, limit: int | str, offset: int | str, *, everything: bool = False
    ) -> Search:
        """This search, checked; raises RequestError."""
        return library.request(
            self.q,
            region=self.region,
            year=self.year,
            topic=self.topic,
            mode=self.mode,
            whole_numbers=self.whole,
            sort=self.sort,
            limit=limit,
            offset=offset,
            everything=everything,
        )

    def settled(self, search: Search) -> SearchParams:
        """The same search as the library understood it, so that both have one address.

        A region given by name becomes its code; filters typed among the words leave them.
        """
        filters = search.filters
        return replace(
            self,
            q=str(search.tree) if search.lifted else self.q,
            region=_values(value or UNDECIDED for value in filters.regions),
            year=_values(UNDECIDED if years is None else str(years) for years in filters.years),
            topic=_values(value or UNDECIDED for value in filters.topics),
        )


def one(args: MultiDict[str, str], name: str) -> str:
    """The value of a parameter that can have one only, "" without any; raises RepeatedError."""
    values = {value.strip() for value in args.getlist(name)}
    if len(values) > 1:
        raise RepeatedError(name)
    return values.pop() if values else ""


def _values(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value.strip() for value in values} - {""}))


def _range(args: MultiDict[str, str]) -> tuple[str, ...]:
    """The years between the two that were typed; without one of them as far as years go."""
    first, last = (one(args, name) for name in RANGE)
    if not (first or last):
        return ()
    begin = parse_years(first).first if first else FIRST_YEAR
    end = parse_years(last).last if last else LAST_YEAR
    return (str(Years(min(begin, end), max(begin, end))),)


def _switch(name: str, text: str) -> bool:
    if text not in ("", "0", "1"):
        raise BadChoiceError(name, text, ("1", "0"))
    return text == "1"


def _view(text: str) -> View:
    try:
        return View(text or View.REPORTS)
    except ValueError:
        raise BadChoiceError("view", text, tuple(View)) from None


def _wording(text: str) -> str:
    if text and not is_key(text):
        raise BadWordingError(text)
    return text


def _per(text: str) -> int:
    if not text:
        return PER_PAGE[0]
    if text not in {str(choice) for choice in PER_PAGE}:
        sizes = {"choices": tuple(map(str, PER_PAGE))}
        raise BadNumberError("per", text, Message(N_("下列之一：%(choices)s"), sizes))
    return int(text)
