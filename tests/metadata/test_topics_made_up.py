"""Titles made up after the manner of real ones, over the whole breadth of the topic list."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.metadata.topic import topics_of
from indexer.vocabulary.topics import topics

TABLE = Path(__file__).with_name("topics_made_up.tsv")


def rows() -> list[tuple[str, set[str], set[str]]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(title, set(must.split(",")), set(may.split(",")) - {""}) for title, must, may in cells]


@pytest.mark.parametrize(("title", "must", "may"), rows())
def test_a_title_gets_its_topics_and_no_other(title, must, may):
    found = {topic.value for topic in topics_of(title, "")}
    assert must <= found <= must | may


def test_every_topic_is_asked_for():
    assert {key for _, must, _ in rows() for key in must} == set(topics().keys)
