"""Every real file is read, or refused with its reason; what was read says what the file says."""

import re
import unicodedata

import pytest

from indexer.errors import ExtractionError
from indexer.extract import extract, is_candidate
from indexer.extract.clean import clean, visible
from indexer.extract.txt.markdown import without_comments
from indexer.report import BARRIER, BlockKind, Format
from indexer.structure import structure


def candidates(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and is_candidate(path))


def told(path):
    """The extraction, or the error that the file was refused with."""
    try:
        return extract(path)
    except ExtractionError as error:
        return error


def same(text):
    """For comparing a file with its blocks: what can be seen, without marks of Markdown."""
    return re.sub(r"[#*|\\-]", "", visible("".join(clean(line) for line in text.split("\n"))))


def test_every_report_of_the_collection_is_read(corpus):
    paths = candidates(corpus / "reports") + candidates(corpus / "seeds")
    assert len(paths) == 498
    assert [path for path in paths if isinstance(told(path), ExtractionError)] == []


def test_no_character_of_a_text_report_is_lost(corpus):
    checked = 0
    for path in candidates(corpus / "reports") + candidates(corpus / "seeds"):
        extraction = extract(path)
        if extraction.format is not Format.TEXT:
            continue
        original = without_comments(path.read_text("utf-8-sig"))
        kept = "".join(block.text for block in extraction.blocks)
        assert same(kept) == same(original), path
        checked += 1
    assert checked == 484


def test_the_seeds_are_whole_where_a_page_break_cut_them(corpus):
    seed = next((corpus / "seeds").glob("000_*"))
    text = structure(extract(seed), seed.name).text
    for words in (
        "方便群众查阅相关法律法规",
        "让群众少跑路",
        "公共法律知识培训",
        "以企业和群众需求为导向”的服务宗旨",
    ):
        assert words in text
    assert text.endswith("北关区卫生健康委员会\n2026年3月11日")


def test_the_seeds_have_their_titles(corpus):
    titles = {
        path.name[:3]: structure(extract(path), path.name).title
        for path in candidates(corpus / "seeds")
    }
    assert titles == {
        "000": "北关区卫健委关于2025年法治政府建设情况的报告",
        "004": "2025年,秦皇岛市卫生健康委员会坚持以习近平新时代中国特色…",
    }


@pytest.mark.parametrize("folder", ["txt", "docx"])
def test_every_other_file_is_read_or_refused_with_a_reason(corpus, folder):
    answers = {path: told(path) for path in candidates(corpus / folder)}
    refused = [answer for answer in answers.values() if isinstance(answer, ExtractionError)]
    assert len(refused) < 0.15 * len(answers)
    assert all(unicodedata.category(error.reason[-1]) == "Po" for error in refused)


def test_files_that_are_broken_or_locked_say_so(corpus):
    answers = {
        path.parent.name + "/" + path.name: type(told(path)).__name__
        for path in candidates(corpus / "pdf")
        if path.parent.name in ("damaged", "encrypted", "derived")
    }
    assert set(answers.values()) <= {
        *("Extraction", "DamagedError", "EncryptedError", "NoTextError", "UnsupportedError")
    }
    assert answers["encrypted/r2-user-password.pdf"] == "EncryptedError"
    assert answers["encrypted/r6-empty-password.pdf"] == "Extraction"
    assert answers["damaged/Brotli-Prototype-FileA.pdf"] == "DamagedError"
    assert answers["derived/397_no_tounicode.pdf"] == "NoTextError"
    assert answers["derived/397_named_as_pdf_but_html.pdf"] == "UnsupportedError"


@pytest.mark.parametrize("name", ["2025年宁夏政府工作报告", "2025年山东省政府工作报告"])
def test_a_printed_report_has_the_paragraphs_of_its_word_file(corpus, name):
    printed = extract(corpus / "typeset" / "provincial-2025" / f"{name}.pdf")
    written = extract(corpus / "reports" / "provincial-2025" / f"{name}.docx")
    blocks = {visible(block.text) for block in printed.blocks}
    missing = [block.text for block in written.blocks if visible(block.text) not in blocks]
    assert len(missing) <= 0.03 * len(written.blocks)
    assert printed.warnings == ()


def test_blocks_hold_barriers_only_in_rows_and_notes(corpus):
    for path in candidates(corpus / "docx") + candidates(corpus / "typeset")[:1]:
        answer = told(path)
        for block in () if isinstance(answer, ExtractionError) else answer.blocks:
            framed = block.kind in (BlockKind.ROW, BlockKind.NOTE)
            assert (BARRIER in block.text) == framed
            assert "\n" not in block.text
            assert not framed or (block.text[0] == block.text[-1] == BARRIER)


def test_reports_scraped_from_wikisource_keep_its_notice_apart(corpus):
    path = corpus / "reports" / "national" / "2017年国务院政府工作报告.txt"
    report = [b.text for b in extract(path).blocks if b.kind is not BlockKind.ASIDE]
    assert not any("本作品" in text or "Public domain" in text for text in report)
    assert any("党的十八届六中全会正式明确习近平总书记的核心地位" in text for text in report)
