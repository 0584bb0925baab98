"""Lines of pages become paragraphs: where one ends, where it goes on."""

from dataclasses import replace

import pytest

from indexer.extract.layout.flow import flow
from indexer.extract.layout.values import PdfLine, PdfPage
from indexer.report import PageStatus

EM = 16.0
LEFT, WIDTH = 80.0, 28
RIGHT = LEFT + WIDTH * EM
FULL = "全市各级各部门认真贯彻落实决策部署扎实推进法治政府建设工"
END = "作取得明显成效。"


def line(text, indent=0.0, top=0.0, *, size=EM, page=1, column=0):
    """A line as it is set: characters of one em each, from `indent` em inside the margin."""
    x0 = LEFT + indent * EM
    return PdfLine(text, x0, x0 + len(text) * size, top, top + size, size, page, column=column)


def centred(text, top, **how):
    size = how.get("size", EM)
    return line(text, (WIDTH - len(text) * size / EM) / 2, top, **how)


def page(*lines, number=1, recognised=False):
    placed = tuple(replace(x, page=number) for x in lines)
    return PdfPage(number, 595, 842, placed, PageStatus.TEXT, recognised)


def stacked(*texts, pitch=28.0, start=100.0):
    """Lines from the top down; two blanks before a text indent it."""
    return [
        line(text.lstrip("\u3000"), text.count("\u3000"), start + n * pitch)
        for n, text in enumerate(texts)
    ]


def texts(*pages):
    return [block.text for block in flow(pages)]


INDENTED = ("　　" + FULL[:26], FULL, END, "　　" + FULL[:26], END)
"""Two paragraphs, so that indents are seen to be the habit."""


def test_an_indent_begins_a_paragraph():
    assert texts(page(*stacked(*INDENTED))) == [FULL[:26] + FULL + END, FULL[:26] + END]


def test_a_full_line_with_a_finished_sentence_ends_no_paragraph_where_these_are_indented():
    full = FULL[:27] + "。"
    shown = texts(page(*stacked(*INDENTED, "　　" + full[2:], "二是" + FULL[:26], END)))
    assert shown[-1] == full[2:] + "二是" + FULL[:26] + END


def test_a_line_too_short_for_what_follows_is_no_end():
    """2025年 has no room on the first line, and a figure is not cut."""
    shown = texts(page(*stacked(*INDENTED, "　　" + FULL[:24], "2025年" + FULL[:20], END)))
    assert shown[-1] == FULL[:24] + "2025年" + FULL[:20] + END


def test_what_stays_together_at_a_quotation_mark_is_moved_as_one():
    lines = stacked(*INDENTED, "　　" + FULL[:20], "施“1269”行动计划" + FULL[:17], END)
    assert texts(page(*lines))[-1].startswith(FULL[:20] + "施“1269”")


def test_an_unfinished_line_five_em_short_ends_a_paragraph():
    lines = stacked(*INDENTED, "各县（区）卫生健康局", "现将有关情况报告如下")
    assert texts(page(*lines))[-2:] == ["各县（区）卫生健康局", "现将有关情况报告如下"]


def test_a_wrapped_heading_is_one_and_its_end_is_seen():
    heading = "一、" + FULL[:24]
    lines = stacked(*INDENTED, "　　" + heading, "情况", "　　" + FULL[:26], END)
    assert texts(page(*lines))[-2:] == [heading + "情况", FULL[:26] + END]


def test_titles_and_signatures_stand_alone():
    lines = [
        centred("甲市卫生健康委", 60, size=22),
        centred("关于法治政府建设情况的报告", 98, size=22),
        *stacked(*INDENTED, start=150),
        line("甲市卫生健康委员会", WIDTH - 9, 320),
        line("2026年3月11日", WIDTH - 10, 348),
    ]
    shown = texts(page(*lines))
    assert shown[:2] == ["甲市卫生健康委", "关于法治政府建设情况的报告"]
    assert shown[-2:] == ["甲市卫生健康委员会", "2026年3月11日"]


def test_a_title_that_fills_its_line_goes_on_in_the_next():
    full = FULL[:20]
    lines = [
        centred(full, 60, size=22),
        centred("告", 98, size=22),
        *stacked(*INDENTED, start=150),
    ]
    assert texts(page(*lines))[0] == full + "告"


def test_a_title_set_downwards_is_one():
    lines = [centred(character, 100 + 60 * n, size=40) for n, character in enumerate("竞争性磋商")]
    assert texts(page(*lines)) == ["竞争性磋商"]


def test_distance_parts_paragraphs():
    lines = [
        *stacked(FULL, FULL, END),
        *stacked(FULL, FULL[:27] + "。", start=200),
        *stacked(FULL, END, start=268),
    ]
    assert texts(page(*lines)) == [FULL + FULL + END, FULL + FULL[:27] + "。", FULL + END]


def test_where_nothing_else_tells_a_number_begins_a_paragraph_and_a_clause_does_not():
    full = FULL[:27] + "。"
    plain = (FULL, END, FULL, END, FULL, full)
    assert texts(page(*stacked(*plain, "（二）" + FULL[:20])))[-1] == "（二）" + FULL[:20]
    assert texts(page(*stacked(*plain, "二是" + FULL[:20])))[-1].endswith("二是" + FULL[:20])


def test_lines_may_hang_from_a_number():
    hanging = ("1." + FULL[:26], "　　" + FULL[:26], "　　" + END)
    shown = texts(page(*stacked(*hanging, *hanging)))
    assert shown == [("1." + FULL[:26] + FULL[:26] + END)] * 2


def test_entries_of_a_table_of_contents_stay_apart():
    entries = [f"{n}、总体情况" + "." * 18 + "3" for n in "一二三"]
    assert texts(page(*stacked(*entries))) == entries


def test_a_paragraph_runs_on_over_pages_and_knows_them():
    first, second = stacked(*INDENTED, "　　" + FULL[:26], FULL), stacked(FULL, END, *INDENTED)
    block = flow((page(*first), page(*second, number=2)))[2]
    assert block.text == FULL[:26] + FULL + FULL + END
    assert (block.page, block.breaks) == (1, ((26 + 28, 2),))


def test_a_paragraph_runs_on_over_columns():
    right = [
        replace(x, x0=x.x0 + 500, x1=x.x1 + 500, column=1) for x in stacked(FULL, END, *INDENTED)
    ]
    shown = texts(page(*stacked(*INDENTED, "　　" + FULL[:26], FULL), *right))
    assert shown[2] == FULL[:26] + FULL + FULL + END


def test_margins_may_differ_between_odd_and_even_pages():
    def sheet(number):
        moved = 30.0 if number % 2 else 0.0
        lines = stacked(FULL, END, *INDENTED, "　　" + FULL[:26], FULL)
        return page(*(replace(x, x0=x.x0 + moved, x1=x.x1 + moved) for x in lines), number=number)

    shown = texts(*(sheet(number) for number in range(1, 5)))
    assert shown.count(FULL[:26] + FULL + FULL + END) == 3


def test_a_page_whose_lines_are_all_indented_is_measured_by_the_others():
    items = [f"　　{n}是加强学习培训，提高执法水平。" for n in "一二三四五六"]
    shown = texts(page(*stacked(*INDENTED)), page(*stacked(*items), number=2))
    assert shown[2:] == [item.lstrip("\u3000") for item in items]


@pytest.mark.parametrize("seed", range(3))
def test_boxes_read_off_a_picture_may_be_uneven(seed):
    offsets = [((n * 7 + seed * 5) % 11 - 5) / 5 * 0.15 * EM for n in range(40)]
    lines = [
        replace(x, x0=x.x0 + offsets[n], x1=x.x1 + offsets[-n - 1], top=x.top + offsets[-n] / 2)
        for n, x in enumerate(stacked(*INDENTED, *INDENTED, *INDENTED))
    ]
    expected = [FULL[:26] + FULL + END, FULL[:26] + END] * 3
    assert texts(page(*lines, recognised=True)) == expected


@pytest.mark.parametrize(
    ("status", "recognised", "paragraphs"),
    [
        (PageStatus.SCANNED, False, 2),
        (PageStatus.GARBLED, False, 2),
        (PageStatus.SCANNED, True, 1),
        (PageStatus.EMPTY, False, 1),
    ],
)
def test_no_paragraph_runs_on_over_a_page_that_was_not_read(status, recognised, paragraphs):
    between = PdfPage(2, 595, 842, (), status, recognised)
    begun = page(*stacked("　　" + FULL[:26], FULL))
    assert len(texts(begun, between, page(*stacked(END), number=3))) == paragraphs
