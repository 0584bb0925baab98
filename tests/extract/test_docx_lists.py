"""Word's automatic numbers, as they are printed."""

from pathlib import Path

import pytest

from indexer.extract import docx
from indexer.extract.docx.numbers import written
from tests.word_files import level, lists, numbered, paragraph, word_file

NOTHING = '<w:suff w:val="nothing"/>'
REPORT = (
    level(0, "chineseCountingThousand", "%1、", NOTHING)
    + level(1, "chineseCountingThousand", "（%2）", NOTHING)
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4", NOTHING)
)
DEFINITION = '<w:abstractNumId w:val="0"/>'


def labels(body, *definitions, entries=None, styles=""):
    """What stands before the x of every paragraph."""
    parts = {"numbering": lists(*definitions, entries=entries), "styles": styles}
    blocks = docx.read(Path("报告.docx"), word_file(body, parts=parts)).blocks
    return [block.text.removesuffix("x") for block in blocks]


def depths(*wanted, key=1):
    return "".join(numbered("x", key, depth) for depth in wanted)


def test_a_report_is_numbered_through_its_levels():
    body = depths(0, 1, 1, 2, 3, 3, 1, 0, 1)
    assert labels(body, REPORT) == [
        *("一、", "（一）", "（二）", "1. ", "①", "②", "（三）", "二、", "（一）")
    ]


def test_a_level_that_was_passed_over_counts_as_begun():
    assert labels(depths(1, 0, 1), REPORT) == ["（一）", "二、", "（一）"]


def test_a_number_without_text_is_printed_and_counts():
    body = numbered("x") + numbered("") + numbered("x")
    assert labels(body, REPORT) == ["一、", "二、", "三、"]


def test_lists_of_one_definition_count_on():
    body = depths(0, 0) + depths(0, key=2) + depths(0)
    assert labels(body, REPORT, entries={1: DEFINITION, 2: DEFINITION}) == [
        *("一、", "二、", "三、", "四、")
    ]


def test_a_start_of_its_own_begins_a_list_anew_once():
    anew = f'{DEFINITION}<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = depths(0) + depths(0, 0, key=2) + depths(0) + depths(0, key=2)
    assert labels(body, REPORT, entries={1: DEFINITION, 2: anew}) == [
        *("一、", "五、", "六、", "七、", "八、")
    ]


def test_a_level_that_looks_otherwise_keeps_the_count():
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    body = depths(0) + depths(0, 0, key=2) + depths(0)
    entries = {1: DEFINITION, 2: DEFINITION + other}
    assert labels(body, REPORT, entries=entries) == ["一、", "B) ", "C) ", "四、"]


@pytest.mark.parametrize(
    ("restart", "last"),
    [
        ("", "2.2.1 "),
        ('<w:lvlRestart w:val="1"/>', "2.2.2 "),
        ('<w:lvlRestart w:val="0"/>', "2.2.3 "),
    ],
)
def test_a_level_restarts_after_the_level_that_it_names(restart, last):
    definition = (
        level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")
        + level(2, "decimal", "%1.%2.%3", restart)
    )  # fmt: skip
    assert labels(depths(0, 1, 2, 0, 1, 2, 1, 2), definition)[-1] == last


def test_legal_numbers_write_every_level_in_figures():
    definition = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert labels(depths(0, 1, 0, 1), definition) == ["第一章 ", "1.1 ", "第二章 ", "2.1 "]


@pytest.mark.parametrize(
    ("more", "text", "label"),
    [
        ('<w:suff w:val="nothing"/>', "%1", "1"),
        ('<w:suff w:val="space"/>', "%1", "1 "),
        ("", "%1", "1 "),
        ("", "%1、", "1、"),
        ('<w:legacy w:legacy="1" w:legacySpace="120"/>', "(%1)", "(1) "),
    ],
)
def test_a_number_is_parted_from_its_text_unless_its_mark_does_that(more, text, label):
    assert labels(depths(0), level(0, "decimal", text, more)) == [label]


def test_a_custom_form_keeps_its_zeros():
    form = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom"'
        ' w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    definition = level(0, "decimal", "%1").replace('<w:numFmt w:val="decimal"/>', form)
    assert labels(depths(0, 0), definition) == ["001 ", "002 "]


@pytest.mark.parametrize(
    ("font", "text", "label"),
    [("Wingdings", "\uf06c", "● "), ("Wingdings", "n", "■ "), ("Courier New", "o", "◦ "),
     ("Symbol", "\uf0b7", "• ")],
)  # fmt: skip
def test_bullets_are_drawn_as_their_font_has_them(font, text, label):
    definition = level(0, "bullet", text).replace(
        "</w:lvl>", f'<w:rPr><w:rFonts w:hAnsi="{font}"/></w:rPr></w:lvl>'
    )
    assert labels(depths(0), definition) == [label]


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="N"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:basedOn w:val="A"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="D"><w:name w:val="D"/><w:basedOn w:val="A"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)


def test_styles_number_their_paragraphs_at_the_level_that_is_tied_to_them():
    tied = REPORT.replace(
        f'{NOTHING}<w:lvlText w:val="（%2）"',
        f'<w:pStyle w:val="B"/>{NOTHING}<w:lvlText w:val="（%2）"',
    )
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    deeper = '<w:numPr><w:ilvl w:val="3"/></w:numPr>'
    body = "".join(
        paragraph("x", properties=f'<w:pStyle w:val="{style}"/>{more}')
        for style, more in (
            *(("A", ""), ("B", ""), ("C", ""), ("D", ""), ("A", none), ("A", deeper), ("A", "")),
        )
    )
    assert labels(body, tied, styles=STYLES) == ["一、", "（一）", "1. ", "", "", "①", "二、"]


def test_a_definition_may_be_named_by_a_style():
    linked = '<w:styleLink w:val="L"/>' + REPORT
    entries = {1: DEFINITION, 2: '<w:abstractNumId w:val="1"/>'}
    body = depths(0, key=2) + depths(0)
    assert labels(body, linked, '<w:numStyleLink w:val="L"/>', entries=entries) == ["一、", "二、"]


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        *(("chineseCounting", 21, "二十一"), ("chineseCounting", 101, "一○一")),
        *(("chineseCountingThousand", 10, "十"), ("chineseCountingThousand", 12, "十二")),
        *(("chineseCountingThousand", 1010, "一千零一十"),),
        *(("chineseCountingThousand", 10_010, "一万零一十"),),
        *(("chineseCountingThousand", 12_000, "一万二千"),),
        *(("japaneseCounting", 21, "二十一"), ("japaneseCounting", 111, "百十一")),
        *(("chineseLegalSimplified", 10, "壹拾"), ("chineseLegalSimplified", 204, "贰佰零肆")),
        *(("ideographLegalTraditional", 32, "參拾貳"),),
        *(("taiwaneseCountingThousand", 101, "一百零一"),),
        *(("decimalEnclosedCircleChinese", 10, "⑩"), ("decimalEnclosedCircle", 21, "21")),
        *(("decimalEnclosedParen", 2, "⑵"), ("decimalEnclosedFullstop", 3, "⒊")),
        *(("ideographEnclosedCircle", 4, "㈣"), ("ideographZodiac", 12, "亥")),
        *(("ideographZodiacTraditional", 61, "甲子"), ("ideographTraditional", 11, "11")),
        *(("numberInDash", 7, "- 7 -"), ("ordinal", 22, "22nd"), ("ordinal", 112, "112th")),
        *(("upperRoman", 1994, "MCMXCIV"), ("lowerLetter", 53, "aaa"), ("hex", 255, "FF")),
        *(("none", 5, ""), ("unheard-of", 5, "5"), ("lowerRoman", 10**9, "1000000000")),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_forms_of_the_standard(form, number, text):
    assert written(number, form) == text
