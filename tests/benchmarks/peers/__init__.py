"""The other engines; the one place that imports what may not be installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module

from tests.benchmarks.contenders import Contender

_MODULES = {
    "tantivy": "tantivy_words",
    "fts5": "fts5_trigrams",
    "whoosh": "stock_whoosh",
    "scan": "plain_scan",
    "rg": "ripgrep",
}
NAMES = tuple(_MODULES)


class MissingPeerError(Exception):
    """What a peer needs is not here; the message says what to do."""


def peers(names: Iterable[str]) -> Iterator[Contender | str]:
    """Each peer, or a sentence that says why it is left out."""
    for name in names:
        try:
            module = import_module(f"{__name__}.{_MODULES[name]}")
        except ModuleNotFoundError as error:
            yield f"{name} is left out: no module {error.name} (pip install -e '.[bench]')"
        except MissingPeerError as error:
            yield f"{name} is left out: {error}"
        else:
            yield module.PEER
