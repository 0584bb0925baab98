"""Citations and exports: of a report, of a passage, of what was found, of what was collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from http import HTTPStatus
from itertools import chain
from pathlib import PurePath
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, request, stream_with_context
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge

from indexer.addresses import normalised_id, parse_address, passage_url, report_url
from indexer.citing import WRITERS, Citation, cite_report, copies_of
from indexer.contract import CopiesJson
from indexer.errors import (
    BadAddressError,
    BadChoiceError,
    BadNumberError,
    LostWordsError,
    NotAmongResultsError,
)
from indexer.exporting.documents import Heading
from indexer.exporting.entries import (
    Entry,
    cite_passage,
    of_collected,
    of_passages,
    of_reports,
)
from indexer.exporting.finding import PAGE, chosen_hits, every_hit
from indexer.exporting.heading import heading_of
from indexer.exporting.writing import Format, chunks
from indexer.library import Library
from indexer.messages import N_, Message
from indexer.results import Hit
from webapp.api_parameters import PASSAGE, REPORT
from webapp.collected import LARGEST, collected
from webapp.export_menu import MOST_REPORTS
from webapp.links import absolute, same_site
from webapp.openapi import Operation
from webapp.params import SearchParams

MOST_CHOSEN = 1_000
_TRAY = (Format.MARKDOWN, Format.DOCX, Format.CSV)
_MEDIA_TYPES = {
    "markdown": "text/markdown; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "gbt7714": "text/plain; charset=utf-8",
    "ris": Format.RIS.media_type,
    "bibtex": Format.BIBTEX.media_type,
    "csljson": "application/vnd.citationstyles.csl+json; charset=utf-8",
}
_SUFFIXES = {"markdown": "md", "html": "html", "ris": "ris", "bibtex": "bib", "csljson": "json"}
_READ_BY_PROGRAMS = ("ris", "bibtex", "csljson")

OPERATIONS = (
    Operation(
        "passage_copies",
        "/api/passages/{address}/copies",
        lazy_gettext("引用一段"),
        lazy_gettext("一个段落地址所指的字：引文、出处和链接，写成各种格式。"),
        (PASSAGE,),
        CopiesJson,
        (HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
    Operation(
        "report_copies",
        "/api/reports/{id}/copies",
        lazy_gettext("引用一份报告"),
        lazy_gettext("一份报告的出处和链接，写成各种格式。"),
        (REPORT,),
        CopiesJson,
        (HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
)


def blueprint(library: Library) -> Blueprint:
    """Citing and exporting over `library`."""
    citing = Blueprint("citing", __name__)

    def passage(address: str) -> Citation:
        parsed = parse_address(address)
        link = absolute(passage_url(parsed))
        cited = cite_passage(library.resolve(address), parsed, link, date.today())
        if cited is None:
            raise LostWordsError(address)
        return cited

    def whole(report: str) -> Citation:
        stored = library.report(report)
        return cite_report(stored, absolute(report_url(stored.id)), date.today())

    @citing.get("/r/<report>/cite")
    def cite(report: str) -> Response:
        form = request.args.get("format", "").strip() or "gbt7714"
        if form not in WRITERS:
            raise BadChoiceError("format", form, tuple(WRITERS))
        address = request.args.get("passage", "").strip()
        if address and parse_address(address).report != normalised_id(report):
            raise BadAddressError(address)
        cited = passage(address) if address else whole(report)
        name = f"{cited.key}.{_SUFFIXES.get(form, 'txt')}"
        shown = "attachment" if form in _READ_BY_PROGRAMS else "inline"
        return _named(Response(WRITERS[form](cited)), _MEDIA_TYPES[form], name, shown)

    @citing.get("/api/passages/<address>/copies")
    def passage_copies(address: str) -> Response:
        return jsonify(asdict(copies_of(passage(address))))

    @citing.get("/api/reports/<report>/copies")
    def report_copies(report: str) -> Response:
        return jsonify(asdict(copies_of(whole(report))))

    @citing.get("/export")
    def export() -> Response:
        form = _format(request.args.get("format", ""), tuple(Format))
        params = SearchParams.from_args(request.args)
        first = library.run(params.asked_of(library, PAGE, 0))
        settled = params.settled(first.search)
        link = absolute(settled.on_page(1).url())
        heading = heading_of(first, date.today(), link)
        ids = {normalised_id(value) for value in request.args.getlist("id") if value.strip()}
        hits = every_hit(library, first.search, first, MOST_REPORTS)
        if ids:
            near = library.run(params.asked_of(library, params.per, params.offset)).hits
            hits = iter(_chosen(chain(near, hits), ids))
        of = of_passages if request.args.get("passages", "").strip() == "1" else of_reports
        entries = of(hits, absolute, date.today())
        return _file(form, heading, entries, settled.q or "results")

    @citing.post("/export/tray")
    def tray() -> Response:
        if not same_site():
            raise Forbidden(gettext("这个请求来自别的网站，没有照办。请在摘录夹里导出。"))
        if (request.content_length or 0) > LARGEST:
            raise RequestEntityTooLarge(gettext("摘录太多，一次导不出。请分几次导出。"))
        request.max_form_memory_size = LARGEST
        asked, items = collected()
        form = _format(asked, _TRAY)
        # All are looked up before the answer begins: a wrong address is still a page of its own.
        entries = tuple(of_collected(library, items, absolute, date.today()))
        today = date.today().isoformat()
        title = gettext("摘录")
        lines = (
            gettext("%(count)s 条", count=len(entries)),
            gettext("导出日期：%(date)s", date=today),
        )
        return _file(form, Heading(title, lines), entries, title)

    return citing


def _format(typed: str, known: tuple[Format, ...]) -> Format:
    wanted = typed.strip() or known[0].value
    if wanted not in {form.value for form in known}:
        raise BadChoiceError("format", wanted, tuple(form.value for form in known))
    return Format(wanted)


def _chosen(hits: Iterator[Hit], ids: set[str]) -> tuple[Hit, ...]:
    """The hits of these ids; raises NotAmongResultsError for one that is not found."""
    if len(ids) > MOST_CHOSEN:
        most = Message(N_("最多 %(most)s 个"), {"most": MOST_CHOSEN})
        raise BadNumberError("id", str(len(ids)), most)
    found = tuple(chosen_hits(hits, ids))
    missing = ids - {hit.id for hit in found}
    if missing:
        raise NotAmongResultsError(min(missing))
    return found


def _file(form: Format, heading: Heading, entries: Iterable[Entry], what: str) -> Response:
    pieces = stream_with_context(chunks(form, heading, entries))
    stem = "".join(char if char.isalnum() else " " for char in what).split()
    name = "-".join(("tifa", *stem))[:60]
    name = f"{name}-{date.today().isoformat()}.{form.suffix}"
    return _named(Response(pieces), form.media_type, name, "attachment")


def _named(response: Response, media_type: str, name: str, shown: str) -> Response:
    response.headers["Content-Type"] = media_type
    plain = f"tifa{PurePath(name).suffix}"
    # RFC 6266: the name as it is for browsers, one in ASCII for what does not read that.
    names = {"filename": plain, "filename*": f"UTF-8''{quote(name)}"}
    response.headers.set("Content-Disposition", shown, **names)
    return response
