"""ripgrep over text files, if it is installed: phrases only, and neither facets nor passages."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.benchmarks.contenders import Answer, Contender, Query, Searcher
from tests.benchmarks.peers import MissingPeerError
from tests.benchmarks.synthetic import Collection

_FILES_PER_FOLDER = 1000


def _command() -> str:
    command = shutil.which("rg")
    if command is None:
        raise MissingPeerError("the command rg is not here (install ripgrep)")
    return command


_RG = _command()


def _build(collection: Collection, folder: Path) -> None:
    for report in collection:
        place = folder / str(report.number // _FILES_PER_FOLDER)
        place.mkdir(exist_ok=True)
        (place / f"{report.number}.txt").write_text(report.folded, encoding="utf-8")


class _Ripgrep:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def answer(self, query: Query) -> Answer | None:
        if not query.is_phrase:
            return None
        arguments = ["--no-config", "--no-ignore", "--fixed-strings", "--files-with-matches"]
        run = subprocess.run(
            [_RG, *arguments, "--regexp", *query.every, str(self._folder)],
            capture_output=True,
            check=False,
        )
        return Answer(run.stdout.count(b"\n"))


def _open(collection: Collection, folder: Path) -> Searcher:
    return _Ripgrep(folder)


PEER = Contender("rg", _build, _open)
