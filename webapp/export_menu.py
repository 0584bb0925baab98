"""The menu of the results page that exports them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from indexer.exporting.writing import Format
from webapp.params import SearchParams

MOST_REPORTS = 10_000
"""Of one export; `tifa export --all` knows no bound."""


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """A format: its name and what it is for."""

    value: str
    label: str
    use: str


@dataclass(frozen=True, slots=True)
class ExportMenu:
    """`pairs` are the search to export, with its page; `cut`: there are more than `reports`."""

    pairs: tuple[tuple[str, str], ...]
    formats: tuple[FormatChoice, ...]
    reports: int
    cut: bool


def export_menu(params: SearchParams, total: int) -> ExportMenu:
    return ExportMenu(
        params.to_pairs(), _formats(), min(total, MOST_REPORTS), cut=total > MOST_REPORTS
    )


def _formats() -> tuple[FormatChoice, ...]:
    return (
        FormatChoice(Format.DOCX, "Word", gettext("引文、出处、链接")),
        FormatChoice(Format.MARKDOWN, "Markdown", gettext("笔记软件")),
        FormatChoice(Format.CSV, "CSV", gettext("表格，Excel 可打开")),
        FormatChoice(Format.RIS, "RIS", gettext("EndNote、Zotero、NoteExpress")),
        FormatChoice(Format.BIBTEX, "BibTeX", "LaTeX"),
        FormatChoice(Format.GBT7714, "GB/T 7714", gettext("参考文献表")),
        FormatChoice(Format.TEXT, gettext("纯文本"), gettext("引文和出处")),
        FormatChoice(Format.JSONL, "JSON Lines", gettext("交给程序")),
    )
