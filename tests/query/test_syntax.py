from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.nodes import And, Everything, Not, Or, Phrase, Words, wanted_leaves
from indexer.query.syntax import MAX_LENGTH, parse

UNDERSTOOD = [
    ("法治政府", Words("法治政府")),
    ("法治 政府", And((Words("法治"), Words("政府")))),
    ('"法治政府"', Phrase("法治政府")),
    ("“法治政府”", Phrase("法治政府")),
    ("「法治政府」", Phrase("法治政府")),
    ("『法治政府』", Phrase("法治政府")),
    ('“他说"好"了”', Phrase('他说"好"了')),
    ('"a OR -b (c"', Phrase("a OR -b (c")),
    ("法治 OR 德治", Or((Words("法治"), Words("德治")))),
    ("法治 或 德治", Or((Words("法治"), Words("德治")))),
    ("法治｜德治", Words("法治｜德治")),
    ("法治 | 德治", Or((Words("法治"), Words("德治")))),
    ("法治 -罚款", And((Words("法治"), Not(Words("罚款"))))),
    ("法治 NOT 罚款", And((Words("法治"), Not(Words("罚款"))))),
    ("法治 非 罚款", And((Words("法治"), Not(Words("罚款"))))),
    ('-"罚款"', Not(Phrase("罚款"))),
    ("或者 非法", And((Words("或者"), Words("非法")))),
    ("2019-2020", Words("2019-2020")),
    ("国发(2018)41号", Words("国发(2018)41号")),
    ("国发（2018）41号", Words("国发（2018）41号")),
    ("（法治 OR 德治） 教育", And((Or((Words("法治"), Words("德治"))), Words("教育")))),
    ("a (b c)", And((Words("a"), Words("b"), Words("c")))),
    ("-(a b)", Not(And((Words("a"), Words("b"))))),
    ("", Everything()),
    (" 　\n", Everything()),
]

MENDED = [
    ('"法治政府', Phrase("法治政府"), "引号"),
    ('法治 ""', Words("法治"), "引号里没有文字"),
    ("(法治 德治", And((Words("法治"), Words("德治"))), "括号没有配对"),
    ("法治)", Words("法治"), "右括号"),
    ("法治 ()", Words("法治"), "括号里没有文字"),
    ("法治 OR", Words("法治"), "OR"),
    ("OR 法治", Words("法治"), "OR"),
    ("法治 NOT", Words("法治"), "NOT"),
    ("OR", Words("OR"), "OR"),
    ("法治 ——", Words("法治"), "——"),
    ("，。", Phrase("，。"), "标点"),
    ("|", Phrase("|"), "|"),
    ('"', Everything(), "引号"),
]


@pytest.mark.parametrize(("typed", "tree"), UNDERSTOOD)
def test_a_query_is_understood_as_typed(typed, tree):
    parsed = parse(typed)
    assert parsed.tree == tree
    assert parsed.problems == ()


@pytest.mark.parametrize(("typed", "tree", "said"), MENDED)
def test_a_malformed_query_is_mended_and_the_problem_said(typed, tree, said):
    parsed = parse(typed)
    assert parsed.tree == tree
    assert any(said in str(problem) for problem in parsed.problems)


@pytest.mark.parametrize(
    "typed",
    [
        "(" * 200 + "法治" + ")" * 200,
        "-" * 200 + "法治",
        "(" * 5000,
        ")" * 5000,
        '"' * 4999,
        " OR ".join(["法治"] * 500),
        "法" * (MAX_LENGTH + 1),
        "- - -",
        "NOT NOT OR 非 |",
        "\x00\x1f\ud800",
    ],
)
def test_no_query_is_too_odd_for_an_answer(typed):
    parsed = parse(typed)
    assert parse(str(parsed.tree)).tree == parsed.tree


def test_what_is_too_long_is_cut_and_said():
    parsed = parse("法" * (MAX_LENGTH + 1))
    assert parsed.tree == Words("法" * MAX_LENGTH)
    assert str(MAX_LENGTH) in str(parsed.problems[0])


@given(st.text(alphabet=st.sampled_from('法治a1 　"“”「」()（）-|或非，OR\x1f'), max_size=30))
def test_a_tree_written_out_is_read_back_as_the_same_tree(typed):
    tree = parse(typed).tree
    again = parse(str(tree))
    assert again.tree == tree


def test_only_text_that_a_report_may_hold_counts_as_wanted():
    tree = parse('法治 "政府" -罚款 (甲 OR -乙)').tree
    assert [leaf.text for leaf in wanted_leaves(tree)] == ["法治", "政府", "甲"]
