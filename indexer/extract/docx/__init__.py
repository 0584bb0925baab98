"""Word documents -> blocks, in the order of the body: paragraphs, tables, content controls.

What headers and footers say stands once at the end, as asides. Pages are known only where Word
recorded the breaks that it last rendered. A part other than the text that is damaged is told, and
the rest read.

    package     the parts that hold text; xml parses them within limits
    body        walks them: paragraphs, tables, content controls, notes
    text        what a paragraph says, with fields and symbols
    lists       how it is numbered, in the forms of numbers
    styles      what it looks like; headings tells headings by that
    lines       lines -> blocks; tables and drawings give rows, shapes and charts
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.errors import (
    DamagedError,
    ExtractionError,
    NoTextError,
    TooLargeError,
)
from indexer.extract import txt
from indexer.extract.aside import asides
from indexer.extract.clean import visible
from indexer.extract.docx.body import Body
from indexer.extract.docx.headings import headed
from indexer.extract.docx.package import (
    PackageError,
    PackageLimitError,
    Parts,
    open_parts,
)
from indexer.extract.docx.xml import W, XmlError, XmlLimitError
from indexer.report import Block, BlockKind, Extraction, Format

_DEEPEST_CHUNK = 3
_MOST_TEXT = 20_000_000
"""Characters kept: forty times the longest report; numbers before paragraphs can multiply."""


def read(path: Path, data: bytes) -> Extraction:
    """The blocks of a Word document.

    Raises TooLargeError for a package beyond the limits of `packages`, of `package` or of the
    XML parser, EncryptedError for one with a password, DamagedError for what cannot be opened,
    NoTextError where no character can be seen.
    """
    try:
        blocks, warnings = _read(path, data, 0)
    except (ExtractionError, MemoryError):  # the latter says nothing about the file
        raise
    except (PackageLimitError, XmlLimitError) as error:
        raise TooLargeError(path, f"{error}。请拆分，或删去不需要的内容后另存。") from error
    except (PackageError, XmlError) as error:
        raise DamagedError(
            path, f"DOCX 文件损坏：{error}。请用 Word 打开并重新保存，或重新下载。"
        ) from error
    except Exception as error:  # whatever zipfile, lxml and python-docx may raise on a broken file
        raise DamagedError(
            path, f"DOCX 文件损坏，无法打开（{type(error).__name__}）。请用 Word 打开并重新保存。"
        ) from error
    if not any(visible(block.text) for block in blocks):
        said = "只有图片，没有文字" if _pictured(path, data) else "是空白的，没有文字"
        raise NoTextError(path, f"文档{said}。请换成有文字的版本。")
    return Extraction(Format.DOCX, tuple(blocks), warnings=tuple(warnings))


def _read(path: Path, data: bytes, depth: int) -> tuple[list[Block], list[str]]:
    parts = open_parts(path, data)
    body = Body(parts)
    seen, length = [], 0
    for drawn in body.blocks():
        seen.append(drawn)
        length += len(drawn.block.text)
        if length > _MOST_TEXT:
            raise TooLargeError(path, f"文字超过 {_MOST_TEXT // 10_000} 万字。请拆分后再放回。")
    blocks = _mark_asides(headed(seen))
    warnings = list(parts.unread)
    if body.elsewhere:
        warnings.append(f"有 {body.elsewhere} 处子文档在别的文件里，没有读取。")
    blocks, unread = _with_chunks(path, blocks, body, parts, depth)
    if unread:
        warnings.append(f"有 {unread} 处嵌入的子文档没有读取。")
    return [*blocks, *body.margins()], warnings


def _pictured(path: Path, data: bytes) -> bool:
    pictures = (W + "drawing", W + "pict", W + "object")
    return next(open_parts(path, data).document.iter(*pictures), None) is not None


def _with_chunks(
    path: Path, blocks: list[Block], body: Body, parts: Parts, depth: int
) -> tuple[list[Block], int]:
    """The blocks with those of documents put into this one, and how many of these were not read."""
    unread, done = 0, 0
    whole: list[Block] = []
    for before, key in body.chunks:
        whole += blocks[done:before]
        done = before
        chunk = None if depth >= _DEEPEST_CHUNK else _chunk(path, parts.chunks.get(key), depth)
        unread += chunk is None
        whole += chunk or ()
    return whole + blocks[done:], unread


def _chunk(path: Path, data: bytes | None, depth: int) -> Sequence[Block] | None:
    """The text of a document inside another; None if it cannot be read."""
    try:
        if data is None or data.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0", b"MIME-Version")):
            return None
        if not data.startswith(b"PK"):
            return txt.read(path, data).blocks
        return [b for b in _read(path, data, depth + 1)[0] if b.kind is not BlockKind.ASIDE]
    except (PackageError, XmlError, ExtractionError):
        return None


def _mark_asides(blocks: Sequence[Block]) -> list[Block]:
    found = asides([block.text for block in blocks])
    return [
        replace(block, kind=BlockKind.ASIDE, level=0)
        if number in found and block.kind is BlockKind.PARAGRAPH
        else block
        for number, block in enumerate(blocks)
    ]
