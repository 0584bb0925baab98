"""Query tree and filters -> results.

`Engine` is what the rest of the package knows of searching; `open_engine` gives the one in use.

- `embedded/`: Whoosh's inverted index of words, and NumPy arrays beside it. Its files are derived
  from the catalogue and can be deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.config import Config
from indexer.query.nodes import FieldName, Node
from indexer.records import Entry
from indexer.report import Document
from indexer.results import Copy, Facets, Filters, Results, Search
from indexer.wordings import Wordings


@dataclass(frozen=True, slots=True)
class Flaw:
    """A file of the index that is not as it was written: its name, and what of it, in Chinese."""

    file: str
    what: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the index is like on the disk, every byte looked at."""

    files: int
    bytes: int
    flaws: tuple[Flaw, ...]
    missing: frozenset[str]
    """Ids of the reports that nothing intact holds as they are wanted."""
    unwanted: int
    """Reports held that are not wanted, or not any more as they are held."""


class Wording(Protocol):
    """How a collection words things, in one committed state: what suggestions are made from."""

    @property
    def state(self) -> Hashable:
        """What tells this commit from all others."""
        ...

    def total(self, tree: Node, filters: Filters, *, whole_numbers: bool = False) -> int:
        """How many reports a tree finds; none that only comes near."""
        ...

    def holders(self, strings: Iterable[str]) -> list[int]:
        """In how many reports each of these folded strings stands."""
        ...

    def named(self, name: FieldName) -> list[tuple[str, int]]:
        """The different folded titles (issuers, kinds): the most frequent first, then the newest.

        With each the number of the newest report of it, to ask for its entry by.
        """
        ...

    def entry(self, number: int) -> Entry:
        """The report of that number."""
        ...

    def words(self, most: int) -> list[str]:
        """The words, of two characters or more, that most reports hold."""
        ...

    def paragraphs(self, characters: int) -> Iterator[list[str]]:
        """The folded paragraphs of reports: of all, or if they are long of some, evenly spread."""
        ...

    def around(self, string: str, before: int, after: int, most: int) -> NDArray[np.uint16]:
        """What stands around a folded string: a row of code units for each occurrence.

        So many `before` and `after` it; of more occurrences than `most` some, evenly spread.
        """
        ...


class Engine(Protocol):
    """Searches a collection. Every answer is from one committed state."""

    def search(self, search: Search) -> Results:
        """Totals, facets, and one page of hits with up to three passages each."""
        ...

    def overview(self) -> tuple[int, Facets]:
        """The number of reports, and the facets of all of them."""
        ...

    def wordings(self, search: Search, only: str | None = None) -> Wordings:
        """The sentences that hold what is looked for, alike ones as one (`indexer.wordings`).

        `limit` and `offset` of the search count wordings; its orders are by texts, then reports
        (relevance), places (matches), latest and first use, and number of provinces (region). With
        a wording's key, `only` that one, and they count its uses.
        """
        ...

    def same_text(self, report: str) -> tuple[Copy, ...]:
        """The other current reports of the same text (`indexer.sameness`), by format and id.

        None for a report that is not current.
        """
        ...

    def wording(self) -> Wording:
        """How the collection words things, as committed by now."""
        ...

    def commit(self) -> str:
        """Names the newest committed state, among those of all indexes; "" if there is none."""
        ...

    def update(
        self,
        entries: Iterable[Entry],
        load: Callable[[str], Document],
        progress: Callable[[int, int], None],
        *,
        verify: bool = False,
    ) -> bool:
        """Make the index hold exactly these reports; False if it did already.

        `load` gives the document of a text's hash; `progress` is told (done, of how many).
        Files that cannot be read are written again; to `verify` is to look for those that can
        be read and are not as they were written, too.
        """
        ...

    def inspect(self, entries: Iterable[Entry], progress: Callable[[int, int], None]) -> Inspection:
        """Look at every byte of the index, and whether it holds exactly these reports.

        `progress` is told (bytes done, of how many). Changes nothing and fails for no damage;
        another process must not write meanwhile.
        """
        ...


def open_engine(config: Config, *, at_hand: bool = False) -> Engine:
    """The engine of this index; opening reads nothing yet.

    Its files are kept `at_hand` in memory for a process that answers many queries.
    """
    from indexer.engine.embedded import EmbeddedEngine

    return EmbeddedEngine(config, at_hand=at_hand)
