"""The topic list: every entry's own examples hold, and names lead to keys."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from indexer.errors import UnknownTopicError
from indexer.metadata.topic import topics_of
from indexer.metadata.topic_terms import body_terms, title_terms
from indexer.vocabulary.topics import topics

ALL = topics().all


def told(text: str) -> set[str]:
    """Keys of a text's topics: what ends with 。 is a body, all else a title."""
    title, body = ("", text) if text.endswith("。") else (text, "")
    return {found.value for found in topics_of(title, body)}


@pytest.mark.parametrize(
    ("key", "text"), [(topic.key, text) for topic in ALL for text in topic.examples]
)
def test_an_example_gets_its_topic(key, text):
    assert key in told(text)


@pytest.mark.parametrize(
    ("key", "text"), [(topic.key, text) for topic in ALL for text in topic.counter]
)
def test_a_counter_example_does_not_get_the_topic(key, text):
    assert key not in told(text)


def test_every_topic_has_terms_and_several_examples_and_counter_examples():
    for topic in ALL:
        assert topic.terms, topic.key
        assert min(len(topic.examples), len(topic.counter)) >= 3, topic.key
        assert any(text.endswith("。") for text in topic.examples), topic.key
        assert any(not text.endswith("。") for text in topic.examples), topic.key


def test_a_phrase_is_either_neutral_or_a_term():
    terms = set(chain.from_iterable((*topic.terms, *topic.titles) for topic in ALL))
    assert not terms & set(topics().neutral)


def test_a_neutral_phrase_hides_the_terms_within_it():
    assert told("保护野生动物，促进经济健康发展。") == {"forestry"}
    assert told("公共卫生服务能力提升，全民健康水平提高。") == {"health"}


def test_weights_are_1_to_3_and_a_work_reports_share_is_at_most_all():
    for topic in ALL:
        assert set(topic.terms.values()) <= {1.0, 2.0, 3.0}, topic.key
        assert 0 < topic.work_report <= 1, topic.key


def test_the_list_is_flat_short_and_its_names_are_unique():
    assert len(ALL) < 60
    assert len({topic.key for topic in ALL}) == len(ALL)
    assert len({topic.label for topic in ALL}) == len(ALL)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", key) for key in topics().keys)


def test_every_term_of_every_topic_is_found_where_it_stands():
    for topic in ALL:
        for terms, own in ((body_terms(), topic.terms), (title_terms(), topic.titles)):
            for term in own:
                hits = terms.find(f"，{term}，".casefold())
                assert topic.key in {key for hit in hits for key in hit.weights}, (topic.key, term)


@pytest.mark.parametrize("written", ["health", "卫生健康", " Health "])
def test_a_topic_is_named_by_key_or_label(written):
    assert topics().resolve(written) == "health"
    assert topics().label("health") == "卫生健康"
    assert topics().english("health") == "Health"


def test_an_unknown_topic_is_refused_with_the_known_ones():
    with pytest.raises(UnknownTopicError, match="卫生健康"):
        topics().resolve("炼金术")
