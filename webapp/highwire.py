"""Highwire Press tags (citation_*): what Zotero and Google Scholar read of a report's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from indexer.addresses import report_url
from indexer.citing import source_of
from indexer.records import StoredReport
from indexer.report import Format
from webapp.links import absolute


class Tag(NamedTuple):
    name: str
    content: str


def highwire(stored: StoredReport) -> tuple[Tag, ...]:
    """The tags of a report; within a request, which tells what addresses begin with."""
    return tuple(Tag(f"citation_{name}", content) for name, content in _tags(stored))


def _tags(stored: StoredReport) -> Iterator[tuple[str, str]]:
    source = source_of(stored)
    page = absolute(report_url(stored.id))
    yield "title", source.title
    for body in source.issuers:
        yield "author", body
    if source.issuers:
        # What makes it a report to Zotero, and not an article.
        yield "technical_report_institution", "、".join(source.issuers)
    if source.number:
        yield "technical_report_number", source.number
    year = source.published or source.estimated
    if year:
        yield "publication_date", source.date.replace("-", "/") if source.date else str(year)
    yield "language", "zh" if source.chinese else "en"
    yield "public_url", page
    if stored.document.format is Format.PDF:
        yield "pdf_url", f"{page}/file"
