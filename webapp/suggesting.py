"""Type-ahead: what could be meant by what stands in the search box so far."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import lazy_gettext

from indexer.addresses import report_url
from indexer.contract import SuggestionsJson
from indexer.errors import TifaError
from indexer.library import Library
from indexer.requests import parse_filters, whole_number
from indexer.suggesting import Suggestion
from webapp.api_parameters import WHAT, at_most
from webapp.openapi import Operation, Parameter
from webapp.params import SearchParams, one

LIMIT, MOST = 8, 20
OPERATIONS = (
    Operation(
        "suggest",
        "/api/suggest",
        lazy_gettext("输入时的建议"),
        lazy_gettext("可能要找的短语、机关和标题；也认拼音和拼音首字母。每一条都查得到。"),
        (*WHAT, Parameter("limit", at_most(MOST, 1), lazy_gettext("最多几条"), LIMIT)),
        SuggestionsJson,
        (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
)


def blueprint(library: Library, *, at_hand: bool) -> Blueprint:
    """`GET /api/suggest` over `library`; `at_hand` looks through the collection beforehand."""
    suggesting = Blueprint("suggesting", __name__, url_prefix="/api")
    if at_hand:
        threading.Thread(target=_prepare, args=(library,), daemon=True).start()

    @suggesting.get("/suggest")
    def suggest() -> Response:
        params = SearchParams.from_args(request.args)
        limit = whole_number("limit", one(request.args, "limit") or LIMIT, 1, MOST)
        # A blank at the end says that the last word is complete, so what is typed stays as it is.
        typed = request.args.get("q", "")
        found = library.suggesting.suggest(
            typed,
            limit,
            parse_filters(params.region, params.year, params.topic),
            params.mode,
            whole_numbers=params.whole,
        )
        return jsonify({"query": typed, "suggestions": [_json(one, params) for one in found]})

    return suggesting


def _prepare(library: Library) -> None:
    # Nothing may have been indexed yet: then the first to type waits for nothing either.
    with suppress(TifaError):
        library.suggesting.table()


def _json(suggestion: Suggestion, params: SearchParams) -> dict[str, Any]:
    """`url` leads to the one report of a title, else to the search that finds `reports`."""
    search = replace(params, q=suggestion.query, page=1)
    return {
        "text": suggestion.text,
        "kind": str(suggestion.kind),
        "reports": suggestion.reports,
        "query": suggestion.query,
        "url": report_url(suggestion.report) if suggestion.report else search.url(),
    }
