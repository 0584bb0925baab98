"""Two processes search while a third commits: every answer is from one committed state.

    python -m tests.proofs.committing [--queries 10000] [--commits 40] [--seed 1]

The reports change as `generations` says; each generation is one run of indexing. Before a search
a process notes the last generation committed, after it the last one begun: the whole answer
(total, occurrences, facets, the page of hits in their order, what is known of each) must be that
of one generation between, and of none earlier than the answer before. Both go on searching until
the last commit. Exit status 1 if an answer is of no such generation, or a search fails.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from itertools import pairwise
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from queue import Empty
from typing import Any

from indexer.collection import update
from indexer.config import Config
from indexer.engine.embedded.schema import table_of_contents
from indexer.folding import fold
from indexer.library import MAX_LIMIT, Library
from indexer.query.nodes import Node, Phrase
from indexer.results import Results, Search
from tests.oracle import BruteForce
from tests.oracle_facets import as_counts
from tests.proofs.generations import ALTERED, EVERYWHERE, NEW, marker, truth, turn_of, write

SEARCHERS = 2
_REOPENED_EVERY = 4
"""Queries after which a process opens the index anew, now and then just as a commit ends."""
_PAGE = 10
_TOLD = 20
"""Differences that a process tells of; more are counted only."""
_PATIENCE = 300.0
"""Seconds after which a process that says nothing is given up."""


@dataclass
class Told:
    """What a searching process has to say. `generations` are those that its answers were of."""

    queries: int = 0
    wrong: int = 0
    differences: list[str] = field(default_factory=list)
    generations: set[int] = field(default_factory=set)
    meanwhile: int = 0
    """Answers while a commit was under way."""


@dataclass(frozen=True)
class Clock:
    """Generations committed and begun, queries answered by all: shared by the processes."""

    committed: Synchronized[int]
    begun: Synchronized[int]
    answered: Synchronized[int]


@dataclass(frozen=True)
class Proof:
    """What the processes said, and the number of segments after each commit."""

    told: list[Told]
    segments: list[int]

    @property
    def queries(self) -> int:
        return sum(told.queries for told in self.told)

    @property
    def differences(self) -> list[str]:
        return [line for told in self.told for line in told.differences]

    @property
    def merges(self) -> int:
        return sum(after < before for before, after in pairwise(self.segments))


class Truth:
    """The right answer to a search in each generation; the same one is not worked out twice."""

    def __init__(self, generations: list[BruteForce]) -> None:
        self._generations = generations
        self._known: dict[object, Results] = {}

    def answer(self, search: Search, generation: int) -> Results:
        """The right page, with the totals and facets of the whole."""
        key = search.text, search.filters, search.sort, generation
        if key not in self._known:
            whole = replace(search, limit=MAX_LIMIT, offset=0)
            self._known[key] = self._generations[generation].search(whole)
        results = self._known[key]
        page = results.hits[search.offset : search.offset + search.limit]
        return replace(results, hits=page)


def _said(results: Results) -> tuple[object, ...]:
    facets = results.facets
    return (
        results.total,
        *(as_counts(values) for values in (facets.region, facets.year, facets.topic)),
        [(hit.id, hit.matches, hit.title, hit.region, hit.year, hit.date) for hit in results.hits],
    )


def draw(library: Library, chosen: random.Random, generation: int) -> Search:
    """A search whose right answer tells most generations apart."""
    turn = max(0, turn_of(generation) + chosen.randint(-1, 1))
    text = chosen.choice(
        (
            f'"{EVERYWHERE}"',
            f'"{EVERYWHERE}"',
            f'"{marker(turn)}"',
            f'"{marker(turn)}" OR "{NEW}"',
            f'"{EVERYWHERE}" -"{marker(turn)}"',
            f'"{ALTERED}"',
            f'同句("{NEW}" "群众")',
            f'"全县" … "{marker(turn)}" … "落实"',
            f'title:汇报 "{NEW}"',
            "情况汇报",
        )
    )
    given: dict[str, Any] = {"sort": chosen.choice(("oldest", "newest")), "limit": MAX_LIMIT}
    if chosen.random() < 0.5:
        given |= {"limit": _PAGE, "offset": _PAGE * chosen.randrange(12)}
    if chosen.random() < 0.3:
        given |= chosen.choice(({"region": "410000"}, {"year": "2010-2021"}))
    return library.request(text, **given)


def unmarked(results: Results, tree: Node) -> list[str]:
    """Hits of a phrase whose passages do not show just it."""
    if not isinstance(tree, Phrase):
        return []
    phrase = fold(tree.text)
    return [
        f"{hit.id}: {passage.text!r} is marked {passage.marks}"
        for hit in results.hits
        for passage in hit.passages
        if not passage.marks
        or any(fold(passage.text[low:high]) != phrase for low, high in passage.marks)
    ] + [f"{hit.id}: no passage" for hit in results.hits if not hit.passages]


def search_on(
    config: Config,
    generations: list[BruteForce],
    clock: Clock,
    queries: int,
    seed: int,
    pause: float,
    out: multiprocessing.Queue[Told],
) -> None:
    """A searching process: so many queries, and on until the last generation is committed."""
    right, told, chosen = Truth(generations), Told(), random.Random(seed)
    library, newest = Library(config), 0
    while told.queries < queries or clock.committed.value < len(generations) - 1:
        if told.queries % _REOPENED_EVERY == 0:
            library = Library(config)
        search = draw(library, chosen, clock.begun.value)
        earliest = max(newest, clock.committed.value)
        try:
            results = library.run(search)
            latest = clock.begun.value
            of = [
                generation
                for generation in range(earliest, latest + 1)
                if _is(results, right.answer(search, generation))
            ]
            wrong = unmarked(results, search.tree)
        except Exception as error:  # whatever a search fails of is what is looked for
            of, latest, wrong = [], clock.begun.value, [f"{type(error).__name__}: {error}"]
        if of:
            newest = of[0]
            told.generations.add(newest)
        else:
            wrong.append(f"of no generation from {earliest} to {latest}")
        told.queries += 1
        told.meanwhile += latest > earliest
        told.wrong += bool(wrong)
        if len(told.differences) < _TOLD:
            told.differences += [f"{search.text} from {search.offset}: {line}" for line in wrong]
        with clock.answered.get_lock():
            clock.answered.value += 1
        time.sleep(pause)
    out.put(told)


def _is(mine: Results, right: Results) -> bool:
    """Whether two answers say the same, passages aside."""
    # Words have no exact number of occurrences, though the oracle gives one.
    counted = mine.occurrences is None or mine.occurrences == right.occurrences
    return counted and _said(mine) == _said(right)


def prove(place: Path, queries: int, commits: int, seed: int, pause: float = 0.0) -> Proof:
    """Commit so many times in a new folder while two processes make so many queries or more.

    Each of them waits `pause` seconds after a query.
    """
    folder, config = place / "reports", Config(place / "index", workers=1)
    folder.mkdir()
    generations = []
    for generation in range(commits + 1):
        write(folder, generation)
        generations.append(truth(folder))
    write(folder, 0)
    update(config, [folder])
    context = multiprocessing.get_context("spawn")
    clock = Clock(context.Value("i", 0), context.Value("i", 0), context.Value("i", 0))
    out: multiprocessing.Queue[Told] = context.Queue()
    searchers = [
        context.Process(
            target=search_on,
            args=(config, generations, clock, queries // SEARCHERS, seed + n, pause, out),
            daemon=True,
        )
        for n in range(SEARCHERS)
    ]
    for searcher in searchers:
        searcher.start()
    segments = []
    try:
        for generation in range(1, commits + 1):
            # The queries are spread over the commits, the first of which waits for the processes.
            while clock.answered.value * (commits + 1) < generation * queries:
                if not all(searcher.is_alive() for searcher in searchers):
                    raise RuntimeError("a searching process ended before its time")
                time.sleep(0.01)
            clock.begun.value = generation
            write(folder, generation)
            update(config, [folder])
            clock.committed.value = generation
            segments.append(len(table_of_contents(config.segments).segments))
        told = [out.get(timeout=_PATIENCE) for _ in searchers]
    except Empty:
        raise RuntimeError("a searching process said nothing") from None
    finally:
        for searcher in searchers:
            if sys.exc_info()[0] is not None:
                searcher.terminate()
            searcher.join()
    return Proof(told, segments)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        proof = prove(Path(place), arguments.queries, arguments.commits, arguments.seed)
    for line in proof.differences:
        print(line)
    seen = set().union(*(told.generations for told in proof.told))
    print(
        f"{proof.queries} queries, {sum(told.meanwhile for told in proof.told)} of them while a"
        f" commit was under way; {arguments.commits} commits, {proof.merges} of which merged"
        f" segments (up to {max(proof.segments)}); answers of {len(seen)} generations:"
        f" {sum(told.wrong for told in proof.told)} answers were of no committed state"
    )
    return 1 if proof.differences else 0


if __name__ == "__main__":
    sys.exit(main())
