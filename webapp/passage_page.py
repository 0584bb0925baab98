"""From a passage address to the report it belongs to, with what became of the words it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flask_babel import format_decimal, gettext, ngettext

from indexer.addresses import Found, address_in, passage_url, report_url
from indexer.exporting.entries import cite_passage
from indexer.library import Resolution
from webapp.cite_box import cite_box
from webapp.language import Labels
from webapp.links import absolute
from webapp.marking import Marking, Segment, Span, passage_segments
from webapp.pages import Notice, Place, ReportPage
from webapp.params import SearchParams
from webapp.report_page import Kin, laid_out, state

_AROUND = 30
"""Characters shown before and after each place that a link may mean."""


def passage_page(
    found: Resolution,
    around: Kin,
    marks: tuple[Span, ...],
    params: SearchParams,
    labels: Labels,
) -> ReportPage:
    """The report that an address belongs to, with the words it names and what became of them."""
    stored = found.report
    notices = (_outcome(found), *state(stored, *_newer(found, params)))
    path = passage_url(found.address)
    page = laid_out(stored, around, Marking(marks, found.span), path, params, labels, notices)
    cited = cite_passage(found, found.address, absolute(path), date.today())
    return replace(
        page,
        cite=cite_box(cited, found.address) if cited else page.cite,
        places=tuple(_places(found, params)),
        more_places=len(found.places) < found.total,
        was=_was(found),
    )


def _places(found: Resolution, params: SearchParams) -> Iterator[Place]:
    document = found.report.document
    for start, end in found.places:
        address = address_in(found.report.id, document.text, start, end)
        first, last = max(0, start - _AROUND), min(len(document.text), end + _AROUND)
        text = document.text[first:last].replace("\n", " ")
        yield Place(
            passage_segments(text, ((start - first, end - first),)),
            document.page_at(start),
            params.url(passage_url(address)) + "#passage",
        )


def _was(found: Resolution) -> tuple[Segment, ...]:
    """The words in the paragraphs that held them, where the text has others now."""
    if found.span or found.earlier is None or found.was is None:
        return ()
    document, (start, end) = found.earlier, found.was
    first = document.starts[document.block_at(start)]
    number = document.block_at(end - 1)
    last = document.starts[number] + len(document.blocks[number].text)
    text = document.text[first:last].replace("\n", " ")
    return passage_segments(text, ((start - first, end - first),))


def _newer(found: Resolution, params: SearchParams) -> tuple[str | None, str]:
    """Where the words stand in what replaced their report, else that report."""
    if found.newer is None:
        return None, ""
    report, addresses = params.url(report_url(found.newer.report)), found.newer.addresses
    if addresses is None:
        return report, gettext("看新版本")
    if not addresses:
        return report, gettext("看新版本（其中已经没有这段话）")
    there = params.url(passage_url(addresses[0])) + "#passage"
    if len(addresses) == 1:
        return there, gettext("看新版本里的这段话")
    total = found.newer.total
    return there, ngettext(
        "看新版本里的这段话（共 %(num)d 处，先看第一处）",
        "看新版本里的这段话（共 %(num)d 处，先看第一处）",
        total,
    )


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
                    "链接所指的文字在这份报告里不止一次（%(count)s 处），都不在原处，"
                    "无法断定是哪一处：",
                    count=format_decimal(found.total),
                )
            )
        case _ if found.earlier:
            return Notice(
                gettext(
                    "这份报告现在的文字里没有链接所指的那段话：同一文件后来重新读过，读出的文字不同。"
                )
            )
        case _:
            return Notice(
                gettext(
                    "这份报告现在的文字里没有链接所指的那段话。如果链接是抄写的，请核对有没有抄错。"
                )
            )
