"""A few of the random phrases that `python -m tests.proofs.phrases` tries, on the samples."""

from __future__ import annotations

import pytest

from indexer.library import Library
from tests.oracle import BruteForce
from tests.proofs.phrases import (
    difference_from_brute_force,
    folded_phrases,
    missed_in_raw,
    raw_phrases,
    raw_texts,
)

PHRASES, SEED = 30, 1


@pytest.fixture(scope="module")
def library(samples_index):
    return Library(samples_index)


@pytest.fixture(scope="module")
def truth(samples_index):
    return BruteForce(samples_index)


def test_a_phrase_of_the_folded_texts_is_found_and_counted_as_by_brute_force(library, truth):
    phrases = list(folded_phrases(truth, PHRASES, SEED))
    assert len(phrases) == PHRASES
    assert [difference_from_brute_force(library, truth, phrase) for phrase in phrases] == (
        [None] * PHRASES
    )


def test_a_phrase_of_the_raw_texts_is_missed_in_no_report(library, truth, samples_index):
    raw = raw_texts(samples_index)
    phrases = list(raw_phrases(truth, PHRASES, SEED))
    assert len(phrases) == PHRASES
    assert {
        phrase: missed for phrase in phrases if (missed := missed_in_raw(library, raw, phrase))
    } == {}
