"""What a page says where a search finds nothing: which part fails, what is in the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flask_babel import gettext

from indexer.diagnosing import Diagnosis, Meant, Part, Without
from indexer.results import Mode
from webapp.language import Labels
from webapp.params import FACETS, SearchParams

_STRAIGHT = re.compile('"([^"]*)"')
_CHINESE = re.compile("[“”]")
_SIGNS = {
    "title:": "标题：",
    "issuer:": "机关：",
    "kind:": "类型：",
    "sentence(": "同句(",
    "paragraph(": "同段(",
}
_SIGN = re.compile("^(?:" + "|".join(map(re.escape, _SIGNS)) + ")")


@dataclass(frozen=True, slots=True)
class Way:
    """A search that finds something: what it is called, its reports, its address.

    `unfiltered`: it is one without the filters.
    """

    label: str
    reports: int
    url: str
    unfiltered: bool = False


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the query on its own. `url` searches for it, where that finds anything.

    `anywhere` are its reports without the filters, None where there are no filters.
    """

    query: str
    reports: int
    anywhere: int | None
    url: str | None
    inside: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Where to go from here: what may have been meant, the parts of the query, what to drop."""

    meant: tuple[Way, ...]
    parts: tuple[PartView, ...]
    ways: tuple[Way, ...]


def nothing(params: SearchParams, found: Diagnosis, labels: Labels) -> Nothing:
    """The view of a diagnosis; `params` must be settled."""
    here = replace(params, page=1)
    return Nothing(
        meant=tuple(_meant(meant, here) for meant in found.meant),
        parts=tuple(_part(part, here) for part in found.parts),
        ways=tuple(_way(without, here, labels) for without in found.without if without.reports),
    )


def _meant(meant: Meant, params: SearchParams) -> Way:
    search = replace(params, q=_typeset(meant.query))
    if meant.reports:
        return Way(search.q, meant.reports, search.url())
    return Way(search.q, meant.anywhere, search.everywhere().url(), unfiltered=True)


def _typeset(query: str) -> str:
    """With Chinese signs, which say the same; quotes unless the query holds some already."""
    query = _SIGN.sub(lambda sign: _SIGNS[sign[0]], query)
    return query if _CHINESE.search(query) else _STRAIGHT.sub(r"“\1”", query)


def _part(part: Part, params: SearchParams) -> PartView:
    """Where the filters leave nothing of a part, its address is the one without them."""
    under = replace(params, q=_typeset(part.query))
    url = under.url() if part.reports else under.everywhere().url() if part.anywhere else None
    return PartView(
        query=under.q,
        reports=part.reports,
        anywhere=part.anywhere if params.narrowed else None,
        url=url,
        inside=tuple(_part(inner, params) for inner in part.inside),
    )


def _way(without: Without, params: SearchParams, labels: Labels) -> Way:
    match without.what:
        case "filters":
            return Way(gettext("去掉全部筛选条件"), without.reports, params.everywhere().url())
        case "whole_numbers":
            url = replace(params, whole=False).url()
            return Way(gettext("不限“整数”"), without.reports, url)
        case "quotes":
            url = replace(params, q=_typeset(without.query), mode=Mode.WORDS).url()
            return Way(gettext("去掉引号，只要求这些词都出现"), without.reports, url)
        case what:
            facet = next(name for name in FACETS if name == what)
            label = gettext("去掉%(facet)s条件", facet=labels.facet(facet))
            return Way(label, without.reports, params.narrowed_to(facet, ()).url())
