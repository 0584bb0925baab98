"""PDF files: paragraphs over line and page ends, furniture gone, lost pages named."""

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from indexer.errors import EncryptedError, NoTextError
from indexer.extract import extract
from indexer.report import BARRIER, BlockKind, PageStatus

# 28 characters of 16 points fill the line between the margins.
FULL = "全市各级各部门认真贯彻落实决策部署扎实推进法治政府建设工"
HALF = "作取得明显成效。"


def body(path):
    return [b.text for b in extract(path).blocks if b.kind is not BlockKind.ASIDE]


def turned(n):
    """A full line that is another on every page, as text is and a running header is not."""
    return FULL[n:] + FULL[:n]


def picture(canvas):
    canvas.drawImage(ImageReader(Image.new("RGB", (80, 80), "gray")), 72, 300, 400, 400)


def test_lines_are_joined_to_paragraphs(pdf_file, lines):
    path = pdf_file(
        lines(
            "甲市工作报告",
            "　　" + FULL[:26],
            FULL,
            HALF,
            "　　" + FULL[:26],
            HALF,
            "　　一、主要举措",
        )
    )
    assert body(path) == [
        "甲市工作报告",
        FULL[:26] + FULL + HALF,
        FULL[:26] + HALF,
        "一、主要举措",
    ]


def test_a_paragraph_goes_on_over_the_page_and_knows_where(pdf_file, lines):
    path = pdf_file(
        lines("　　" + FULL[:26], FULL, FULL, FULL, number="- 1 -"),
        lines(FULL, FULL, FULL, HALF, "　　" + FULL[:26], HALF, number="- 2 -"),
    )
    blocks = extract(path).blocks
    assert [block.text for block in blocks] == [FULL[:26] + FULL * 6 + HALF, FULL[:26] + HALF]
    assert blocks[0].page == 1
    assert blocks[0].breaks == ((26 + 28 * 3, 2),)
    assert blocks[0].page_at(26 + 28 * 3 - 1) == 1
    assert blocks[0].page_at(26 + 28 * 3) == 2


@pytest.mark.parametrize(
    "number", ["- {} -", "— {} —", "{}", "第{}页 共4页", "第 {} 页", "{}/4", "- {} -  "]
)
def test_page_numbers_are_dropped(pdf_file, lines, number):
    path = pdf_file(*(lines(turned(n), HALF, number=number.format(n)) for n in range(1, 5)))
    assert body(path) == [turned(n) + HALF for n in range(1, 5)]


def test_running_headers_are_taken_out_of_the_text_and_kept_once(pdf_file, lines):
    path = pdf_file(
        *(lines(turned(n), HALF, header=f"甲市人民政府公报 2025年第{n}期") for n in range(1, 5))
    )
    blocks = extract(path).blocks
    assert body(path) == [turned(n) + HALF for n in range(1, 5)]
    assert [b.text for b in blocks if b.kind is BlockKind.ASIDE] == ["甲市人民政府公报 2025年第1期"]


def test_a_figure_in_the_middle_of_a_page_is_no_page_number(pdf_file, lines):
    assert "2025" in body(pdf_file(lines(FULL, HALF, "　　　　2025", FULL, HALF)))


def test_bold_type_faked_by_printing_twice_is_read_once(pdf_file):
    def draw(canvas):
        canvas.drawString(72, 600, "法治政府建设")
        canvas.drawString(72.3, 600, "法治政府建设")

    assert body(pdf_file(draw)) == ["法治政府建设"]


def test_a_ruled_table_gives_rows_in_its_place(pdf_file):
    def draw(canvas):
        canvas.drawString(72, 760, "表前的一段文字。")
        canvas.grid([72, 200, 330], [600, 640, 680])
        for x, y, text in (
            (80, 650, "项目"),
            (210, 650, "数量"),
            (80, 610, "许可"),
            (210, 610, "1170"),
        ):
            canvas.drawString(x, y, text)
        canvas.drawString(72, 500, "表后的一段文字。")

    blocks = extract(pdf_file(draw)).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.PARAGRAPH, "表前的一段文字。"),
        (BlockKind.ROW, f"{BARRIER}项目{BARRIER}数量{BARRIER}"),
        (BlockKind.ROW, f"{BARRIER}许可{BARRIER}1170{BARRIER}"),
        (BlockKind.PARAGRAPH, "表后的一段文字。"),
    ]


def test_pages_without_text_are_named(pdf_file, lines):
    path = pdf_file(lines(FULL, HALF), picture, picture, lambda canvas: None, lines(FULL, HALF))
    extraction = extract(path)
    assert [page.status for page in extraction.pages] == [
        PageStatus.TEXT,
        PageStatus.SCANNED,
        PageStatus.SCANNED,
        PageStatus.EMPTY,
        PageStatus.TEXT,
    ]
    assert [page.number for page in extraction.pages] == [1, 2, 3, 4, 5]
    assert [page.characters for page in extraction.pages] == [36, 0, 0, 0, 36]
    assert extraction.warnings == ("第 2-3 页没有文字层（扫描件），查不到其中的文字。",)


def test_a_scan_has_no_text_and_the_reason_counts_its_pages(pdf_file):
    with pytest.raises(NoTextError, match="2 页没有文字层"):
        extract(pdf_file(picture, picture))


def test_a_password_is_asked_for(pdf_file, corpus):
    with pytest.raises(EncryptedError, match="密码"):
        extract(corpus / "pdf" / "encrypted" / "aes-128.pdf")


def test_nothing_of_the_parser_reaches_the_terminal(corpus, capfd):
    extract(corpus / "pdf" / "damaged" / "x_Pages-tree-refs.pdf")
    extract(corpus / "pdf" / "chinese" / "Test.pdf")
    assert capfd.readouterr() == ("", "")
