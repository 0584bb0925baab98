"""The benchmark's own parts: what it measures must be what it says."""

import itertools

import pytest

from tests.benchmarks import ours, peers, synthetic, work
from tests.benchmarks.contenders import Contender, Query
from tests.benchmarks.measuring import side_by_side
from tests.benchmarks.peers.plain_scan import Scan, occurrences

ACTORS = ("市人民政府", "各县区", "省卫生健康委员会", "财政部门", "镇（街道）", "有关企业")
DEEDS = ("扎实推进", "认真落实", "逐步完善", "持续优化", "2025年建成", "严格规范")
OBJECTS = ("法治政府建设", "营商环境", "公共服务体系", "重点项目96个", "养老服务设施", "行政执法")
SOURCE = synthetic.Source(
    "test",
    tuple(
        f"{actor}{deed}{thing}，{other}取得成效。"
        for actor, deed, (thing, other) in itertools.product(
            ACTORS, DEEDS, itertools.permutations(OBJECTS, 2)
        )
    ),
    ("的", "发展", "工作", "生态", "经济社会", "数字化", "云飞烟灭", "远近闻名"),
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    path = tmp_path_factory.mktemp("collection") / "collection.jsonl"
    return synthetic.write(path, synthetic.reports(SOURCE, 40, seed=1))


@pytest.fixture(scope="module")
def drawn(collection):
    return work.draw(Scan(collection), 8, seed=1, with_sentences=ours.knows_sentences())


def opened(contender, collection, folder):
    if contender.build is not None:
        contender.build(collection, folder)
    return contender.open(collection, folder)


def test_a_collection_depends_on_its_seed_alone_and_begins_every_larger_one(collection):
    kept = list(collection)
    assert kept == list(synthetic.reports(SOURCE, 40, seed=1))
    assert kept[:10] == list(synthetic.reports(SOURCE, 10, seed=1))
    assert kept[0] != next(synthetic.reports(SOURCE, 1, seed=2))


def test_reports_have_the_length_they_are_said_to_have(collection):
    assert 5000 < collection.characters / collection.reports < 5900
    assert len({len(report.folded) for report in collection}) > 20


def test_phrases_stand_in_the_class_that_their_share_of_the_reports_gives(collection, drawn):
    texts = Scan(collection).texts
    phrases = [query for query in drawn.measured if query.kind.startswith("phrase")]
    assert {query.length for query in phrases} == set(work.LENGTHS)
    for query in phrases:
        assert len(query.every[0]) == query.length
        share = sum(query.every[0] in text for text in texts) / len(texts)
        assert query.kind == (
            "phrase, rare"
            if share < 0.01
            else "phrase, middling"
            if share < 0.1
            else "phrase, frequent"
        )


def test_occurrences_that_overlap_all_count():
    assert occurrences("云云云南云", "云云") == 2
    assert occurrences("建设，建设", "建设") == 2
    assert occurrences("建设", "云") == 0


@pytest.mark.parametrize("name", ["ours", "fts5"])
def test_exact_queries_are_answered_as_the_plain_scan_does(name, collection, drawn, tmp_path):
    contender = ours.OURS if name == "ours" else next(peers.peers([name]))
    assert isinstance(contender, Contender), contender
    searcher = opened(contender, collection, tmp_path)
    timings = side_by_side({name: searcher}, {name: None}, drawn.measured, drawn.right)
    exact = [timing for timing in timings if timing.query.exact]
    assert len(exact) > 10
    assert [timing.query.typed for timing in exact if timing.milliseconds is None] == []
    assert all(timing.answer.passages for timing in exact)


def test_a_wrong_answer_is_not_timed(collection, tmp_path):
    pytest.importorskip("tantivy", reason="the peers of the extra `bench` are not installed")
    (tantivy,) = peers.peers(["tantivy"])
    searcher = opened(tantivy, collection, tmp_path)
    scan = Scan(collection)
    across_words, at_words = (
        Query("phrase", f'"{phrase}"', every=(phrase,), exact=True)
        for phrase in ("商环境", "扎实推进法治政府建设")
    )
    right = {query: scan.answer(query) for query in (across_words, at_words)}
    assert all(answer.total for answer in right.values())
    timings = side_by_side({"tantivy": searcher}, {"tantivy": None}, list(right), right)
    assert [timing.milliseconds is None for timing in timings] == [True, False]


def test_what_is_missing_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setitem(peers._MODULES, "absent", "no_such_peer")
    (said,) = map(str, peers.peers(["absent"]))
    assert "no_such_peer" in said
    assert "pip install" in said
