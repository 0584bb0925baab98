"""The simplest search that can be right: every report's folded text, character by character.

It implements `Engine`, so that the contract tests can ask both the same question. With the
embedded engine it shares what says what a text and a query are, and would share mistakes there:
folding, words, the query tree, `query.terms` (which strings a leaf stands for),
`structure.sentences` and `sameness.plain`; also the vocabularies and the catalogue. How these
strings are looked for, counted, combined, filtered and ordered, and which numbers are cut in two,
it finds out by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.addresses import report_url
from indexer.catalogue import Catalogue
from indexer.config import Config
from indexer.engine import Engine, Inspection
from indexer.folding import Folded, fold, fold_query, fold_with_origin
from indexer.query.nodes import (
    And,
    Everything,
    Facet,
    Field,
    InOrder,
    Node,
    Not,
    Or,
    Phrase,
    Scope,
    Within,
    Words,
)
from indexer.query.questions import content
from indexer.query.terms import marked_terms, needed, only_phrases, variants
from indexer.records import Entry
from indexer.report import Document, Metadata
from indexer.results import (
    Facets,
    Filters,
    Hit,
    Results,
    Search,
    Sort,
    Unsearchable,
)
from indexer.sameness import plain
from indexer.structure import sentences
from indexer.words import search_words
from tests.oracle_facets import as_counts, chain_of, facets_of, passes

Span = tuple[int, int]


@dataclass(frozen=True)
class Record:
    id: str
    text: str
    raw: str
    folded: str
    words: frozenset[str]
    metadata: Metadata
    added: int
    units: dict[Scope, tuple[Span, ...]]
    """Sentences and paragraphs as [start, end) of the folded text."""

    @cached_property
    def plain(self) -> str:
        """What is left of the folded text to tell whether two are the same."""
        return plain(self.folded)


class BruteForce:
    """Over the reports of an index's catalogue; without one, over those of the last `update`."""

    def __init__(self, config: Config | None = None) -> None:
        self.records: list[Record] = []
        if config is not None:
            catalogue = Catalogue.open(config.catalogue)
            self.update(catalogue.entries(), catalogue.document, lambda done, total: None)
            catalogue.close()

    def update(
        self,
        entries: Iterable[Entry],
        load: Callable[[str], Document],
        progress: Callable[[int, int], None],
        *,
        verify: bool = False,
    ) -> bool:
        self.records = [_record(entry, load(entry.text)) for entry in entries]
        return True

    def inspect(self, entries: Iterable[Entry], progress: Callable[[int, int], None]) -> Inspection:
        held = {(record.id, record.text) for record in self.records}
        wanted = {(entry.report, entry.text) for entry in entries}
        missing = frozenset(report for report, _ in wanted - held)
        return Inspection(files=0, bytes=0, flaws=(), missing=missing, unwanted=len(held - wanted))

    def commit(self) -> str:
        return "what was last given"

    def overview(self) -> tuple[int, Facets]:
        return len(self.records), facets_of([record.metadata for record in self.records], Filters())

    def search(self, search: Search) -> Results:
        whole = search.whole_numbers
        matching = [record for record in self.records if finds(search.tree, record, whole)]
        kept = [record for record in matching if passes(record.metadata, search.filters)]
        terms = marked_terms(search.tree)
        counts = {
            record.id: sum(occurrences(record.folded, term, whole) for term in terms)
            for record in kept
        }
        kept.sort(key=lambda record: _key(search.sort, record, counts[record.id]))
        page = kept[search.offset : search.offset + search.limit]
        return Results(
            search=search,
            total=len(kept),
            occurrences=sum(counts.values()),
            unsearchable=Unsearchable(),
            facets=facets_of([record.metadata for record in matching], search.filters),
            hits=tuple(_hit(record, counts[record.id]) for record in page),
            texts=len({record.plain or record.id for record in kept}),
        )


def occurrences(text: str, term: str, whole: bool = False) -> int:
    """Overlapping ones too, by looking at every position."""
    return sum(1 for _ in spans(text, (term,), whole))


def finds(node: Node, record: Record, whole: bool = False) -> bool:
    """Whether a report is found; `whole` leaves out occurrences that touch a number."""
    match node:
        case Phrase(text):
            return _stands(record, (fold_query(text),), whole)
        case Words(text):
            spellings = variants(fold_query(text))
            stretches = content(fold_query(text))
            wanted = {word for stretch in stretches for word in search_words(stretch)}
            apart = len(spellings) == 1 and bool(wanted) and wanted <= record.words
            return apart or _stands(record, spellings, whole)
        case InOrder(phrases):
            # What the report does not hold, no sentence of it does: it need not be cut up.
            if not all(_stands(record, (fold_query(phrase.text),), whole) for phrase in phrases):
                return False
            return any(
                _follow(
                    [_within(record, unit, (fold_query(phrase.text),), whole) for phrase in phrases]
                )
                for unit in record.units[Scope.SENTENCE]
            )
        case Within(scope, leaves):
            wanted_there = [terms for leaf in leaves for terms in needed(leaf)]
            if not all(_stands(record, terms, whole) for terms in wanted_there):
                return False
            return any(
                all(_within(record, unit, terms, whole) for terms in wanted_there)
                for unit in record.units[scope]
            )
        case Field(name, leaf):
            value = fold(getattr(record.metadata, name) or "")
            return all(any(term in value for term in terms) for terms in needed(leaf))
        case And(children):
            return all(finds(child, record, whole) for child in children)
        case Or(children):
            return any(finds(child, record, whole) for child in children)
        case Not(child):
            return not finds(child, record, whole)
        case Everything():
            return True
        case Facet():
            raise AssertionError(f"{node} should have become a filter or text")


def _stands(record: Record, terms: Iterable[str], whole: bool) -> bool:
    return any(True for _ in spans(record.folded, terms, whole))


def spans(text: str, terms: Iterable[str], whole: bool) -> Iterator[Span]:
    """Where any of the terms stands in a folded text, term after term.

    `whole`: only where no number goes on beyond either end.
    """
    for term in terms:
        alone = _alone(term) if whole else None
        place = text.find(term)
        while place >= 0:
            if alone is None or alone.match(text, place):
                yield place, place + len(term)
            place = text.find(term, place + 1)


def _alone(term: str) -> re.Pattern[str]:
    """The term where it is not cut out of a longer number."""
    before = "(?<![0-9])(?<![0-9][.,])" if re.match("[0-9]", term) else ""
    after = "(?![.,]?[0-9])" if re.search(r"[0-9]\Z", term) else ""
    return re.compile(f"{before}{re.escape(term)}{after}")


def _within(record: Record, unit: Span, terms: Iterable[str], whole: bool) -> list[Span]:
    """Where any of the terms begins and ends in a unit; what is a number the whole text tells."""
    low, high = unit
    around = record.folded[max(0, low - 2) : high + 2]
    shift = low - max(0, low - 2)
    return [
        (start, end)
        for start, end in spans(around, terms, whole)
        if shift <= start and end <= shift + high - low
    ]


def _follow(places: Sequence[Sequence[Span]], after: int = 0) -> bool:
    """Whether a span can be taken from each, every one behind the one before."""
    if not places:
        return True
    return any(start >= after and _follow(places[1:], end) for start, end in places[0])


def _units(document: Document, folded: Folded) -> dict[Scope, tuple[Span, ...]]:
    blocks = [
        (start, start + len(block.text))
        for start, block in zip(document.starts, document.blocks, strict=True)
    ]
    inside = [
        (base + low, base + high)
        for base, block in zip(document.starts, document.blocks, strict=True)
        for low, high in sentences(block.text)
    ]
    return {
        Scope.PARAGRAPH: tuple(_in_folded(folded, blocks)),
        Scope.SENTENCE: tuple(_in_folded(folded, inside)),
    }


def _in_folded(folded: Folded, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans of the original as spans of the folded text: the characters that came from there."""
    origin = folded.origin.tolist()
    for low, high in spans:
        yield bisect_left(origin, low), bisect_left(origin, high)


def compare(
    engine: Engine, truth: BruteForce, search: Search
) -> tuple[Results, Results, list[str]]:
    """The engine's answer and the right one, and what differs; `search.limit` should take all.

    Where no report has all the words, engines may offer those that come near, and say so.
    """
    mine, right = engine.search(search), truth.search(search)
    if mine.search.problems != search.problems:
        everywhere = truth.search(replace(search, filters=Filters()))
        return mine, right, ["relaxed, although some have all words"] if everywhere.total else []
    pairs: dict[str, tuple[object, object]] = {
        "total": (mine.total, right.total),
        "texts": (mine.texts, right.texts),
        "occurrences": (
            mine.occurrences,
            right.occurrences if only_phrases(search.tree) else None,
        ),
        "matches": (
            {hit.id: hit.matches for hit in mine.hits},
            {hit.id: hit.matches for hit in right.hits},
        ),
        "number of hits": (len(mine.hits), len(right.hits)),
    } | {
        name: (as_counts(getattr(mine.facets, name)), as_counts(getattr(right.facets, name)))
        for name in ("region", "year", "topic")
    }
    wrong = [f"{name}: {got}, not {due}" for name, (got, due) in pairs.items() if got != due]
    return mine, right, wrong


def _key(sort: Sort, record: Record, count: int) -> tuple[object, ...]:
    metadata = record.metadata
    day = metadata.date or (f"{metadata.year}-00-00" if metadata.year else "")
    match sort:
        case Sort.NEWEST:
            return (-int(day.replace("-", "") or 0),)
        case Sort.OLDEST:
            return (day == "", day)
        case Sort.MATCHES:
            return (-count,)
        case Sort.REGION:
            return (metadata.region is None, chain_of(metadata))
        case Sort.ADDED:
            return (-record.added,)
        case Sort.RELEVANCE:
            return ()


def _record(entry: Entry, document: Document) -> Record:
    folded = fold_with_origin(document.text)
    words = search_words(folded.text) + search_words(fold(entry.metadata.title))
    return Record(
        entry.report,
        entry.text,
        document.text,
        folded.text,
        frozenset(words),
        entry.metadata,
        entry.added,
        _units(document, folded),
    )


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
        number=kept.number,
    )
