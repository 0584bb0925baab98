"""Files -> blocks in reading order.

    sniff       bytes -> which format it is, by way of packages (ZIP, and what is a bomb)
    pdf/        PDF -> what is drawn on its pages
    ofd         OFD -> the same
    ocr/        the picture of a page -> the same, where the extra `ocr` is installed
    layout/     what is drawn on pages -> blocks
    docx/       Word; legacy: DOC, WPS, RTF and ODT, converted to it by LibreOffice
    txt/        plain text in any encoding, Markdown, web pages
    limits      how much of a file is read

Used by several: `lines` (with `wraps` and `spaced`: lines -> paragraphs), `aside` (lines of web
pages), `marks` (what a line looks like), `clean` (what is removed or unified in anything that was
read), `common` (how likely a character is).

`extract` gives an `Extraction`; whatever is wrong with a file is an `ExtractionError`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from indexer.errors import NoTextError, TooLargeError, UnreadableError
from indexer.extract import docx, legacy, ofd, pdf, txt
from indexer.extract.limits import beginning, bounded
from indexer.extract.ocr.recognised import NONE_RECOGNISED, Recognised
from indexer.extract.sniff import sniff
from indexer.report import Extraction, Format

EXTRACTION_VERSION = 2
"""Raised whenever the same bytes give other blocks; extraction is then done again."""

SUFFIXES = frozenset(
    {".pdf", ".docx", ".txt", ".md", ".markdown", ".text", ".html", ".htm", ".ofd"}
    | {*legacy.SUFFIXES.values()}
)

MAX_BYTES = 512 * 1024 * 1024

_SKIPPED = re.compile(r"\.|~\$|readme|metadata\.csv$", re.IGNORECASE)
_READERS: Mapping[Format, Callable[[Path, bytes], Extraction]] = {
    Format.DOCX: docx.read,
    Format.TEXT: txt.read,
    Format.OFD: ofd.read,
    **{kind: partial(legacy.read, kind=kind) for kind in legacy.SUFFIXES},
}


def is_candidate(path: Path) -> bool:
    """Whether the name may be that of a report: a known suffix, or none that means anything.

    Titles used as file names are cut anywhere, so that what follows their last dot is often
    nothing, or Chinese. Hidden files, Word's lock files (~$…) and README* are no candidates.
    """
    if _SKIPPED.match(path.name):
        return False
    suffix = path.suffix.lower()
    return suffix in SUFFIXES or suffix in ("", ".") or not suffix.isascii()


def extract(
    path: Path,
    *,
    max_bytes: int = MAX_BYTES,
    recognised: Mapping[int, Recognised] = NONE_RECOGNISED,
) -> Extraction:
    """What the file at `path` says. Raises an ExtractionError, and nothing else, for a bad file.

    `recognised` is what is known of the pictures of a PDF's pages.
    """
    data = _bytes(path, max_bytes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parsers, about files that they read all the same
        kind = sniff(path, data)
        if kind is Format.PDF:
            return bounded(pdf.read(path, data, recognised))
        whole = beginning(data) if kind is Format.TEXT else data
        return bounded(_READERS[kind](path, whole), cut=len(whole) < len(data))


def _bytes(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise TooLargeError(
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
