"""What stands above an export: what was searched for, how it was narrowed, what was found."""

from __future__ import annotations

from datetime import date

from indexer.exporting.documents import Heading
from indexer.results import Results, Search
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics

_UNDECIDED = "未定"


def heading_of(results: Results, today: date, link: str = "") -> Heading:
    """Of a search; the counts are those of the whole result, however much of it is exported."""
    search = results.search
    found = f"共 {results.total} 篇报告"
    if results.occurrences is not None:
        found += f"，{results.occurrences} 处"
    missing = results.unsearchable
    if missing.files or missing.pages:
        found += f"（另有 {missing.files} 个文件、{missing.pages} 页无法检索）"
    title = f"检索：{search.text}" if search.text else "检索"
    lines = (*_narrowed(search), found, f"导出日期：{today.isoformat()}")
    return Heading(title, lines, link)


def _narrowed(search: Search) -> tuple[str, ...]:
    filters = search.filters
    named = (
        ("地区", [_region(code) for code in filters.regions]),
        ("年份", [str(years or _UNDECIDED) for years in filters.years]),
        ("主题", [topics().label(key) if key else _UNDECIDED for key in filters.topics]),
    )
    lines = [f"{name}：{'、'.join(values)}" for name, values in named if values]
    return ("　".join(lines),) if lines else ()


def _region(code: str | None) -> str:
    return "/".join(regions().names(code)) if code else _UNDECIDED
