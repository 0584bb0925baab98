"""The pages, as thin routes: read the address, ask the library, render a context."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Gone

from indexer.diagnosing import diagnose
from indexer.errors import EmptyQueryError, NoIndexError
from indexer.library import Library
from indexer.records import StoredReport
from indexer.report import Format
from indexer.requests import whole_number
from webapp.answers import examples, further_examples, home_page, last_page, results_page
from webapp.language import labels
from webapp.marking import Span
from webapp.nothing import nothing
from webapp.opened import PARAMETER as OPEN
from webapp.opened import Opened
from webapp.pages import FailuresPage, FailureView, FirstRunPage, HelpPage, Page
from webapp.params import RANGE, SearchParams, View, one
from webapp.passage_page import passage_page
from webapp.paths import within
from webapp.reasons import reason
from webapp.report_page import file_name, kin, report_page
from webapp.wordings import pages_of, wordings_page

_MIMETYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.TEXT: "text/plain",
    Format.DOC: "application/msword",
    Format.WPS: "application/vnd.ms-works",
    Format.RTF: "application/rtf",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.OFD: "application/ofd",
}
# A browser's own PDF reader styles the page it draws in; nothing else may run there.
_FILE_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"


class PageBeyondEndError(Exception):
    """A page of results after the last; `last` is the same search on its last page."""

    def __init__(self, asked: SearchParams, last: SearchParams) -> None:
        self.asked = asked
        self.last = last
        super().__init__(f"page {asked.page} of {last.page}")


def render(page: Page) -> str:
    return render_template(page.template, page=page)


def blueprint(library: Library) -> Blueprint:
    """The pages over `library`."""
    pages = Blueprint("pages", __name__)

    def marks(stored: StoredReport, params: SearchParams) -> tuple[Span, ...]:
        try:
            asked = library.request(params.q, mode=params.mode, whole_numbers=params.whole)
        except EmptyQueryError:
            # What was found by filters alone has nothing to mark.
            return ()
        return library.marks(stored.document, asked)

    @pages.get("/")
    def search() -> ResponseReturnValue:
        params = SearchParams.from_args(request.args)
        opened = Opened.read(request.args.getlist(OPEN))
        if not params:
            try:
                return render(home_page(library.overview(), labels(), opened))
            except NoIndexError as error:
                return render(FirstRunPage(params, str(error.directory)))
        asked = params.asked_of(library, params.per, params.offset)
        params = params.settled(asked)
        if any(request.args.get(name) for name in RANGE):
            return redirect(opened.url(params))
        if params.view is View.WORDINGS:
            found = library.wordings(asked, params.wording or None)
            last = pages_of(found, params)
            if params.page > last:
                raise PageBeyondEndError(params, params.on_page(last))
            return render(wordings_page(params, found, labels(), opened))
        results = library.run(asked)
        last = last_page(params, results.total)
        if params.page > last:
            raise PageBeyondEndError(params, params.on_page(last))
        reasons = None
        if results.relaxed or not results.total:
            reasons = nothing(params, diagnose(library, asked), labels())
        return render(results_page(params, results, labels(), opened, reasons))

    @pages.get("/r/<report>")
    def report(report: str) -> str:
        params = SearchParams.from_args(request.args)
        step = one(request.args, "m")
        current = whole_number("m", step, 1) if step else None
        stored = library.report(report)
        around = kin(library, stored)
        here = marks(stored, params)
        return render(report_page(stored, around, here, current, params, labels()))

    @pages.get("/p/<address>")
    def passage(address: str) -> str:
        params = SearchParams.from_args(request.args)
        found = library.resolve(address)
        here = marks(found.report, params)
        around = kin(library, found.report)
        return render(passage_page(found, around, here, params, labels()))

    @pages.get("/r/<report>/file")
    def file(report: str) -> Response:
        stored = library.report(report)
        path = library.original(stored.id)
        if path is None:
            raise Gone
        return _sent(stored, path)

    @pages.get("/failures")
    def failures() -> str:
        own = labels()
        folders = library.folders()
        found = tuple(
            FailureView(within(each.path, folders), each.pages, reason(each.reason, own))
            for each in library.failures()
        )
        return render(FailuresPage(SearchParams(), found, library.unsearchable()))

    @pages.get("/help")
    def help_page() -> str:
        return render(HelpPage(SearchParams(), (*examples(), *further_examples())))

    return pages


def _sent(stored: StoredReport, path: Path) -> Response:
    """The original's bytes; a PDF opens in the browser, so that #page=N reaches its page."""
    response = send_file(
        path.resolve(),
        mimetype=_MIMETYPES[stored.document.format],
        as_attachment=stored.document.format is not Format.PDF,
        download_name=file_name(stored),
        etag=stored.sha256,
    )
    response.headers["Content-Security-Policy"] = _FILE_POLICY
    return response
