"""Samples of the large proofs in `tests.proofs`, and that these can fail."""

from __future__ import annotations

import multiprocessing
import random
from dataclasses import replace
from queue import SimpleQueue

import msgspec
import pytest

from indexer.collection import update
from indexer.engine.embedded import writer
from tests.conftest import CORPUS
from tests.proofs import committing, generations, phrases, trees
from tests.proofs.altering import Kind
from tests.proofs.queries import Queries
from tests.proofs.raw import missed_in_raw, raw_phrases, raw_texts

INDEXES = ["samples_index", "corpus_index"]
PHRASES, ABSENT, RAW, SEED = 1000, 100, 30, 1
QUERIES = {"samples_index": 200, "corpus_index": 50}
COMMITS, SEARCHES, PAUSE = 6, 200, 0.03


@pytest.fixture(scope="module", params=INDEXES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def index(request, name):
    return request.getfixturevalue(name)


@pytest.fixture(scope="module")
def subject(index):
    return phrases.Subject(index)


@pytest.fixture(scope="module")
def share():
    """The samples take all the phrases where the real documents are absent."""
    return len(INDEXES) if CORPUS.is_dir() else 1


def differences(subject, typed):
    chosen = random.Random(SEED)
    return [line for one in typed for line in phrases.differences(subject, one, chosen)]


def test_a_phrase_is_found_counted_and_marked_as_by_brute_force(subject, share):
    typed = list(phrases.phrases(subject.texts, PHRASES // share, SEED))
    assert len(typed) == PHRASES // share
    assert {one.kind for one in typed if one.text != one.folded} == {*Kind} - {Kind.PLAIN}
    assert differences(subject, typed) == []


def test_a_phrase_that_no_report_holds_is_not_found(subject, share):
    typed = list(phrases.absent_phrases(subject.texts, ABSENT // share, SEED))
    assert len(typed) == ABSENT // share
    assert differences(subject, typed) == []


def test_a_phrase_of_the_raw_texts_is_missed_in_no_report(subject, index):
    raw = raw_texts(index)
    drawn = list(raw_phrases(subject.texts, RAW, SEED))
    assert len(drawn) == RAW
    found = {phrase: missed_in_raw(subject.library, raw, phrase) for phrase in drawn}
    assert {phrase: missed for phrase, missed in found.items() if missed} == {}


def test_a_query_of_any_form_is_answered_as_by_a_naive_scan(name, index):
    subject = trees.Subject(index)
    drawn = list(Queries(subject.truth.records, SEED).draw(QUERIES[name]))
    assert [line for one in drawn for line in subject.differences(one)] == []
    forms = {"Phrase", "Words", "sentence", "paragraph", "InOrder", "Field", "And", "Or", "Not"}
    assert forms <= subject.forms.keys()
    assert subject.forms["that find something"] > len(drawn) / 2


def test_every_answer_is_from_one_committed_state(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "MERGED_AT_ONCE", 3)  # else it takes eleven commits
    proof = committing.prove(tmp_path, SEARCHES, COMMITS, SEED, PAUSE)
    assert proof.differences == []
    assert proof.queries >= SEARCHES
    assert all(len(told.generations) > 1 for told in proof.told)
    assert proof.merges


def one_hit_less(results):
    return replace(results, hits=results.hits[:-1])


def one_occurrence_more(results):
    return replace(results, occurrences=results.occurrences + 1)


def another_mark(results):
    first, *others = results.hits
    passage = first.passages[0]
    (low, high), *rest = passage.marks
    moved = msgspec.structs.replace(passage, marks=((low, high + 1), *rest))
    return replace(results, hits=(msgspec.structs.replace(first, passages=(moved,)), *others))


@pytest.mark.parametrize("spoil", [one_hit_less, one_occurrence_more, another_mark])
def test_the_proof_of_phrases_sees_what_is_wrong(samples_index, monkeypatch, spoil):
    subject = phrases.Subject(samples_index)
    run = subject.library.run
    monkeypatch.setattr(subject.library, "run", lambda search: spoil(run(search)))
    typed = next(phrases.phrases(subject.texts, 1, SEED))
    assert differences(subject, [typed])


@pytest.mark.parametrize("spoil", [one_hit_less, one_occurrence_more])
def test_the_proof_of_trees_sees_what_is_wrong(samples_index, monkeypatch, spoil):
    subject = trees.Subject(samples_index)
    search = subject.engine.search
    monkeypatch.setattr(subject.engine, "search", lambda asked: spoil(search(asked)))
    assert subject.differences(trees.Drawn('"服务" OR "监督"', whole_numbers=False))


def test_the_proof_of_committed_states_sees_an_answer_of_another_one(folder, config):
    for path in folder.iterdir():
        path.unlink()
    generations.write(folder, 0)
    truths = [generations.truth(folder)]
    generations.write(folder, 1)
    update(config, [folder])
    out = SimpleQueue()
    clock = committing.Clock(*(multiprocessing.Value("i", 0) for _ in range(3)))
    committing.search_on(config, truths, clock, 30, SEED, 0.0, out)
    told = out.get()
    assert 0 < told.wrong <= told.queries
