"""A draft as the bytes of a PDF in the layout of official documents, the same each time.

The one font is a CID font that no file embeds: the reader's machine brings the glyphs.
"""

from __future__ import annotations

import io
import re
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    HRFlowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from .banks import Style
from .drafts import Cell, Draft, Kind, Part
from .pdf_lines import FONT, Face, Lines, broken

SIDE, TOP, BOTTOM = 79, 105, 99
"""Margins in points: 28, 37 and 35 mm, as GB/T 9704 sets the page of official documents."""
WIDTH = A4[0] - 2 * SIDE


BODY = Face(16, 28, first=32)
FACES = {
    Kind.MASTHEAD: Face(34, 52, align="centre", after=16, colour=colors.red),
    Kind.NUMBER: Face(16, 28, align="centre"),
    Kind.TITLE: Face(22, 34, align="centre", before=4, after=4),
    Kind.MARK: Face(12, 20, align="centre", after=14, colour=colors.grey),
    Kind.CAPTION: Face(15, 26, align="centre", before=6, after=6),
    Kind.HEADING: BODY,
    Kind.PARAGRAPH: BODY,
    Kind.FLUSH: Face(16, 28),
    Kind.SIGNATURE: Face(16, 28, align="right", right=32),
}
CELL = ParagraphStyle(
    "cell", fontName=FONT, fontSize=10.5, leading=14, wordWrap="CJK", alignment=TA_CENTER
)


def pdf(draft: Draft, style: Style) -> bytes:
    """A4 pages with `— 3 —` at the foot and, where the style has one, a running header."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    made = io.BytesIO()
    template = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=SIDE,
        rightMargin=SIDE,
        topMargin=TOP,
        bottomMargin=BOTTOM,
        title=draft.title,
        author=draft.issuer,
        subject="示例，内容虚构",
        invariant=1,
    )

    def furnish(canvas: Canvas, page: SimpleDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(FONT, 14)
        canvas.drawCentredString(A4[0] / 2, BOTTOM - 36, f"— {page.page} —")
        if style.running:
            canvas.setFont(FONT, 10.5)
            canvas.drawCentredString(A4[0] / 2, A4[1] - TOP + 30, style.running)
            canvas.setLineWidth(0.5)
            canvas.line(SIDE, A4[1] - TOP + 24, A4[0] - SIDE, A4[1] - TOP + 24)
        canvas.restoreState()

    flow = [flowable for part in draft.parts for flowable in _flowables(part, style, draft.issuer)]
    template.build(flow, onFirstPage=furnish, onLaterPages=furnish)
    return made.getvalue()


def _flowables(part: Part, style: Style, issuer: str) -> list[Flowable]:
    if part.kind is Kind.TABLE:
        return [Spacer(1, 6), _table(part), Spacer(1, 10)]
    face = FACES[part.kind]
    width = WIDTH - face.right
    rows = _title(part.text, issuer) if part.kind is Kind.TITLE else part.text.split("\n")
    lines = [Lines(broken(row, width, face), face) for row in rows]
    if part.kind in (Kind.HEADING, Kind.CAPTION):
        # A heading does not stand alone at the foot of a page.
        return [CondPageBreak(3 * face.leading), *lines]
    if part.kind is Kind.SIGNATURE:
        return [Spacer(1, 28), *lines]
    if part.kind is Kind.NUMBER and style.masthead:
        return [*lines, HRFlowable(width="100%", thickness=1.5, color=colors.red, spaceAfter=24)]
    return lines


def _title(title: str, issuer: str) -> list[str]:
    """A title too long for one line in two, parted as an office would part it."""
    if len(title) * FACES[Kind.TITLE].size <= WIDTH:
        return [title]
    sense = re.compile(rf"({re.escape(issuer)}(?:关于)?|[^（]+)(.+)")
    parted = sense.fullmatch(title)
    return list(parted.groups()) if parted else [title]


def _table(part: Part) -> Table:
    spans = [
        ("SPAN", (x, y), (x + cell.columns - 1, y + cell.rows - 1))
        for y, row in enumerate(part.rows)
        for x, cell in enumerate(row)
        if cell and (cell.columns > 1 or cell.rows > 1)
    ]
    grid = [
        [Paragraph(escape(cell.text), CELL) if cell else "" for cell in row] for row in part.rows
    ]
    heads = max(cell.rows for cell in part.rows[0] if cell)
    ruled = [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    return Table(grid, _widths(part.rows), style=TableStyle(ruled + spans), repeatRows=heads)


def _widths(rows: tuple[tuple[Cell | None, ...], ...]) -> list[float]:
    """Shares of the page by the longest text that a column has to itself, within bounds."""
    columns = range(len(rows[0]))
    longest = [
        max(len(cell.text) for row in rows if (cell := row[x]) and cell.columns == 1)
        for x in columns
    ]
    shares = [min(max(length, 4), 10) for length in longest]
    return [WIDTH * share / sum(shares) for share in shares]
