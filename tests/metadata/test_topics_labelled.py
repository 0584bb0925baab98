"""Topics of real documents against the labels of a reader.

A and C were in sight while the vocabulary was written, B was not.
"""

from __future__ import annotations

import pytest

from tests.proofs.topics import outcomes, score


@pytest.mark.parametrize(("half", "least"), [("A", 0.93), ("B", 0.90), ("C", 0.95)])
def test_topics_agree_with_the_readers_labels(corpus, half, least):
    reached = score(outcomes(corpus, half))
    assert reached.right + reached.missing >= 95
    assert reached.f1 >= least, str(reached)
