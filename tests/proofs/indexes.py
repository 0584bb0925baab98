"""The indexes that a proof is made over: those given, and a synthetic one made for it."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.config import Config
from tests.benchmarks import ours
from tests.benchmarks.synthetic import reports, source


def add_to(parser: argparse.ArgumentParser) -> None:
    """The arguments that say which."""
    parser.add_argument("indexes", type=Path, nargs="*", metavar="INDEX")
    parser.add_argument("--synthetic", type=int, default=0, metavar="REPORTS")
    parser.add_argument("--seed", type=int, default=1)


@contextmanager
def wanted(arguments: argparse.Namespace) -> Iterator[dict[str, Config]]:
    """By name, the indexes asked for; the synthetic one is gone afterwards."""
    found = {str(path): Config(path, workers=1) for path in arguments.indexes}
    with tempfile.TemporaryDirectory() as place:
        if arguments.synthetic:
            drawn = reports(source(arguments.seed), arguments.synthetic, arguments.seed)
            ours.build(drawn, Path(place))
            name = f"{arguments.synthetic} synthetic reports"
            found[name] = Config(Path(place) / "index", workers=1)
        yield found
