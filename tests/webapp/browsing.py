"""What the tests that use a browser share."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import Page
from waitress.server import create_server

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """On a free port: the address, without a slash at its end."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(timeout=5)


def bare(text: str) -> str:
    """Without white space, as the addresses of passages count."""
    return "".join(text.split())


def cited(page: Page) -> str:
    """The words of the passage, which several lines of the report may hold."""
    return bare("".join(page.locator(".cited").all_text_contents()))


def clipboard(page: Page) -> str:
    text = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(text, str)
    return text


def in_view(page: Page, selector: str) -> bool:
    """Whether it can be seen, below the bar on top."""
    box = page.locator(selector).bounding_box()
    scrolled = page.locator("header.top").bounding_box()
    assert box
    assert scrolled
    return scrolled["height"] <= box["y"] and box["y"] + box["height"] <= WIDE["height"]
