"""A draft as the bytes of a DOCX, the same each time: fixed dates inside and in the zip."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle
from docx.text.run import Run

from .banks import Style
from .drafts import Draft, Kind, Part

BODY, HEAD, TITLE = "仿宋", "黑体", "方正小标宋简体"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def docx(draft: Draft, style: Style) -> bytes:
    """A Word file in the layout of official documents."""
    document = new_document()
    _font(document.styles["Normal"], BODY, 16)
    for part in draft.parts:
        if part.kind is Kind.TABLE:
            _table(document, part)
        else:
            _paragraphs(document, part, style)
    _margins(document, style)
    signed = datetime.fromisoformat(draft.date)
    properties = document.core_properties
    properties.title, properties.author = draft.title, draft.issuer
    properties.last_modified_by, properties.comments = draft.issuer, "示例，内容虚构"
    properties.created = properties.modified = signed
    made = io.BytesIO()
    document.save(made)
    return _repacked(made.getvalue())


def _paragraphs(document: Document, part: Part, style: Style) -> None:
    if part.kind is Kind.HEADING and style.styled:
        heading = document.add_heading(part.text, part.level)
        _font(heading.runs[0], HEAD, 16)
        heading.runs[0].font.color.rgb = RGBColor(0, 0, 0)
        return
    for line in part.text.split("\n"):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(line)
        layout = paragraph.paragraph_format
        match part.kind:
            case Kind.TITLE:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                _font(run, TITLE, 22)
            case Kind.MARK | Kind.NUMBER | Kind.CAPTION:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                _font(run, "楷体", 14)
            case Kind.SIGNATURE:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                layout.right_indent = Pt(32)
            case Kind.HEADING:
                layout.first_line_indent = Pt(32)
                _font(run, HEAD, 16)
            case Kind.PARAGRAPH:
                layout.first_line_indent = Pt(32)


def _table(document: Document, part: Part) -> None:
    table = document.add_table(len(part.rows), len(part.rows[0]), style="Table Grid")
    for y, row in enumerate(part.rows):
        for x, cell in enumerate(row):
            if cell is None:
                continue
            place = table.cell(y, x)
            if cell.columns > 1 or cell.rows > 1:
                place = place.merge(table.cell(y + cell.rows - 1, x + cell.columns - 1))
            run = place.paragraphs[0].add_run(cell.text)
            place.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            _font(run, BODY, 10.5)


def _margins(document: Document, style: Style) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595), Pt(842)
    if style.running:
        section.header.paragraphs[0].text = style.running
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    foot.add_run(" —")


def _font(styled: CharacterStyle | Run, name: str, size: float) -> None:
    styled.font.name, styled.font.size = name, Pt(size)
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _repacked(data: bytes) -> bytes:
    """The same members in the same order, without the time at which they were written."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            new.writestr(member, old.read(name))
    return packed.getvalue()
