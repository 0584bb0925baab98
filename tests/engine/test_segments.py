"""What a segment holds on disk, and that Whoosh itself can read it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index
from whoosh.qparser import QueryParser

from indexer.collection import update
from indexer.config import Config
from indexer.engine.embedded import building
from indexer.engine.embedded.building import FieldBuilder, SegmentBuilder
from indexer.engine.embedded.schema import table_of_contents
from indexer.library import Library
from indexer.records import Entry
from indexer.report import BARRIER, Block, BlockKind, Document, Format, Metadata
from indexer.storing import pack_metadata
from indexer.units import decode

WORDS = st.lists(st.lists(st.sampled_from(["法治", "政府", "的", "a"]), max_size=12), max_size=6)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_a_stock_whoosh_searcher_finds_the_same_reports(samples_index):
    stock = index.open_dir(str(samples_index.segments))
    with stock.searcher() as searcher:
        for word in ("法治", "执法", "教育"):
            found = searcher.search(QueryParser("body", stock.schema).parse(word), limit=None)
            ours = Library(samples_index).search(word, limit=1000)
            assert {hit["id"] for hit in found} == {hit.id for hit in ours.hits}
            assert len(found) > 0


@given(WORDS)
def test_postings_are_the_counts_of_each_word_by_report(reports):
    field = FieldBuilder()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "_MANY", 3)
        for words in reports:
            field.add(words)
    assert field.lengths().tolist() == [len(words) for words in reports]
    inverted = field.inverted()
    assert list(inverted.terms) == sorted({word for words in reports for word in words})
    for number, term in enumerate(inverted.terms):
        postings = inverted.postings[inverted.starts[number] : inverted.starts[number + 1]]
        assert postings.tolist() == [
            (report, words.count(term)) for report, words in enumerate(reports) if term in words
        ]


def test_a_word_put_aside_counts_where_it_is_certain_and_is_else_no_term():
    field = FieldBuilder({"法治政府", "\n"})
    field.add(["法治", "\n", "法治政府", "政府"], ["法治政府"])
    field.add(["\n", "法治"])
    inverted = field.inverted()
    assert inverted.terms == ("政府", "法治", "法治政府")
    assert inverted.postings.tolist() == [(0, 1), (0, 1), (1, 1), (0, 1)]
    assert field.lengths().tolist() == [3, 1]


def test_more_than_can_be_counted_is_counted_as_that():
    field = FieldBuilder()
    field.add(["法治"] * 70_000)
    assert field.inverted().postings.tolist() == [(0, 65_535)]


def test_sentences_and_paragraphs_begin_in_the_folded_text():
    blocks = (
        Block(BlockKind.PARAGRAPH, "  第一句。 第二句！"),
        Block(BlockKind.ROW, f"{BARRIER}甲{BARRIER}乙{BARRIER}"),
        Block(BlockKind.PARAGRAPH, "第三句\U00020000。第四句。"),
    )
    builder = SegmentBuilder()
    for number in range(2):
        metadata = pack_metadata(Metadata(f"第{number}号"))
        builder.add(Entry(f"{number}", "", metadata), Document("题", Format.TEXT, blocks))
    texts = builder.texts()

    def begins(places):
        return [decode(texts.text[2 * place : 2 * place + 6]) for place in places]

    sentences, paragraphs = begins(texts.sentences), begins(texts.paragraphs)
    assert len(sentences) == 2 * 5
    assert sentences[:2] == ["第一句", "第二句"]
    assert sentences[-2:] == ["第三句", "第四句"]
    assert paragraphs == ["第一句", f"{BARRIER}甲{BARRIER}", "第三句"] * 2


def on_disk(config: Config) -> set[str]:
    return {path.name.split(".")[0] for path in config.segments.glob("MAIN_*.*")}


def listed(config: Config) -> set[str]:
    return {segment.segment_id() for segment in table_of_contents(config.segments).segments}


def test_segments_of_a_withdrawn_collection_are_gone(tmp_path):
    config = Config(tmp_path / "index", workers=1)
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(f"甲县{name}报告\n修路。\n", "utf-8")
    update(config, [tmp_path / "old"])
    before = on_disk(config)
    assert before
    (tmp_path / "old" / "old.txt").unlink()
    update(config, [tmp_path / "old", tmp_path / "new"], prune=True)
    assert on_disk(config) == listed(config)
    assert on_disk(config)
    assert not on_disk(config) & before
    assert Library(config).search('"修路"').total == 1
