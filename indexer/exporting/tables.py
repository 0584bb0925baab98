"""Entries as rows: CSV for spreadsheets, JSON Lines for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.citing import readable
from indexer.exporting.entries import Entry
from indexer.vocabulary.topics import topics

COLUMNS = (
    "编号",
    "标题",
    "地区",
    "地区代码",
    "年份",
    "主题",
    "文种",
    "发文机关",
    "发文字号",
    "日期",
    "匹配处数",
    "引文",
    "页码",
    "OCR",
    "备注",
    "链接",
    "报告链接",
    "引用格式",
)
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def csv_chunks(entries: Iterable[Entry]) -> Iterator[str]:
    """RFC 4180; Excel tells UTF-8 by the byte order mark. Cells that look like formulas get a '."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(_BYTE_ORDER_MARK)
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_harmless(cell) for cell in _cells(entry)])
        yield _drained(buffer)
    yield _drained(buffer)


def json_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """One JSON object a line; names are those of the API."""
    for entry in entries:
        yield json.dumps(_object(entry), ensure_ascii=False) + "\n"


def _cells(entry: Entry) -> Iterator[str]:
    source = entry.cited.source
    quote, pages = entry.cited.quote, entry.cited.pages
    if not quote:
        quote = "\n".join(readable(passage.text) for passage in entry.passages)
        held = (str(passage.page) for passage in entry.passages if passage.page is not None)
        pages = "、".join(dict.fromkeys(held))
    yield source.id
    yield source.title
    yield "/".join(entry.region.names) if entry.region else ""
    yield entry.region.code if entry.region else ""
    yield "" if source.year is None else str(source.year)
    yield "、".join(topics().label(key) for key in entry.topics)
    yield source.kind or ""
    yield "、".join(source.issuers)
    yield source.number or ""
    yield source.date or ""
    yield "" if entry.matches is None else str(entry.matches)
    yield entry.lost or quote
    yield pages
    yield "OCR" if entry.recognised else ""
    yield entry.note
    yield entry.cited.link
    yield entry.report
    yield entry.reference


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell


def _object(entry: Entry) -> dict[str, Any]:
    cited, source = entry.cited, entry.cited.source
    kept: dict[str, Any] = {
        "id": source.id,
        "title": source.title,
        "region": list(entry.region.names) if entry.region else [],
        "region_code": entry.region.code if entry.region else None,
        "year": source.year,
        "topics": list(entry.topics),
        "issuer": "、".join(source.issuers) or None,
        "number": source.number,
        "date": source.date,
        "kind": source.kind,
        "matches": entry.matches,
        "url": cited.link,
        "report_url": entry.report,
        "citation": entry.reference,
        "accessed": cited.accessed.isoformat(),
    }
    if entry.score is not None:
        kept["score"] = round(entry.score, 4)
    if cited.quote:
        kept |= {"text": cited.quote, "page": cited.pages or None, "ocr": entry.recognised}
    kept["passages"] = [
        {
            "text": passage.text,
            "marks": [list(mark) for mark in passage.marks],
            "paragraph": passage.paragraph,
            "page": passage.page,
            "ocr": passage.recognised,
            "address": passage.address,
        }
        for passage in entry.passages
    ]
    if entry.note:
        kept["note"] = entry.note
    if entry.lost:
        kept["lost"] = entry.lost
    return kept


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
