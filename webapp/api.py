"""The library as JSON; errors as RFC 9457 problems.

The same as `tifa search --json` and `tifa show --json` give. Each route has its `Operation`
beside it, from which the API's description is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Literal

from flask import Blueprint, Response, jsonify, request
from flask_babel import lazy_gettext
from msgspec import Meta

from indexer.addresses import address_of
from indexer.contract import PassageReportJson, ReportJson, SearchJson
from indexer.diagnosing import answer_json
from indexer.errors import TifaError
from indexer.library import MAX_LIMIT, MAX_OFFSET, Library
from indexer.printing import report_json
from indexer.results import Sort
from webapp.api_page import api_page
from webapp.api_parameters import PASSAGE, REPORT, WHAT, at_most
from webapp.openapi import Operation, Parameter, described, with_examples
from webapp.params import SearchParams, View, one
from webapp.views import render

_SORT: object = Literal[tuple(map(str, Sort))]
_VIEW: object = Literal[tuple(map(str, View))]
_FEW = 20
_SEARCH = Operation(
    "search",
    "/api/search",
    lazy_gettext("检索"),
    lazy_gettext("全文检索，带三个分面的计数和每份报告的摘录。不写任何条件就列出所有报告。"),
    (
        *WHAT,
        Parameter("sort", _SORT, lazy_gettext("次序"), "relevance"),
        Parameter("limit", at_most(MAX_LIMIT), lazy_gettext("最多几份报告（几种提法）"), 10),
        Parameter("offset", at_most(MAX_OFFSET), lazy_gettext("跳过前几份"), 0),
        Parameter(
            "view",
            _VIEW,
            lazy_gettext("wordings：不列报告，列出各种提法（含检索词的句子，相同的归在一起）"),
            "reports",
        ),
        Parameter(
            "wording",
            Annotated[str, Meta(pattern="^([0-9a-f]{16})?$")],
            lazy_gettext("view=wordings 时：只要这个编号的提法，limit 与 offset 数它的各处"),
            "",
        ),
    ),
    SearchJson,
    (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
)
_REPORT = Operation(
    "report",
    "/api/reports/{id}",
    lazy_gettext("一份报告"),
    lazy_gettext("报告的信息和全文。替换或撤下了的报告也在。"),
    (REPORT,),
    ReportJson,
    (HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
)
_PASSAGE = Operation(
    "passage",
    "/api/passages/{address}",
    lazy_gettext("一个段落地址"),
    lazy_gettext("地址所指的字还在不在、在哪里，以及那份报告。"),
    (PASSAGE,),
    PassageReportJson,
    (HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
)
OPERATIONS = (_SEARCH, _REPORT, _PASSAGE)


def _examples(library: Library) -> dict[str, str]:
    """A report and a passage that can be asked for; none where nothing is indexed yet."""
    try:
        hits = library.run(library.request("", everything=True, limit=1)).hits
        text = library.report(hits[0].id).document.text if hits else ""
    except TifaError:
        return {}
    if not hits:
        return {}
    return {
        "id": hits[0].id,
        "report": hits[0].id,
        "address": str(address_of(hits[0].id, 0, text[:_FEW])),
    }


def blueprint(library: Library, others: Sequence[Operation]) -> Blueprint:
    """The API over `library`, and the description of it and of the operations of `others`."""
    api = Blueprint("api", __name__, url_prefix="/api")

    def operations() -> tuple[Operation, ...]:
        return with_examples((*OPERATIONS, *others), _examples(library))

    @api.get("/search")
    def search() -> Response:
        params = SearchParams.from_args(request.args)
        asked = params.asked_of(
            library,
            limit=one(request.args, "limit") or params.per,
            offset=one(request.args, "offset") or params.offset,
            everything=True,
        )
        if params.view is View.WORDINGS:
            return jsonify(library.wordings(asked, params.wording or None).to_json())
        return jsonify(answer_json(library, library.run(asked)))

    @api.get("/reports/<report>")
    def report(report: str) -> Response:
        return jsonify(report_json(library.report(report)))

    @api.get("/passages/<address>")
    def passage(address: str) -> Response:
        found = library.resolve(address)
        return jsonify(report_json(found.report, found))

    @api.get("/openapi.json")
    def openapi() -> Response:
        return jsonify(described(operations(), request.root_url.rstrip("/")))

    @api.get("")
    def page() -> str:
        known = operations()
        return render(api_page(described(known, request.root_url.rstrip("/")), known))

    return api
