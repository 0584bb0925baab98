"""A search elsewhere than on the page: from the browser's address bar, and in a feed reader.

OpenSearch 1.1 (github.com/dewitt/opensearch) and Atom (RFC 4287). A report's id in a feed is the
name of its bytes (RFC 6920), so that it stays one entry wherever the collection is served.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext
from lxml.builder import ElementMaker
from lxml.etree import tostring

from indexer.library import Library
from indexer.records import Arrival
from indexer.results import Hit, Results, Sort
from webapp.language import Labels, labels
from webapp.links import absolute
from webapp.marking import marked, passage_segments
from webapp.params import SearchParams

if TYPE_CHECKING:
    from lxml.etree import _Element

ATOM = "application/atom+xml"
OPENSEARCH = "application/opensearchdescription+xml"
_MOST = 50
"""Entries of a feed: those added last."""

_atom = ElementMaker(
    nsmap={None: "http://www.w3.org/2005/Atom"}, namespace="http://www.w3.org/2005/Atom"
)
_search = ElementMaker(
    nsmap={None: "http://a9.com/-/spec/opensearch/1.1/"},
    namespace="http://a9.com/-/spec/opensearch/1.1/",
)


def blueprint(library: Library) -> Blueprint:
    """The description of the search, and a feed of every search, over `library`."""
    feeds = Blueprint("feeds", __name__)

    @feeds.get("/opensearch.xml")
    def opensearch() -> Response:
        return _xml(_description(), OPENSEARCH)

    @feeds.get("/feed")
    def feed() -> Response:
        params = replace(SearchParams.from_args(request.args), sort=Sort.ADDED, page=1)
        asked = params.asked_of(library, limit=_MOST, offset=0, everything=True)
        results = library.run(asked)
        arrivals = library.arrivals(hit.id for hit in results.hits)
        return _xml(_feed(params.settled(asked), results, arrivals, labels()), ATOM)

    return feeds


def _description() -> _Element:
    words = "{searchTerms}"
    return _search.OpenSearchDescription(
        _search.ShortName("Tifa 提法"),
        _search.Description(gettext("在政府报告里检索")),
        _search.InputEncoding("UTF-8"),
        _search.Image(
            absolute(url_for("static", filename="seal.svg")),
            type="image/svg+xml",
            width="16",
            height="16",
        ),
        _search.Url(type="text/html", template=f"{absolute('/')}?q={words}"),
        _search.Url(type=ATOM, template=f"{absolute(url_for('feeds.feed'))}?q={words}"),
    )


def _feed(
    params: SearchParams, results: Results, arrivals: dict[str, Arrival], labels: Labels
) -> _Element:
    """The reports of a search as entries, those added last first."""
    here = absolute(params.url(url_for("feeds.feed")))
    added = [arrivals[hit.id].added for hit in results.hits]
    return _atom.feed(
        _atom.id(here),
        _atom.title(" · ".join(filter(None, ("Tifa 提法", params.q)))),
        _atom.updated(_time(max(added, default=datetime.fromtimestamp(0, UTC)))),
        _atom.link(rel="self", type=ATOM, href=here),
        _atom.link(rel="alternate", type="text/html", href=absolute(params.url())),
        *(_entry(hit, arrivals[hit.id], params, labels) for hit in results.hits),
    )


def _entry(hit: Hit, arrival: Arrival, params: SearchParams, labels: Labels) -> _Element:
    name = urlsafe_b64encode(bytes.fromhex(arrival.sha256)).decode().rstrip("=")
    return _atom.entry(
        _atom.id(f"ni:///sha-256;{name}"),
        _atom.title(hit.title),
        _atom.updated(_time(arrival.added)),
        _atom.author(_atom.name(hit.issuer or gettext("未署名"))),
        _atom.link(rel="alternate", type="text/html", href=absolute(params.url(hit.url))),
        *(_atom.category(term=key, label=labels.topic(key)) for key in hit.topics),
        *_passages(hit),
    )


def _passages(hit: Hit) -> Iterator[_Element]:
    if hit.passages:
        html = "".join(
            f"<p>{marked(passage_segments(passage.text, passage.marks))}</p>"
            for passage in hit.passages
        )
        yield _atom.summary(html, type="html")


def _time(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _xml(root: _Element, mimetype: str) -> Response:
    body = tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return Response(body, mimetype=mimetype)
