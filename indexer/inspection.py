"""What was read of one file, page by page, for a person to judge: as text, JSON or a web page."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from indexer.config import Config
from indexer.errors import ExtractionError, UnreadableError
from indexer.report import BARRIER, Block, BlockKind, Document, Format, Page, PageStatus, Report
from indexer.scanning import File, absolute
from indexer.workers import read_all

_KINDS = {
    BlockKind.TITLE: "题目",
    BlockKind.HEADING: "标题",
    BlockKind.PARAGRAPH: "段落",
    BlockKind.ROW: "表格",
    BlockKind.NOTE: "脚注",
    BlockKind.ASIDE: "附属",
}
_STATES = {
    PageStatus.TEXT: "文字",
    PageStatus.SCANNED: "扫描件，没有文字层",
    PageStatus.GARBLED: "乱码或已损坏",
    PageStatus.MIXED: "有文字，也有读不出的图片或字体",
    PageStatus.EMPTY: "空白",
}
_FORMATS = {
    Format.TEXT: "文本",
    Format.DOC: "DOC，由 LibreOffice 转换",
    Format.WPS: "WPS，由 LibreOffice 转换",
    Format.RTF: "RTF，由 LibreOffice 转换",
    Format.ODT: "ODT，由 LibreOffice 转换",
}
_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 48rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.7;
  font-family: system-ui, sans-serif; }}
h2 {{ margin-top: 2.5rem; border-top: 1px solid; padding-top: .5rem; font-size: 1.1rem; }}
.block {{ display: grid; grid-template-columns: 4.5rem 1fr; gap: .75rem; margin: .35rem 0; }}
.block > b {{ font-size: .8rem; font-weight: normal; text-align: right; padding-top: .2rem; }}
.block > p {{ margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }}
.title > p, .heading > p {{ font-weight: bold; }}
table {{ border-collapse: collapse; }}
td {{ border: 1px solid; padding: .1rem .5rem; }}
.wrong {{ border-left: .3rem solid #c2410c; padding-left: .75rem; }}
dt {{ float: left; clear: left; width: 6rem; }} dd {{ margin-left: 6rem; }}
</style>
</head>
<body>
"""


@dataclass(frozen=True, slots=True)
class _Part:
    """The blocks that begin on a page; `page` is None where the format has no pages."""

    page: Page | None
    blocks: tuple[Block, ...]


def read_one(path: Path, config: Config) -> Report:
    """Read a file as `tifa index` does, under the same limits; raises ExtractionError."""
    path = absolute(path)
    try:
        status = path.stat()
    except OSError as error:
        raise UnreadableError(path, f"打不开（{error.strerror}）。请检查路径和权限。") from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(path, "不是普通文件。请写明一个文件，文件夹用 tifa index。")
    file = File(path, path.parent, status.st_size, status.st_mtime_ns)
    for _, outcome in read_all([file], config):
        if isinstance(outcome, ExtractionError):
            raise outcome
        return outcome
    raise RuntimeError("the file was not read")


def is_whole(report: Report) -> bool:
    """Whether all that the file says was read."""
    document = report.document
    return not (document.warnings or document.unsearchable_pages)


def as_text(report: Report, path: Path) -> Iterator[str]:
    """Lines for a terminal."""
    yield from (f"{name}：{value}" for name, value in _facts(report, path))
    yield from (f"注意：{warning}" for warning in report.document.warnings)
    for part in _parts(report.document):
        yield ""
        if part.page:
            yield f"—— {_page(part.page)} ——"
        yield from (f"[{_kind(block)}] {_marked(block)}" for block in part.blocks)


def as_json(report: Report, path: Path) -> dict[str, Any]:
    """The same as JSON.

    `breaks` of a block are [offset in its text, page] for every further page it runs on to. The
    text of a row is given as its cells; that of a note without the barriers around it.
    """
    document, metadata = report.document, report.metadata
    return {
        "path": str(path),
        "sha256": report.sha256,
        "bytes": report.size,
        "format": document.format.value,
        "title": metadata.title,
        "region": list(metadata.region.names) if metadata.region else [],
        "year": metadata.year,
        "topics": list(metadata.topics),
        "issuer": metadata.issuer,
        "date": metadata.date,
        "kind": metadata.kind,
        "number": metadata.number,
        "grounds": [asdict(ground) for ground in report.grounds],
        "warnings": list(document.warnings),
        "pages": [asdict(page) | {"searchable": page.searchable} for page in document.pages],
        "blocks": [_block_json(block) for block in document.blocks],
    }


def as_html(report: Report, path: Path) -> Iterator[str]:
    """A web page that needs nothing beside itself."""
    title = escape(f"{report.metadata.title}：读出的内容")
    yield _HEAD.format(title=title)
    yield f"<main>\n<h1>{title}</h1>\n<dl>\n"
    for name, value in _facts(report, path):
        yield f"<dt>{name}</dt><dd>{escape(value)}</dd>\n"
    yield "</dl>\n"
    if report.document.warnings:
        items = "".join(f"<li>{escape(one)}</li>" for one in report.document.warnings)
        yield f'<section class="wrong" aria-label="注意"><ul>{items}</ul></section>\n'
    parts = _parts(report.document)
    if len(report.document.pages) > 1:
        yield '<nav aria-label="各页"><ol>\n'
        for page in report.document.pages:
            yield f'<li><a href="#page-{page.number}">{escape(_page(page))}</a></li>\n'
        yield "</ol></nav>\n"
    for part in parts:
        name = _page(part.page) if part.page else "正文"
        anchor = f"page-{part.page.number}" if part.page else "text"
        wrong = ' class="wrong"' if part.page and not part.page.searchable else ""
        yield f'<section{wrong} id="{anchor}" aria-labelledby="{anchor}-name">\n'
        yield f'<h2 id="{anchor}-name">{escape(name)}</h2>\n'
        for is_row, group in groupby(part.blocks, lambda block: block.kind is BlockKind.ROW):
            blocks = list(group)
            yield from _table(blocks) if is_row else map(_block_html, blocks)
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def _facts(report: Report, path: Path) -> Iterator[tuple[str, str]]:
    document, metadata = report.document, report.metadata
    characters = sum(len("".join(block.text.split())) for block in document.blocks)
    pages = f"{len(document.pages)} 页，" if document.pages else ""
    name = _FORMATS.get(document.format, document.format.value.upper())
    yield "文件", _plain(str(path))
    yield "格式", f"{name}，{pages}{characters} 字"
    yield "题目", metadata.title
    yield "地区", "/".join(metadata.region.names) if metadata.region else "未定"
    yield "年份", str(metadata.year or "未定")
    yield "发文机关", metadata.issuer or "未定"
    yield "日期", metadata.date or "未定"
    if document.unsearchable_pages:
        yield "查不到", f"{document.unsearchable_pages} 页的文字没有或没有全部读出"


def _parts(document: Document) -> list[_Part]:
    if not document.pages:
        return [_Part(None, document.blocks)]
    by_page: dict[int | None, list[Block]] = {}
    for block in document.blocks:
        by_page.setdefault(block.page, []).append(block)
    return [_Part(page, tuple(by_page.get(page.number, ()))) for page in document.pages]


def _page(page: Page) -> str:
    read = "，文字由识别图片（OCR）得出" if page.recognised else ""
    return f"第 {page.number} 页：{_STATES[page.status]}{read}，{page.characters} 字"


def _kind(block: Block) -> str:
    return f"{_KINDS[block.kind]} {block.level}" if block.level else _KINDS[block.kind]


def _marked(block: Block) -> str:
    """The text of a block with the page breaks within it; cells of a row apart."""
    return _shown("".join(_pieces(block)))


def _pieces(block: Block) -> Iterator[str]:
    start = 0
    for offset, page in block.breaks:
        yield f"{block.text[start:offset]}〔第 {page} 页〕"
        start = offset
    yield block.text[start:]


def _shown(text: str) -> str:
    return _plain(text.strip(BARRIER).replace(BARRIER, " | "))


def _plain(text: str) -> str:
    """Without what a terminal would obey: a file can say anything."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _cells(block: Block) -> list[str]:
    return block.text.strip(BARRIER).split(BARRIER)


def _block_json(block: Block) -> dict[str, Any]:
    is_row = block.kind is BlockKind.ROW
    return {
        "kind": block.kind.value,
        "level": block.level,
        "page": block.page,
        "breaks": [list(one) for one in block.breaks],
        "text": None if is_row else block.text.strip(BARRIER),
        "cells": _cells(block) if is_row else None,
    }


def _block_html(block: Block) -> str:
    text = escape(_marked(block))
    return f'<div class="block {block.kind}"><b>{_kind(block)}</b><p>{text}</p></div>\n'


def _table(rows: Sequence[Block]) -> Iterator[str]:
    yield f'<div class="block"><b>{_KINDS[BlockKind.ROW]}</b><table>\n'
    for row in rows:
        yield f"<tr>{''.join(f'<td>{escape(_plain(cell))}</td>' for cell in _cells(row))}</tr>\n"
    yield "</table></div>\n"
