"""What the command prints for people: results, reports, summaries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from indexer.addresses import Found
from indexer.checking import Checked
from indexer.collection import Summary
from indexer.extract import ocr
from indexer.library import Library, Resolution
from indexer.records import Failure, State, StoredReport
from indexer.report import BARRIER, Block, BlockKind, page_ranges
from indexer.results import Facets, FacetValue, Hit, Passage, Results, Unsearchable
from indexer.settling import NAMES, Overridden
from indexer.vocabulary.topics import topics
from indexer.wordings import Worded, Wordings

_SHOWN_VALUES = 8
_SHOWN_OVERRIDDEN = 10
_FOUND = {
    Found.SAME: "引文仍在原处。",
    Found.MOVED: "引文已移到别处，下面标出的是现在的位置。",
    Found.AMBIGUOUS: "引文已不在原处，同样的文字现在有 {} 处，无法确定是哪一处。",
    Found.GONE: "这篇报告里已经找不到这段引文。",
}
_STATE = {
    State.REPLACED: "注意：这份文件后来换成了新的版本：{successor}",
    State.WITHDRAWN: "注意：这份文件已从文件夹中移走，这里是当时的文字。",
}


def summary(done: Summary, index: Path, *, verbose: bool = False) -> None:
    """What `tifa index` did; `verbose` lists every value that people settled."""
    counts = done.counts
    parts = [
        f"新增 {done.added}",
        f"换新 {done.replaced}" if done.replaced else "",
        f"内容相同 {done.same_bytes}" if done.same_bytes else "",
        f"撤下 {done.withdrawn}" if done.withdrawn else "",
        f"未变 {done.unchanged}",
        f"跳过 {done.skipped}" if done.skipped else "",
    ]
    click.echo("，".join(filter(None, parts)))
    click.echo(f"共 {counts.reports} 篇报告（{counts.files} 个文件），{counts.characters} 字。")
    _overridden(done.overridden, None if verbose else _SHOWN_OVERRIDDEN)
    for sentence in done.unmatched:
        click.echo(_plain(f"注意：{sentence}"), err=True)
    for folder in done.kept:
        click.echo(
            f"注意：{folder} 不见了或变空了，其中的报告没有撤下；确实要撤下请加 --prune。", err=True
        )
    _failures(done.failures)
    if done.recognised:
        click.echo(f"识别了 {done.recognised} 页扫描件或乱码页，其中的文字可以查了，标有 OCR。")
    if done.unrecognised:
        click.echo(f"{_unrecognised(done.unrecognised)}", err=True)
    click.echo(
        f"接下来：tifa serve --index {index}，或 tifa search '\"要找的短语\"' --index {index}"
    )


def _overridden(settled: Sequence[Overridden], most: int | None) -> None:
    if not settled:
        return
    reports = len({each.report for each in settled})
    click.echo(f"metadata.csv 改定了 {reports} 篇报告的信息，共 {len(settled)} 处。")
    for each in settled[:most]:
        change = f"{each.found or '未定'} → {each.settled or '未定'}"
        where = f"（{Path(each.file).name} 第 {each.row} 行）"
        click.echo(_plain(f"    {each.path} {NAMES[each.field]}：{change}{where}"))
    if most is not None and len(settled) > most:
        click.echo("    … 全部列出请加 -v")


def _unrecognised(files: int) -> str:
    what = f"有 {files} 个文件里的扫描页或乱码页没有识别，其中的文字查不到"
    if ocr.is_installed():
        return f"{what}。不加 --no-ocr 再运行一次就会识别。"
    return f"{what}。要识别请先安装：pip install 'tifa-search[ocr]'，再运行一次。"


def results(found: Results) -> None:
    """The answer of `tifa search`."""
    for problem in found.search.problems:
        click.echo(f"提示：{problem}", err=True)
    occurrences = f"，{found.occurrences} 处" if found.occurrences is not None else ""
    click.echo(f"{found.total} 篇报告{occurrences}{_unsearchable(found.unsearchable)}")
    if found.total:
        _facets(found.facets)
    for number, hit in enumerate(found.hits, start=found.search.offset + 1):
        _hit(number, hit)


def wordings(found: Wordings) -> None:
    """The answer of `tifa search --wordings`: each wording, who had it first, and who has it."""
    for problem in found.results.search.problems:
        click.echo(f"提示：{problem}", err=True)
    if found.loose:
        click.echo("提示：没有一句话含有全部词语，下面是含有其中最多的句子。", err=True)
    if found.looked_at < found.results.total:
        click.echo(
            f"提示：要看的地方太多，只归并了 {found.results.total} 篇报告中最新的"
            f" {found.looked_at} 篇。",
            err=True,
        )
    click.echo(
        f"{found.total} 种提法，出自 {found.reports} 篇报告，共 {found.sentences} 句"
        f"{_unsearchable(found.results.unsearchable)}"
    )
    for number, entry in enumerate(found.entries, start=found.results.search.offset + 1):
        _worded(number, entry)


def report(stored: StoredReport, span: tuple[int, int] | None) -> None:
    """A report whole, with the span of a passage marked."""
    for line in _heading(stored):
        click.echo(line)
    click.echo()
    for start, block in zip(stored.document.starts, stored.document.blocks, strict=True):
        marks = [_clipped(span, start, start + len(block.text))] if span else []
        click.echo(_indented(block) + _marked(block.text, filter(None, marks)))


def found(resolution: Resolution) -> None:
    """What became of a passage, and of its words in what replaced the report."""
    click.echo(_FOUND[resolution.status].format(resolution.total), err=True)
    if resolution.status is Found.GONE and resolution.words:
        click.echo(_plain(f"先前读出的文字是：{resolution.words}"), err=True)
    newer = resolution.newer
    if newer and newer.addresses:
        words = f"其中仍有这段引文（{newer.total} 处）：{newer.addresses[0]}"
        click.echo(f"新版本 {newer.report}，{words}", err=True)
    elif newer:
        lost = "" if newer.addresses is None else "，其中已没有这段引文"
        click.echo(f"新版本 {newer.report}{lost}。", err=True)


def status(library: Library) -> None:
    """The collection in numbers, and what could not be read."""
    counts = library.counts()
    click.echo(f"索引：{library.config.index}")
    click.echo(f"{counts.reports} 篇报告，{counts.files} 个文件，{counts.characters} 字。")
    if counts.earlier:
        click.echo(f"另有 {counts.earlier} 篇旧版本或已移走的报告，仍可按编号打开。")
    if counts.pending:
        click.echo(f"有 {counts.pending} 篇已读取但尚未进入索引：请再运行一次 tifa index。")
    for folder in library.folders():
        click.echo(_plain(f"文件夹：{folder}"))
    click.echo(f"读不出的文件 {counts.failures} 个，无法检索的页 {counts.unsearchable_pages} 页。")
    _failures(library.failures())


def checked(done: Checked) -> None:
    """What `tifa check` looked at and found."""
    click.echo(
        f"核对了目录库里 {done.reports} 篇报告的 {done.texts} 份文字，"
        f"索引的 {done.files} 个文件（{done.bytes / 1_000_000:.1f} MB）。"
    )
    for fault in done.faults:
        state = "已修好" if fault.repaired else "有问题"
        remedy = "" if fault.repaired else f"。{fault.remedy}"
        click.echo(_plain(f"{state}：{fault.file}：{fault.what}{remedy}。"))
        for path in fault.paths[:_SHOWN_VALUES]:
            click.echo(_plain(f"    {path}"))
        if len(fault.paths) > _SHOWN_VALUES:
            click.echo(f"    … 共 {len(fault.paths)} 个文件")
    repaired = sum(fault.repaired for fault in done.faults)
    if not done.faults:
        click.echo("没有发现问题。")
    elif repaired == len(done.faults):
        click.echo(f"{repaired} 处问题都已修好。")
    else:
        click.echo(f"还有 {len(done.faults) - repaired} 处问题，修好了 {repaired} 处。")


def checked_json(done: Checked) -> dict[str, Any]:
    """What `checked` prints, as JSON."""
    return {
        "sound": all(fault.repaired for fault in done.faults),
        "reports": done.reports,
        "texts": done.texts,
        "files": done.files,
        "bytes": done.bytes,
        "faults": [asdict(fault) for fault in done.faults],
    }


def _passage_json(resolution: Resolution) -> dict[str, Any]:
    """`found`, what became of a passage, `words`, its words without white space (null if no text
    has them), `span`, their [start, end) in characters of the text (null when their place is not
    known), `places`, those that an ambiguous one may mean, and `newer`, where they stand in what
    replaced the report: its `id`, and the `addresses` there (null if nobody knows the words).
    """
    newer = resolution.newer
    there = None if newer is None or newer.addresses is None else list(map(str, newer.addresses))
    return {
        "found": resolution.status.value,
        "words": resolution.words,
        "span": resolution.span,
        "places": resolution.places,
        "newer": {"id": newer.report, "addresses": there} if newer else None,
    }


def report_json(stored: StoredReport, resolution: Resolution | None = None) -> dict[str, Any]:
    """A report as JSON: metadata, state, and text block by block.

    Of a passage address also what became of its words, see `_passage_json`; `start` of a block
    counts as its `span`. A row's text is its cells with one character before, between and behind
    them.
    """
    document, metadata = stored.document, stored.metadata
    passage = _passage_json(resolution) if resolution else {}
    return {
        "id": stored.id,
        "sha256": stored.sha256,
        "state": stored.state.value,
        "successor": stored.successor,
        "paths": list(stored.paths),
        "title": metadata.title,
        "region": list(metadata.region.names) if metadata.region else [],
        "region_code": metadata.region.code if metadata.region else None,
        "year": metadata.year,
        "topics": list(metadata.topics),
        "issuer": metadata.issuer,
        "date": metadata.date,
        "kind": metadata.kind,
        "number": metadata.number,
        "grounds": [asdict(ground) for ground in stored.grounds],
        "format": document.format.value,
        "warnings": list(document.warnings),
        "pages": [asdict(page) for page in document.pages],
        "blocks": [
            {"start": start, **_block_json(block)}
            for start, block in zip(document.starts, document.blocks, strict=True)
        ],
        **passage,
    }


def status_json(library: Library) -> dict[str, Any]:
    """What `status` prints, as JSON."""
    return {
        **asdict(library.counts()),
        "index": str(library.config.index),
        "folders": list(library.folders()),
        "failed": [asdict(failure) for failure in library.failures()],
    }


def _block_json(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "level": block.level,
        "page": block.page,
        "text": None if block.kind is BlockKind.ROW else block.text,
        "cells": block.text.strip(BARRIER).split(BARRIER) if block.kind is BlockKind.ROW else None,
    }


def _heading(stored: StoredReport) -> Iterable[str]:
    metadata = stored.metadata
    yield click.style(_plain(metadata.title), bold=True)
    region = "/".join(metadata.region.names) if metadata.region else "未定"
    topic = _topics(metadata.topics) or "未定"
    yield f"地区：{region}　年份：{metadata.year or '未定'}　主题：{topic}"
    number = f"　发文字号：{_plain(metadata.number)}" if metadata.number else ""
    yield f"发文机关：{metadata.issuer or '未定'}　日期：{metadata.date or '未定'}{number}"
    yield f"编号：{stored.id}　文件：{_plain('；'.join(stored.paths))}"
    if stored.state in _STATE:
        yield _STATE[stored.state].format(successor=stored.successor)
    recognised = [page.number for page in stored.document.pages if page.recognised]
    if recognised:
        where = f"第 {page_ranges(recognised)} 页"
        yield f"注意：{where}的文字由识别图片（OCR）得出，可能有错字，引用前请核对原件。"
    for warning in stored.document.warnings:
        yield f"注意：{warning}"


def _hit(number: int, hit: Hit) -> None:
    click.echo()
    click.echo(f"{number:>3}  {click.style(_plain(hit.title), bold=True)}")
    facts = [
        "/".join(hit.region.names) if hit.region else "",
        str(hit.year) if hit.year else "",
        _topics(hit.topics),
        hit.issuer or "",
        hit.date or "",
        f"{hit.matches} 处",
    ]
    click.echo("     " + " · ".join(filter(None, facts)))
    if hit.missing:
        click.echo(f"     缺少：{'、'.join(map(_plain, hit.missing))}")
    for passage in hit.passages:
        click.echo(f"     … {_marked(passage.text, passage.marks)} …{_page(passage)}")
    click.echo(click.style(f"     {hit.id}", dim=True))


def _worded(number: int, entry: Worded) -> None:
    passage = entry.uses[0].passage
    texts = f"（{entry.texts} 种文本）" if entry.texts != entry.reports else ""
    years = dict.fromkeys(str(year) for year in (entry.first, entry.last) if year is not None)
    regions = "、".join(f"{each.label} {each.count}" for each in entry.regions[:_SHOWN_VALUES])
    facts = (f"{entry.reports} 篇{texts}", f"{entry.times} 处", "–".join(years), regions)
    click.echo()
    click.echo(f"{number:>3}  {_marked(passage.text, passage.marks)}")
    click.echo("     " + " · ".join(filter(None, facts)))
    for use in entry.uses[:_SHOWN_VALUES]:
        when = f"{use.date or use.year or '未定'}"
        title, name = _plain(use.title), click.style(use.report, dim=True)
        click.echo(f"     {when}  {title}{_page(use.passage)}  {name}")
    if entry.reports > _SHOWN_VALUES:
        click.echo(f"     … 共 {entry.reports} 篇")


def _page(passage: Passage) -> str:
    if passage.page is None:
        return ""
    return f"（第 {passage.page} 页，OCR）" if passage.recognised else f"（第 {passage.page} 页）"


def _facets(facets: Facets) -> None:
    for label, values in (("地区", facets.region), ("年份", facets.year), ("主题", facets.topic)):
        top = [value for value in values if value.parent is None]
        shown = "　".join(f"{value.label} {value.count}" for value in _largest(top))
        click.echo(f"{label}：{shown}{'　…' if len(top) > _SHOWN_VALUES else ''}")


def _largest(values: Sequence[FacetValue]) -> list[FacetValue]:
    return sorted(values, key=lambda value: -value.count)[:_SHOWN_VALUES]


def _unsearchable(missing: Unsearchable) -> str:
    if not (missing.files or missing.pages):
        return ""
    return f"（另有 {missing.files} 个文件、{missing.pages} 页无法检索，见 tifa status）"


def _failures(failures: Sequence[Failure]) -> None:
    for failure in failures:
        part = f"有 {failure.pages} 页" if failure.pages else ""
        kind = "未读出" if failure.pages is None else f"{part}未读全"
        click.echo(_plain(f"{kind}：{failure.path}：{failure.reason}"), err=True)


def _plain(text: str) -> str:
    """Without what a terminal would obey: a file can be named anything."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _topics(keys: Sequence[str]) -> str:
    return "、".join(topics().label(key) for key in keys)


def _indented(block: Block) -> str:
    return "　　" if block.kind is BlockKind.PARAGRAPH else ""


def _clipped(span: tuple[int, int], start: int, end: int) -> tuple[int, int] | None:
    low, high = max(span[0], start), min(span[1], end)
    return (low - start, high - start) if low < high else None


def _marked(text: str, marks: Iterable[tuple[int, int]]) -> str:
    """The text with its marks set off; cells of a table row apart from each other."""
    pieces = []
    place = 0
    for start, end in marks:
        pieces += [text[place:start], click.style(text[start:end], fg="red", bold=True)]
        place = end
    whole = "".join([*pieces, text[place:]])
    return whole.strip(BARRIER).replace(BARRIER, " | ").replace("\n", " ")
