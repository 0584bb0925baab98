"""The second reading of a PDF, by pdfplumber: for files and pages that pdfium makes nothing of.

Ten times slower, and helpless where fonts are not embedded; but it forgives broken files that
pdfium refuses.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from indexer.extract.layout.values import Glyph, Rule
from indexer.extract.pdf.copies import Glyphs
from indexer.extract.pdf.drawings import Box, Drawings

# pdfminer reports every oddity of a file; without a handler of its own they would reach the
# terminal by logging's last resort.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())

_NO_UNICODE = "(cid:"
_UNKNOWN = "\ufffd"


def open_plumber(data: bytes) -> PDF:
    """The file, opened; whatever pdfminer raises on a broken one comes through."""
    return pdfplumber.open(BytesIO(data))


def is_password(error: Exception) -> bool:
    """Whether it was for want of a password that the file did not open."""
    causes = (error, *(error.args if isinstance(error, PdfminerException) else ()))
    return any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)


def read_plumber(document: PDF, number: int) -> tuple[Glyphs, Drawings, tuple[float, float]]:
    """Glyphs, rules and pictures of the page of that number, from 1; the page's size."""
    page = document.pages[number - 1]
    try:
        # Bold type is often faked by printing every character twice, a hair apart.
        glyphs = tuple(_glyphs(page.dedupe_chars(tolerance=1)))
        unmapped = frozenset(n for n, glyph in enumerate(glyphs) if glyph.text == _UNKNOWN)
        left, top, right, bottom = page.cropbox
        rules = tuple(
            Rule(e["x0"] - left, e["top"] - top, e["x1"] - left, e["bottom"] - top)
            for e in page.edges
        )
        pictures = tuple(_box(image, left, top) for image in page.images)
        drawings = Drawings(rules, pictures, len(page.curves), bool(glyphs))
        return Glyphs(glyphs, unmapped), drawings, (float(right - left), float(bottom - top))
    finally:
        page.close()


def _glyphs(page: Page) -> Iterator[Glyph]:
    left, top = page.cropbox[:2]
    for char in page.chars:
        text = _UNKNOWN if char["text"].startswith(_NO_UNICODE) else char["text"]
        yield Glyph(text, *_box(char, left, top), float(char["size"]), 0 if char["upright"] else 90)


def _box(item: dict[str, Any], left: float, top: float) -> Box:
    x0, x1 = float(item["x0"]) - left, float(item["x1"]) - left
    return x0, float(item["top"]) - top, x1, float(item["bottom"]) - top
