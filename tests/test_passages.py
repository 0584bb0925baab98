from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.addresses import Found, parse_address, trace
from indexer.folding import fold
from indexer.paired import PairedText, PairedTexts
from indexer.passages import LONGEST, marks, matches, occurrences, passages
from indexer.query.syntax import parse
from indexer.query.terms import marked_terms
from indexer.report import BARRIER, Block, BlockKind, Document, Format
from indexer.results import Passage
from indexer.units import UNIT, encode, units_before

ID = "3277tn7crm"


def document(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    return Document("题", Format.TEXT, tuple(Block(kind, text) for text in texts))


def terms(query: str) -> tuple[str, ...]:
    return marked_terms(parse(query).tree)


def cut(whole: Document, query: str, **more: bool) -> tuple[Passage, ...]:
    texts, wanted = PairedTexts.of([PairedText.of(whole)]), terms(query)
    folded = fold(whole.text)
    before = units_before(folded)
    places = [before[list(occurrences(folded, term, **more))] for term in wanted]
    sizes = [len(encode(term)) // UNIT for term in wanted]
    (found,) = passages([ID], texts, places, sizes)
    return found


def shown(texts: tuple[str, ...], query: str) -> list[str]:
    return [passage.text for passage in cut(document(*texts), query)]


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in marks(text, terms(query))]


@pytest.mark.parametrize(
    ("text", "query", "words"),
    [
        ("ＡＢ类企业", '"ab类"', ["ＡＢ类"]),
        ("第ⅲ期工程", '"第iii期"', ["第ⅲ期"]),
        ("ﬁnance policy", '"nance"', ["nance"]),
        ("ﬁnance", '"inance"', ["ﬁnance"]),
        ("方便群\n众查阅", '"群众"', ["群\n众"]),
        ("行政處罰案件", '"行政处罚"', ["行政處罰"]),
        ("办\u200b法", '"办法"', ["办\u200b法"]),
        ("2025 年", '"2025年"', ["2025 年"]),
        ("哈哈哈", '"哈哈"', ["哈哈哈"]),
        (f"34{BARRIER}2", '"342"', []),
    ],
)
def test_marks_sit_on_the_original_characters(text, query, words):
    assert marked(text, query) == words


def test_whole_numbers_leave_unmarked_what_is_cut_from_a_longer_one():
    text = "投资15亿元、2.５亿元，又5亿元"
    assert len(matches(text, ["5亿元"])) == 3
    assert marks(text, ["5亿元"], whole_numbers=True) == ((14, 17),)
    (passage,) = cut(document(text), '"5亿元"', whole_numbers=True)
    assert [passage.text[low:high] for low, high in passage.marks] == ["5亿元"]
    assert passage.marks[0][0] == 14


def test_a_short_sentence_takes_its_neighbours_in_at_the_very_beginning_too():
    first = "一是修路。二是架桥。三是种树。"
    assert shown((first, "别的一段。" * 30), '"种树"') == [first]
    assert shown(("别的一段。" * 30, first), '"种树"') == [first]


def test_a_date_is_marked_in_every_spelling():
    text = "自2026年3月11日起，至2026-03-11止，不是2026-03-12。"
    assert marked(text, "2026.3.11") == ["2026年3月11日", "2026-03-11"]


def test_overlapping_occurrences_are_counted_each_and_marked_as_one():
    assert len(matches("哈哈哈哈", ["哈哈"])) == 3
    assert marks("哈哈哈哈", ["哈哈"]) == ((0, 4),)


@given(
    st.text(alphabet="甲乙丙Ａa1 \n處处ﬁ，", max_size=60),
    st.text(alphabet="甲乙丙a1处fi,", min_size=1, max_size=3),
)
def test_every_mark_folds_to_text_around_the_phrase_and_none_is_missing(text, phrase):
    if not fold(phrase):
        return
    spans = marks(text, [fold(phrase)])
    assert bool(spans) == (fold(phrase) in fold(text))
    assert all(fold(phrase) in fold(text[start:end]) for start, end in spans)


def test_a_passage_is_whole_sentences():
    text = "第一句说的是别的。第二句说到法治政府建设的许多事情和安排部署。第三句也是别的，比较长。"
    (passage,) = shown((text,), '"法治政府"')
    assert passage.endswith("。")
    assert "第二句说到法治政府建设的许多事情和安排部署。" in passage


def test_a_long_sentence_is_cut_at_a_clause():
    text = "，".join(f"这是第{number}个分句它有一些字" for number in range(60)) + "。"
    (passage,) = shown((text,), '"第30个分句"')
    assert "第30个分句" in passage
    assert len(passage) <= LONGEST + 20
    assert passage.startswith("这是第")
    assert passage.endswith("，")


def paragraphs(*words: str) -> Document:
    return document(*(f"这一段里有{word}二字，还有许多别的内容作为陪衬。" * 3 for word in words))


def test_two_passages_in_the_order_of_the_text():
    found = cut(paragraphs(*["法治"] * 9), '"法治"')
    assert len(found) == 2
    assert [passage.paragraph for passage in found] == sorted(p.paragraph for p in found)


def test_a_third_passage_only_for_a_word_that_two_do_not_show():
    together = paragraphs("法治和德治", *["法治", "德治"] * 3)
    assert len(cut(together, '"法治" "德治"')) == 2
    apart = paragraphs("法治", "法治", "德治", "自治", "共治", "法治")
    found = cut(apart, '"法治" "德治" "自治"')
    assert [passage.paragraph for passage in found] == [0, 2, 3]
    assert len(cut(apart, '"法治" "德治" "自治" "共治"')) == 3


def test_passages_show_as_many_of_the_words_as_they_can():
    texts = ("甲说法治。" * 20, "乙说德治。" * 20, "丙说自治。" * 20, "丁说法治。" * 20)
    found = " ".join(shown(texts, '"法治" "德治" "自治"'))
    assert all(word in found for word in ("法治", "德治", "自治"))


def test_text_is_preferred_to_navigation_and_headings():
    blocks = (
        Block(BlockKind.ASIDE, "首页 > 法治政府建设"),
        Block(BlockKind.PARAGRAPH, "我区推进法治政府建设，取得成效。"),
        Block(BlockKind.HEADING, "法治政府建设"),
        Block(BlockKind.PARAGRAPH, "法治政府建设仍有不足。"),
    )
    found = cut(Document("题", Format.TEXT, blocks), '"法治政府"')
    assert [passage.paragraph for passage in found] == [1, 3]


def test_a_phrase_across_two_paragraphs_is_shown_whole():
    (passage,) = shown(("政策文件向社会公开，方便群", "众查阅相关法律法规。"), '"群众查阅"')
    assert "群\n众查阅" in passage


def test_without_a_match_the_opening_is_shown():
    found = cut(document("开头的一段话。", "后面的话。"), "")
    assert [(passage.text, passage.marks) for passage in found] == [("开头的一段话。", ())]


def test_a_passage_knows_its_page_and_its_lasting_address():
    blocks = (
        Block(BlockKind.PARAGRAPH, "第一页的话。第二页说到法治政府。", page=1, breaks=((6, 2),)),
    )
    whole = Document("题", Format.PDF, blocks)
    (passage,) = cut(whole, '"法治政府"')
    assert passage.page == 2
    assert passage.url == f"/p/{passage.address}"
    found = trace(parse_address(passage.address), whole.text)
    (span,) = found.spans
    assert found.status is Found.SAME
    assert whole.text[slice(*span)] == "法治政府"


def test_a_report_without_any_text_has_no_passages():
    assert cut(document(), "法治") == ()
    assert cut(document(" "), "") == ()
