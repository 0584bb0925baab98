"""From a stored report to the context of the page it is read on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from pathlib import PurePath

from flask_babel import format_decimal, gettext, ngettext

from indexer.addresses import Found, passage_url, report_url
from indexer.library import Resolution
from indexer.records import State, StoredReport
from indexer.report import Document, Format, Metadata
from indexer.vocabulary.regions import regions
from webapp.language import Labels
from webapp.marking import Marking, PageBreak, Span
from webapp.pages import Detail, Fact, Notice, ReportPage, Stepping
from webapp.params import SearchParams
from webapp.reading import lay_out, outline

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


def report_page(
    stored: StoredReport,
    marks: tuple[Span, ...],
    current: int | None,
    params: SearchParams,
    labels: Labels,
) -> ReportPage:
    """The whole report with its matches; `current` counts from 1 and is cut to their number."""
    stepped = min(current, len(marks)) if current and marks else None
    path = report_url(stored.id)
    return _page(
        stored, Marking(marks, None, stepped), path, params, labels, _state(stored, params)
    )


def passage_page(
    address: str,
    found: Resolution,
    marks: tuple[Span, ...],
    params: SearchParams,
    labels: Labels,
) -> ReportPage:
    """The report that `address` belongs to, with the words it names and what became of them."""
    notices = (_outcome(found), *_state(found.report, params))
    path = passage_url(address)
    return _page(found.report, Marking(marks, found.span), path, params, labels, notices)


def file_url(stored: StoredReport) -> str:
    return f"{report_url(stored.id)}/file"


def file_name(stored: StoredReport) -> str:
    """The name that the file had where it was found."""
    name = PurePath(stored.paths[0]).name if stored.paths else ""
    return name or f"{stored.id}.{stored.document.format}"


def _page(
    stored: StoredReport,
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
        title=stored.metadata.title,
        details=_details(stored, labels),
        notices=notices + _recognised(stored.document) + _lost(stored.document),
        outline=outline(pieces),
        pieces=pieces,
        stepping=_stepping(stored, marking, params),
        back=params.url() if params else None,
        file=original,
        file_name=file_name(stored),
        inline=inline,
        canonical=path,
    )


def _stepping(stored: StoredReport, marking: Marking, params: SearchParams) -> Stepping:
    """Round and round: after the last match comes the first."""
    total = len(marking.marks)
    if not total:
        return Stepping(0, None, "", "")
    base = params.url(report_url(stored.id))
    joint = "&" if "?" in base else "?"

    def at(number: int) -> str:
        return f"{base}{joint}m={number}#m{number}"

    current = marking.current
    following = current % total + 1 if current else 1
    preceding = (current - 2) % total + 1 if current else total
    return Stepping(total, current, at(preceding), at(following))


def _state(stored: StoredReport, params: SearchParams) -> tuple[Notice, ...]:
    match stored.state:
        case State.REPLACED:
            text = gettext("这是旧版本：同一位置的文件后来改过，检索只查新版本。")
            url = params.url(report_url(stored.successor)) if stored.successor else None
            return (Notice(text, url, gettext("看新版本")),)
        case State.WITHDRAWN:
            return (
                Notice(
                    gettext("这份报告的文件已经移走或删除，不再出现在检索结果里；文字保留在这里。")
                ),
            )
        case _:
            return ()


def _outcome(found: Resolution) -> Notice:
    match found.status:
        case Found.SAME:
            text, link = gettext("链接所指的文字就在原处。"), gettext("到这段文字")
            return Notice(text, "#passage", link, quiet=True)
        case Found.MOVED:
            text = gettext("链接所指的文字还在，但已不在原来的位置。")
            return Notice(text, "#passage", gettext("到这段文字"))
        case Found.AMBIGUOUS:
            return Notice(
                gettext(
                    "链接所指的文字在这份报告里出现不止一次，而且都不在原来的位置，无法断定是哪一处。"
                )
            )
        case _:
            return Notice(gettext("这份报告现在的文字里没有链接所指的那段话。"))


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


def _lost(document: Document) -> tuple[Notice, ...]:
    """What the reader, and the search, do not get to see of the file."""
    pages = [page.number for page in document.pages if not page.searchable]
    notices = [Notice(warning) for warning in document.warnings]
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


def _details(stored: StoredReport, labels: Labels) -> tuple[Detail, ...]:
    metadata, document = stored.metadata, stored.document
    lines: list[tuple[str, tuple[Fact, ...]]] = [
        (gettext("地区"), _region(metadata)),
        (gettext("年份"), _year(metadata)),
        (gettext("主题"), _topics(metadata, labels)),
        (gettext("文种"), _plain(metadata.kind)),
        (gettext("发文机关"), _plain(metadata.issuer)),
        (gettext("发文字号"), _plain(metadata.number)),
        (gettext("日期"), _plain(metadata.date)),
        (gettext("原件"), (Fact(_extent(document), chinese=False),)),
        (gettext("文件"), tuple(Fact(path) for path in stored.paths)),
        (gettext("编号"), (Fact(stored.id, report_url(stored.id), chinese=False),)),
    ]
    return tuple(Detail(name, facts) for name, facts in lines if facts)


def _region(metadata: Metadata) -> tuple[Fact, ...]:
    """The region's names from the province down, each with the search for all within it."""
    if metadata.region is None:
        return ()
    codes = regions().ancestors(metadata.region.code)
    if len(codes) != len(metadata.region.names):
        codes = ()
    return tuple(
        Fact(name, SearchParams(region=(code,)).url() if code else None)
        for name, code in zip_longest(metadata.region.names, codes)
    )


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
