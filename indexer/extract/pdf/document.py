"""A PDF -> what is drawn on each of its pages: by pdfium, and by pdfplumber where that fails.

pdfium cannot be used by two threads at once, and on some files it ends the process: files are
read in processes of their own (`indexer.workers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2.raw as pdfium
from pdfplumber.pdf import PDF

from indexer.errors import DamagedError, EncryptedError, ExtractionError
from indexer.extract.clean import visible
from indexer.extract.layout.values import PageContent
from indexer.extract.limits import check_pages
from indexer.extract.pdf.copies import Glyphs
from indexer.extract.pdf.damage import why_damaged, why_no_page
from indexer.extract.pdf.drawings import Drawings, read_drawings
from indexer.extract.pdf.glyphs import read_glyphs, upright
from indexer.extract.pdf.plumber import is_password, open_plumber, read_plumber
from indexer.extract.pdf.status import large_picture, page_status
from indexer.report import PageStatus

_PASSWORD = "文件有密码。请打开后去掉密码，另存一份。"
_CIPHER = "文件用了不认识的加密方式，打不开。请用阅读器打开后，去掉密码另存一份。"
_DRAWN_TEXT = 200
"""Shapes with curves on a page without text: its characters were turned into drawings."""
_ANNOTATIONS = 1_000
_TRIES = 5
"""A file of which pdfplumber had nothing better this many times is not read by it further."""
_READABLE = (PageStatus.TEXT, PageStatus.MIXED)


@dataclass(frozen=True, slots=True)
class _Reading:
    glyphs: Glyphs
    drawings: Drawings
    size: tuple[float, float]
    status: PageStatus


def read_contents(path: Path, data: bytes) -> Iterator[PageContent | None]:
    """Each page's content, in order; None for a page that could not be read at all.

    Raises EncryptedError where it takes a password to open, DamagedError where neither reader
    can open it or has anything of it, TooLargeError where it has too many pages.
    """
    with closing(_First(data)) as first, closing(_Second(data)) as second:
        if first.error == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedError(path, _PASSWORD)
        count = first.count or second.count
        if second.asks_password:
            raise EncryptedError(path, _PASSWORD)
        if not count:
            raise _refused(path, data, first.error)
        check_pages(path, count)
        anything = broken = 0
        for number in range(1, count + 1):
            best = _better(first.page(number), second, number)
            anything += best is not None and best.status is not PageStatus.EMPTY
            broken += best is None
            yield None if best is None else _content(best, number)
        if not anything and second.failed:
            raise DamagedError(path, why_damaged(data))
        if broken == count:
            raise DamagedError(path, why_no_page(count))


def _refused(path: Path, data: bytes, error: int) -> ExtractionError:
    if error == pdfium.FPDF_ERR_SECURITY:
        return EncryptedError(path, _CIPHER)
    return DamagedError(path, why_damaged(data))


class _First:
    """The file as pdfium reads it."""

    def __init__(self, data: bytes) -> None:
        self._data = data  # pdfium reads from it as long as the document is open
        self._document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        self.error = pdfium.FPDF_ERR_SUCCESS if self._document else pdfium.FPDF_GetLastError()

    @property
    def count(self) -> int:
        """How many pages it has; 0 where it cannot be opened."""
        return max(0, pdfium.FPDF_GetPageCount(self._document)) if self._document else 0

    def page(self, number: int) -> _Reading | None:
        page = _page(self._document, number) if self._document else None
        if not page:
            return None
        try:
            frame = upright(page)
            drawings = read_drawings(page, frame)
            return _reading(read_glyphs(page, frame), drawings, frame.size)
        finally:
            pdfium.FPDF_ClosePage(page)

    def close(self) -> None:
        if self._document:
            pdfium.FPDF_CloseDocument(self._document)


def _page(document: pdfium.FPDF_DOCUMENT, number: int) -> pdfium.FPDF_PAGE:
    """The page, with what was filled into its forms or typed on it made part of it."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page or not _has_typing(page):
        return page
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    pdfium.FPDF_ClosePage(page)
    return pdfium.FPDF_LoadPage(document, number - 1)


def _has_typing(page: pdfium.FPDF_PAGE) -> bool:
    for n in range(min(_ANNOTATIONS, pdfium.FPDFPage_GetAnnotCount(page))):
        note = pdfium.FPDFPage_GetAnnot(page, n)
        kind = pdfium.FPDFAnnot_GetSubtype(note) if note else pdfium.FPDF_ANNOT_UNKNOWN
        if note:
            pdfium.FPDFPage_CloseAnnot(note)
        if kind in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT):
            return True
    return False


def _reading(glyphs: Glyphs, drawings: Drawings, size: tuple[float, float]) -> _Reading:
    texts = [glyph.text for glyph in glyphs.glyphs]
    unmapped = "".join(texts[n] for n in sorted(glyphs.unmapped))
    for n in glyphs.unmapped:
        texts[n] = ""
    status = page_status(
        "".join(texts),
        unmapped,
        pictures=bool(drawings.pictures) or drawings.outlines >= _DRAWN_TEXT,
        uncovered=bool(drawings.pictures) and _is_uncovered(glyphs, drawings, size),
    )
    return _Reading(glyphs, drawings, size, status)


def _is_uncovered(glyphs: Glyphs, drawings: Drawings, size: tuple[float, float]) -> bool:
    middles = [((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) for g in glyphs.glyphs]
    return large_picture(drawings.pictures, middles, size)


class _Second:
    """The file as pdfplumber reads it, opened when first asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: PDF | None = None
        self._futile = 0
        self.failed = False
        self.asks_password = False

    @property
    def count(self) -> int:
        """How many pages it has; 0 where it cannot be opened."""
        document = self._open()
        try:
            return len(document.pages) if document else 0
        except Exception:  # whatever pdfminer may raise on a broken tree of pages
            self.failed = True
            return 0

    def page(self, number: int, first: _Reading | None) -> _Reading | None:
        """The reading of a page where it is better than the first; else None."""
        document = self._open() if self._futile < _TRIES else None
        other = _plumbed(document, number) if document else None
        if other is None or (first is not None and _worth(first) >= _worth(other)):
            self._futile += 1
            return None
        return other

    def close(self) -> None:
        if self._document is not None:
            self._document.close()

    def _open(self) -> PDF | None:
        if self._document is None and not self.failed:
            try:
                self._document = open_plumber(self._data)
            except Exception as error:  # whatever pdfminer may raise on a broken file
                self.failed = True
                self.asks_password = is_password(error)
        return self._document


def _plumbed(document: PDF, number: int) -> _Reading | None:
    try:
        return _reading(*read_plumber(document, number))
    except Exception:  # one broken page must not take the others with it
        return None


def _better(first: _Reading | None, second: _Second, number: int) -> _Reading | None:
    """pdfium's reading, unless it found nothing that can be used and pdfplumber does."""
    if first is not None:
        if first.status in _READABLE:
            return first
        if not first.drawings.text and first.status is PageStatus.SCANNED:
            return first
    return second.page(number, first) or first


def _worth(reading: _Reading) -> tuple[bool, int]:
    """Readings compare by whether their text can be used, then by how much there is of it."""
    text = "".join(glyph.text for glyph in reading.glyphs.glyphs)
    return reading.status in _READABLE, len(visible(text))


def _content(reading: _Reading, number: int) -> PageContent:
    width, height = reading.size
    glyphs, rules = reading.glyphs.glyphs, reading.drawings.rules
    return PageContent(number, width, height, glyphs, rules, reading.status)
