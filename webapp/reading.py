"""A report laid out for reading: its blocks as pieces of a page, its headings as an outline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from indexer.report import BARRIER, Block, BlockKind, Document
from webapp.marking import Marking, PageBreak, Segment

Pager = Callable[[int], PageBreak]
"""Makes what is drawn where the page of that number begins."""

_DEEPEST = 5


class PieceKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    NOTE = "note"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `number` is that of its block, `offset` as in `Piece`."""

    number: int
    offset: int
    cells: tuple[tuple[Segment, ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands on its own in the page. `number` is that of its (first) block, from 0.

    `depth` is the HTML heading level (2 to 5) of a heading and 0 of all else; `rows` is
    filled for tables only, `segments` for all else. `offset` counts the characters before it
    that are not white space, as a passage address does.
    """

    kind: PieceKind
    number: int
    offset: int
    segments: tuple[Segment, ...] = ()
    depth: int = 0
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading to jump to: block number, its words, 2 to 5 as in `Piece.depth`."""

    number: int
    text: str
    depth: int


def lay_out(document: Document, marking: Marking, pager: Pager) -> tuple[Piece, ...]:
    """The pieces of `document` in reading order; consecutive rows make one table."""
    pieces: list[Piece] = []
    rows: list[Row] = []
    depth = 1
    shown: int | None = None
    following = 0
    for number, (block, start) in enumerate(zip(document.blocks, document.starts, strict=True)):
        offset, following = following, following + len("".join(block.text.split()))
        pages = () if block.page is None else tuple(_pages(block, shown, pager))
        shown = block.breaks[-1][1] if block.breaks else block.page
        if block.kind is BlockKind.ROW:
            rows.append(Row(number, offset, tuple(_cells(block.text, start, pages, marking))))
            continue
        if rows:
            pieces.append(_table(rows))
            rows = []
        if block.kind is BlockKind.HEADING:
            depth = _depth(block.level, depth)
        text, shift = _bare(block.text)
        pieces.append(
            Piece(
                PieceKind(block.kind),
                number,
                offset,
                marking.cut(text, start + shift, _shifted(pages, shift, len(text))),
                depth if block.kind is BlockKind.HEADING else 0,
            )
        )
    if rows:
        pieces.append(_table(rows))
    return tuple(pieces)


def outline(pieces: tuple[Piece, ...]) -> tuple[OutlineEntry, ...]:
    """The headings among `pieces`, in order."""
    return tuple(
        OutlineEntry(piece.number, "".join(part.text for part in piece.segments), piece.depth)
        for piece in pieces
        if piece.kind is PieceKind.HEADING
    )


def _table(rows: list[Row]) -> Piece:
    return Piece(PieceKind.TABLE, rows[0].number, rows[0].offset, rows=tuple(rows))


def _depth(level: int, previous: int) -> int:
    """The HTML level of a heading: never more than one deeper than the heading before it."""
    return max(2, min(level + 1, previous + 1, _DEEPEST))


def _pages(block: Block, shown: int | None, pager: Pager) -> Iterator[tuple[int, PageBreak]]:
    if block.page is not None and block.page != shown:
        yield 0, pager(block.page)
    for offset, number in block.breaks:
        yield offset, pager(number)


def _bare(text: str) -> tuple[str, int]:
    """A note without the barriers around it, and how many characters went at its front."""
    inner = text.lstrip(BARRIER)
    return inner.rstrip(BARRIER), len(text) - len(inner)


def _shifted(
    pages: tuple[tuple[int, PageBreak], ...], shift: int, length: int
) -> tuple[tuple[int, PageBreak], ...]:
    """`pages` for a text that lost `shift` characters in front and has `length` left."""
    if not pages:
        return ()
    last = max(length - 1, 0)
    return tuple((min(max(offset - shift, 0), last), page) for offset, page in pages)


def _cells(
    text: str, start: int, pages: tuple[tuple[int, PageBreak], ...], marking: Marking
) -> Iterator[tuple[Segment, ...]]:
    """The cells of a row; a page that begins between two cells is drawn in the next."""
    parts = text.split(BARRIER)
    offset = 0
    if len(parts) > 2 and not parts[0] and not parts[-1]:
        parts = parts[1:-1]
        offset = 1
    waiting = list(pages)
    for index, part in enumerate(parts):
        end = offset + len(part)
        here = [page for page in waiting if page[0] < end or index == len(parts) - 1]
        waiting = waiting[len(here) :]
        yield marking.cut(part, start + offset, _shifted(tuple(here), offset, len(part)))
        offset = end + 1
