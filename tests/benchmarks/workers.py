"""What a worker costs beside its work, and how much address space real files take.

    python -m tests.benchmarks.workers [FOLDER...] [--files 5000]

Targets: under 1 ms a file; no real file near the limit of 1 GiB beyond what a process maps at its
start. Every candidate of the folders is read, in processes that read on as `tifa index` does.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from indexer.errors import ExtractionError
from indexer.extract import extract
from indexer.processes import Limits, run_all
from indexer.scanning import scan

_LARGEST = 5


def nothing(_: int) -> tuple[int, float]:
    """The least that a task can do: this process, and the seconds of processor it has used."""
    return os.getpid(), time.process_time()


def mapped(path: Path) -> tuple[int, int, str]:
    """Read a file: the most address space and memory of this process so far, in bytes."""
    try:
        extract(path)
        outcome = "read"
    except ExtractionError as error:
        outcome = type(error).__name__
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    status = dict(line.split(":", 1) for line in lines)
    return int(status["VmPeak"].split()[0]) << 10, int(status["VmHWM"].split()[0]) << 10, outcome


def overhead(files: int, workers: int) -> tuple[float, float]:
    """Milliseconds for each task that does nothing: on the clock, and of all processors.

    The clock counts the start and end of the processes, and whatever else this machine does.
    """
    start, used = time.perf_counter(), time.process_time()
    by_process: dict[int, list[float]] = {}
    for _, outcome in run_all(nothing, range(files), Limits(), workers):
        if isinstance(outcome, Exception):
            raise outcome
        by_process.setdefault(outcome[0], []).append(outcome[1])
    in_workers = sum(max(times) - min(times) for times in by_process.values())
    clock, processor = time.perf_counter() - start, time.process_time() - used + in_workers
    return clock / files * 1000, processor / files * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--files", type=int, default=5000)
    arguments = parser.parse_args()
    for workers in (1, 2):
        runs = [overhead(arguments.files, workers) for _ in range(5)]
        clock, processor = (min(times) for times in zip(*runs, strict=True))
        print(f"{workers} worker(s): {clock:.2f} ms a file, {processor:.2f} of processor (< 1)")
    if not arguments.folders or sys.platform != "linux":
        return
    start = next(iter(run_all(mapped, [Path("nothing.txt")], Limits(), 1)))[1]
    if isinstance(start, Exception):
        raise start
    files = [file.path for file in scan(arguments.folders, besides=Path("/nowhere")).files]
    # One file for each process: else the largest would hide all that follow.
    limits = Limits(seconds=60, address_space=None, max_tasks=1)
    found = []
    for path, outcome in run_all(mapped, files, limits, 2):
        if isinstance(outcome, Exception):
            print(f"{path}: {outcome!r}")
        else:
            found.append((outcome[0] - start[0], outcome[1], path))
    found.sort(reverse=True)
    print(f"{len(found)} files; at its start a process maps {start[0] >> 20} MB")
    for more, memory, path in found[:_LARGEST]:
        print(f"  + {more >> 20:4} MB mapped, {memory >> 20:4} MB of memory: {path.name}")


if __name__ == "__main__":
    main()
