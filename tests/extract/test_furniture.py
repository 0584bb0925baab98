"""Running headers, footers and page numbers are told from the text, and no text is taken."""

from dataclasses import replace

import pytest

from indexer.extract.layout.furniture import clear
from indexer.extract.layout.values import PdfLine, PdfPage
from indexer.report import PageStatus

HEIGHT = 842.0
WORDS = "现将全市有关部门重点工作完成情况和下一步安排报告如下请予审议"


def line(text, top, size=16.0, x0=80.0):
    return PdfLine(text, x0, x0 + size * len(text), top, top + size, size, 1)


def page(number, *furniture, rows=20):
    """Text that is another on every page, between its furniture."""
    text = WORDS[number % 9 :] + WORDS[: number % 9]
    body = [line(text[n % 7 :], 130 + 30 * n) for n in range(rows)]
    lines = sorted([*body, *furniture], key=lambda x: x.top)
    return PdfPage(number, 595, HEIGHT, tuple(lines), PageStatus.TEXT)


def header(text, top=40.0, size=9.0):
    return line(text, top, size)


def left_over(pages, *texts):
    return [x.text for p in clear(pages).pages for x in p.lines if x.text in texts]


def running(pages):
    return [x.text for x in clear(pages).running]


@pytest.mark.parametrize(
    "form",
    [
        *(
            "- {} -",
            "— {} —",
            "－ {} －",
            "·{}·",
            "~{}~",
            "第{}页",
            "第 {} 页 共 9 页",
            "第{}页/共9页",
        ),
        *("{}/9", "{} / 9", "Page {} of 9", "P{}", "{}", "({})", "[{}]", "— {}", "{}页"),
    ],
)
def test_page_numbers_go(form):
    numbers = [form.format(n) for n in range(1, 6)]
    pages = [page(n, header(text, 790.0)) for n, text in enumerate(numbers, 1)]
    assert left_over(pages, *numbers) == []
    assert [len(p.lines) for p in clear(pages).pages] == [20] * 5


@pytest.mark.parametrize("numbers", [("i", "ii", "iii", "iv"), ("一", "二", "三", "四")])
def test_other_numerals_count_pages_too(numbers):
    pages = [page(n, header(text, 790.0)) for n, text in enumerate(numbers, 1)]
    assert left_over(pages, *numbers) == []


def test_pages_may_be_counted_from_another_number():
    pages = [page(n, header(str(n + 36), 780.0)) for n in range(1, 4)]
    assert left_over(pages, "37", "38", "39") == []


@pytest.mark.parametrize("text", ["2025", "1170", "（三）", "三"])
def test_a_number_at_a_page_end_that_counts_nothing_is_text(text):
    pages = [page(1, line(text, 730.0)), page(2), page(3)]
    assert left_over(pages, text) == [text]


def test_headers_may_differ_between_odd_and_even_pages():
    pages = [page(n, header("甲市公报" if n % 2 else "甲市人民政府办公室编")) for n in range(1, 7)]
    assert running(pages) == ["甲市公报", "甲市人民政府办公室编"]
    assert left_over(pages, "甲市公报", "甲市人民政府办公室编") == []


def test_headers_may_name_the_chapter():
    chapters = ["第一章 总则", "第一章 总则", "第二章 监督", "第三章 责任", "第四章 附则"]
    pages = [page(n, header(text, 60.0)) for n, text in enumerate(chapters, 1)]
    assert left_over(pages, *chapters) == []
    assert running(pages) == list(dict.fromkeys(chapters))


def test_a_first_page_may_have_its_header_elsewhere():
    text = "甲市2025年度法治政府建设情况报告"
    pages = [page(1, header(text, 30.0)), *(page(n, header(text, 45.0)) for n in range(2, 5))]
    assert left_over(pages, text) == []


def test_two_pages_are_enough_for_a_header_apart_from_the_text():
    pages = [page(n, header("甲市人民政府公报", size=16.0)) for n in (1, 2)]
    assert left_over(pages, "甲市人民政府公报") == []


def test_the_title_of_the_same_words_stays():
    text = "甲市2025年度法治政府建设情况报告"
    pages = [
        page(1, header(text), line(text, 70.0, size=22)),
        *(page(n, header(text)) for n in (2, 3)),
    ]
    assert left_over(pages, text) == [text]


def test_text_on_one_line_of_every_page_is_no_header():
    pages = [page(n) for n in range(1, 9)]
    assert [p.lines for p in clear(pages).pages] == [p.lines for p in pages]


def test_notes_at_the_foot_in_small_type_stay():
    notes = [f"{n} 数据来源于{WORDS[n:12]}。" for n in range(1, 6)]
    pages = [page(n, line(note, 750.0, size=9)) for n, note in enumerate(notes, 1)]
    assert left_over(pages, *notes) == notes


def test_a_header_repeated_in_the_middle_of_pages_is_text():
    pages = [page(n, line("单位：万元", 435.0, size=9)) for n in range(1, 6)]
    assert left_over(pages, "单位：万元") == ["单位：万元"] * 5


def test_a_watermark_known_from_other_pages_goes_from_all():
    def mark(aside):
        return PdfLine("内部资料", 100, 340, 400, 460, 60, 1, aside=aside)

    pages = [page(1, mark(True)), page(2, mark(True)), page(3, mark(False))]
    assert running(pages) == ["内部资料"]
    assert left_over(pages, "内部资料") == []


def test_headers_that_differ_in_more_than_the_number_of_the_page_are_all_kept():
    years = [page(n, replace(header(f"{2024 + n // 5}年度报告"), page=n)) for n in range(1, 10)]
    assert running(years) == ["2024年度报告", "2025年度报告"]
    counted = [page(n, replace(header(f"年度报告 第{n}页"), page=n)) for n in range(1, 10)]
    assert running(counted) == ["年度报告 第1页"]
