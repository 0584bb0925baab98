"""Whoosh as its documentation shows it, with the analyzer that jieba brings for it.

That analyzer gives character offsets as positions, so phrases of several words find nothing.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

from whoosh import fields, index, qparser, sorting

from tests.benchmarks.contenders import FACETS, TOP, Answer, Contender, Query, Searcher
from tests.benchmarks.synthetic import Collection

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba 0.42 has escapes that Python has come to warn of
    import jieba
    from jieba.analyse import ChineseAnalyzer

jieba.setLogLevel(logging.WARNING)

_LARGEST = 10_000
_QUERIES_OF_A_KIND = 5
_POOL_MEGABYTES = 256


def _build(collection: Collection, folder: Path) -> None:
    facets = {facet: fields.KEYWORD(sortable=True) for facet in FACETS}
    schema = fields.Schema(body=fields.TEXT(analyzer=ChineseAnalyzer(), stored=True), **facets)
    writer = index.create_in(str(folder), schema).writer(limitmb=_POOL_MEGABYTES)
    for report in collection:
        values = {facet: " ".join(values) for facet, values in report.facets.items()}
        writer.add_document(body=report.folded, **values)
    writer.commit()


class _Whoosh:
    def __init__(self, folder: Path) -> None:
        jieba.initialize()
        opened = index.open_dir(str(folder))
        self._searcher = opened.searcher()
        self._parser = qparser.QueryParser("body", opened.schema)
        self._facets = sorting.Facets()
        for facet in FACETS:
            self._facets.add_field(facet, allow_overlap=True)

    def answer(self, query: Query) -> Answer | None:
        if query.together:
            return None
        wanted = self._parser.parse(_typed(query))
        found = self._searcher.search(
            wanted, limit=TOP, groupedby=self._facets, maptype=sorting.Count
        )
        return Answer(
            total=len(found),
            facets={facet: dict(found.groups(facet)) for facet in FACETS},
            # Grouped results hold every hit, whatever the limit.
            passages=tuple(hit.highlights("body") for hit in found[:TOP]),
        )


def _typed(query: Query) -> str:
    mark = '"' if query.exact else ""
    every = " AND ".join(f"{mark}{text}{mark}" for text in query.every)
    return " ".join([every or " OR ".join(query.any), *(f"NOT {text}" for text in query.none)])


def _open(collection: Collection, folder: Path) -> Searcher:
    return _Whoosh(folder)


PEER = Contender("whoosh", _build, _open, _LARGEST, _QUERIES_OF_A_KIND)
