"""Links to be copied: addresses that work outside of this page."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request

PUBLIC_URL = "PUBLIC_URL"
"""Of `app.config`: what copied links begin with; else it is what the reader's browser asked."""


def absolute(path: str) -> str:
    """`path` (it begins with /) as a whole address; within a request."""
    public: str = current_app.config.get(PUBLIC_URL) or request.url_root
    return public.rstrip("/") + path


def same_site() -> bool:
    """Whether a request that carries something comes from a page of ours, as far as can be told.

    Browsers say so in Sec-Fetch-Site, older ones name the Origin; programs say nothing.
    """
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return origin.rstrip("/") in (request.host_url.rstrip("/"), _origin_of(absolute("/")))


def _origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
