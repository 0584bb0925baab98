"""Time and memory: of indexing in a process of its own, of queries side by side in this one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.benchmarks.contenders import Answer, Contender, Query, Searcher
from tests.benchmarks.synthetic import Collection
from webapp.servers import settle

Result = TypeVar("Result")

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Cost:
    """Of work done alone on one core. `peak` is resident memory in bytes, None where not told."""

    seconds: float
    cpu_seconds: float
    peak: int | None


@dataclass(frozen=True, slots=True)
class Timing:
    """One query put to one engine. `milliseconds` is None where its answer was wrong."""

    query: Query
    name: str
    answer: Answer
    milliseconds: float | None


def alone(function: Callable[..., None], *arguments: Any) -> Cost:
    """Run a function in a new process on one core."""
    return _in_new_process(_cost, function, *arguments)


def memory_of_serving(
    contender: Contender, collection: Collection, folder: Path, queries: Sequence[Query]
) -> int | None:
    """Anonymous memory in bytes of a process that did nothing but answer the queries.

    None where the system does not say (it is Linux's RssAnon). Mapped files are not in it: they
    are the system's cache, which gives way.
    """
    return _in_new_process(_serve, contender, collection, folder, queries)


def size_on_disk(folder: Path) -> int:
    """Bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def side_by_side(
    searchers: Mapping[str, Searcher],
    limits: Mapping[str, int | None],
    queries: Sequence[Query],
    right: Mapping[Query, Answer],
) -> list[Timing]:
    """Each query put to every engine before the next one is: noise hits all alike.

    The order of the engines is drawn anew for every query, so that none always finds the
    processor's caches as the same other one left them: one of them reads all texts.
    """
    # What this process holds for comparing answers is no burden of the engines: the garbage
    # collector would look through all of it again and again.
    gc.collect()
    settle()
    timings = []
    asked: Counter[tuple[str, str]] = Counter()
    drawing = random.Random(len(queries))
    for query in queries:
        for name in drawing.sample(list(searchers), len(searchers)):
            limit = limits[name]
            if limit is not None and asked[name, query.kind] >= limit:
                continue
            begun = time.perf_counter()
            answer = searchers[name].answer(query)
            milliseconds = (time.perf_counter() - begun) * 1000
            if answer is None:
                continue
            asked[name, query.kind] += 1
            is_right = query not in right or answer.agrees_with(right[query])
            timings.append(Timing(query, name, answer, milliseconds if is_right else None))
    return timings


def _in_new_process(function: Callable[..., Result], *arguments: Any) -> Result:
    # Spawned: a forked process would begin with this one's memory.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(function, *arguments).result()


def _cost(function: Callable[..., None], *arguments: Any) -> Cost:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    begun, begun_cpu = time.perf_counter(), time.process_time()
    function(*arguments)
    return Cost(time.perf_counter() - begun, time.process_time() - begun_cpu, _peak())


def _serve(
    contender: Contender, collection: Collection, folder: Path, queries: Sequence[Query]
) -> int | None:
    searcher = contender.open(collection, folder)
    for query in queries:
        searcher.answer(query)
    return _status("RssAnon")


def _peak() -> int | None:
    if sys.platform == "win32":
        return None
    # Linux hands getrusage's figure down from the process that started this one.
    if sys.platform == "linux":
        return _status("VmHWM")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS


def _status(name: str) -> int | None:
    if not _STATUS.is_file():
        return None
    for line in _STATUS.read_text().splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) * 1024
    return None
