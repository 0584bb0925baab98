"""What is longer than the limits is cut or refused, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import TooLargeError
from indexer.extract import extract, limits
from indexer.report import BARRIER, Block, BlockKind, Extraction, Format, Page, PageStatus


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(limits, "MAX_CHARACTERS", 100)
    monkeypatch.setattr(limits, "MAX_BLOCKS", 10)
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 800)


def paragraphs(count, length=20, **more):
    block = Block(BlockKind.PARAGRAPH, "字" * length, **more)
    return Extraction(Format.TEXT, (block,) * count)


def test_what_is_within_the_limits_stays_as_it_is():
    extraction = paragraphs(5)
    assert limits.bounded(extraction) is extraction


@pytest.mark.parametrize(("count", "length", "kept"), [(6, 20, 5), (11, 1, 10), (3, 40, 2)])
def test_blocks_beyond_the_limits_are_left_out_and_that_is_told(count, length, kept):
    cut = limits.bounded(paragraphs(count, length))
    assert len(cut.blocks) == kept
    assert str(kept * length) in cut.warnings[0]
    assert "查不到其后的文字" in cut.warnings[0]


def test_a_block_longer_than_all_is_shortened_and_keeps_its_barriers():
    text = f"{BARRIER}{'字' * 200}{BARRIER}"
    row = Block(BlockKind.ROW, text, page=1, breaks=((50, 2), (150, 3)))
    (kept,) = limits.bounded(Extraction(Format.PDF, (row,))).blocks
    assert len(kept.text) == 100
    assert kept.text[0] == kept.text[-1] == BARRIER
    assert kept.breaks == ((50, 2),)


def test_pages_of_which_nothing_was_kept_count_no_characters():
    blocks = tuple(Block(BlockKind.PARAGRAPH, "字" * 60, page=page) for page in (1, 2, 3))
    pages = tuple(Page(number, PageStatus.TEXT, 60) for number in (1, 2, 3))
    cut = limits.bounded(Extraction(Format.PDF, blocks, pages))
    assert [page.characters for page in cut.pages] == [60, 0, 0]


def test_a_text_file_is_read_up_to_a_whole_line(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text("一行十字的文本内容哦\n" * 200, encoding="utf-8")
    found = extract(path)
    assert sum(len(block.text) for block in found.blocks) <= 100
    assert len(found.warnings) == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32-le"])
def test_a_cut_stands_between_characters(encoding):
    data = ("字\n" * 1000).encode(encoding)
    limits.beginning(data).decode(encoding)


def test_pages_are_counted_before_they_are_read():
    limits.check_pages(Path("报告.pdf"), limits.MAX_PAGES)
    with pytest.raises(TooLargeError, match=str(limits.MAX_PAGES + 1)):
        limits.check_pages(Path("报告.pdf"), limits.MAX_PAGES + 1)
