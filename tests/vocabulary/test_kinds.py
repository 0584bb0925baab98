"""Kinds of documents: every entry's example titles are of that kind."""

from __future__ import annotations

import pytest

from indexer.vocabulary.kinds import kinds


@pytest.mark.parametrize(
    ("label", "title"), [(kind.label, title) for kind in kinds().all for title in kind.examples]
)
def test_an_example_title_is_of_its_kind(label, title):
    kind = kinds().of_title(title)
    assert kind is not None
    assert kind.label == label


def test_a_document_named_within_the_title_does_not_decide():
    kind = kinds().of_title("关于贯彻《某某市政府工作报告》的意见")
    assert kind is not None
    assert kind.label == "意见"


def test_a_title_that_tells_nothing_has_no_kind():
    assert kinds().of_title("让政策红利高效直达创新主体") is None
