"""tantivy over words cut beforehand, as a Chinese collection is put into it.

Texts are cut by jieba's search mode and joined by blanks; its `whitespace` tokenizer takes them
apart. A phrase is the phrase of the words that it is cut into by itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rjieba
import tantivy

from tests.benchmarks.contenders import FACETS, TOP, Answer, Contender, Query, Searcher
from tests.benchmarks.synthetic import Collection

_HEAP = 256_000_000
_ALL_VALUES = 10_000
_AGGREGATIONS = {name: {"terms": {"field": name, "size": _ALL_VALUES}} for name in FACETS}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True, tokenizer_name="whitespace")
    for facet in FACETS:
        builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _words(text: str) -> list[str]:
    return [word for word in rjieba.cut_for_search(text) if not word.isspace()]


def _build(collection: Collection, folder: Path) -> None:
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for report in collection:
        document = tantivy.Document(body=[" ".join(_words(report.folded))])
        for facet, values in report.facets.items():
            for value in values:
                document.add_text(facet, value)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class _Tantivy:
    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def answer(self, query: Query) -> Answer | None:
        if query.together:
            return None
        wanted = self._query(query)
        found = self._searcher.search(wanted, TOP)
        facets = self._searcher.aggregate(wanted, _AGGREGATIONS)
        snippets = tantivy.SnippetGenerator.create(self._searcher, wanted, self._schema, "body")
        passages = (
            snippets.snippet_from_doc(self._searcher.doc(address)).to_html()
            for _, address in found.hits
        )
        return Answer(
            total=found.count,  # type: ignore[attr-defined] # its stubs lack it
            facets=lambda: {name: _counts(facets[name]) for name in FACETS},
            passages=tuple(passages),
        )

    def _query(self, query: Query) -> tantivy.Query:
        clauses = [(tantivy.Occur.Must, self._leaf(text)) for text in query.every]
        clauses += [(tantivy.Occur.Should, self._leaf(text)) for text in query.any]
        clauses += [(tantivy.Occur.MustNot, self._leaf(text)) for text in query.none]
        return clauses[0][1] if len(clauses) == 1 else tantivy.Query.boolean_query(clauses)

    def _leaf(self, text: str) -> tantivy.Query:
        words = _words(text)
        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, "body", words[0])
        return tantivy.Query.phrase_query(self._schema, "body", [*words])


def _counts(facet: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in facet["buckets"]}


def _open(collection: Collection, folder: Path) -> Searcher:
    return _Tantivy(folder)


PEER = Contender("tantivy", _build, _open)
