"""The topic list: every entry's own examples hold, and names lead to keys."""

from __future__ import annotations

import re

import pytest

from indexer.errors import UnknownTopicError
from indexer.metadata.topic import scores, topics_of
from indexer.vocabulary.topics import topics

ALL = topics().all


@pytest.mark.parametrize(
    ("key", "sentence"), [(topic.key, text) for topic in ALL for text in topic.examples]
)
def test_an_example_gets_its_topic(key, sentence):
    assert key in topics_of("", sentence)


@pytest.mark.parametrize(
    ("key", "sentence"), [(topic.key, text) for topic in ALL for text in topic.counter]
)
def test_a_counter_example_does_not_get_the_topic(key, sentence):
    assert key not in topics_of("", sentence)


def test_every_topic_has_examples_and_counter_examples():
    assert all(topic.examples and topic.counter and topic.terms for topic in ALL)


def test_the_list_is_flat_short_and_its_names_are_unique():
    assert len(ALL) < 60
    assert len({topic.key for topic in ALL}) == len(ALL)
    assert len({topic.label for topic in ALL}) == len(ALL)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", key) for key in topics().keys)


def test_every_term_of_every_topic_is_found_where_it_stands():
    for topic in ALL:
        for term in topic.terms:
            assert scores("", f"前文{term}后文").get(topic.key, 0) > 0, (topic.key, term)


@pytest.mark.parametrize("written", ["health", "卫生健康", " Health "])
def test_a_topic_is_named_by_key_or_label(written):
    assert topics().resolve(written) == "health"
    assert topics().label("health") == "卫生健康"
    assert topics().english("health") == "Health"


def test_an_unknown_topic_is_refused_with_the_known_ones():
    with pytest.raises(UnknownTopicError, match="卫生健康"):
        topics().resolve("炼金术")
