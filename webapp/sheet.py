"""The sheet a report is read on, as HTML.

Written as strings: a template takes three times as long for each of the thousands of blocks
that a long report has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flask_babel import gettext
from markupsafe import Markup, escape

from indexer.addresses import LONGEST_PASSAGE, address_of, passage_url
from webapp.marking import Segment, anchored
from webapp.reading import Piece, PieceKind, Row

_PART = 2500
"""Characters, about: what a browser lays out at once, the rest when it is scrolled to."""


def sheet(report: str, pieces: Iterable[Piece]) -> Markup:
    """All pieces of a report, in parts, each block with the offset that its words begin at.

    A block that is not in a table has a link of its own, to its words: a passage address, so
    that it stays when blocks are numbered otherwise.
    """
    hook, table = str(escape(gettext("本段链接"))), str(escape(gettext("表格")))
    return Markup("".join(_parts(report, pieces, hook, table)))


def _parts(report: str, pieces: Iterable[Piece], hook: str, table: str) -> Iterator[str]:
    yield '<div class="part">\n'
    begun = 0
    for piece in pieces:
        if piece.offset - begun > _PART:
            begun = piece.offset
            yield '</div>\n<div class="part">\n'
        if piece.kind is PieceKind.TABLE:
            yield f'<div class="table" tabindex="0" role="group" aria-label="{table}"><table>\n'
            yield from map(_row, piece.rows)
            yield "</table></div>\n"
        else:
            yield _block(report, piece, hook)
    yield "</div>"


def _block(report: str, piece: Piece, hook: str) -> str:
    if piece.kind is PieceKind.HEADING:
        opening, closing = f"<h{piece.depth}", f"</h{piece.depth}>\n"
    else:
        opening, closing = f'<p class="{piece.kind.value}"', "</p>\n"
    return (
        f'{opening} id="p{piece.number}" data-offset="{piece.offset}">'
        f"{_hook(report, piece, hook)}{anchored(piece.segments)}{closing}"
    )


def _hook(report: str, piece: Piece, hook: str) -> str:
    address = own_address(report, piece)
    if address is None:
        return ""
    return f'<a class="hook" href="{passage_url(address)}" aria-label="{hook}"></a>'


def own_address(report: str, piece: Piece) -> str | None:
    """The address of a block's words, of their beginning where they are too many for one."""
    words = _compact(piece.segments)[:LONGEST_PASSAGE]
    return str(address_of(report, piece.offset, words)) if words else None


def _row(row: Row) -> str:
    cells = "".join(f"<td>{anchored(cell)}</td>" for cell in row.cells)
    return f'<tr id="p{row.number}" data-offset="{row.offset}">{cells}</tr>\n'


def _compact(segments: Sequence[Segment]) -> str:
    return "".join("".join([segment.text for segment in segments]).split())
