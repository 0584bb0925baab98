"""PDF files -> blocks, by way of `layout`.

document    what is drawn on each page, by pdfium, and by pdfplumber where that fails
glyphs, copies, drawings
            pdfium's characters, those drawn several times, its lines and pictures
plumber     pdfplumber's reading of the same
status      what state a page is in: text, scanned, garbled, mixed or empty
damage      why a file cannot be opened
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from indexer.extract.layout.pages import laid_out
from indexer.extract.ocr.recognised import NONE_RECOGNISED, Recognised
from indexer.extract.pdf.document import read_contents
from indexer.report import Extraction, Format


def read(
    path: Path, data: bytes, recognised: Mapping[int, Recognised] = NONE_RECOGNISED
) -> Extraction:
    """The blocks of a PDF, with the state of every page.

    `recognised` is what is known of the pictures of pages, by their number from 1; it is used
    for pages that cannot be read without.

    Raises EncryptedError where it takes a password to open, DamagedError where it cannot be
    opened, NoTextError where no page has text that can be used.
    """
    return laid_out(path, read_contents(path, data), Format.PDF, recognised)
