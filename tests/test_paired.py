from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import Catalogue
from indexer.collection import update
from indexer.config import Config
from indexer.engine.embedded.snapshot import open_snapshot
from indexer.folding import fold_with_origin
from indexer.library import Library
from indexer.paired import PairedText
from indexer.report import BARRIER, Block, BlockKind, Document, Format

TEXTS = st.text(alphabet=f"甲乙處ﬁ㎡Ａa1。 \u200b\U00020000{BARRIER}", max_size=30)
PAGES = st.one_of(st.none(), st.integers(1, 3))
DOCUMENTS = st.lists(st.builds(Block, st.sampled_from(BlockKind), TEXTS, PAGES), max_size=6).map(
    lambda blocks: Document("题", Format.PDF, tuple(blocks))
)


@given(DOCUMENTS)
def test_every_folded_character_is_traced_to_its_original(document):
    paired, folded = PairedText.of(document), fold_with_origin(document.text)
    assert (paired.original, paired.folded) == (document.text, folded.text)
    assert [paired.origin(place) for place in range(len(folded.text))] == folded.origin.tolist()


@given(DOCUMENTS)
def test_every_original_character_leads_to_the_first_folded_one_from_there_on(document):
    paired, origin = PairedText.of(document), fold_with_origin(document.text).origin
    for offset in range(len(document.text) + 1):
        assert paired.folded_at(offset) == int(np.searchsorted(origin, offset))


@given(DOCUMENTS)
def test_blocks_and_pages_are_the_documents(document):
    paired = PairedText.of(document)
    for offset, character in enumerate(document.text):
        number = document.block_at(offset)
        assert paired.block_at(offset) == number
        assert paired.kind(number) is document.blocks[number].kind
        assert paired.dense(offset) == len("".join(document.text[:offset].split()))
        if character != "\n":
            assert paired.page_at(offset) == document.page_at(offset)
    for number, block in enumerate(document.blocks):
        start, end = paired.block(number)
        assert document.text[start:end] == block.text


def test_a_sentence_is_without_the_white_space_around_it():
    blocks = (Block(BlockKind.PARAGRAPH, " 第一 句。  第二句"), Block(BlockKind.HEADING, "三"))
    paired = PairedText.of(Document("题", Format.TEXT, blocks))
    spans = map(paired.sentence, range(len(paired.sentences)))
    assert [paired.original[start:end] for start, end in spans] == ["第一 句。", "第二句", "三"]


def assert_kept(config: Config) -> int:
    """That the index gives what its documents give; the number of reports."""
    catalogue, snapshot = Catalogue.open(config.catalogue), open_snapshot(config)
    texts = {entry.report: entry.text for entry in catalogue.entries()}
    for number, report in enumerate(snapshot.ids.tolist()):
        kept = snapshot.paired(number)
        given = PairedText.of(catalogue.document(texts[report]))
        assert (kept.original, kept.folded) == (given.original, given.folded)
        for name in ("runs", "sentences", "bodies", "blocks", "pages"):
            assert getattr(kept, name).tolist() == getattr(given, name).tolist()
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
