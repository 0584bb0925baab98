"""A diagnosis in sentences, for the command."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.diagnosing import Diagnosis, Part

_WITHOUT = {
    "region": "去掉地区条件",
    "year": "去掉年份条件",
    "topic": "去掉主题条件",
    "filters": "去掉全部筛选条件",
    "whole_numbers": "不限整数",
    "quotes": "去掉引号，只要求这些词都出现",
}


def explained(found: Diagnosis) -> Iterator[str]:
    """Lines to print below “0 篇报告”."""
    if found.meant:
        yield "是不是要找："
        for meant in found.meant:
            told = f"{meant.reports} 篇" if meant.reports else f"不加筛选 {meant.anywhere} 篇"
            yield f"  {meant.query}（{told}）"
    if found.parts:
        yield "各部分单独查："
        for part in found.parts:
            yield from _part(part, "  ")
    helpful = [without for without in found.without if without.reports]
    if helpful:
        yield "放宽条件："
        yield from (
            f"  {_WITHOUT.get(without.what, without.what)}：{without.reports} 篇"
            for without in helpful
        )


def _part(part: Part, indent: str) -> Iterator[str]:
    elsewhere = f"（不加筛选 {part.anywhere} 篇）" if part.anywhere != part.reports else ""
    yield f"{indent}{part.query}：{part.reports} 篇{elsewhere}"
    for inner in part.inside:
        yield from _part(inner, f"{indent}  ")
