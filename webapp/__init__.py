"""The page: a small Flask app over `indexer`.

params      the address <-> what is searched for
views, api  thin routes; failing: every error as a page or a problem document
pages       what each template is given, as frozen dataclasses
answers, report_page, facets, reading, marking    from the library's values to those
language    Chinese first, English by a switch
serving     the server
"""

from __future__ import annotations

from flask import Flask, Response

from indexer.config import Config
from indexer.library import Library
from webapp import api, failing, language, marking, views

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


def create_app(config: Config, *, at_hand: bool = False) -> Flask:
    """The application over one index, which may still be empty or be written to meanwhile.

    To have the index `at_hand` in memory is for a process that serves for long.
    """
    app = Flask(__name__)
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # only the default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined] # the contract's order is for people
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(marked=marking.marked, anchored=marking.anchored)
    app.jinja_env.globals.update(html_language=language.html_language, switches=language.switches)
    language.install(app)
    failing.install(app)
    library = Library(config, at_hand=at_hand)
    app.register_blueprint(views.blueprint(library))
    app.register_blueprint(api.blueprint(library))
    app.after_request(_guard)
    return app


def _guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
