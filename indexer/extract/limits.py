"""How much of a file is read: beyond it a file is cut or refused, and says so.

What a process may take while it reads is `indexer.processes`; what a package may unpack to is
`packages`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indexer.errors import TooLargeError
from indexer.report import BARRIER, Block, Extraction, Page

MAX_CHARACTERS = 2_000_000
"""Of one file; ten times the longest real report, 1,500 full pages. Twice as many take the
finders of metadata longer than a file is given."""

MAX_BLOCKS = 200_000
"""Of one file: a table of 200,000 rows is a database."""

MAX_PAGES = 5_000
"""Of one PDF; a statistical yearbook has 1,000. A page tree can claim any number."""

MAX_TEXT_BYTES = 8 * MAX_CHARACTERS
"""Of a text or a web page: four bytes a character, and as much again of markup."""


def check_pages(path: Path, pages: int) -> None:
    """Raises TooLargeError for a file that says it has more pages than `MAX_PAGES`."""
    if pages > MAX_PAGES:
        raise TooLargeError(path, f"有 {pages} 页，上限是 {MAX_PAGES} 页。请拆分后再放回。")


def beginning(data: bytes) -> bytes:
    """What of a text file's bytes is decoded; whole lines where their ends can be told."""
    if len(data) <= MAX_TEXT_BYTES:
        return data
    cut = data[:MAX_TEXT_BYTES]
    # In UTF-16 and UTF-32 half of a line's end could remain: there the cut is between characters.
    return cut if b"\x00" in cut else cut[: cut.rfind(b"\n") + 1] or cut


def bounded(extraction: Extraction, *, cut: bool = False) -> Extraction:
    """The same up to `MAX_CHARACTERS` and `MAX_BLOCKS`; where something is lost, it warns.

    `cut` says that the file's bytes were cut already.
    """
    kept: list[Block] = []
    room = MAX_CHARACTERS
    for block in extraction.blocks[:MAX_BLOCKS]:
        if len(block.text) > room:
            break
        kept.append(block)
        room -= len(block.text)
    if len(kept) == len(extraction.blocks) and not cut:
        return extraction
    if not kept:
        kept.append(_shortened(extraction.blocks[0]))
    read = sum(len(block.text) for block in kept)
    warning = f"篇幅超过上限，只读了前 {read} 字，查不到其后的文字。请拆分后再放回。"
    return replace(
        extraction,
        blocks=tuple(kept),
        pages=_pages(extraction.pages, kept[-1]),
        warnings=(warning, *extraction.warnings),
    )


def _shortened(block: Block) -> Block:
    """A block that is longer than all that is kept of a file; between barriers if it was."""
    end = BARRIER if block.text.endswith(BARRIER) else ""
    text = block.text[: MAX_CHARACTERS - 1].rstrip(BARRIER) + end
    breaks = tuple(one for one in block.breaks if one[0] < len(text))
    return replace(block, text=text, breaks=breaks)


def _pages(pages: tuple[Page, ...], last: Block) -> tuple[Page, ...]:
    """Of the pages after the last block nothing was kept."""
    end = last.page_at(len(last.text)) or len(pages)
    return tuple(replace(page, characters=0) if page.number > end else page for page in pages)
