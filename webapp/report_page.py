"""From a stored report to the context of the page it is read on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import PurePath

from flask_babel import format_decimal, gettext, ngettext

from indexer.addresses import report_url
from indexer.citing import cite_report
from indexer.errors import IndexDamagedError, NoIndexError
from indexer.library import Library
from indexer.records import State, StoredReport, Version
from indexer.report import Document, Format, Metadata
from indexer.results import Copy
from indexer.vocabulary.regions import regions
from webapp.cite_box import cite_box
from webapp.evidence import bases
from webapp.highwire import highwire
from webapp.language import Labels
from webapp.links import absolute
from webapp.list_pages import Printed
from webapp.marking import Marking, PageBreak, Span
from webapp.pages import (
    Detail,
    Fact,
    Notice,
    Other,
    ReportPage,
    Stepping,
)
from webapp.params import SearchParams
from webapp.paths import within
from webapp.reading import lay_out, outline
from webapp.reasons import reason
from webapp.sheet import sheet

_FORMATS = {
    Format.PDF: "PDF",
    Format.DOCX: "Word (DOCX)",
    Format.TEXT: "TXT",
    Format.DOC: "Word (DOC)",
    Format.WPS: "Works (WPS)",
    Format.RTF: "RTF",
    Format.ODT: "OpenDocument (ODT)",
    Format.OFD: "OFD",
}
_WORDY = 30_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Kin:
    """What belongs to a report: what has replaced it by now, its versions, its other formats."""

    latest: str | None
    versions: tuple[Version, ...]
    copies: tuple[Copy, ...]
    paths: tuple[str, ...]
    """Of its files, from the indexed folder on."""


def kin(library: Library, stored: StoredReport) -> Kin:
    latest = library.latest(stored.id)
    try:
        copies = library.same_text(stored.id)
    except (IndexDamagedError, NoIndexError):
        # The catalogue alone is enough to read a report.
        copies = ()
    folders = library.folders()
    paths = tuple(within(path, folders) for path in stored.paths)
    return Kin(latest, library.versions(stored.id), copies, paths)


def report_page(
    stored: StoredReport,
    around: Kin,
    marks: tuple[Span, ...],
    current: int | None,
    params: SearchParams,
    labels: Labels,
) -> ReportPage:
    """The whole report with its matches; `current` counts from 1 and is cut to their number."""
    stepped = min(current, len(marks)) if current and marks else None
    path = report_url(stored.id)
    newer = params.url(report_url(around.latest)) if around.latest else None
    notices = state(stored, newer, gettext("看新版本"))
    return laid_out(stored, around, Marking(marks, None, stepped), path, params, labels, notices)


def file_url(stored: StoredReport) -> str:
    return f"{report_url(stored.id)}/file"


def file_name(stored: StoredReport) -> str:
    """The name that the file had where it was found."""
    name = PurePath(stored.paths[0]).name if stored.paths else ""
    return name or f"{stored.id}.{stored.document.format}"


def laid_out(
    stored: StoredReport,
    around: Kin,
    marking: Marking,
    path: str,
    params: SearchParams,
    labels: Labels,
    notices: tuple[Notice, ...],
) -> ReportPage:
    inline = stored.document.format is Format.PDF
    original = file_url(stored)

    recognised = {page.number for page in stored.document.pages if page.recognised}

    def pager(number: int) -> PageBreak:
        if number in recognised:
            label = gettext("第 %(page)s 页，文字由识别图片（OCR）得出", page=number)
        else:
            label = gettext("第 %(page)s 页", page=number)
        url = f"{original}#page={number}" if inline else None
        return PageBreak(number, label, url, number in recognised)

    pieces = lay_out(stored.document, marking, pager)
    return ReportPage(
        params=params,
        report=stored.id,
        title=stored.metadata.title,
        details=_details(stored, around.paths, labels),
        bases=bases(stored, labels),
        correct=f"{report_url(stored.id)}/correct" if stored.state is State.CURRENT else None,
        notices=notices + _recognised(stored.document) + _lost(stored.document, labels),
        places=(),
        more_places=False,
        was=(),
        versions=_versions(stored, around),
        formats=tuple(Other(_FORMATS[copy.format], copy.title, copy.url) for copy in around.copies),
        outline=outline(pieces),
        sheet=sheet(stored.id, pieces),
        wordy=bool(pieces) and pieces[-1].offset > _WORDY,
        stepping=_stepping(path, marking, params),
        back=params.url() if params else None,
        file=original,
        file_name=file_name(stored),
        inline=inline,
        canonical=path,
        printed=Printed(absolute(path), date.today().isoformat()),
        highwire=highwire(stored),
        cite=cite_box(cite_report(stored, absolute(report_url(stored.id)), date.today())),
    )


def _stepping(path: str, marking: Marking, params: SearchParams) -> Stepping:
    """Round and round: after the last match comes the first."""
    total = len(marking.marks)
    if not total:
        return Stepping(0, None, "", "")
    base = params.url(path)
    joint = "&" if "?" in base else "?"

    def at(number: int) -> str:
        return f"{base}{joint}m={number}#m{number}"

    current = marking.current
    following = current % total + 1 if current else 1
    preceding = (current - 2) % total + 1 if current else total
    return Stepping(total, current, at(preceding), at(following))


def _versions(stored: StoredReport, around: Kin) -> tuple[Other, ...]:
    """What has stood in the same place, the newest first; nothing where it is the only one."""
    if len({version.report for version in around.versions}) < 2:
        return ()
    return tuple(
        Other(
            version.title,
            gettext("文件日期 %(day)s", day=_day(version.modified_ns)),
            report_url(version.report),
            version.report == stored.id,
        )
        for version in reversed(around.versions)
    )


def _day(modified_ns: int) -> str:
    return date.fromtimestamp(modified_ns / 1e9).isoformat()


def state(stored: StoredReport, newer: str | None, link: str) -> tuple[Notice, ...]:
    """What has become of the file; `newer` and `link` lead to what replaced it."""
    match stored.state:
        case State.REPLACED:
            text = gettext("这是旧版本：同一位置的文件后来改过，检索只查新版本。")
            return (Notice(text, newer, link),)
        case State.WITHDRAWN:
            return (
                Notice(
                    gettext("这份报告的文件已经移走或删除，不再出现在检索结果里；文字保留在这里。")
                ),
            )
        case _:
            return ()


def _recognised(document: Document) -> tuple[Notice, ...]:
    """What may differ from what is printed."""
    pages = [page.number for page in document.pages if page.recognised]
    if not pages:
        return ()
    text = ngettext(
        "原件第 %(pages)s 页的文字由识别图片（OCR）得出，可能有错字，引用前请核对原件。",
        "原件第 %(pages)s 页的文字由识别图片（OCR）得出，可能有错字，引用前请核对原件。",
        len(pages),
        pages=gettext("、").join(_ranges(pages)),
    )
    return (Notice(text, quiet=True),)


def _lost(document: Document, labels: Labels) -> tuple[Notice, ...]:
    """What the reader, and the search, do not get to see of the file."""
    pages = [page.number for page in document.pages if not page.searchable]
    told = [reason(warning, labels) for warning in document.warnings]
    notices = [Notice(word.text, chinese=word.chinese) for word in told]
    if pages:
        text = ngettext(
            "原件有 %(num)d 页没有可检索的文字：第 %(pages)s 页。",
            "原件有 %(num)d 页没有可检索的文字：第 %(pages)s 页。",
            len(pages),
            pages=gettext("、").join(_ranges(pages)),
        )
        notices.append(Notice(text))
    return tuple(notices)


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Ascending numbers, those in a row as one: 3–6."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *rest = (number for _, number in run)
        yield f"{first}–{rest[-1]}" if rest else str(first)


def _details(stored: StoredReport, paths: tuple[str, ...], labels: Labels) -> tuple[Detail, ...]:
    metadata, document = stored.metadata, stored.document
    lines: list[tuple[str, tuple[Fact, ...]]] = [
        (gettext("地区"), _region(metadata)),
        (gettext("年份"), _year(metadata)),
        (gettext("主题"), _topics(metadata, labels)),
        (gettext("文种"), _kind(metadata, labels)),
        (gettext("发文机关"), _plain(metadata.issuer)),
        (gettext("发文字号"), _plain(metadata.number)),
        (gettext("日期"), _plain(metadata.date)),
        (gettext("原件"), (Fact(_extent(document), chinese=False),)),
        (gettext("文件"), tuple(map(Fact, paths))),
        (gettext("编号"), (Fact(stored.id, report_url(stored.id), chinese=False),)),
    ]
    return tuple(Detail(name, facts) for name, facts in lines if facts)


def _region(metadata: Metadata) -> tuple[Fact, ...]:
    """The region's names from the province down, each with the search for all within it.

    An abolished one stands under what followed it, as in the facet.
    """
    if metadata.region is None:
        return ()
    tree = regions()
    codes = tree.lineage(metadata.region.code)
    if not codes:
        return tuple(map(Fact, metadata.region.names))
    return tuple(Fact(tree.label(code), SearchParams(region=(code,)).url()) for code in codes)


def _year(metadata: Metadata) -> tuple[Fact, ...]:
    if metadata.year is None:
        return ()
    year = str(metadata.year)
    return (Fact(year, SearchParams(year=(year,)).url(), chinese=False),)


def _topics(metadata: Metadata, labels: Labels) -> tuple[Fact, ...]:
    return tuple(
        Fact(labels.topic(topic), SearchParams(topic=(topic,)).url(), not labels.english)
        for topic in metadata.topics
    )


def _kind(metadata: Metadata, labels: Labels) -> tuple[Fact, ...]:
    if metadata.kind is None:
        return ()
    word = labels.kind(metadata.kind)
    return (Fact(word.text, chinese=word.chinese),)


def _plain(text: str | None) -> tuple[Fact, ...]:
    return (Fact(text),) if text else ()


def _extent(document: Document) -> str:
    """Format, pages and length, as in "PDF，12 页，5,400 字"."""
    count = sum(len("".join(block.text.split())) for block in document.blocks)
    characters = gettext("%(count)s 字", count=format_decimal(count))
    name = _FORMATS[document.format]
    if not document.pages:
        return f"{name} · {characters}"
    pages = ngettext("%(num)d 页", "%(num)d 页", len(document.pages))
    return f"{name} · {pages} · {characters}"
