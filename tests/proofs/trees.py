"""Random queries of every form against a naive evaluator: reports, counts, facets, marks.

    python -m tests.proofs.trees INDEX... [--synthetic 300] [--queries 2000] [--seed 1]

AND, OR, NOT and brackets over words, phrases, 同句(…), 同段(…), phrases in order, titles, issuers
and kinds, with facets and whole numbers now and then; typed, parsed, and evaluated by
`tests.oracle`. They are dealt out evenly over the indexes. Exit status 1 if there is any
difference.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator

from indexer.config import Config
from indexer.engine import open_engine
from indexer.library import MAX_LIMIT, Library
from indexer.query.nodes import And, InOrder, Node, Not, Or, Within
from indexer.query.terms import marked_terms
from indexer.results import Hit, Search
from tests.oracle import BruteForce, compare, spans
from tests.proofs import indexes
from tests.proofs.passages import wrong_passages
from tests.proofs.queries import Drawn, Queries
from tests.proofs.scan import Texts

_MARKED = 3
"""Of the reports found, in so many the marks and passages are compared."""


class Subject:
    """An index, the truth about it, and how many of the queries were of which form."""

    def __init__(self, config: Config) -> None:
        self.library = Library(config)
        self.engine = open_engine(config)
        self.truth = BruteForce(config)
        self.texts = Texts(config)
        self.forms: Counter[str] = Counter()
        self._chosen = random.Random(0)

    def differences(self, drawn: Drawn) -> list[str]:
        """What the engine answers otherwise than the oracle."""
        search = self.library.request(
            drawn.text, whole_numbers=drawn.whole_numbers, limit=MAX_LIMIT
        )
        mine, right, wrong = compare(self.engine, self.truth, search)
        for hit in mine.hits[:_MARKED]:
            wrong += self._wrong_marks(hit, search)
        self.forms.update({*_forms(search.tree), "that find something" if right.total else "empty"})
        return [f"{drawn}: {line}" for line in wrong]

    def _wrong_marks(self, hit: Hit, search: Search) -> Iterator[str]:
        text = self.texts.by_id.get(hit.id)
        if text is None:
            return  # that it is no report of the collection, `compare` has said
        terms = marked_terms(search.tree)
        found = list(spans(text.folded.text, terms, search.whole_numbers))
        marks = self.library.marks(text.document, search)
        if marks != text.covered(found):
            yield f"{hit.id}: marks {marks}, not {text.covered(found)}"
        yield from wrong_passages(self.library, text, hit, found, self._chosen)


def _forms(node: Node) -> Iterator[str]:
    """The names of the forms that a query is made of."""
    yield str(node.scope) if isinstance(node, Within) else type(node).__name__
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from _forms(child)
        case Not(child):
            yield from _forms(child)
        case Within(_, leaves) | InOrder(leaves):
            for leaf in leaves:
                yield f"{type(leaf).__name__} inside {type(node).__name__}"
        case _:
            pass


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    indexes.add_to(parser)
    parser.add_argument("--queries", type=int, default=2_000)
    arguments = parser.parse_args()
    wrong = 0
    with indexes.wanted(arguments) as configs:
        number = arguments.queries // max(1, len(configs))
        for name, config in configs.items():
            subject = Subject(config)
            before = wrong
            for drawn in Queries(subject.truth.records, arguments.seed).draw(number):
                for line in subject.differences(drawn):
                    wrong += 1
                    print(line, flush=True)
            forms = ", ".join(f"{count} {form}" for form, count in subject.forms.most_common())
            print(
                f"{name}: {number} queries over {len(subject.truth.records)} reports"
                f" ({forms}): {wrong - before} differences",
                flush=True,
            )
    return 1 if wrong or not configs else 0


if __name__ == "__main__":
    sys.exit(main())
