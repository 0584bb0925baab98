"""Every engine is asked the same of the samples and of the real reports."""

from __future__ import annotations

import pytest

from indexer.engine import open_engine
from indexer.library import Library
from tests.oracle import BruteForce


@pytest.fixture(scope="module", params=["samples_index", "corpus_index"])
def index(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def truth(index):
    return BruteForce(index)


@pytest.fixture(scope="module")
def engine(index):
    return open_engine(index)


@pytest.fixture(scope="module")
def library(index):
    return Library(index)
