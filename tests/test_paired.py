from __future__ import annotations

from bisect import bisect_right
from dataclasses import fields
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import Catalogue
from indexer.collection import update
from indexer.config import Config
from indexer.engine.embedded.snapshot import open_snapshot
from indexer.folding import fold_with_origin
from indexer.library import Library
from indexer.paired import KINDS, PairedText, PairedTexts
from indexer.report import BARRIER, Block, BlockKind, Document, Format, Page, PageStatus
from indexer.units import UNIT, encode, units_before

TEXTS = st.text(alphabet=f"甲乙處ﬁ㎡Ａa1。 \u200b\U00020000{BARRIER}", max_size=30)
PAGES = st.one_of(st.none(), st.integers(1, 3))
DOCUMENTS = st.lists(st.builds(Block, st.sampled_from(BlockKind), TEXTS, PAGES), max_size=6).map(
    lambda blocks: Document("题", Format.PDF, tuple(blocks))
)


def traced(texts: PairedTexts, start: int, end: int) -> str:
    """The original of a stretch of the folded texts."""
    low, high = np.array([start]), np.array([end])
    return texts.original(int(texts.origin(low)[0]), int(texts.origin_end(high)[0]))


@given(st.lists(DOCUMENTS, max_size=4))
def test_every_folded_character_is_traced_to_its_original(documents):
    texts = PairedTexts.of(list(map(PairedText.of, documents)))
    for number, document in enumerate(documents):
        folded = fold_with_origin(document.text)
        start = int(texts.starts[number])
        for character, origin in zip(folded.text, folded.origin, strict=True):
            end = start + len(encode(character)) // UNIT
            assert traced(texts, start, end) == document.text[origin]
            start = end
        assert start == texts.starts[number + 1] - 1


@given(st.lists(DOCUMENTS, max_size=4))
def test_blocks_and_pages_are_the_documents(documents):
    texts = PairedTexts.of(list(map(PairedText.of, documents)))
    for number, document in enumerate(documents):
        before = units_before(document.text) + texts.original_starts[number]
        blocks = slice(*texts.of_blocks[number : number + 2])
        assert texts.blocks[blocks].tolist() == before[list(document.starts)].tolist()
        assert [KINDS[kind] for kind in texts.kinds[blocks]] == [b.kind for b in document.blocks]
        assert texts.dense[blocks].tolist() == [
            len("".join(document.text[:start].split())) for start in document.starts
        ]
        pages, numbers = texts.pages.tolist(), texts.page_numbers.tolist()
        for offset, character in enumerate(document.text):
            page = bisect_right(pages, before[offset]) - 1
            if character != "\n":
                assert (numbers[page] or None) == document.page_at(offset)


def test_sentences_begin_where_their_text_does():
    blocks = (Block(BlockKind.PARAGRAPH, " 第一 句。  第二句"), Block(BlockKind.HEADING, "三"))
    document = Document("题", Format.TEXT, blocks)
    texts = PairedTexts.of([PairedText.of(document)])
    bounds = [*texts.sentences.tolist(), int(texts.starts[1]) - 1]
    assert [traced(texts, *span) for span in pairwise(bounds)] == ["第一 句。", "第二句", "三"]
    assert texts.bodies.tolist() == [True, True, False]


def assert_kept(config: Config) -> int:
    """That the index gives what its documents give; the number of reports."""
    catalogue, snapshot = Catalogue.open(config.catalogue), open_snapshot(config)
    texts = {entry.report: entry.text for entry in catalogue.entries()}
    for number, report in enumerate(snapshot.ids.tolist()):
        kept = PairedTexts.of(snapshot.paired(np.array([number])))
        given = PairedTexts.of([PairedText.of(catalogue.document(texts[report]))])
        for part in fields(PairedTexts):
            assert np.array_equal(getattr(kept, part.name), getattr(given, part.name)), part.name
    catalogue.close()
    return len(texts)


def test_a_segment_keeps_what_its_documents_give(samples_index):
    assert assert_kept(samples_index) > 1


def test_a_segment_keeps_real_documents(corpus_index):
    assert assert_kept(corpus_index) > 1


def test_characters_of_two_code_units_shift_nothing(folder, config):
    for name in ("first.txt", "second.txt"):
        text = "𠀀县𠀁报告\n第一句𠀀。 第二句。\n第三句"
        (folder / name).write_text(f"{name}{text}。\n", encoding="utf-8")
    update(config, [folder])
    assert assert_kept(config) == 2
    (passage, *_) = Library(config).search('"第二句"').hits[0].passages
    assert [passage.text[start:end] for start, end in passage.marks] == ["第二句"]


def test_what_stands_on_a_recognised_page_is_known():
    blocks = (
        Block(BlockKind.PARAGRAPH, "甲乙丙丁", 1, ((2, 2),)),
        Block(BlockKind.PARAGRAPH, "戊己", 3),
    )
    pages = tuple(Page(n, PageStatus.SCANNED, 2, recognised=n == 2) for n in (1, 2, 3))
    paired = PairedText.of(Document("题", Format.PDF, blocks, pages))
    assert paired.pages.tolist() == [[0, 1], [2, -2], [5, 3]]
