"""Query tree and filters -> results.

`Engine` is what the rest of the package knows of searching; `open_engine` gives the one in use.

- `embedded/`: Whoosh's inverted index of words, and NumPy arrays beside it. Its files are derived
  from the catalogue and can be deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from indexer.config import Config
from indexer.records import Entry
from indexer.report import Document
from indexer.results import Facets, Results, Search


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


class Engine(Protocol):
    """Searches a collection. Every answer is from one committed state."""

    def search(self, search: Search) -> Results:
        """Totals, facets, and one page of hits with up to three passages each."""
        ...

    def overview(self) -> tuple[int, Facets]:
        """The number of reports, and the facets of all of them."""
        ...

    def is_built(self) -> bool:
        """Whether there is a committed state to search, be it empty."""
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
