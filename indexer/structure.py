"""Blocks as a file gave them -> a document whose title, headings and sentences are settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from indexer.extract import SUFFIXES, marks
from indexer.report import BARRIER, Block, BlockKind, Document, Extraction
from indexer.titles import is_text, tidy, title_of

_LONGEST_HEADING = 80
_OPENING = 30
_GENERIC = 8
"""Characters up to which a title (政府工作报告) may say less than the file's name."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_WRAPPERS = (
    re.compile(r"\.(?:pdf|docx?|wps|txt|md|html?)$", re.IGNORECASE),
    re.compile(r"^(?:19|20)\d{6}(?!\d)[_\-\s]*"),
    re.compile(r"^\d{4}[_\-\s]+(?=\D)"),
    re.compile(r"^(?:附件)?\d{1,3}[.、_\-－：:\s]+(?=[^\d\s])"),
    re.compile(r"_\d{1,3}$"),
    re.compile(r"\s*-?\s*副本$|\s*[（(]\d{1,2}[）)]$"),
    re.compile(r"[（(]\d{4}[-.]\d{1,2}[-.]\d{1,2}[）)]$"),
)
_BRACKETED = re.compile(r"\s*[（(][^（()）]*[）)]$")
_SALUTATION = re.compile(r"[^。；]{1,30}[：:！!]")
_NO_NAME = re.compile(r"(?:附件|正文|新建.*文档|扫描件?|文件|文档|未命名|无标题)[\d（()）\s]*")
_ENDS = "。！？!?；;…"
_CLOSES = "”’」』》）)\\]】〕\"'"
_BETWEEN_SENTENCES = re.compile(rf"[{_ENDS}\n](?:(?<!\n)[{_ENDS}{_CLOSES}]*)?\s*")
_SENTENCE = re.compile(f"[^{_ENDS}\n]*(?:[{_ENDS}][{_ENDS}{_CLOSES}]*|\n+)|[^{_ENDS}\n]+")


def structure(extraction: Extraction, path_name: str) -> Document:
    """The document of an extraction; `path_name` is the file's name, for want of a title.

    The title is what the format marks as one, else the first line that can be one with the
    lines that it was broken into (issuer, 关于…, rest); else the file's name where it says
    something; else the opening words of the text.
    """
    blocks = [_settled(block) for block in extraction.blocks]
    title, numbers = title_of(extraction.blocks)
    for number in numbers:
        blocks[number] = replace(blocks[number], kind=BlockKind.TITLE, level=0)
    return Document(
        title=_named(title, path_name) or _opening(blocks),
        format=extraction.format,
        blocks=tuple(blocks),
        pages=extraction.pages,
        warnings=extraction.warnings,
    )


def _settled(block: Block) -> Block:
    """A paragraph that is a heading made one, and a marked heading that is none unmade."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TITLE):
        return block
    if marks.is_heading(block.text):
        return replace(block, kind=BlockKind.HEADING, level=marks.numbering(block.text))
    marked = block.kind is not BlockKind.PARAGRAPH
    if marked and len(block.text) <= _LONGEST_HEADING and not is_text(block.text):
        return replace(block, kind=BlockKind.HEADING, level=_marked_level(block.level))
    return replace(block, kind=BlockKind.PARAGRAPH, level=0)


def _marked_level(depth: int) -> int:
    """Markdown and Word give the title depth 1 as often as not; 1 to 4 are ours."""
    return min(max(depth - 1, 1), 4)


def _named(title: str, path_name: str) -> str:
    """The title; the file's name where there is none, or where it names the same more fully."""
    stem = _stem(path_name)
    says_more = len(title) <= _GENERIC and _BRACKETED.sub("", stem).endswith(title)
    if not title or says_more:
        return stem if _CHINESE.search(stem) and not _NO_NAME.fullmatch(stem) else title
    return title


def _stem(path_name: str) -> str:
    path = PurePath(path_name)
    stem = path.stem if path.suffix.lower() in SUFFIXES else path.name.rstrip(".")
    for wrapper in _WRAPPERS:
        stem = wrapper.sub("", stem)
    return tidy(stem)


def _opening(blocks: Sequence[Block]) -> str:
    """The first words of the text after the salutation, cut at 30 characters."""
    texts = [b.text for b in blocks if b.kind is BlockKind.PARAGRAPH] or [b.text for b in blocks]
    said = (text for text in texts if not _SALUTATION.fullmatch(text))
    text = tidy(next(said, next(iter(texts), "")).replace(BARRIER, " "))
    return text if len(text) <= _OPENING else f"{text[:_OPENING]}…"


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open spans of the sentences of `text`, in order.

    A sentence ends after 。！？!?；;… with the quotation marks and brackets that close it, and
    at a line feed. White space around sentences is in no span; all else is in exactly one.
    """
    found: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        if text[start].isspace() or text[end - 1].isspace():
            piece = text[start:end]
            start, end = end - len(piece.lstrip()), start + len(piece.rstrip())
        if start < end:
            found.append((start, end))
    return tuple(found)


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of `text` begin, as `sentences` has them, in a third of the time."""
    starts = [len(text) - len(text.lstrip())]
    starts += [match.end() for match in _BETWEEN_SENTENCES.finditer(text, starts[0])]
    return starts[:-1] if starts[-1] == len(text) else starts
