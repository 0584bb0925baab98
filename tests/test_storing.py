"""Documents as bytes: the same value gives the same bytes, and comes back from them."""

from __future__ import annotations

import json
import zlib

from indexer.report import (
    Block,
    BlockKind,
    Document,
    Format,
    Metadata,
    Page,
    PageStatus,
    Region,
)
from indexer.storing import pack_document, pack_metadata, unpack_document, unpack_metadata

BLOCKS = (Block(BlockKind.PARAGRAPH, "推进法治政府建设。", 1, ((4, 2),)),)

HASH = "a7e87479c1b1cb47c64c64f4102ab51929be425060cfc4de6c5db01c0d51494d"
"""Of a report of one page, by the first version."""


def of(*pages: Page) -> Document:
    return Document("题", Format.PDF, BLOCKS, pages)


def packed_pages(document: Document) -> list[object]:
    pages: list[object] = json.loads(zlib.decompress(pack_document(document)[1]))["pages"]
    return pages


def test_pages_come_back_with_what_is_known_of_them():
    document = of(Page(1, PageStatus.TEXT, 9), Page(2, PageStatus.SCANNED, 7, recognised=True))
    assert unpack_document(pack_document(document)[1]) == document


def test_only_what_was_recognised_says_so():
    """Texts kept before there was recognition have the bytes, and the hash, that they had."""
    document = of(Page(1, PageStatus.TEXT, 9), Page(2, PageStatus.SCANNED, 7, recognised=True))
    assert packed_pages(document) == [[1, "text", 9], [2, "scanned", 7, True]]
    assert pack_document(of(Page(1, PageStatus.TEXT, 9)))[0] == HASH


def test_metadata_comes_back_with_its_number():
    metadata = Metadata(
        "题",
        Region("130000", ("河北省",)),
        2018,
        ("law",),
        "国务院",
        None,
        "意见",
        "国发〔2018〕41号",
    )
    assert unpack_metadata(pack_metadata(metadata)) == metadata


def test_metadata_kept_before_there_were_numbers_can_be_read():
    packed = json.loads(pack_metadata(Metadata("题", year=2018)))
    del packed["number"]
    assert unpack_metadata(json.dumps(packed)) == Metadata("题", year=2018)


def test_half_a_character_is_kept_as_it_is():
    """Some files hold surrogates without the other one; UTF-8 has no form for them."""
    document = Document("题", Format.TEXT, (Block(BlockKind.PARAGRAPH, '甲\ud840乙\x1f"\u2028'),))
    assert unpack_document(pack_document(document)[1]) == document


def test_what_an_earlier_version_packed_is_read_and_has_the_same_hash():
    text = json.dumps(
        {
            "title": "题",
            "format": "txt",
            "blocks": [["heading", "一、\x1f甲", None, [], 1], ["paragraph", "乙", 1, [[1, 2]]]],
            "pages": [],
            "warnings": [],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    document = Document(
        "题",
        Format.TEXT,
        (
            Block(BlockKind.HEADING, "一、\x1f甲", None, (), 1),
            Block(BlockKind.PARAGRAPH, "乙", 1, ((1, 2),)),
        ),
    )
    assert unpack_document(zlib.compress(text.encode(), 3)) == document
    assert zlib.decompress(pack_document(document)[1]).decode() == text
