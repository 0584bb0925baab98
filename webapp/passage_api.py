"""What was selected in a report, as a passage: its address, and where it leads."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from flask_babel import lazy_gettext

from indexer.addresses import LONGEST_PASSAGE, Compact, address_of, passage_url
from indexer.citing import copies
from indexer.contract import SelectionJson
from indexer.errors import BadAddressError
from indexer.library import Library
from indexer.query.nodes import Phrase
from indexer.report import BARRIER
from indexer.requests import whole_number
from webapp.api_parameters import at_most
from webapp.links import absolute
from webapp.openapi import Operation, Parameter
from webapp.params import SearchParams, one

_LONGEST_TEXT = 1_000_000_000
OPERATIONS = (
    Operation(
        "select",
        "/api/passages/of",
        lazy_gettext("选出的一段"),
        lazy_gettext("一份报告里从第几个字起的多少个字：它的段落地址、引文和出处。空白不算字。"),
        (
            Parameter("report", str, lazy_gettext("报告的编号"), "0123456789", required=True),
            Parameter(
                "start", at_most(_LONGEST_TEXT), lazy_gettext("前面有几个字"), 0, required=True
            ),
            Parameter(
                "length", at_most(LONGEST_PASSAGE, 1), lazy_gettext("有几个字"), 4, required=True
            ),
        ),
        SelectionJson,
        (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
)
_LONGEST_SEARCH = 100
"""Characters: what is longer is found nowhere else."""


def blueprint(library: Library) -> Blueprint:
    """The API that the page's selection asks."""
    api = Blueprint("passage_api", __name__, url_prefix="/api")

    @api.get("/passages/of")
    def passage_of() -> Response:
        """The passage of `length` characters behind `start` others, white space not counted.

        `report` is the id. Raises BadNumberError, and BadAddressError where the text has no such
        place.
        """
        given = request.args
        start = whole_number("start", one(given, "start"), 0, _LONGEST_TEXT)
        length = whole_number("length", one(given, "length"), 1, LONGEST_PASSAGE)
        stored = library.report(one(given, "report"))
        text = Compact(stored.document.text)
        words = text.text[start : start + length]
        if len(words) < length:
            raise BadAddressError(f"{stored.id}.{start}.{length}")
        address = address_of(stored.id, start, words)
        first, end = text.span(start, length)
        passage = stored.document.text[first:end]
        url = absolute(passage_url(address))
        return jsonify(
            address=str(address),
            url=url,
            words=words,
            text=passage,
            title=stored.metadata.title,
            page=stored.document.page_at(first),
            search=_search(passage),
            copies=asdict(copies(stored, address, (first, end), url, date.today())),
        )

    return api


def _search(passage: str) -> str | None:
    """The search for these words as they stand, where it can find them again."""
    words = " ".join(passage.split())
    if len(words) > _LONGEST_SEARCH or BARRIER in passage:
        return None
    try:
        phrase = str(Phrase(words)) if "”" in words else f"“{words}”"
    except ValueError:
        return None
    return SearchParams(q=phrase).url()
