"""Time indexing, and searching beside a plain scan of the same texts.

    python -m tests.benchmarks [FOLDER...] [--queries 200] [--seed 1]

Without folders: the samples. Both searches run in this process on the same phrases, which are
drawn from the texts. A search of ours is the whole work: reports, counts, facets, the first ten
hits with their passages; the plain scan counts occurrences and does no more.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.collection import update
from indexer.config import Config
from indexer.folding import fold
from indexer.library import Library
from indexer.query.nodes import Phrase
from tests.conftest import SAMPLES


def milliseconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*", default=[SAMPLES])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chosen = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as place:
        config = Config(Path(place) / "index")
        seconds = milliseconds(lambda: update(config, arguments.folders)) / 1000
        library = Library(config)
        counts = library.counts()
        print(f"{counts.files} files, {counts.characters} characters: indexed in {seconds:.1f} s,")
        print(f"  {counts.files / seconds:.1f} files a second, {config.workers} workers")
        texts = _texts(config)
        for length in (2, 4, 8, 20):
            phrases = [_phrase(chosen, texts, length) for _ in range(arguments.queries)]
            ours = [milliseconds(lambda p=p: library.search(str(Phrase(p)))) for p in phrases]
            plain = [milliseconds(lambda p=p: [text.count(p) for text in texts]) for p in phrases]
            mine, other = statistics.median(ours), statistics.median(plain)
            print(
                f"phrases of {length:>2}: ours {mine:6.2f} ms"
                f" (p95 {statistics.quantiles(ours, n=20)[-1]:6.2f}),"
                f" plain scan {other:6.2f} ms, ratio {mine / other:.2f}"
            )
    return 0


def _texts(config: Config) -> list[str]:
    catalogue = Catalogue.open(config.catalogue)
    texts = [fold(catalogue.document(entry.text).text) for entry in catalogue.entries()]
    catalogue.close()
    return texts


def _phrase(chosen: random.Random, texts: list[str], length: int) -> str:
    while True:
        text = chosen.choice(texts)
        start = chosen.randrange(len(text) - length)
        phrase = text[start : start + length]
        if phrase.isalnum():
            return phrase


if __name__ == "__main__":
    sys.exit(main())
