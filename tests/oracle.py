"""The simplest search that can be right: every report's folded text, character by character.

It implements `Engine`, so that the contract tests can ask both the same question. It shares
nothing with the embedded engine but folding, words and the query tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer.addresses import report_url
from indexer.catalogue import Catalogue
from indexer.config import Config
from indexer.folding import fold, fold_query
from indexer.query.nodes import And, Everything, Node, Not, Or, Phrase, Words
from indexer.query.terms import marked_terms
from indexer.records import Entry
from indexer.report import Document, Metadata
from indexer.results import Facets, FacetValue, Filters, Hit, Results, Search, Sort, Unsearchable
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics
from indexer.words import search_words


@dataclass(frozen=True)
class Record:
    id: str
    text: str
    raw: str
    folded: str
    words: frozenset[str]
    metadata: Metadata


class BruteForce:
    def __init__(self, config: Config) -> None:
        catalogue = Catalogue.open(config.catalogue)
        self.records: list[Record] = []
        self.update(catalogue.entries(), catalogue.document, lambda done, total: None)
        catalogue.close()

    def update(
        self,
        entries: Iterable[Entry],
        load: Callable[[str], Document],
        progress: Callable[[int, int], None],
    ) -> bool:
        self.records = [_record(entry, load(entry.text)) for entry in entries]
        return True

    def is_built(self) -> bool:
        return True

    def overview(self) -> tuple[int, Facets]:
        return len(self.records), _facets(self.records, Filters())

    def search(self, search: Search) -> Results:
        matching = [record for record in self.records if finds(search.tree, record)]
        kept = [record for record in matching if passes(record.metadata, search.filters)]
        terms = marked_terms(search.tree)
        counts = {record.id: sum(occurrences(record.folded, t) for t in terms) for record in kept}
        kept.sort(key=lambda record: _key(search.sort, record.metadata, counts[record.id]))
        page = kept[search.offset : search.offset + search.limit]
        return Results(
            search=search,
            total=len(kept),
            occurrences=sum(counts.values()),
            unsearchable=Unsearchable(),
            facets=_facets(matching, search.filters),
            hits=tuple(_hit(record, counts[record.id]) for record in page),
        )


def occurrences(text: str, term: str) -> int:
    """Overlapping ones too, by looking at every position."""
    return len(re.findall(f"(?={re.escape(term)})", text))


def finds(node: Node, record: Record) -> bool:
    match node:
        case Phrase(text):
            return fold_query(text) in record.folded
        case Words(text):
            folded = fold_query(text)
            wanted = set(search_words(folded))
            return folded in record.folded or (bool(wanted) and wanted <= record.words)
        case And(children):
            return all(finds(child, record) for child in children)
        case Or(children):
            return any(finds(child, record) for child in children)
        case Not(child):
            return not finds(child, record)
        case Everything():
            return True


def passes(metadata: Metadata, filters: Filters, besides: str = "") -> bool:
    """Whether the chosen values let a report through, all facets but `besides`."""
    return all(
        facet == besides or not chosen or any(_has(facet, value, metadata) for value in chosen)
        for facet, chosen in (
            ("region", filters.regions),
            ("year", filters.years),
            ("topic", filters.topics),
        )
    )


def _has(facet: str, value: object, metadata: Metadata) -> bool:
    if facet == "region":
        return value in (_chain(metadata) or (None,))
    if facet == "topic":
        return value in (metadata.topics or (None,))
    if value is None or metadata.year is None:
        return value is None and metadata.year is None
    return value.first <= metadata.year <= value.last  # type: ignore[attr-defined]


def _chain(metadata: Metadata) -> tuple[str, ...]:
    return regions().ancestors(metadata.region.code) if metadata.region else ()


def _facets(matching: list[Record], filters: Filters) -> Facets:
    return Facets(
        region=_values(
            (
                code
                for record in matching
                if passes(record.metadata, filters, "region")
                for code in _chain(record.metadata) or (None,)
            ),
            lambda code: regions().names(code)[-1],
        ),
        year=_values(
            (r.metadata.year for r in matching if passes(r.metadata, filters, "year")), str
        ),
        topic=_values(
            (
                key
                for record in matching
                if passes(record.metadata, filters, "topic")
                for key in record.metadata.topics or (None,)
            ),
            topics().label,
        ),
    )


def _values(found: Iterable[object], label: Callable[[str], str]) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(value, label(value) if value is not None else "未定", count)  # type: ignore[arg-type]
        for value, count in Counter(found).items()
    )


def as_counts(values: Iterable[FacetValue]) -> dict[object, int]:
    """A facet without its order, labels, and chosen values that no report has."""
    return {value.value: value.count for value in values if value.count}


def _key(sort: Sort, metadata: Metadata, count: int) -> tuple[object, ...]:
    day = metadata.date or (f"{metadata.year}-00-00" if metadata.year else "")
    match sort:
        case Sort.NEWEST:
            return (-int(day.replace("-", "") or 0),)
        case Sort.OLDEST:
            return (day == "", day)
        case Sort.MATCHES:
            return (-count,)
        case Sort.REGION:
            return (metadata.region is None, metadata.region.code if metadata.region else "")
        case Sort.RELEVANCE:
            return ()


def _record(entry: Entry, document: Document) -> Record:
    folded = fold(document.text)
    words = search_words(folded) + search_words(fold(entry.metadata.title))
    return Record(entry.report, entry.text, document.text, folded, frozenset(words), entry.metadata)


def _hit(record: Record, count: int) -> Hit:
    kept = record.metadata
    return Hit(
        id=record.id,
        text=record.text,
        title=kept.title,
        region=kept.region,
        year=kept.year,
        topics=kept.topics,
        issuer=kept.issuer,
        date=kept.date,
        kind=kept.kind,
        matches=count,
        score=0.0,
        url=report_url(record.id),
    )
