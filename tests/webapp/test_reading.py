"""A report is laid out as it was written: headings, paragraphs, tables, pages."""

from __future__ import annotations

from indexer.report import BARRIER, Block, BlockKind, Document, Format
from webapp.marking import Marking, PageBreak
from webapp.reading import PieceKind, lay_out, outline


def document(*blocks: Block) -> Document:
    return Document("题", Format.PDF, blocks)


def row(*cells: str, page: int | None = None) -> Block:
    return Block(BlockKind.ROW, BARRIER.join(cells), page)


def heading(text: str, level: int) -> Block:
    return Block(BlockKind.HEADING, text, level=level)


def paragraph(text: str, **places) -> Block:
    return Block(BlockKind.PARAGRAPH, text, **places)


def pager(number: int) -> PageBreak:
    return PageBreak(number, str(number), None)


def words(segments) -> str:
    return "".join(piece.text for piece in segments)


def pages(pieces) -> list[tuple[int, str]]:
    """(page, the words it begins with) of every page that is drawn."""
    every = [
        segment
        for piece in pieces
        for segments in (piece.segments, *(cell for row in piece.rows for cell in row.cells))
        for segment in segments
    ]
    return [(segment.page.number, segment.text) for segment in every if segment.page]


def test_rows_that_follow_each_other_are_one_table():
    pieces = lay_out(
        document(
            paragraph("前"), row("项目", "件数"), row("处罚", "19"), paragraph("后"), row("单")
        ),
        Marking(),
        pager,
    )
    assert [(piece.kind, piece.number) for piece in pieces] == [
        (PieceKind.PARAGRAPH, 0),
        (PieceKind.TABLE, 1),
        (PieceKind.PARAGRAPH, 3),
        (PieceKind.TABLE, 4),
    ]
    table = pieces[1].rows
    assert [[words(cell) for cell in row.cells] for row in table] == [
        ["项目", "件数"],
        ["处罚", "19"],
    ]
    assert [row.number for row in table] == [1, 2]


def test_a_match_in_a_cell_is_marked_in_that_cell():
    text = document(row("项目", "件数"), row("处罚", "19件"))
    place = text.text.index("19")
    table = lay_out(text, Marking(((place, place + 2),)), pager)[0].rows
    marks = [[[s.mark for s in cell] for cell in row.cells] for row in table]
    assert marks == [[[None], [None]], [[None], [1, None]]]


def test_empty_cells_keep_their_place():
    (piece,) = lay_out(document(row("", "二", "", "四")), Marking(), pager)
    assert [words(cell) for cell in piece.rows[0].cells] == ["", "二", "", "四"]


def test_headings_never_skip_a_level():
    pieces = lay_out(
        document(heading("1. 甲", 3), heading("一、乙", 1), heading("（1）丙", 4), paragraph("丁")),
        Marking(),
        pager,
    )
    assert [piece.depth for piece in pieces] == [2, 2, 3, 0]
    assert [(entry.number, entry.text) for entry in outline(pieces)] == [
        (0, "1. 甲"),
        (1, "一、乙"),
        (2, "（1）丙"),
    ]


def test_a_note_is_shown_without_the_barriers_around_it():
    note = Block(BlockKind.NOTE, f"{BARRIER}注：法治{BARRIER}")
    text = document(paragraph("正文"), note)
    place = text.text.index("法治")
    piece = lay_out(text, Marking(((place, place + 2),)), pager)[1]
    assert [(segment.text, segment.mark) for segment in piece.segments] == [
        ("注：", None),
        ("法治", 1),
    ]


def test_every_page_is_drawn_once_where_it_begins():
    pieces = lay_out(
        document(
            paragraph("第一页上", page=1),
            paragraph("还在第一页跨到第二页", page=1, breaks=((7, 2),)),
            paragraph("仍是第二页", page=2),
            row("三", "页", page=3),
            row("同页", "不再画", page=3),
        ),
        Marking(),
        pager,
    )
    assert pages(pieces) == [(1, "第一页上"), (2, "第二页"), (3, "三")]


def test_a_page_that_begins_between_two_cells_is_drawn_in_the_next():
    cells = Block(BlockKind.ROW, BARRIER.join(("一二", "三四")), 1, breaks=((3, 2),))
    assert pages(lay_out(document(cells), Marking(), pager)) == [(1, "一二"), (2, "三四")]


def test_a_match_across_two_blocks_is_one_match():
    text = document(paragraph("推进法"), paragraph("治建设"))
    pieces = lay_out(text, Marking(((2, 5),)), pager)
    found = [(s.text, s.mark, s.opens) for piece in pieces for s in piece.segments if s.mark]
    assert found == [("法", 1, True), ("治", 1, False)]
