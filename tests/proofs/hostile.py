"""Hostile files are bounded by the limits, and the file after each is read.

    python -m tests.proofs.hostile [NAME...] [--seconds 20]

Every file of `tests.hostile` is read by one worker, a good report after each. A file may be
read, or refused with a reason; what it may not is take longer than the limit, be refused by an
accident of ours (意外错误), let anything of another file into its text, or harm the report
that follows. Exit status 1 if one does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.config import Config
from indexer.errors import ExtractionError
from indexer.report import Report
from indexer.scanning import scan
from indexer.workers import read_all
from tests.hostile import FILES, write

GOOD = "关于政府工作的报告\n\n各位代表：\n让群众少跑路。\n"
ROOM = 10.0
"""Seconds beyond the limit for killing, starting anew and trying once more."""


@dataclass(frozen=True)
class Told:
    """What became of a hostile file. `problems` is empty if it was bounded."""

    name: str
    seconds: float
    outcome: str
    problems: tuple[str, ...]


def prove(names: Sequence[str], folder: Path, config: Config) -> Iterator[Told]:
    """Read each of the files in a folder, and a good one after it, in one and the same pool."""
    for name in names:
        write(name, folder)
        good = folder / "next.txt"
        good.write_text(GOOD, encoding="utf-8")
        files = scan([folder], besides=config.index).files
        start = time.monotonic()
        ours, after = None, None
        for file, outcome in read_all(sorted(files, key=lambda f: f.path == good), config):
            if file.path == good:
                after = outcome
            else:
                ours = outcome
        seconds = time.monotonic() - start
        yield Told(name, seconds, _shown(ours), tuple(_problems(ours, after, seconds, config)))
        (folder / name).unlink()


def _problems(
    ours: Report | ExtractionError | None,
    after: Report | ExtractionError | None,
    seconds: float,
    config: Config,
) -> Iterator[str]:
    if ours is None:
        yield "no outcome"
    if not isinstance(ours, Report) and "意外错误" in str(ours):
        yield "refused by accident"
    if isinstance(ours, Report) and "root:" in ours.document.text:
        yield "text of another file"
    if seconds > config.seconds_per_file + ROOM:
        yield "took too long"
    if not (isinstance(after, Report) and "让群众少跑路" in after.document.text):
        yield f"the next file: {after}"


def _shown(outcome: Report | ExtractionError | None) -> str:
    if isinstance(outcome, Report):
        warned = "".join(f" | {warning}" for warning in outcome.document.warnings)
        return f"read, {len(outcome.document.text):,} characters{warned}"
    return "none" if outcome is None else f"{type(outcome).__name__}: {outcome.reason}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all of them")
    parser.add_argument("--seconds", type=float, default=20.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        config = Config(Path(place) / "index", workers=1, seconds_per_file=arguments.seconds)
        folder = Path(place) / "files"
        folder.mkdir()
        failed = count = 0
        for told in prove(arguments.names or list(FILES), folder, config):
            count += 1
            failed += bool(told.problems)
            wrong = f"  !! {'; '.join(told.problems)}" if told.problems else ""
            print(f"{told.seconds:5.1f} s  {told.name}: {told.outcome}{wrong}", flush=True)
        print(f"{count} hostile files, {count - failed} bounded, {failed} not")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
