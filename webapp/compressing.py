"""Pages, scripts and styles as gzip, for browsers that take it: a quarter of their size.

At a tenth of a millisecond a page this is worth its time on any network; by hand because the
libraries for it bring three other ways of compressing, each with a binary of its own.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

_TYPES = {"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"}
_SMALLEST = 1_000
"""Bytes: what fits a packet anyway."""
_LEVEL = 3


def install(app: Flask) -> None:
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    static = request.endpoint == "static"
    if response.mimetype not in _TYPES or (response.is_streamed and not static):
        return response
    response.vary.add("Accept-Encoding")
    if (
        response.status_code != 200
        or request.method == "HEAD"
        or "Content-Encoding" in response.headers
        or not request.accept_encodings["gzip"]
    ):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _SMALLEST:
        return response
    response.set_data(_kept(body) if static else gzip.compress(body, _LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:
        # The same file in other bytes: what a strong tag must not stand for.
        response.set_etag(etag, weak=True)
    return response


@lru_cache(maxsize=64)
def _kept(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)
