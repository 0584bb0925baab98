"""From the wordings of a search to the context of the page that lists them."""

from __future__ import annotations

from flask_babel import get_locale

from indexer.query.terms import marked_terms
from indexer.results import Sort
from indexer.vocabulary.regions import regions
from indexer.wordings import Use, Worded, Wordings
from webapp.answers import last_page, paging, printed, query_card, sizes, tabs
from webapp.facets import chips, facet_views
from webapp.language import Labels, said
from webapp.links import absolute
from webapp.list_pages import Option, Province, UseView, WordedView, WordingsPage
from webapp.marking import passage_segments
from webapp.opened import Opened
from webapp.params import SearchParams, View

PROVINCES = 3
"""Named beside a wording; of the rest only the number is told."""


def pages_of(found: Wordings, params: SearchParams) -> int:
    """The number of the last page, of wordings or of the reports of one."""
    return last_page(params, _listed(found, params))


def wordings_page(
    params: SearchParams, found: Wordings, labels: Labels, opened: Opened
) -> WordingsPage:
    """`params` must be settled and on a page that exists (see `pages_of`)."""
    results = found.results
    skipped = results.total - found.looked_at
    listed = _listed(found, params)
    shown = len(found.entries)
    if params.wording:
        shown = len(found.entries[0].uses) if found.entries else 0
    return WordingsPage(
        params=params,
        canonical=params.url(),
        card=query_card(str(get_locale())),
        tabs=tabs(params),
        has_text=bool(marked_terms(results.search.tree)),
        total=results.total,
        wordings=found.total,
        sentences=found.sentences,
        reports=found.reports,
        elsewhere=found.looked_at - found.reports,
        newest=found.looked_at if skipped else None,
        loose=found.loose,
        all_reports=params.seen_as(View.REPORTS).url(),
        one=bool(params.wording),
        all_wordings=params.seen_as(View.WORDINGS).url(),
        unsearchable=results.unsearchable,
        problems=tuple(map(said, results.search.problems)),
        facets=facet_views(results.facets, params, labels, opened),
        opened=opened,
        chips=chips(params, labels),
        widened=params.everywhere().url(),
        entries=tuple(_worded(entry, params, labels) for entry in found.entries),
        first=min(params.offset + 1, listed),
        last=params.offset + shown,
        sorts=tuple(Option(sort, _order(sort, labels), sort is params.sort) for sort in Sort),
        sizes=sizes(params, listed),
        paging=paging(params, pages_of(found, params)),
        printed=printed(params),
    )


def _listed(found: Wordings, params: SearchParams) -> int:
    if not params.wording:
        return found.total
    return found.entries[0].reports if found.entries else 0


def _order(sort: Sort, labels: Labels) -> str:
    match sort:
        case Sort.RELEVANCE:
            return labels.say("用的报告多的在前")
        case Sort.NEWEST:
            return labels.say("最近还在用的在前")
        case Sort.OLDEST:
            return labels.say("最早出现的在前")
        case Sort.MATCHES:
            return labels.say("出现次数多的在前")
        case Sort.REGION:
            return labels.say("用的省份多的在前")
        case Sort.ADDED:
            return labels.say("最近收录的在前")


def _worded(entry: Worded, params: SearchParams, labels: Labels) -> WordedView:
    passage = entry.uses[0].passage
    years = [str(year) for year in (entry.first, entry.last) if year is not None]
    behind = f"{params.url('')}#passage"
    here = entry.reports if params.wording else len(entry.uses)
    return WordedView(
        key=entry.key,
        segments=passage_segments(passage.text, passage.marks),
        reports=entry.reports,
        texts=entry.texts,
        times=entry.times,
        years="–".join(dict.fromkeys(years)),
        provinces=tuple(
            Province(labels.value("region", str(value.value)), value.count)
            for value in entry.regions[:PROVINCES]
        ),
        further=len(entry.regions[PROVINCES:]),
        uses=tuple(_use(use, behind, formats=entry.texts != entry.reports) for use in entry.uses),
        rest=entry.reports - here,
        url=params.seen_as(View.WORDINGS, entry.key).url(),
    )


def _use(use: Use, behind: str, *, formats: bool) -> UseView:
    return UseView(
        title=use.title,
        format=use.format.value.upper() if formats else "",
        url=f"{use.passage.url}{behind}",
        link=absolute(use.passage.url),
        region=regions().path(use.region.code) if use.region else (),
        year=use.year,
        date=use.date,
        times=use.times,
        page=use.passage.page,
        recognised=use.passage.recognised,
    )
