"""Why a search finds nothing, and what would find something.

Every figure is that of a search one can run: a part of the query on its own, the query without a
filter, or with another phrase in the place of one that stands nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from itertools import islice, product
from typing import Any

from indexer.engine import Wording
from indexer.folding import fold_query
from indexer.library import Library
from indexer.nearest import nearest, occurring
from indexer.query.nodes import (
    And,
    Everything,
    Field,
    InOrder,
    Leaf,
    Node,
    Or,
    Phrase,
    Within,
    Words,
    wanted_leaves,
)
from indexer.query.questions import content
from indexer.query.tokens import on_its_own
from indexer.results import Filters, Results, Search, Unsearchable
from indexer.suggestion_table import Table
from indexer.words import words

MOST_PARTS = 12
MOST_MEANT = 5

_MENDED = 2
"""Leaves for which something near is looked for."""
_TRIED = 8
_BY_SOUND = 3
_FEWEST_LETTERS = 3
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query on its own: the reports it finds under the filters, and `anywhere`.

    `inside` are its own parts where it finds nothing: the words of words, the longest pieces of a
    phrase that stand somewhere.
    """

    query: str
    reports: int
    anywhere: int
    inside: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Without:
    """The search without one thing: a facet's filters (region, year, topic), all `filters`,
    `whole_numbers`, or the `quotes` around its phrases; `query` are the words to search for."""

    what: str
    query: str
    reports: int


@dataclass(frozen=True, slots=True)
class Meant:
    """A query that may have been meant, what it finds under the filters, and `anywhere`."""

    query: str
    reports: int
    anywhere: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is known of a search that finds nothing.

    `parts` are what the query AND-s together. `without` holds what was left out to see what
    comes of it, be that nothing. `meant` begins with the likeliest; the filters hide what is in
    it only if they hide all of it.
    """

    parts: tuple[Part, ...]
    without: tuple[Without, ...]
    meant: tuple[Meant, ...]
    unsearchable: Unsearchable

    def to_json(self) -> dict[str, Any]:
        """For `json.dumps`."""
        return asdict(self)


def diagnose(library: Library, search: Search) -> Diagnosis:
    """Look into a search that finds nothing, or only what comes near; raises NoIndexError."""
    counter = _Counter(library.wording(), search)
    conjuncts = search.tree.children if isinstance(search.tree, And) else (search.tree,)
    return Diagnosis(
        parts=tuple(
            counter.part(node)
            for node in conjuncts[:MOST_PARTS]
            if not isinstance(node, Everything)
        ),
        without=tuple(counter.without()),
        meant=_meant(counter, library.suggesting.at_hand),
        unsearchable=library.unsearchable(),
    )


def answer_json(library: Library, results: Results) -> dict[str, Any]:
    """`Results.to_json`, with a `diagnosis` where nothing was found."""
    if results.total:
        return results.to_json()
    return results.to_json() | {"diagnosis": diagnose(library, results.search).to_json()}


@dataclass(frozen=True)
class _Counter:
    wording: Wording
    search: Search

    def total(self, tree: Node) -> int:
        """Under the filters."""
        whole = self.search.whole_numbers
        return self.wording.total(tree, self.search.filters, whole_numbers=whole)

    def anywhere(self, tree: Node) -> int:
        whole = self.search.whole_numbers
        return self.wording.total(tree, _NO_FILTERS, whole_numbers=whole)

    def part(self, node: Node, *, nested: bool = False) -> Part:
        reports = self.total(node)
        inside = () if reports or nested else self._inside(node)
        return Part(
            query=str(node),
            reports=reports,
            anywhere=self.anywhere(node) if self.search.filters else reports,
            inside=tuple(self.part(child, nested=True) for child in islice(inside, MOST_PARTS)),
        )

    def _inside(self, node: Node) -> tuple[Node, ...]:
        match node:
            case Words(text):
                stretches = content(fold_query(text))
                pieces = dict.fromkeys(word for part in stretches for word in words(part))
                return tuple(map(on_its_own, map(Words, pieces))) if len(pieces) > 1 else ()
            case Phrase(text):
                pieces = dict.fromkeys(occurring(fold_query(text), self.wording))
                # A character alone stands almost anywhere, and tells nothing.
                telling = [piece for piece in pieces if len(piece) > 1] or list(pieces)
                return tuple(map(Phrase, telling)) if len(pieces) > 1 else ()
            case InOrder(phrases):
                return phrases
            case Within(_, leaves):
                return leaves
            case And(children) | Or(children):
                return children
            case _:
                return ()

    def without(self) -> Iterator[Without]:
        search = self.search
        typed = str(search.tree)
        chosen = [part.name for part in fields(Filters) if getattr(search.filters, part.name)]
        for name in chosen:
            fewer = replace(search.filters, **{name: ()})
            reports = self.wording.total(search.tree, fewer, whole_numbers=search.whole_numbers)
            yield Without(name.removesuffix("s"), typed, reports)
        if len(chosen) > 1:
            yield Without("filters", typed, self.anywhere(search.tree))
        if search.whole_numbers:
            yield Without("whole_numbers", typed, self.wording.total(search.tree, search.filters))
        unquoted = _rewritten(search.tree, _unquoted)
        if unquoted != search.tree:
            yield Without("quotes", str(unquoted), self.total(unquoted))


def _meant(counter: _Counter, table: Table | None) -> tuple[Meant, ...]:
    """The query with what stands nowhere replaced by what is near it."""
    tree = counter.search.tree
    failing = [leaf for leaf in dict.fromkeys(_leaves(tree)) if not counter.anywhere(leaf)]
    choices = [
        [(leaf, text) for text in _candidates(leaf, counter.wording, table)]
        for leaf in failing[:_MENDED]
    ]
    found: dict[str, Meant] = {}
    for chosen in islice(product(*filter(None, choices)), _TRIED):
        mended = _rewritten(tree, _replacing(dict(chosen)))
        if chosen and (anywhere := counter.anywhere(mended)):
            found[str(mended)] = Meant(str(mended), counter.total(mended), anywhere)
    under_filters = [meant for meant in found.values() if meant.reports]
    return tuple(islice(under_filters or found.values(), MOST_MEANT))


def _candidates(leaf: Leaf, wording: Wording, table: Table | None) -> Iterable[str]:
    folded = fold_query(leaf.text)
    if table is not None and len(folded) >= _FEWEST_LETTERS and _LETTERS.issuperset(folded):
        sounding = dict.fromkeys(entry for entry, _ in table.phrases.sounding(folded))
        return (table.phrases.texts[entry] for entry in islice(sounding, _BY_SOUND))
    return (near.text for near in nearest(folded, wording, MOST_MEANT))


def _leaves(tree: Node) -> Iterator[Leaf]:
    """What a query looks for, in texts or in what is known of reports."""
    yield from wanted_leaves(tree)
    match tree:
        case Field(_, leaf):
            yield leaf
        case And(children) | Or(children):
            for child in children:
                if isinstance(child, Field):
                    yield child.leaf
        case _:
            pass


def _unquoted(leaf: Leaf) -> Leaf:
    """A phrase as words; one that holds blanks or marks stays: they would be read as signs."""
    if isinstance(leaf, Phrase) and leaf.text.isalnum():
        return on_its_own(Words(leaf.text))
    return leaf


def _replacing(mended: Mapping[Leaf, str]) -> Callable[[Leaf], Leaf]:
    def replaced(leaf: Leaf) -> Leaf:
        return replace(leaf, text=mended[leaf]) if leaf in mended else leaf

    return replaced


def _rewritten(node: Node, rewrite: Callable[[Leaf], Leaf]) -> Node:
    """A tree with its leaves rewritten; phrases that have to stand in order stay phrases."""
    match node:
        case Words() | Phrase():
            return rewrite(node)
        case InOrder(phrases):
            new = map(rewrite, phrases)
            return InOrder(tuple(Phrase(leaf.text) for leaf in new))
        case Within(scope, leaves):
            return Within(scope, tuple(map(rewrite, leaves)))
        case Field(name, leaf):
            return Field(name, rewrite(leaf))
        case And(children):
            return And(tuple(_rewritten(child, rewrite) for child in children))
        case Or(children):
            return Or(tuple(_rewritten(child, rewrite) for child in children))
        case _:
            return node
