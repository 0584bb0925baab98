"""The search as JSON, the same as `tifa search --json`; errors as RFC 9457 problems."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from indexer.library import Library
from webapp.params import SearchParams


def blueprint(library: Library) -> Blueprint:
    """The API over `library`. `limit` and `offset` stand in for `per` and `page`."""
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.get("/search")
    def search() -> Response:
        params = SearchParams.from_args(request.args)
        asked = params.asked_of(
            library,
            limit=request.args.get("limit", "").strip() or params.per,
            offset=request.args.get("offset", "").strip() or params.offset,
        )
        return jsonify(library.run(asked).to_json())

    return api
