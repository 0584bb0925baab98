"""What state a page is in, told from its characters, their fonts and its pictures."""

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from indexer.extract import extract
from indexer.extract.pdf.document import read_contents
from indexer.extract.pdf.status import large_picture, page_status
from indexer.report import PageStatus

FULL = "全市各级各部门认真贯彻落实决策部署扎实推进法治政府建设工"
RARE = "㘝㙓㚰㛥㜑㝖㞠㟤㠏㡢"
# In GB 2312's first level, every one, and in no text: what a wrong map to everyday places gives.
NONSENSE = "捌拗绊匙娩馋挝吮碴嗅帚玖卤榷"
A4 = (595.0, 842.0)


@pytest.mark.parametrize(
    ("mapped", "unmapped", "status"),
    [
        ("", "", PageStatus.EMPTY),
        (" \n", "", PageStatus.EMPTY),
        (FULL * 3, "", PageStatus.TEXT),
        (
            "現在我代表市人民政府向大會報告工作請予審議並請各位政協委員提出意見" * 2,
            "",
            PageStatus.TEXT,
        ),
        ("A report in English, with no ideograph in it at all. " * 2, "", PageStatus.TEXT),
        (
            "この法律は、国民の健康の保持及び増進に寄与することを目的とする。" * 9,
            "",
            PageStatus.TEXT,
        ),
        ("商品编码规格型号条码重量单价" * 5, "", PageStatus.TEXT),
        (RARE * 8, "", PageStatus.GARBLED),
        (NONSENSE * 5, "", PageStatus.GARBLED),
        ("", RARE * 8, PageStatus.GARBLED),
        ("\ufffd" * 80, "", PageStatus.GARBLED),
        ("\ue001\ue002" * 40, "", PageStatus.GARBLED),
        (FULL * 3, RARE * 8, PageStatus.MIXED),
        # Fonts without a map whose codes are Unicode's own say what is printed.
        ("", FULL * 3, PageStatus.TEXT),
        # A few bullets from a font of symbols take nothing from a page, however short.
        (FULL, "\uf06c" * 5, PageStatus.TEXT),
        # Too few to judge by what they are.
        (RARE, "", PageStatus.TEXT),
    ],
)
def test_the_state_of_a_page_is_told_from_its_characters(mapped, unmapped, status):
    assert page_status(mapped, unmapped) is status


def test_pictures_without_text_are_a_scan():
    assert page_status(" ", "", pictures=True) is PageStatus.SCANNED


def test_a_large_picture_beside_text_is_not_passed_over():
    assert page_status(FULL, "", pictures=True, uncovered=True) is PageStatus.MIXED
    assert page_status(RARE * 8, "", pictures=True, uncovered=True) is PageStatus.GARBLED


@pytest.mark.parametrize(
    ("pictures", "glyphs", "large"),
    [
        ([(0, 400, 595, 842)], [(100, 100 + n) for n in range(200)], True),
        # A seal, an emblem.
        ([(300, 600, 430, 730)], [(100, 100 + n) for n in range(200)], False),
        # A background, with the text on it.
        ([(0, 0, 595, 842)], [(100, 100 + n) for n in range(200)], False),
        # A scan with the stamp of a copier on it.
        ([(0, 0, 595, 842)], [(500, 820)] * 12, True),
        # A scan in strips.
        ([(0, 80 * n, 595, 80 * n + 80) for n in range(10)], [], True),
    ],
)
def test_a_picture_counts_when_it_takes_up_the_page_beside_the_text(pictures, glyphs, large):
    assert large_picture(pictures, glyphs, A4) is large


def test_pages_of_a_file_have_their_states(pdf_file, lines):
    picture = ImageReader(Image.new("RGB", (80, 80), "gray"))

    def half(canvas):
        canvas.drawImage(picture, 0, 0, 595, 400)
        lines(FULL, FULL)(canvas)

    def sealed(canvas):
        canvas.drawImage(picture, 350, 500, 120, 120)
        lines(FULL, FULL)(canvas)

    def drawn(canvas):
        for n in range(300):
            canvas.circle(72 + n, 300 + n, 3)

    path = pdf_file(half, sealed, drawn, lambda canvas: None)
    assert [page.status for page in extract(path).pages] == [
        PageStatus.MIXED,
        PageStatus.TEXT,
        PageStatus.SCANNED,
        PageStatus.EMPTY,
    ]


def test_fonts_that_lost_their_way_to_unicode_are_told(corpus):
    path = corpus / "typeset" / "gov.pdf"
    blind = path.read_bytes().replace(b"/ToUnicode", b"/ToUnicodX")
    states = [content.status for content in read_contents(path, blind)]
    assert len(states) == 20
    assert set(states) == {PageStatus.GARBLED}
