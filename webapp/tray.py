"""The tray: passages collected across searches. The browser keeps them; this page shows them."""

from __future__ import annotations

from flask import Blueprint

from webapp.pages import TrayPage
from webapp.params import SearchParams
from webapp.views import render


def blueprint() -> Blueprint:
    """The page of the tray."""
    tray = Blueprint("tray", __name__)

    @tray.get("/tray")
    def tray_page() -> str:
        return render(TrayPage(SearchParams()))

    return tray
