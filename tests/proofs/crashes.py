"""Kill indexing ten times at random moments; nothing may be lost.

    python -m tests.proofs.crashes FOLDER... [--kills 10] [--seed 1]

Each run of `tifa index` and its workers are killed with SIGKILL after a random time; then the
index must open and answer. A run that is left to finish must answer as an index that was built
without disturbance; then the next begins from nothing. Exit status 1 if anything differs.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from indexer.config import Config
from indexer.errors import IndexDamagedError, NoIndexError
from indexer.library import Library

QUERIES = (
    "服务",
    '"的"',
    '"法治政府"',
    "行政执法 -罚款",
    '"让群众少跑路"',
    "教育 OR 医疗",
    '"2025年"',
)


def answers(library: Library) -> list[dict[str, Any]]:
    """The whole answers to some queries."""
    return [library.search(query, limit=1000).to_json() for query in QUERIES]


def run(index: Path, folders: list[Path], seconds: float | None) -> int | None:
    """Index; after `seconds` kill the whole group. The exit status, None if it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "indexer", "index", *folders, "--index", index],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chosen = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as place:
        whole, broken = Config(Path(place) / "whole"), Config(Path(place) / "broken")
        begun = time.monotonic()
        run(whole.index, arguments.folders, None)
        seconds = time.monotonic() - begun
        right = answers(Library(whole))
        print(f"undisturbed: {right[1]['total']} reports in {seconds:.1f} s")
        for kill in range(1, arguments.kills + 1):
            after = chosen.uniform(0.3, seconds)
            status = run(broken.index, arguments.folders, after)
            print(f"kill {kill} after {after:4.1f} s: {_state(Library(broken), status)}")
            if status is not None or kill == arguments.kills:
                run(broken.index, arguments.folders, None)
                same = answers(Library(broken)) == right
                print(f"completed: answers {'equal' if same else 'DIFFER'}")
                if not same:
                    return 1
                shutil.rmtree(broken.index)
        return 0


def _state(library: Library, status: int | None) -> str:
    ended = "killed" if status is None else f"had finished with {status}"
    try:
        results = library.search('"的"')
    except (NoIndexError, IndexDamagedError):
        return f"{ended}; nothing was committed yet"
    return f"{ended}; {results.total} reports answer, {results.unsearchable.files} await the index"


if __name__ == "__main__":
    sys.exit(main())
