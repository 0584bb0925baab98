"""The same text as a PDF, in Word and as plain text is several reports and one text."""

from __future__ import annotations

import shutil

import pytest

from indexer.collection import update
from indexer.library import Library
from indexer.report import Format
from tests.conftest import run_tifa
from tests.oracle import BruteForce
from tests.oracle_wordings import same_text
from tests.word_files import paragraph, word_file

LINES = [
    "甲县人民政府2024年工作报告",
    "一、过去一年工作回顾",
    "全年新建农村公路一百公里，增长5.5%，群众出行更加方便。",
    "二、今年工作安排",
    "继续改善群众出行条件。",
]
OTHER = [line.replace("5.5%", "55%") for line in LINES]


@pytest.fixture
def copies(tmp_path, config):
    """A report as text, the same with wrapped lines and other marks, in Word; one like it."""
    place = tmp_path / "reports"
    place.mkdir()
    (place / "a.txt").write_text("\n\n".join(LINES), encoding="utf-8")
    (place / "b.docx").write_bytes(word_file("".join(map(paragraph, LINES))))
    wide = [line.replace("，", ",").replace("5.5%", "５．５％") for line in LINES]
    (place / "c.txt").write_bytes("\r\n\r\n".join(wide).encode("gb18030"))
    (place / "d.txt").write_text("\n\n".join(OTHER), encoding="utf-8")
    update(config, [place])
    return place


def test_reports_of_the_same_text_are_counted_once(copies, config):
    results = Library(config).search('"群众出行"')
    assert (results.total, results.texts) == (4, 2)
    assert results.to_json()["texts"] == 2


def test_what_is_the_same_as_one_above_says_so_on_whatever_page(copies, config):
    library = Library(config)
    hits = library.search('"群众出行"', sort="matches").hits
    same = [(number, hit.same_as) for number, hit in enumerate(hits, start=1) if hit.copies]
    first = same[0][0]
    assert [above for _, above in same] == [None, first, first]
    for hit in hits:
        assert {copy.id for copy in hit.copies} == same_text(BruteForce(config), hit.id)
        assert library.same_text(hit.id) == hit.copies
    for offset, hit in enumerate(hits):
        alone = library.search('"群众出行"', sort="matches", limit=1, offset=offset).hits
        assert alone == (hit,)


def test_copies_come_with_what_they_are_and_where(copies, config):
    library = Library(config)
    known = {copy for hit in library.search("群众").hits for copy in hit.copies}
    (word,) = [copy for copy in known if copy.format is Format.DOCX]
    assert word.url == f"/r/{word.id}"
    assert [copy.format for copy in library.same_text(word.id.upper())] == [Format.TEXT] * 2
    assert library.same_text("0000000000") == ()


def test_a_copy_that_is_gone_or_changed_is_one_no_more(copies, config):
    (copies / "b.docx").unlink()
    (copies / "c.txt").write_text("\n\n".join(OTHER) + "\n", encoding="utf-8")
    update(config, [copies])
    library = Library(config)
    results = library.search('"群众出行"')
    assert (results.total, results.texts) == (3, 2)
    assert all(len(hit.copies) < 2 for hit in results.hits)


def test_wordings_count_texts_beside_reports(copies, config):
    library = Library(config)
    found = library.wordings(library.request('"群众出行"'))
    counted = [(entry.reports, entry.texts, entry.times) for entry in found.entries]
    assert counted == [(4, 2, 4), (3, 1, 3), (1, 1, 1)]
    assert [use.format for use in found.entries[1].uses].count(Format.DOCX) == 1


def test_the_command_lists_wordings(copies, config):
    told = run_tifa(copies, ["search", '"群众出行"', "--wordings", "--index", config.index])
    assert told.returncode == 0
    assert told.stdout.startswith("3 种提法，出自 4 篇报告，共 8 句")
    assert "4 篇（2 种文本）" in told.stdout


@pytest.mark.parametrize("place", ["云南", "天津"])
def test_a_real_report_printed_to_pdf_has_the_text_of_its_word_file(
    corpus, place, tmp_path, config
):
    name = f"2025年{place}{'省' if place == '云南' else '市'}政府工作报告"
    folder = tmp_path / "reports"
    folder.mkdir()
    shutil.copy(corpus / "reports/provincial-2025" / f"{name}.docx", folder)
    shutil.copy(corpus / "typeset/provincial-2025" / f"{name}.pdf", folder)
    update(config, [folder])
    results = Library(config).search('"高质量发展"')
    assert (results.total, results.texts) == (2, 1)
    assert {hit.copies[0].format for hit in results.hits} == {Format.PDF, Format.DOCX}
