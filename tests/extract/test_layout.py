"""Glyphs of a page become lines in reading order: columns, titles above them, what is across."""

import math

from indexer.extract.layout.lines import page_lines, reading_order
from indexer.extract.layout.turned import turned
from indexer.extract.layout.values import Glyph, PageContent, PdfLine, PdfTable, Rule
from indexer.report import PageStatus

EM = 10.0
TEXT = "各部门认真落实各项要求扎实推进重点工作取得新的进展和成效"
WIDTH, HEIGHT = 600.0, 800.0


def glyphs(text, x, y, size=EM, angle=0):
    """Characters of one em (letters and figures of half), in the direction of `angle`."""
    dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    found = []
    for character in text:
        advance = size / 2 if character.isascii() else size
        found.append(Glyph(character, x, y, x + advance, y + size, size, angle))
        x, y = x + advance * dx, y + advance * dy
    return found


def content(*runs, rules=()):
    drawn = tuple(glyph for run in runs for glyph in run)
    return PageContent(1, WIDTH, HEIGHT, drawn, tuple(rules), PageStatus.TEXT)


def shown(*runs, tables=()):
    return [(line.column, line.text) for line in page_lines(content(*runs), tables)]


def column(letter, x, top, rows, width=20, pitch=17.0):
    """Lines that fill a column; each says which it is."""
    return [glyphs(f"{letter}{n}" + TEXT[: width - 1], x, top + n * pitch) for n in range(rows)]


def starts(lines):
    return [text[:2] for _, text in lines]


def test_blanks_are_put_where_gaps_are():
    line = [
        *glyphs("GDP", 50, 100),
        *glyphs("growth", 68, 100),
        *glyphs("增长", 102, 100),
        *glyphs("附件", 140, 100),
    ]
    assert shown(line) == [(0, "GDP growth增长 附件")]


def test_a_line_drawn_font_by_font_is_put_together():
    ideographs = [*glyphs("全年办理", 50, 100), *glyphs("件", 110, 100)]
    assert shown(ideographs, glyphs("1170", 90, 100)) == [(0, "全年办理1170件")]


def test_a_superscript_stays_on_its_line():
    line = glyphs("面积三十", 50, 100), glyphs("2", 90, 98, size=6), glyphs("公里", 93, 100)
    assert shown(*line) == [(0, "面积三十2公里")]


def test_two_columns_are_read_one_after_the_other():
    left, right = column("A", 50, 100, 5), column("B", 280, 100, 5)
    assert starts(shown(*(run for pair in zip(left, right, strict=True) for run in pair))) == [
        *(f"A{n}" for n in range(5)),
        *(f"B{n}" for n in range(5)),
    ]


def test_columns_at_uneven_heights():
    lines = shown(*column("A", 50, 100, 6), *column("B", 280, 106.3, 6))
    assert starts(lines) == [f"{c}{n}" for c in "AB" for n in range(6)]


def test_titles_across_columns_part_what_is_above_from_what_is_below():
    lines = shown(
        *column("A", 50, 100, 4),
        *column("B", 280, 100, 4),
        glyphs("第二部分　工作安排和保障措施", 150, 180, size=16),
        *column("C", 50, 220, 2),
        *column("D", 280, 220, 2),
    )
    assert [(number, text[:2]) for number, text in lines] == [
        *((0, f"A{n}") for n in range(4)),
        *((1, f"B{n}") for n in range(4)),
        (2, "第二"),
        *((3, f"C{n}") for n in range(2)),
        *((4, f"D{n}") for n in range(2)),
    ]


def test_a_title_over_three_columns_comes_first_though_it_crosses_none():
    lines = shown(
        *column("A", 20, 100, 5, width=14),
        *column("B", 200, 100, 5, width=14),
        *column("C", 380, 100, 5, width=14),
        glyphs("工作报告", 238, 60, size=16),
        glyphs("公报", 258, 30, size=8),
    )
    assert starts(lines) == ["公报", "工作", *(f"{c}{n}" for c in "ABC" for n in range(5))]


def test_a_last_page_of_few_lines_is_in_columns_too():
    left = column("A", 50, 100, 3)
    signature = glyphs("甲市人民政府", 420, 100), glyphs("2026年", 440, 117)
    assert starts(shown(*left, *signature)) == ["A0", "A1", "A2", "甲市", "20"]


def test_parts_of_a_line_printed_over_each_other_keep_the_order_of_drawing():
    parts = (
        glyphs("获评五个国家", 50, 100),
        glyphs("生态文明建设", 85, 100),
        glyphs("示范区", 130, 100),
    )
    assert shown(*parts) == [(0, "获评五个国家生态文明建设示范区")]


def test_punctuation_may_hang_into_the_gutter():
    left = column("A", 50, 100, 6)
    left[2] += glyphs("，", 50 + 195 + 5, 100 + 2 * 17)
    lines = shown(*left, *column("B", 275, 100, 6))
    assert starts(lines) == [f"{c}{n}" for c in "AB" for n in range(6)]


def test_a_table_without_rules_is_no_text_in_columns():
    names = ["市卫生监督所", "海港区卫生健康局", "甲县卫生局", "青龙满族自治县卫生健康局"]
    rows = [
        run
        for n, name in enumerate(names)
        for run in (glyphs(name, 50, 100 + 17 * n), glyphs(f"{n}170件", 280, 100 + 17 * n))
    ]
    assert [text for _, text in shown(*rows)] == [f"{x} {n}170件" for n, x in enumerate(names)]


def test_rows_of_a_table_come_in_the_column_where_it_stands():
    row = PdfLine("\x1f甲\x1f乙\x1f", 280, 480, 136, 150, 0, 1, row=True)
    table = PdfTable(280, 136, 480, 150, (row,))
    right = [run for n, run in enumerate(column("B", 280, 100, 8)) if n not in (2, 3)]
    lines = shown(*column("A", 50, 100, 8), *right, tables=(table,))
    assert [text[:2] for _, text in lines][8:] == ["B0", "B1", "\x1f甲", "B4", "B5", "B6", "B7"]


def test_slanted_text_is_no_part_of_the_page():
    lines = page_lines(
        content(glyphs("内部资料", 100, 300, size=40, angle=315), *column("A", 50, 100, 20)), ()
    )
    assert [line.text for line in lines if line.aside] == ["内部资料"]
    assert starts((0, line.text) for line in lines[:-1]) == [f"A{n}"[:2] for n in range(20)]


def test_large_type_under_the_text_is_no_part_of_it():
    lines = page_lines(content(glyphs("资料", 60, 120, size=60), *column("A", 50, 100, 8)), ())
    assert [line.text for line in lines if line.aside] == ["资料"]
    assert starts((0, line.text) for line in lines[:-1]) == [f"A{n}" for n in range(8)]


def test_a_page_set_sideways_is_turned():
    # Read upwards: the first character lowest, the first line leftmost.
    upwards = [
        Glyph(character, 100 + 20 * row, 500 - 10 * n, 110 + 20 * row, 510 - 10 * n, EM, 270)
        for row, text in enumerate(("第一行文字", "第二行文字"))
        for n, character in enumerate(text)
    ]
    page = turned(content(upwards, rules=[Rule(100, 400, 100, 500)]))
    assert (page.width, page.height) == (HEIGHT, WIDTH)
    assert page.rules == (Rule(300, 100, 400, 100),)
    assert [line.text for line in page_lines(page, ())] == ["第一行文字", "第二行文字"]


def test_a_page_turned_by_all_quarters_reads_the_same():
    upright = content(*column("A", 50, 100, 3), rules=[Rule(10, 20, 30, 20)])

    def quarter(page):
        """The page as it looks turned by a quarter, clockwise."""
        glyphs = tuple(
            Glyph(
                g.text,
                page.height - g.bottom,
                g.x0,
                page.height - g.top,
                g.x1,
                g.size,
                (g.angle + 90) % 360,
            )
            for g in page.glyphs
        )
        rules = tuple(
            Rule(page.height - r.bottom, r.x0, page.height - r.top, r.x1) for r in page.rules
        )
        return PageContent(1, page.height, page.width, glyphs, rules, page.status)

    page = upright
    for _ in range(4):
        assert turned(page) == upright
        page = quarter(page)


def test_no_piece_is_lost_whatever_its_place():
    pieces = [
        PdfLine(f"{n}号", x := (n * 137) % 500, x + 20 + n % 90, y := (n * 61) % 700, y + 10, 10, 1)
        for n in range(300)
    ]
    lines = reading_order(pieces)
    assert sorted("".join(line.text for line in lines).replace(" ", "")) == sorted(
        "".join(piece.text for piece in pieces)
    )
