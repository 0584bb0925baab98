"""How long the pages take, served by `tifa serve` and fetched over the network's own protocol.

    python -m tests.benchmarks.pages [--reports 10000] [--queries 30] [--seconds 20] [--seed 1]

Result pages of the queries of `work`: for one client, then for ten at once; then the page of one
report of 200,000 characters with 2,000 marks. Targets: median 15 ms and p95 40 ms for one client;
100 pages a second and p95 150 ms for ten; 150 ms for the long report. Clients are threads of a
process of their own, which takes its share of the machine.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import multiprocessing
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlsplit

from indexer.collection import update
from indexer.config import Config
from tests.benchmarks import ours, synthetic, work
from tests.benchmarks.peers.plain_scan import Scan

_LONG = 200_000
_MARKS = 2_000
_MARKED = "标记之处"
_HEADERS = {"Accept-Encoding": "gzip", "Accept-Language": "zh"}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=30, help="of every kind")
    parser.add_argument("--seconds", type=float, default=20, help="for which ten clients ask")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = synthetic.source(arguments.seed)
        drawn = synthetic.reports(source, arguments.reports, arguments.seed)
        collection = synthetic.write(folder / "collection.jsonl", islice(drawn, arguments.reports))
        print(f"{arguments.reports:,} reports: indexing", file=sys.stderr, flush=True)
        ours.build(collection, folder)
        scan = Scan(collection)
        wanted = work.draw(scan, arguments.queries, arguments.seed, with_sentences=True)
        queries = [f"/?q={quote(query.typed)}" for query in wanted.measured]
        with served(folder / "index") as address:
            results(address, queries, arguments.seconds)
    long_report()


def results(address: str, paths: Sequence[str], seconds: float) -> None:
    """Print what one client waits for each page, then what ten do."""
    once = _apart(_one_client, address, paths)
    times = [spent for spent, _, _ in once]
    print(f"{len(times)} result pages, one client: {_figures(times)}")
    sizes = sorted(size for _, _, size in once)
    plain = sorted(size for _, size, _ in once)
    print(
        f"size as sent: median {_kilobytes(statistics.median(sizes))}, most {_kilobytes(sizes[-1])}"
        f" (unpacked {_kilobytes(statistics.median(plain))}, {_kilobytes(plain[-1])})"
    )
    clients = 10
    times = _apart(_clients, address, paths, clients, seconds)
    print(f"{clients} clients: {len(times) / seconds:.0f} pages a second, {_figures(times)}")


def long_report() -> None:
    """Print how long the page of one very long report with many marks takes."""
    sentence = f"{_MARKED}，" + "各地区各部门要认真贯彻落实，" * 6 + "确保取得实效。\n"
    text = "关于长篇报告的报告\n\n" + sentence * (_LONG // len(sentence) + 1)
    text = text[:_LONG] + "\n" + f"{_MARKED}。" * (_MARKS - text[:_LONG].count(_MARKED))
    with tempfile.TemporaryDirectory() as place:
        reports = Path(place) / "reports"
        reports.mkdir()
        (reports / "长.txt").write_text(text, encoding="utf-8")
        config = Config(Path(place) / "index", workers=1)
        update(config, [reports])
        with served(config.index) as address:
            found = _fetch(_connection(address), f"/?q={quote(f'“{_MARKED}”')}")[1].decode()
            link = re.search(r'<h2[^>]*><a href="(/r/[^"]+)"', found)
            if link is None:
                sys.exit("the long report was not found")
            once = _apart(_one_client, address, [link[1].replace("&amp;", "&")] * 15)
    times = [spent for spent, _, _ in once]
    _, plain, size = once[-1]
    print(
        f"a report of {_LONG:,} characters and {_MARKS:,} marks: {_figures(times)},"
        f" {_kilobytes(size)} as sent (unpacked {_kilobytes(plain)})"
    )


@contextmanager
def served(index: Path) -> Iterator[str]:
    """`tifa serve` in a process of its own, warmed up; its address."""
    command = [sys.executable, "-m", "indexer", "serve", "--port", "0", "--index", str(index)]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            found = re.search(r"http://[\d.:]+", line)
            if found is None:
                sys.exit(f"tifa serve did not start: {line}")
            connection = _connection(found[0])
            for _ in range(5):
                _fetch(connection, f"/?q={quote('发展')}")
            yield found[0]
        finally:
            server.terminate()


def _one_client(address: str, paths: Sequence[str]) -> list[tuple[float, int, int]]:
    """For each page its seconds, its bytes, and its bytes as sent."""
    connection = _connection(address)
    _fetch(connection, paths[0])
    return [_timed(connection, path) for path in paths]


def _clients(address: str, paths: Sequence[str], number: int, seconds: float) -> list[float]:
    """The seconds of every page that so many clients at once got in so many seconds."""
    end = time.perf_counter() + seconds

    def ask(client: int) -> list[float]:
        chosen = random.Random(client)
        connection = _connection(address)
        times = []
        while time.perf_counter() < end:
            times.append(_timed(connection, chosen.choice(paths))[0])
        return times

    with ThreadPoolExecutor(number) as clients:
        return [spent for times in clients.map(ask, range(number)) for spent in times]


def _timed(connection: http.client.HTTPConnection, path: str) -> tuple[float, int, int]:
    start = time.perf_counter()
    size, body = _fetch(connection, path)
    return time.perf_counter() - start, len(body), size


def _connection(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    return http.client.HTTPConnection(parts.hostname or "", parts.port)


def _fetch(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """A page: its bytes as sent, and the page itself."""
    connection.request("GET", path, headers=_HEADERS)
    answer = connection.getresponse()
    sent = answer.read()
    if answer.status != http.client.OK:
        sys.exit(f"{answer.status} for {path}")
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return len(sent), gzip.decompress(sent) if packed else sent


def _apart(function, *arguments):
    """Run it in a process of its own, so that asking does not wait for answering."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def _figures(seconds: Sequence[float]) -> str:
    ordered = sorted(1000 * spent for spent in seconds)
    late = ordered[int(0.95 * (len(ordered) - 1))]
    return (
        f"median {statistics.median(ordered):.1f} ms, p95 {late:.1f} ms, most {ordered[-1]:.1f} ms"
    )


def _kilobytes(size: float) -> str:
    return f"{size / 1000:.1f} kB"


if __name__ == "__main__":
    main()
