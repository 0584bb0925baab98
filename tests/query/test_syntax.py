from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.nodes import (
    And,
    Everything,
    Facet,
    Field,
    FieldName,
    InOrder,
    Not,
    Or,
    Phrase,
    Scope,
    Within,
    Words,
    wanted_leaves,
)
from indexer.query.syntax import MAX_LENGTH, parse
from indexer.results import Mode

BUILT = InOrder((Phrase("建立"), Phrase("机制")))
NEAR = Within(Scope.SENTENCE, (Words("群众"), Words("满意")))
TITLE = Field(FieldName.TITLE, Words("工作报告"))
HENAN = Facet("region", Words("河南省"))

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
    ('"建立" …… "机制"', BUILT),
    ("“建立”…“机制”", BUILT),
    ('"建立" ... "机制"', BUILT),
    ('"建立"⋯⋯"机制"', BUILT),
    ('"甲" … 「乙」 … “丙” 丁', And((InOrder(tuple(map(Phrase, "甲乙丙"))), Words("丁")))),
    ('-"建立" … "机制"', Not(BUILT)),
    ('"甲" "建立" … "机制"', And((Phrase("甲"), BUILT))),
    ("同句(群众 满意)", NEAR),
    ("同句（群众　满意）", NEAR),
    ("Sentence(群众 (满意))", NEAR),
    ("-同句(群众 满意)", Not(NEAR)),
    (
        '同段("群众" 国发(2018)1号)',
        Within(Scope.PARAGRAPH, (Phrase("群众"), Words("国发(2018)1号"))),
    ),
    ("paragraph(群众)满意", And((Within(Scope.PARAGRAPH, (Words("群众"),)), Words("满意")))),
    ("同句 (群众 满意)", And((Words("同句"), Words("群众"), Words("满意")))),
    ("在同句(群众)", Words("在同句(群众)")),
    ("title:工作报告", TITLE),
    ("标题：工作报告", TITLE),
    ("標題:工作报告", TITLE),
    ("ＴＩＴＬＥ：工作报告", TITLE),
    (
        'issuer:"人民政府" 机关：安阳',
        And((Field(FieldName.ISSUER, Phrase("人民政府")), Field(FieldName.ISSUER, Words("安阳")))),
    ),
    (
        "kind:法规 OR 类型：规划",
        Or((Field(FieldName.KIND, Words("法规")), Field(FieldName.KIND, Words("规划")))),
    ),
    ("-title:工作报告", Not(TITLE)),
    ("title: 工作报告", And((Words("title:"), Words("工作报告")))),
    ("title:title:甲", Field(FieldName.TITLE, Words("title:甲"))),
    ("附注：甲", Words("附注：甲")),
    ("在标题：甲", Words("在标题：甲")),
    ("3:15", Words("3:15")),
    ("2025年：题", Words("2025年：题")),
    ("地区：河南省 法治", And((HENAN, Words("法治")))),
    ("region:河南省", HENAN),
    ("year:2020-2025", Facet("year", Words("2020-2025"))),
    ("主题：“卫生健康”", Facet("topic", Phrase("卫生健康"))),
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
    ('"建立" …… 机制', And((Phrase("建立"), Words("机制"))), "省略号"),
    ('"建立" ……', Phrase("建立"), "省略号"),
    ('"建立" … ""', Phrase("建立"), "省略号"),
    ('同句(甲 OR "乙")', Within(Scope.SENTENCE, (Words("甲"), Phrase("乙"))), "同句"),
    ("sentence(甲 -乙)", Within(Scope.SENTENCE, (Words("甲"),)), "sentence"),
    ("同段(甲 同句(乙 丙))", Within(Scope.PARAGRAPH, tuple(map(Words, "甲乙丙"))), "同段"),
    ("同句(甲 title:OR)", Within(Scope.SENTENCE, (Words("甲"), Phrase("OR"))), "同句"),
    ("同句(-甲)", Not(Words("甲")), "同句"),
    ("同句(甲 乙", Within(Scope.SENTENCE, (Words("甲"), Words("乙"))), "括号没有配对"),
    ("同句() 甲", Words("甲"), "括号里没有文字"),
    ('title:"甲', Field(FieldName.TITLE, Phrase("甲")), "引号"),
    ('title:"" 甲', And((Words("title:"), Words("甲"))), "引号里没有文字"),
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
        "同句(" * 200 + "法治",
        '"甲" … ' * 500,
        "title:" * 1000,
        "…" * 5000,
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


SIGNS = st.sampled_from('法治a1 　"“”「」()（）-|或非，OR\x1f….:：')
PIECES = st.sampled_from(
    [
        "同句(",
        "paragraph（",
        "title:",
        "机关：",
        "region:",
        "年份：",
        "…",
        " … ",
        '"…"',
        "OR",
        "...",
        ")",
    ]
)


@given(st.lists(SIGNS | PIECES, max_size=30).map("".join))
def test_a_tree_written_out_is_read_back_as_the_same_tree(typed):
    tree = parse(typed).tree
    again = parse(str(tree))
    assert again.tree == tree


TEXTS = st.text(alphabet="法治a1年", min_size=1, max_size=4)
LEAVES = st.builds(Words, TEXTS) | st.builds(
    Phrase, st.text("法 a(-:…”", max_size=5).map("甲".__add__)
)
ITEMS = (
    LEAVES
    | st.builds(InOrder, st.lists(st.builds(Phrase, TEXTS), min_size=2, max_size=4).map(tuple))
    | st.builds(Within, st.sampled_from(Scope), st.lists(LEAVES, min_size=1, max_size=3).map(tuple))
    | st.builds(Field, st.sampled_from(FieldName), LEAVES)
    | st.builds(Facet, st.sampled_from(["region", "year", "topic"]), LEAVES)
)


@given(st.lists(ITEMS | st.builds(Not, ITEMS), min_size=2, max_size=5), st.sampled_from([And, Or]))
def test_any_tree_can_be_typed(items, kind):
    tree = kind(tuple(items))
    assert parse(str(tree)).tree == tree
    assert parse(str(tree)).problems == ()


def test_an_exact_query_is_one_phrase_unless_it_has_quotes():
    for typed in ("优化 营商环境 -甲", "法治 OR (德治", "region:河南省", "，。"):
        assert parse(typed, Mode.EXACT).tree == Phrase(typed)
        assert parse(typed, Mode.EXACT).problems == ()
    assert parse('法治 "德治"', Mode.EXACT) == parse('法治 "德治"')
    assert parse("法治”", Mode.EXACT) == parse("法治”")
    assert parse(" 　", Mode.EXACT).tree == Everything()


def test_only_text_that_a_report_may_hold_counts_as_wanted():
    tree = parse('法治 "政府" -罚款 (甲 OR -乙)').tree
    assert [leaf.text for leaf in wanted_leaves(tree)] == ["法治", "政府", "甲"]
    tree = parse('"甲" … "乙" 同句(丙 丁) title:戊 region:己').tree
    assert [leaf.text for leaf in wanted_leaves(tree)] == ["甲", "乙", "丙", "丁"]
