"""From the library's answers to the contexts of the home page and the results page."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from flask_babel import get_locale, gettext

from indexer.library import Overview
from indexer.results import Hit, Mode, Results, Sort
from indexer.vocabulary.regions import regions
from webapp.export_menu import export_menu
from webapp.facets import chips, facet_views
from webapp.language import Labels, said
from webapp.links import absolute
from webapp.list_pages import (
    CopyView,
    Example,
    HitView,
    HomePage,
    Option,
    PageLink,
    Paging,
    PassageView,
    Printed,
    ResultsPage,
    Tab,
)
from webapp.marking import passage_segments
from webapp.nothing import Nothing
from webapp.opened import Opened
from webapp.params import PER_PAGE, SearchParams, View

_AROUND = 2
"""Page links on each side of the page that is shown."""


def examples() -> tuple[Example, ...]:
    """The query language, one step at a time."""
    steps = (
        ("营商环境", gettext("一个词：找出谈到它的报告")),
        ("乡村振兴 基本公共服务", gettext("几个词：都要出现，次序和位置不限")),
        ("“高质量发展”", gettext("加引号：一字不差，并数出每一处")),
        ("“放管服” OR “简政放权”", gettext("OR：出现其中之一即可")),
        ("“高质量发展” -“新质生产力”", gettext("减号：不含后面的词或短语")),
        ("(教育 OR 医疗) “均等化”", gettext("括号：先算括号里的")),
    )
    return tuple(_example(SearchParams(q=query), meaning) for query, meaning in steps)


def further_examples() -> tuple[Example, ...]:
    """The rest of the query language: nearness, fields, facets, dates, and the two switches."""
    steps = (
        ("“建立” …… “机制”", gettext("省略号：几个短语依次出现在同一句里")),
        ("同句(群众 满意)", gettext("同句：都出现在同一句里，次序不限")),
        ("同段(“教育” “医疗”)", gettext("同段：都出现在同一段里，次序不限")),
        ("标题：工作报告", gettext("标题里有这个词；加引号就要一字不差")),
        ("机关：人民政府", gettext("发文机关里有这个词")),
        ("类型：年度报告", gettext("文种里有这个词")),
        ("营商环境 地区：河南省", gettext("地区：与在筛选栏里选它一样")),
        ("营商环境 年份：2020-2025", gettext("年份：一年，或起止年份")),
        ("服务 主题：卫生健康", gettext("主题：与在筛选栏里选它一样")),
        ("“2023年6月1日”", gettext("日期：2023-06-01、2023.06.01 等写法也一并找出")),
    )
    exact = SearchParams(q="优化营商环境", mode=Mode.EXACT)
    whole = SearchParams(q="“5亿元”", whole=True)
    return (
        *(_example(SearchParams(q=query), meaning) for query, meaning in steps),
        _example(exact, gettext("选“精确”：不加引号，也整个当作一个短语")),
        _example(whole, gettext("选“整数”：不算“15亿元”里的“5亿元”")),
    )


@lru_cache
def query_card(language: str) -> tuple[Example, ...]:
    """All examples in the language of the request."""
    return (*examples(), *further_examples())


def _example(params: SearchParams, meaning: str) -> Example:
    return Example(params.q, meaning, params.url())


def home_page(overview: Overview, labels: Labels, opened: Opened) -> HomePage:
    params = SearchParams()
    return HomePage(
        params=params,
        reports=overview.reports,
        characters=overview.characters,
        facets=facet_views(overview.facets, params, labels, opened, linked=True),
        unsearchable=overview.unsearchable,
        examples=examples(),
        card=query_card(str(get_locale())),
    )


def results_page(
    params: SearchParams,
    results: Results,
    labels: Labels,
    opened: Opened,
    nothing: Nothing | None = None,
) -> ResultsPage:
    """`params` must be settled and on a page that exists (see `last_page`)."""
    return ResultsPage(
        params=params,
        canonical=params.url(),
        feed=params.feed(),
        tabs=tabs(params),
        total=results.total,
        texts=results.texts,
        occurrences=results.occurrences,
        unsearchable=results.unsearchable,
        problems=tuple(map(said, results.search.problems)),
        facets=facet_views(results.facets, params, labels, opened),
        opened=opened,
        chips=chips(params, labels),
        widened=params.everywhere().url(),
        hits=tuple(_hit(hit, params, labels) for hit in results.hits),
        first=min(params.offset + 1, results.total),
        last=params.offset + len(results.hits),
        sorts=tuple(
            Option(sort, labels.sort(sort), sort is params.sort)
            for sort in (Sort if results.total else ())
        ),
        sizes=sizes(params, results.total),
        paging=paging(params, last_page(params, results.total)),
        printed=printed(params),
        export=export_menu(params, results.total),
        card=query_card(str(get_locale())),
        nothing=nothing,
    )


def tabs(params: SearchParams) -> tuple[Tab, ...]:
    """The ways to look at what a search finds; none where it names filters only."""
    if not params.q:
        return ()
    labels = {View.REPORTS: gettext("报告"), View.WORDINGS: gettext("提法")}
    return tuple(
        Tab(label, params.seen_as(view).url(), view is params.view)
        for view, label in labels.items()
    )


def sizes(params: SearchParams, total: int) -> tuple[Option, ...]:
    """How many to a page, where that makes a difference."""
    if total <= PER_PAGE[0] == params.per:
        return ()
    return tuple(Option(str(size), str(size), size == params.per) for size in PER_PAGE)


def printed(params: SearchParams) -> Printed:
    return Printed(absolute(params.url()), date.today().isoformat())


def last_page(params: SearchParams, total: int) -> int:
    """The number of the last page; 1 when there is nothing to show."""
    return max(1, -(-total // params.per))


def paging(params: SearchParams, last: int) -> Paging:
    """Links to the first and the last page, to those around this one, and gaps between."""
    if last == 1:
        return Paging()
    near = range(max(1, params.page - _AROUND), min(last, params.page + _AROUND) + 1)
    links: list[PageLink] = []
    previous = 0
    for number in sorted({1, *near, last}):
        if number == previous + 2:
            links.append(_page_link(params, number - 1))
        elif number > previous + 2:
            links.append(PageLink(None, ""))
        links.append(_page_link(params, number))
        previous = number
    return Paging(
        tuple(links),
        params.on_page(params.page - 1).url() if params.page > 1 else None,
        params.on_page(params.page + 1).url() if params.page < last else None,
    )


def _page_link(params: SearchParams, number: int) -> PageLink:
    return PageLink(number, params.on_page(number).url(), number == params.page)


def _hit(hit: Hit, params: SearchParams, labels: Labels) -> HitView:
    repeated = hit.same_as is not None and hit.same_as > params.offset
    query, origin = params.url(""), absolute("")
    return HitView(
        id=hit.id,
        title=hit.title,
        url=hit.url + query,
        link=origin + hit.url,
        region=regions().path(hit.region.code) if hit.region else (),
        year=hit.year,
        topics=tuple(labels.topic(topic) for topic in hit.topics),
        kind=labels.kind(hit.kind) if hit.kind else None,
        issuer=hit.issuer,
        date=hit.date,
        matches=hit.matches,
        missing=hit.missing,
        copies=tuple(
            CopyView(copy.format.value.upper(), copy.title, copy.url + query) for copy in hit.copies
        ),
        same_as=hit.same_as,
        passages=tuple(
            PassageView(
                passage_segments(passage.text, passage.marks),
                passage.page,
                passage.recognised,
                f"{passage.url}{query}#passage",
                origin + passage.url,
            )
            for passage in (() if repeated else hit.passages)
        ),
    )
