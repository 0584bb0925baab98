"""Wordings and same texts by looking at every sentence of every report as a string.

Shares with the engine what `tests.oracle` does, and `sameness.plain`: what is left of a sentence.
Digests, arrays and what follows from them it knows nothing of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from indexer.query.nodes import And, InOrder, Node, Or, Phrase, Scope, Within, Words
from indexer.query.terms import marked_terms, told_by
from indexer.results import Search
from indexer.sameness import plain
from tests.oracle import BruteForce, Record, Span, finds, spans
from tests.oracle_facets import passes


@dataclass
class Group:
    """A wording: how often each report has it."""

    times: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Truth:
    groups: dict[str, Group]
    """By plain form."""
    found: int
    loose: bool


def same_text(truth: BruteForce, report: str) -> set[str]:
    """The other reports of the same text."""
    (own,) = (record.plain for record in truth.records if record.id == report)
    same = {record.id for record in truth.records if record.plain == own != ""}
    return same - {report}


def wordings(truth: BruteForce, search: Search) -> Truth:
    """All of them, whatever the page asked for."""
    whole = search.whole_numbers
    found = [
        record
        for record in truth.records
        if finds(search.tree, record, whole) and passes(record.metadata, search.filters)
    ]
    terms = marked_terms(search.tree)
    holding = {record.id: _told(search.tree, record, whole) or set() for record in found}
    loose = not any(holding.values())
    if loose:
        counts = {record.id: _different(terms, record, whole) for record in found}
        most = max((max(of.values(), default=0) for of in counts.values()), default=0)
        holding = {
            report: {number for number, count in of.items() if count == most}
            for report, of in counts.items()
        }
    groups: defaultdict[str, Group] = defaultdict(Group)
    for record in found:
        units = _sentences(record)
        ends = dict.fromkeys(holding[record.id], 0)
        for first, last in _beginning(terms, record, whole):
            if first in ends:
                ends[first] = max(ends[first], last)
        for number, last in ends.items():
            stretch = record.folded[units[number][0] : units[max(number, last)][1]]
            groups[plain(stretch)].times[record.id] += 1
    return Truth(dict(groups), len(found), loose and bool(groups))


def _sentences(record: Record) -> list[Span]:
    return [unit for unit in record.units[Scope.SENTENCE] if unit[0] < unit[1]]


def _beginning(terms: Iterable[str], record: Record, whole: bool) -> Iterator[tuple[int, int]]:
    """For each occurrence the numbers of the sentences in which it begins and ends."""
    begins = [low for low, _ in _sentences(record)]
    for start, end in spans(record.folded, terms, whole):
        yield bisect_right(begins, start) - 1, bisect_right(begins, end - 1) - 1


def _any(terms: Iterable[str], record: Record, whole: bool) -> set[int]:
    return {first for first, _ in _beginning(terms, record, whole)}


def _different(terms: Iterable[str], record: Record, whole: bool) -> Counter[int]:
    return Counter(number for term in terms for number in _any((term,), record, whole))


def _told(node: Node, record: Record, whole: bool) -> set[int] | None:
    """The sentences that hold what a tree asks for; None where it says nothing of sentences."""
    match node:
        case Phrase() | Words():
            return set.intersection(*(_any(terms, record, whole) for terms in told_by(node)))
        case Within(_, leaves):
            return set.intersection(
                *(_any(terms, record, whole) for leaf in leaves for terms in told_by(leaf))
            )
        case InOrder():
            units = _sentences(record)
            return {
                number
                for number, unit in enumerate(units)
                if finds(node, _alone(record, unit), whole)
            }
        case And(children) | Or(children):
            each = [told for child in children if (told := _told(child, record, whole)) is not None]
            both = set.intersection if isinstance(node, And) else set.union
            return both(*each) if each else None
        case _:
            return None


def _alone(record: Record, unit: Span) -> Record:
    """The record with that one sentence only."""
    return Record(
        record.id,
        record.text,
        record.raw,
        record.folded,
        record.words,
        record.metadata,
        record.added,
        {**record.units, Scope.SENTENCE: (unit,)},
    )
