from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from indexer.engine.embedded.caching import Cache


def made(cache, key):
    """Whether asking for a key had its value made."""
    calls = []
    value = cache.get(key, lambda: calls.append(key) or np.full(10, key, dtype=np.int8))
    assert (value == key).all()
    return bool(calls)


def test_what_was_asked_for_least_recently_goes_first():
    cache = Cache(30)
    assert [made(cache, key) for key in (1, 2, 3)] == [True, True, True]
    assert not made(cache, 1)
    assert made(cache, 4)
    assert [made(cache, key) for key in (1, 3, 4)] == [False, False, False]
    assert made(cache, 2)


def test_what_is_larger_than_the_cache_is_given_and_not_kept():
    cache = Cache(9)
    assert made(cache, 1)
    assert made(cache, 1)


def test_threads_find_each_their_own_value():
    cache = Cache(50)
    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(lambda n: cache.get(n % 9, lambda: np.full(10, n % 9)), range(2000)))
    assert [value[0] for value in values] == [n % 9 for n in range(2000)]
