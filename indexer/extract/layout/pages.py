"""Pages as they are drawn -> an extraction: their blocks, and the state of each page.

Pages without usable text are named, never passed over in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from indexer.errors import NoTextError
from indexer.extract.clean import visible
from indexer.extract.layout.flow import flow
from indexer.extract.layout.furniture import clear
from indexer.extract.layout.joins import join_tables
from indexer.extract.layout.lines import page_lines, text_lines
from indexer.extract.layout.tables import find_tables
from indexer.extract.layout.turned import turned
from indexer.extract.layout.values import PageContent, PdfLine, PdfPage
from indexer.extract.ocr.recognised import (
    NONE_RECOGNISED,
    UNREAD,
    Recognised,
    laid_over,
    type_sizes,
)
from indexer.report import (
    Block,
    BlockKind,
    Extraction,
    Format,
    Page,
    PageStatus,
    page_ranges,
)

_SCANNED = "没有文字层（扫描件），查不到其中的文字"
_GARBLED = "的文字层是乱码（字体没有编码表），查不到其中的文字"
_BROKEN = "已损坏，没有读出"
_NOTHING_SEEN = "的图片里没有识别出文字"


def laid_out(
    path: Path,
    contents: Iterable[PageContent | None],
    kind: Format,
    recognised: Mapping[int, Recognised] = NONE_RECOGNISED,
) -> Extraction:
    """The blocks of what is drawn on pages, in whatever format; None is a page that is broken.

    Raises NoTextError.
    """
    pages, broken = _pages(contents, recognised)
    cleared = clear(pages)
    running = (Block(BlockKind.ASIDE, line.text, line.page) for line in cleared.running)
    blocks = (*flow(join_tables(cleared.pages)), *running)
    counts = _characters(blocks, len(pages))
    states = tuple(
        Page(page.number, page.status, counts[page.number - 1], page.recognised) for page in pages
    )
    warnings = _warnings(states, broken)
    if not any(visible(block.text) for block in blocks):
        raise NoTextError(path, _nothing(states))
    return Extraction(kind, blocks, states, warnings)


def _pages(
    contents: Iterable[PageContent | None], recognised: Mapping[int, Recognised]
) -> tuple[list[PdfPage], frozenset[int]]:
    """What every page says; the numbers of those that could not be read at all."""
    pages: list[PdfPage] = []
    broken = set()
    sizes = type_sizes(recognised.values())
    for number, content in enumerate(contents, 1):
        seen = recognised.get(number)
        if content is None and seen is not None:
            content = PageContent(number, 0, 0, (), (), PageStatus.GARBLED)
        if content is None:
            pages.append(PdfPage(number, 0, 0, (), PageStatus.GARBLED))
            broken.add(number)
        else:
            pages.append(_page(content, seen, sizes))
    return pages, frozenset(broken)


def _page(content: PageContent, seen: Recognised | None, sizes: Sequence[float]) -> PdfPage:
    """The lines of a page; none where its characters cannot be trusted."""
    lines: tuple[PdfLine, ...] = ()
    is_recognised = seen is not None and content.status in UNREAD
    if seen is not None and is_recognised:
        content = laid_over(content, seen, sizes)
        # A picture beside the text on which there is nothing to read.
        is_recognised = content.status is not PageStatus.TEXT
    content = turned(content)
    if is_recognised or content.status in (PageStatus.TEXT, PageStatus.MIXED):
        lines = page_lines(*find_tables(content, text_lines))
    return PdfPage(
        content.number, content.width, content.height, lines, content.status, is_recognised
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
    unread = [p for p in pages if not p.recognised]
    scanned = [p.number for p in unread if p.status is PageStatus.SCANNED]
    garbled = [
        p.number for p in unread if p.status is PageStatus.GARBLED and p.number not in broken
    ]
    in_vain = [p.number for p in pages if p.recognised and not p.characters]
    return tuple(
        f"第 {page_ranges(numbers)} 页{what}。"
        for numbers, what in (
            (scanned, _SCANNED),
            (garbled, _GARBLED),
            (sorted(broken), _BROKEN),
            (in_vain, _NOTHING_SEEN),
        )
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
