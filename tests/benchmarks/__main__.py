"""Measure indexing and searching beside other engines, on synthetic collections.

    python -m tests.benchmarks [--sizes 1000,10000] [--peers tantivy,fts5,whoosh,scan,rg]
                               [--queries 60] [--seed 1] [--examples 3] [--folder DIR]

Every engine indexes the same texts in a process of its own on one core; then every query is put
to all of them in this process, one engine after the other. Exit status 1 if an answer of ours
differs from the plain scan.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from tests.benchmarks import ours, peers, report, synthetic, work
from tests.benchmarks.contenders import Contender
from tests.benchmarks.measuring import alone, memory_of_serving, side_by_side, size_on_disk
from tests.benchmarks.peers.plain_scan import PEER as SCAN
from tests.benchmarks.peers.plain_scan import Scan


def main() -> int:
    arguments = _arguments()
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    _say(f"Python {platform.python_version()}, {machine}, {_load()}")
    contenders = [ours.OURS]
    for peer in peers.peers(arguments.peers):
        if isinstance(peer, Contender):
            contenders.append(peer)
        else:
            _say(peer)
    source = synthetic.source(arguments.seed)
    _say(f"{len(source.sentences):,} different sentences from {source.name}")
    sizes = []
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as place:
            measured = _measure(Path(place), source, size, contenders, arguments)
        report.print_size(measured, arguments.examples)
        sizes.append(measured)
    if len(sizes) > 1:
        report.print_growth(sizes)
    wrong = sum(report.wrong_of_ours(measured.timings) for measured in sizes)
    if wrong:
        print(f"\n{wrong} answers of ours are wrong.")
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=_sizes, default=[1000], help="reports, by commas")
    parser.add_argument("--peers", type=_peers, default=list(peers.NAMES), help="by commas")
    parser.add_argument("--queries", type=int, default=60, help="of every kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=3, help="wrong answers shown of each peer")
    parser.add_argument("--folder", type=Path, help="where the indexes are built and deleted")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _peers(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    unknown = sorted(set(names) - set(peers.NAMES))
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not in {', '.join(peers.NAMES)}")
    return names


def _measure(
    place: Path,
    source: synthetic.Source,
    size: int,
    contenders: Sequence[Contender],
    arguments: argparse.Namespace,
) -> report.Measured:
    _say(f"writing {size:,} reports")
    # The last one is added to the finished index.
    drawn = synthetic.reports(source, size + 1, arguments.seed)
    collection = synthetic.write(place / "collection.jsonl", islice(drawn, size))
    one_more = synthetic.write(place / "one-more.jsonl", drawn)
    taking_part = [c for c in contenders if c.largest is None or size <= c.largest]
    indexed = {}
    for contender in taking_part:
        folder = place / contender.name
        folder.mkdir()
        cost = None
        if contender.build is not None:
            _say(f"{contender.name} indexes")
            cost = alone(contender.build, collection, folder)
        indexed[contender.name] = report.Indexed(cost, size_on_disk(folder))
    if hasattr(os, "sync"):
        os.sync()  # else what was just written goes to the disk under the queries
    scan = Scan(collection)
    _say("drawing queries")
    wanted = work.draw(
        scan, arguments.queries, arguments.seed, with_sentences=ours.knows_sentences()
    )
    searchers = {
        contender.name: scan
        if contender is SCAN
        else contender.open(collection, place / contender.name)
        for contender in taking_part
    }
    limits = {contender.name: contender.queries_of_a_kind for contender in taking_part}
    quick = {name: searcher for name, searcher in searchers.items() if limits[name] is None}
    side_by_side(quick, limits, wanted.warming, {})
    _say(f"{len(wanted.measured)} queries")
    timings = side_by_side(searchers, limits, wanted.measured, wanted.right)
    _say("one process that only serves, one more report")
    folder = place / ours.NAME
    return report.Measured(
        collection=collection,
        indexed=indexed,
        timings=timings,
        right=wanted.right,
        serving_memory=memory_of_serving(ours.OURS, collection, folder, wanted.measured),
        one_more_seconds=alone(ours.build, one_more, folder).seconds,
    )


def _load() -> str:
    """How busy the machine is with other things: figures of a busy one mean little."""
    loads = os.getloadavg() if hasattr(os, "getloadavg") else ()
    return f"load {', '.join(f'{load:.1f}' for load in loads) or 'unknown'}"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
