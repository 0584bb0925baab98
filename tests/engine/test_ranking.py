"""What ranks before what, and that the fast way scores as the plain one."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from indexer.engine.embedded import ranking
from indexer.folding import fold, fold_query
from indexer.query.questions import content
from tests.benchmarks.relevance import Judged, Ladder, Plain, measure, read

RANDOM = random.Random(20260311)


def collection(*texts):
    return Plain(Judged("", tuple(map(str, range(len(texts)))), texts, ()))


def by_pairs(wanted, source):
    """The scores of all texts by pairs alone, and what the units weigh."""
    scores = np.zeros(len(source.live), dtype=np.float32)
    return scores, ranking.add_pairs(scores, wanted, source)


def ranked(question, *texts):
    """The numbers of the texts by pairs, characters and sentences, best first."""
    source = collection(*texts)
    wanted = ranking.units(content(fold_query(question)))
    scores, weights = by_pairs(wanted, source)
    ranking.refine(scores, np.arange(len(texts)), wanted, weights, source)
    return sorted(range(len(texts)), key=lambda number: -scores[number])


@pytest.mark.parametrize(
    ("question", "stretches"),
    [
        ("战国史模式主打哪两个模式？", ("战国史模式主打", "两个模式？")),
        ("请问个体户怎么办理营业执照呢", ("个体户", "办理营业执照")),
        ("几何是什么", ("几何是",)),
        ("法治政府", ("法治政府",)),
        ("什么", ("什么",)),
        ("？", ("？",)),
    ],
)
def test_question_words_are_put_aside_unless_there_are_no_others(question, stretches):
    assert content(fold(question)) == tuple(map(fold, stretches))


def test_pairs_and_characters_are_those_of_letters_digits_and_ideographs():
    assert ranking.pairs("《一网通办》,ok 5g") == ("一网", "网通", "通办", "ok", "5g")
    assert ranking.characters("《一网》,5g") == ("一", "网", "5", "g")
    assert ranking.pairs("法") == ranking.characters("。") == ()


def test_a_character_outside_the_basic_plane_is_left_to_the_words():
    assert ranking.characters("𠮷野") == ("野",)
    assert ranking.pairs("𠮷野家") == ("野家",)


def test_units_are_counted_as_often_as_the_query_repeats_them():
    wanted = ranking.units(["经营者的财产", "经营"])
    times = dict(zip(wanted.strings, wanted.times, strict=True))
    assert times["经营"] == times["经"] == 2
    assert times["营者"] == times["的"] == 1
    assert "产经" not in times


def test_of_a_long_query_the_beginning_is_looked_for():
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 10_000)))
    wanted = ranking.units([text[:60], text[60:]])
    assert set(ranking.characters(text[: ranking.LONGEST])) <= set(wanted.strings)
    assert len(wanted.strings) < 2 * ranking.LONGEST


def test_rarity_falls_with_the_reports_that_hold_a_string_and_is_never_negative():
    weights = [ranking.rarity(holders, 100) for holders in range(101)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0


def test_expected_holders_are_fewer_than_reports_and_than_occurrences():
    expected = [ranking.expected_holders(occurrences, 1000) for occurrences in (0, 1, 500, 10**7)]
    assert expected[0] == 0
    assert expected[1] == pytest.approx(1, rel=0.01)
    assert expected == sorted(expected)
    assert 300 < expected[2] < 500
    assert 999 < expected[3] < 1000


def test_bm25_is_the_formula_of_the_textbook():
    score = ranking.bm25(np.array([3]), np.array([200]), 100.0, math.log(5))
    assert score[0] == pytest.approx(math.log(5) * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 2)))


def test_a_run_of_words_that_stands_together_ranks_higher():
    apart = "政府工作报告指出，建设过程中要坚持法治，服务群众。"
    together = "报告工作指出，过程中要坚持法治政府建设，服务群众。"
    assert ranked("法治政府建设", apart, together, "服务群众，过程坚持。")[0] == 1
    assert ranked("法治政府建设", together, apart, "服务群众，过程坚持。")[0] == 0


def test_words_in_one_sentence_rank_higher_than_the_same_words_far_apart():
    scattered = "教育经费增长。" + "其他工作有序推进。" * 5 + "医疗投入减少。"
    near = "教育投入增长。" + "其他工作有序推进。" * 5 + "医疗经费减少。"
    assert ranked("教育 投入", scattered, near)[0] == 1


def test_a_name_that_is_cut_otherwise_in_the_question_is_found_by_its_pairs():
    source = collection("尚恩喜欢钓鱼。", "展会有序举办。", "爱好者协会。")
    wanted = ranking.units(content("尚恩有什么爱好"))
    scores, _ = by_pairs(wanted, source)
    assert ranking.close(scores).tolist() == [True, False, True]


def test_where_nothing_of_a_query_occurs_nothing_is_close():
    assert not ranking.close(np.zeros(3, dtype=np.float32)).any()
    assert ranking.close(np.zeros(0, dtype=np.float32)).shape == (0,)


def test_no_pair_is_seen_across_the_end_of_a_report():
    source = collection("法治", "政府", "治政")
    wanted = ranking.units(["治政"])
    only_the_pair = np.array([len(string) > 1 for string in wanted.strings], dtype=np.float32)
    weights = ranking.Weights(only_the_pair, np.zeros(len(wanted.strings), dtype=np.bool_))
    scores = ranking.inspected(source.texts(np.arange(3)), wanted.strings, weights)
    assert scores[:2].tolist() == [0, 0]
    assert scores[2] > 0


def naive(source, number, wanted, weights):
    """Whole report and best sentence, by counting strings."""
    texts = source.texts(np.array([number]))
    folded = texts.codes.tobytes().decode("utf-16-le")
    bounds = [*texts.sentences.tolist(), len(folded)]
    pieces = [folded[start:end] for start, end in pairwise(bounds)]

    def score(text, following, mean):
        total = 0.0
        norm = 1.2 * (0.25 + 0.75 * len(text) / mean)
        for string, weight in zip(wanted.strings, weights.values, strict=True):
            places = range(len(text))
            count = sum((text + following).startswith(string, place) for place in places)
            total += weight * count * 2.2 / (count + norm)
        return total

    best = max(
        score(piece, folded[end : end + 1], texts.mean_sentence)
        for piece, end in zip(pieces, bounds[1:], strict=True)
    )
    return score(folded, "", texts.mean_length) + best


@pytest.mark.parametrize("question", ["甲乙丙", "丙丁，戊甲乙甲乙", "己己", "庚辛"])
def test_the_scores_are_those_of_counting_strings(question):
    texts = [
        "".join(RANDOM.choices("甲乙丙丁戊己。；，", k=RANDOM.randint(1, 60)))
        for _ in range(ranking.RESCORED)
    ]
    source = collection(*texts)
    every = np.arange(len(texts))
    wanted = ranking.units([question])
    scores, weights = by_pairs(wanted, source)
    ranking.refine(scores, every, wanted, weights, source)
    right = [naive(source, number, wanted, weights) for number in every]
    np.testing.assert_allclose(scores, right, rtol=1e-4)
    # The same from the texts alone, and whichever byte of a code unit comes first.
    uncounted = replace(weights, counted=np.zeros_like(weights.counted))
    plain = source.texts(every)
    for order in ("<u2", ">u2"):
        inspected = replace(plain, codes=plain.codes.astype(order))
        scores = ranking.inspected(inspected, wanted.strings, uncounted)
        np.testing.assert_allclose(scores, right, rtol=1e-4)


def test_reports_that_are_not_looked_into_stay_behind_those_that_are():
    number = 3 * ranking.RESCORED
    texts = [f"{'法治' * (1 + place % 7)}政府{'工作' * (place % 5)}。" for place in range(number)]
    source = collection(*texts)
    wanted = ranking.units(["法治政府"])
    scores, weights = by_pairs(wanted, source)
    found = np.arange(0, number, 2)
    improved = scores.copy()
    ranking.refine(improved, found, wanted, weights, source)
    looked_into = set(np.flatnonzero(improved != scores).tolist())
    assert len(looked_into) == ranking.RESCORED
    assert looked_into <= set(found.tolist())
    rest = [place for place in found.tolist() if place not in looked_into]
    assert improved[sorted(looked_into)].min() >= improved[rest].max()


@pytest.mark.parametrize("name", ["cmrc2018_dev", "stard_gold_pool"])
def test_judged_reports_stand_higher_than_by_words_or_by_pairs_alone(corpus, name):
    judged = read(corpus / "relevance" / name, 400)
    ladder = Ladder(judged)
    steps = ladder.steps()
    labels = ("BM25, jieba's words", "BM25, pairs of characters")
    plain = [measure(judged, steps[label])[0] for label in labels]
    for label in ("as the engine scores", "as the engine finds"):
        assert measure(judged, steps[label])[0] > max(plain) + 0.005
