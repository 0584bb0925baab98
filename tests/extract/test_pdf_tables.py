"""Ruled tables: cells from lines, whatever draws them, and over the ends of pages."""

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from indexer.extract import extract
from indexer.extract.layout.joins import join_tables
from indexer.extract.layout.values import PdfLine, PdfPage
from indexer.report import BARRIER, BlockKind, PageStatus
from tests.benchmarks.pdf_reading import exact_cells

FONT = "STSong-Light"
GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
SENTENCE = "严格执行行政执法公示、执法全过程记录、重大执法决定法制审核制度，切实规范执法行为。"
HEAD = ("序号", "事项", "落实情况")


@pytest.fixture
def table_file(tmp_path):
    """A function that makes a PDF of one table; `None` is a cell covered by a merged one."""

    def make(rows, widths, *style, **options):
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        paragraph = ParagraphStyle("cell", fontName=FONT, fontSize=10.5, leading=15, wordWrap="CJK")
        cells = [[Paragraph(cell or "", paragraph) for cell in row] for row in rows]
        path = tmp_path / "表.pdf"
        table = Table(cells, widths, style=[GRID, *style], **options)
        SimpleDocTemplate(str(path), pagesize=A4).build([table])
        return path

    return make


def rows_of(path):
    return [
        block.text.split(BARRIER)[1:-1]
        for block in extract(path).blocks
        if block.kind is BlockKind.ROW
    ]


def test_merged_cells_are_said_once_where_they_begin(table_file):
    path = table_file(
        [["地区", "检查情况", None], [None, "户次", "案件"], ["北关区", "甲", "1"]],
        [100, 100, 100],
        ("SPAN", (1, 0), (2, 0)),
        ("SPAN", (0, 0), (0, 1)),
    )
    assert rows_of(path) == [["地区", "检查情况"], ["户次", "案件"], ["北关区", "甲", "1"]]


def test_a_heading_repeated_on_every_page_is_said_once(table_file):
    rows = [HEAD, *([str(n), f"第{n}项", "已办结"] for n in range(1, 120))]
    path = table_file(rows, [60, 150, 250], repeatRows=1)
    assert len(extract(path).pages) > 2
    assert rows_of(path) == [list(row) for row in rows]


def test_a_row_cut_by_the_end_of_a_page_is_made_whole(table_file):
    rows = [HEAD, *([str(n), f"第{n}项", SENTENCE * (n % 7 + 1)] for n in range(1, 25))]
    path = table_file(rows, [60, 150, 250], splitInRow=1)
    extraction = extract(path)
    assert rows_of(path) == [list(row) for row in rows]
    cut = [block for block in extraction.blocks if block.breaks]
    assert cut
    for block in cut:
        (offset, page), *_ = block.breaks
        assert page == block.page + 1
        assert block.page_at(offset - 1) == block.page
        assert block.page_at(offset) == page


def test_a_frame_around_text_is_no_table(pdf_file):
    def draw(canvas):
        canvas.rect(60, 500, 400, 100)
        canvas.drawString(72, 540, "此件公开发布")

    assert [block.kind for block in extract(pdf_file(draw)).blocks] == [BlockKind.PARAGRAPH]


@pytest.mark.parametrize(("angle", "size"), [(45, 60), (45, 14), (0, 72)])
def test_a_watermark_over_a_table_is_in_none_of_its_cells(pdf_file, angle, size):
    def draw(canvas):
        canvas.grid([72, 200, 330], [560, 600, 640, 680])
        for row, cells in enumerate((("项目", "数量"), ("许可", "十二"), ("处罚", "三十"))):
            for column, text in enumerate(cells):
                canvas.drawString(80 + 130 * column, 650 - 40 * row, text)
        canvas.saveState()
        canvas.translate(100, 580)
        canvas.rotate(angle)
        canvas.setFillGray(0.8)
        canvas.setFont(FONT, size)
        canvas.drawString(0, 0, "内部")
        canvas.restoreState()

    path = pdf_file(draw)
    assert rows_of(path) == [["项目", "数量"], ["许可", "十二"], ["处罚", "三十"]]
    assert any("内部" in block.text for block in extract(path).blocks)


def test_two_boxes_as_high_as_the_page_are_its_columns(pdf_file):
    def draw(canvas):
        canvas.rect(30, 30, 200, 780)
        canvas.rect(230, 30, 330, 780)
        canvas.drawString(40, 700, "证书一览")
        canvas.drawString(240, 700, "项目描述")

    assert rows_of(pdf_file(draw)) == []


@pytest.mark.parametrize("way", ["lines", "boxes", "bars"])
def test_a_table_is_one_however_its_lines_are_drawn(pdf_file, way):
    xs, ys = [72, 200, 330], [600, 640, 680]

    def draw(canvas):
        if way == "lines":
            canvas.grid(xs, ys)
        for x in xs[:2] if way == "boxes" else ():
            for y in ys[:2]:
                canvas.rect(x, y, xs[xs.index(x) + 1] - x, 40)
        if way == "bars":
            for x in xs:
                canvas.rect(x - 0.5, 600, 1, 80, stroke=0, fill=1)
            for y in ys:
                canvas.rect(72, y - 0.5, 258, 1, stroke=0, fill=1)
        for x, y, text in (
            (80, 650, "项目"),
            (210, 650, "数量"),
            (80, 610, "许可"),
            (210, 610, "9"),
        ):
            canvas.drawString(x, y, text)

    assert rows_of(pdf_file(draw)) == [["项目", "数量"], ["许可", "9"]]


def test_a_grid_of_thousands_of_lines_is_a_drawing(pdf_file):
    def draw(canvas):
        canvas.setLineWidth(0.1)
        for n in range(1100):
            canvas.line(50, 100 + 0.6 * n, 500 + n % 7, 100 + 0.6 * n)
            canvas.line(50 + 0.4 * n, 100, 50 + 0.4 * n, 760)
        canvas.drawString(72, 780, "示意图")

    assert "示意图" in [block.text for block in extract(pdf_file(draw)).blocks]


def row(*cells, page=1, goes_on=()):
    text = BARRIER.join(("", *cells, ""))
    return PdfLine(text, 72, 500, 0, 0, 0, page, row=True, open=frozenset(goes_on))


def pages(*lines):
    return [PdfPage(n, 595, 842, tuple(page), PageStatus.TEXT) for n, page in enumerate(lines, 1)]


def test_the_parts_of_a_row_over_three_pages_know_their_pages():
    joined = join_tables(
        pages(
            [row("甲", "一二", goes_on=[1])],
            [row("", "三四", page=2, goes_on=[1])],
            [row("", "五六", page=3)],
        )
    )
    (whole,) = joined[0].lines
    assert whole.text == f"{BARRIER}甲{BARRIER}一二三四五六{BARRIER}"
    assert whole.breaks == ((5, 2), (7, 3))
    assert [page.lines for page in joined[1:]] == [(), ()]


@pytest.mark.parametrize(
    "below",
    [
        # All of its cells are filled: a row of its own.
        row("乙", "三四", page=2),
        # Goes on where the cell above had ended.
        row("三四", "", page=2),
        # Another number of cells.
        row("", "三四", "五", page=2),
    ],
)
def test_a_row_of_its_own_is_not_joined(below):
    above = row("甲", "一二", goes_on=[1])
    assert [page.lines for page in join_tables(pages([above], [below]))] == [(above,), (below,)]


@pytest.mark.parametrize("name", ["gov", "tex", "rlcid", "wzblock"])
def test_every_cell_of_a_typeset_table_is_exact(corpus, name):
    exact, count = exact_cells(corpus / "typeset" / f"{name}.pdf")
    assert count == 372
    assert exact >= 0.98 * count
