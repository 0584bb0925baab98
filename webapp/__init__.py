"""The page: a small Flask app over `indexer`.

params      the address <-> what is searched for
views, api, suggesting  thin routes; failing: every error as a page or a problem document
pages, list_pages    what each template is given, as frozen dataclasses
answers, wordings, nothing, facets, report_page, passage_page    from the library's values to those
years, opened    the years as bars; what of the facets stands open
reading, marking, sheet    a report's text as pieces, marked, as HTML
passage_api, tray    words selected in a report, and the tray they are collected in
links, compressing, paths    whole addresses; smaller answers; where files lie, as shown
language    Chinese first, English by a switch; reasons: the same for what the catalogue keeps
citing      citations and exports (`collected`: what a request hands in); cite_box, export_menu,
            highwire
feeds       a search in the address bar, and in a feed reader
serving     the server
"""

from __future__ import annotations

from flask import Flask, Response

from indexer.config import Config
from indexer.library import Library
from webapp import (
    api,
    citing,
    compressing,
    correcting,
    failing,
    feeds,
    language,
    links,
    marking,
    passage_api,
    suggesting,
    tray,
    views,
)
from webapp.correcting import Editing

# Nothing comes from elsewhere, and no script or style stands in the page itself.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def create_app(
    config: Config,
    *,
    at_hand: bool = False,
    public_url: str = "",
    editing: Editing | None = None,
) -> Flask:
    """The application over one index, which may still be empty or be written to meanwhile.

    To have the index `at_hand` in memory is for a process that serves for long. `public_url` is
    what copied links begin with; without it, what the reader's browser asked. With `editing` what
    is known of reports can be corrected on the page.
    """
    app = Flask(__name__)
    app.config[links.PUBLIC_URL] = public_url
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # only the default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined] # the contract's order is for people
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(marked=marking.marked)
    app.jinja_env.globals.update(html_language=language.html_language, switches=language.switches)
    language.install(app)
    failing.install(app)
    library = Library(config, at_hand=at_hand)
    app.register_blueprint(views.blueprint(library))
    others = (*suggesting.OPERATIONS, *passage_api.OPERATIONS, *citing.OPERATIONS)
    app.register_blueprint(api.blueprint(library, others))
    app.register_blueprint(suggesting.blueprint(library, at_hand=at_hand))
    app.register_blueprint(citing.blueprint(library))
    app.register_blueprint(feeds.blueprint(library))
    app.register_blueprint(passage_api.blueprint(library))
    app.register_blueprint(tray.blueprint())
    app.register_blueprint(correcting.blueprint(library, editing))
    app.after_request(_guard)
    compressing.install(app)
    return app


def _guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
