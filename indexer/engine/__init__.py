"""Query tree and filters -> results.

`Engine` is what the rest of the package knows of searching; `open_engine` gives the one in use.

- `embedded/`: Whoosh's inverted index of words, and NumPy arrays beside it. Its files are derived
  from the catalogue and can be deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from indexer.config import Config
from indexer.records import Entry
from indexer.report import Document
from indexer.results import Facets, Results, Search


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
    ) -> bool:
        """Make the index hold exactly these reports; False if it did already.

        `load` gives the document of a text's hash; `progress` is told (done, of how many).
        """
        ...


def open_engine(config: Config) -> Engine:
    """The engine of this index; opening reads nothing yet."""
    from indexer.engine.embedded import EmbeddedEngine

    return EmbeddedEngine(config)
