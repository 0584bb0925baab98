"""All hits of a search: read page by page, so that no more than one is in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from indexer.errors import ChangedMeanwhileError
from indexer.library import Library
from indexer.results import Hit, Results, Search

PAGE = 200
"""Hits to read at once."""


def every_hit(library: Library, search: Search, first: Results, most: int) -> Iterator[Hit]:
    """Up to `most` hits from the search's offset on, as many at once as its limit says.

    `first` is what `search` gave.
    Raises ChangedMeanwhileError if the index is written to between two pages: then a report may
    have gone from one page to the next, and stand in both or in none.
    """
    results = first
    given = 0
    seen: set[str] = set()
    while results.hits and given < most:
        for hit in results.hits[: most - given]:
            if hit.id in seen:
                raise ChangedMeanwhileError
            seen.add(hit.id)
            given += 1
            yield hit
        offset = search.offset + given
        if given >= most or offset >= first.total:
            return
        results = library.run(replace(search, offset=offset))
        if results.total != first.total:
            raise ChangedMeanwhileError


def chosen_hits(hits: Iterator[Hit], ids: Collection[str]) -> Iterator[Hit]:
    """Those of `ids`, in the order of the result; no more is read once all are found."""
    wanted = set(ids)
    for hit in hits:
        if hit.id in wanted:
            wanted.discard(hit.id)
            yield hit
        if not wanted:
            return
