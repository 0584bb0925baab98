"""Files made for the tests of extraction: DOCX by python-docx, PDF by reportlab."""

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
MARGIN = 72
LINE = 28


@pytest.fixture
def docx_file(tmp_path):
    """A function that makes a DOCX of paragraphs; `edit` may do more to the document."""

    def make(*paragraphs, edit=None):
        document = docx.Document()
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        if edit:
            edit(document)
        path = tmp_path / "报告.docx"
        document.save(path)
        return path

    return make


@pytest.fixture
def pdf_file(tmp_path):
    """A function that makes a PDF; each page is a function that draws on a canvas."""

    def make(*pages):
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        path = tmp_path / "报告.pdf"
        canvas = Canvas(str(path), pagesize=A4)
        for draw in pages:
            canvas.setFont(FONT, 16)
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return path

    return make


@pytest.fixture
def lines():
    """A function that gives a page of text: 28 characters a line, two of indent where asked."""

    def page(*texts, top=A4[1] - 100, number=None, header=None):
        def draw(canvas):
            y = top
            for text in texts:
                lead = len(text) - len(text.lstrip("\u3000"))
                canvas.drawString(MARGIN + 16 * lead, y, text.lstrip("\u3000"))
                y -= LINE
            if number:
                canvas.drawCentredString(A4[0] / 2, 40, number)
            if header:
                canvas.drawCentredString(A4[0] / 2, A4[1] - 40, header)

        return draw

    return page
