"""CSL-JSON, what citation styles of Zotero, Pandoc and others are applied to."""

from __future__ import annotations

import json
from typing import Any

from indexer.citing.sources import Citation, Genre

_TYPES = {
    Genre.REPORT: "report",
    Genre.DOCUMENT: "document",
    Genre.STANDARD: "standard",
    Genre.NOTICE: "webpage",
}


def csl_item(cited: Citation) -> dict[str, Any]:
    """One item, as the schema of CSL 1.0.2 has it."""
    source = cited.source
    year = source.published or source.estimated
    day = [int(part) for part in source.date.split("-")] if source.date else [year] if year else []
    read = [cited.accessed.year, cited.accessed.month, cited.accessed.day]
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "legislation" if source.is_law else _TYPES[source.genre],
        "title": source.title,
        "author": [{"literal": body} for body in source.issuers],
        "number": source.number,
        "issued": {"date-parts": [day]} if day else None,
        "page": cited.pages,
        "URL": cited.link,
        "accessed": {"date-parts": [read]} if cited.link else None,
        "language": "zh-CN" if source.chinese else "en",
        "note": cited.quote,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(cited: Citation) -> str:
    """A list of one item, which is what programs import."""
    return json.dumps([csl_item(cited)], ensure_ascii=False, indent=2) + "\n"
