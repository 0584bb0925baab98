"""PDF files -> blocks. Pages without usable text are named, never passed over in silence."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from indexer.errors import DamagedError, EncryptedError, ExtractionError, NoTextError
from indexer.extract.clean import visible
from indexer.extract.flow import flow
from indexer.extract.furniture import clear
from indexer.extract.pdf_page import read_page
from indexer.extract.pdf_values import PdfPage
from indexer.report import Block, BlockKind, Extraction, Format, Page, PageStatus

# pdfminer reports every oddity of a file; without a handler of its own they would reach the
# terminal by logging's last resort.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())

_SCANNED = "没有文字层（扫描件），查不到其中的文字"
_GARBLED = "的文字层是乱码（字体没有编码表），查不到其中的文字"
_BROKEN = "已损坏，没有读出"


def read(path: Path, data: bytes) -> Extraction:
    """The blocks of a PDF, with the state of every page.

    Raises EncryptedError where it takes a password to open, DamagedError where it cannot be
    opened, NoTextError where no page has text that can be used.
    """
    try:
        pages, broken = _pages(data)
    except Exception as error:  # whatever pdfminer and pdfplumber may raise on a broken file
        raise _failure(path, error) from error
    cleared = clear(pages)
    running = (Block(BlockKind.ASIDE, line.text, line.page) for line in cleared.running)
    blocks = (*flow(cleared.pages), *running)
    counts = _characters(blocks, len(pages))
    states = tuple(Page(page.number, page.status, counts[page.number - 1]) for page in pages)
    warnings = _warnings(states, broken)
    if not any(visible(block.text) for block in blocks):
        raise NoTextError(path, _nothing(states))
    return Extraction(Format.PDF, blocks, states, warnings)


def _pages(data: bytes) -> tuple[list[PdfPage], frozenset[int]]:
    """What every page says; the numbers of those that could not be read at all."""
    pages: list[PdfPage] = []
    broken = set()
    with pdfplumber.open(BytesIO(data)) as document:
        for number, page in enumerate(document.pages, 1):
            try:
                pages.append(read_page(page, number))
            except Exception:  # one broken page must not take the others with it
                pages.append(PdfPage(number, 0, 0, (), PageStatus.GARBLED))
                broken.add(number)
            page.close()
    if not pages:
        raise ValueError("no pages")
    return pages, frozenset(broken)


def _failure(path: Path, error: Exception) -> ExtractionError:
    causes = chain((error,), error.args if isinstance(error, PdfminerException) else ())
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return EncryptedError(path, "文件有密码。请打开后去掉密码，另存一份。")
    return DamagedError(
        path, f"PDF 文件损坏，无法打开（{type(error).__name__}）。请重新下载，或用阅读器另存一份。"
    )


def _characters(blocks: Sequence[Block], pages: int) -> list[int]:
    """How many characters, without white space, were kept of each page."""
    counts = [0] * pages
    for block in blocks:
        for number, text in _stretches(block):
            counts[number - 1] += len(visible(text))
    return counts


def _stretches(block: Block) -> Iterator[tuple[int, str]]:
    places = [(0, block.page or 1), *block.breaks]
    ends = [start for start, _ in places[1:]] + [len(block.text)]
    for (start, number), end in zip(places, ends, strict=True):
        yield number, block.text[start:end]


def _warnings(pages: Sequence[Page], broken: frozenset[int]) -> tuple[str, ...]:
    scanned = [p.number for p in pages if p.status is PageStatus.SCANNED]
    garbled = [p.number for p in pages if p.status is PageStatus.GARBLED and p.number not in broken]
    return tuple(
        f"第 {_ranges(numbers)} 页{what}。"
        for numbers, what in ((scanned, _SCANNED), (garbled, _GARBLED), (sorted(broken), _BROKEN))
        if numbers
    )


def _nothing(pages: Sequence[Page]) -> str:
    """Why a PDF gave no text at all, and what to do about it."""
    scanned = sum(page.status is PageStatus.SCANNED for page in pages)
    garbled = sum(page.status is PageStatus.GARBLED for page in pages)
    told = []
    if scanned:
        told.append(f"{scanned} 页没有文字层（扫描件）")
    if garbled:
        told.append(f"{garbled} 页的文字层是乱码或已损坏")
    if not told:
        return f"共 {len(pages)} 页，都是空白。请检查文件是否完整。"
    return f"共 {len(pages)} 页，其中{'，'.join(told)}。请先做文字识别（OCR），或换成有文字的版本。"


def _ranges(numbers: Sequence[int]) -> str:
    """1、3-5 for 1, 3, 4, 5."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return "、".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
