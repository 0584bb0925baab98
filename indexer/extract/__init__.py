"""Files -> blocks in reading order.

    sniff.py     bytes -> which format it is
    pdf.py       PDF, by way of pdf_page.py (a page's lines and tables), furniture.py (running
                 headers and page numbers) and flow.py (lines -> paragraphs over pages)
    docx.py      Word, by way of docx_text.py (the text of a paragraph)
    txt.py       plain text and Markdown, by way of decode.py, markdown.py, lines.py, aside.py
    marks.py     what a line looks like: numbered, dated, signed, finished
    clean.py     what is removed or unified in anything that was read

`extract` gives an `Extraction`; whatever is wrong with a file is an `ExtractionError`.
"""

from __future__ import annotations

import re
import warnings
from pathlib import Path

from indexer.errors import NoTextError, UnreadableError, UnsupportedError
from indexer.extract import docx, pdf, txt
from indexer.extract.sniff import sniff
from indexer.report import Extraction, Format

EXTRACTION_VERSION = 1
"""Raised whenever the same bytes give other blocks; extraction is then done again."""

SUFFIXES = frozenset({".pdf", ".docx", ".txt", ".md", ".markdown", ".text"})

MAX_BYTES = 512 * 1024 * 1024

_SKIPPED = re.compile(r"\.|~\$|readme|metadata\.csv$", re.IGNORECASE)
_READERS = {Format.PDF: pdf.read, Format.DOCX: docx.read, Format.TEXT: txt.read}


def is_candidate(path: Path) -> bool:
    """Whether the name may be that of a report: a known suffix, or none that means anything.

    Titles used as file names are cut anywhere, so that what follows their last dot is often
    nothing, or Chinese. Hidden files, Word's lock files (~$…) and README* are no candidates.
    """
    if _SKIPPED.match(path.name):
        return False
    suffix = path.suffix.lower()
    return suffix in SUFFIXES or suffix in ("", ".") or not suffix.isascii()


def extract(path: Path, *, max_bytes: int = MAX_BYTES) -> Extraction:
    """What the file at `path` says. Raises an ExtractionError, and nothing else, for a bad file."""
    data = _bytes(path, max_bytes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parsers, about files that they read all the same
        return _READERS[sniff(path, data)](path, data)


def _bytes(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise UnsupportedError(
                path,
                f"文件有 {size / 2**20:.1f} MB，超过 {max_bytes / 2**20:.1f} MB 的上限。"
                "请拆分或压缩图片后再放回。",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            path, f"系统不允许读取（{error.strerror or error}）。请检查文件是否存在、有无权限。"
        ) from error
    if not data:
        raise NoTextError(path, "文件是空的（0 字节）。请重新下载。")
    return data
