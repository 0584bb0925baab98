"""A folder of copies of real reports, an index of it, and a perfect memory of what both held."""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from indexer.collection import update
from indexer.config import Config
from indexer.errors import ExtractionError
from indexer.extract import EXTRACTION_VERSION
from indexer.metadata import METADATA_VERSION
from indexer.recorder import Recorder
from indexer.report import Document, Report
from indexer.scanning import OVERRIDES_NAME, File
from indexer.workers import read
from tests.proofs.following import Link, Text, id_of

TEXTS = frozenset({".txt", ".md"})
ALL = TEXTS | {".docx", ".pdf"}
_MOST_BYTES = 1_000_000
_FEWEST = 300
"""Characters of a report that is drawn."""


class World:
    """The folder, its index, and what a perfect memory would know of both."""

    def __init__(self, place: Path, seed: int) -> None:
        self.folder, self.spare = place / "reports", place / "spare"
        self.config = Config(place / "index", workers=1)
        self.chosen = random.Random(seed)
        self.texts: dict[str, list[Text]] = {}
        self.history: defaultdict[str, list[str | None]] = defaultdict(list)
        self.links: list[Link] = []
        self.runs = 0

    def run(self) -> None:
        """Index the folder, and remember what stands in it."""
        summary = update(self.config, [self.folder], recognise=False)
        self.remember()
        failed = [failure for failure in summary.failures if failure.pages is None]
        if any(self.history.get(failure.path, [None])[-1] for failure in failed):
            raise RuntimeError(f"not indexed, though it can be read: {failed}")

    def remember(self) -> None:
        stands = {}
        for path in sorted(filter(Path.is_file, self.folder.rglob("*"))):
            if path.name != OVERRIDES_NAME and (report := self.read(path)):
                stands[str(path)] = report
        for known in {*self.history, *stands}:
            earlier: list[str | None] = [None] * self.runs
            self.history[known] = [*(self.history[known] or earlier), stands.get(known)]
        self.runs += 1

    def read(self, path: Path) -> str | None:
        """The id of a file; None if it cannot be read."""
        report = id_of(path.read_bytes())
        if report not in self.texts:
            try:
                text = read_file(path).document.text
            except ExtractionError:
                return None
            self.texts[report] = [Text(text)]
        return report

    def read_otherwise(self, path: Path, change: Callable[[Document], Document]) -> None:
        """Have the catalogue hold another text of a file's bytes, as another extraction's."""
        with closing(Recorder.create(self.config.catalogue)) as recorder:
            stored = recorder.report(id_of(path.read_bytes()))
            document = change(stored.document)
            report = Report(stored.id, stored.sha256, stored.size, document, stored.found)
            with recorder.transaction():
                recorder.add_report(report, stored.metadata, EXTRACTION_VERSION, METADATA_VERSION)
        known = self.texts[stored.id]
        known[:] = [text for text in known if text.text != document.text] + [Text(document.text)]


def read_file(path: Path) -> Report:
    """A file as indexing reads it, without the catalogue."""
    status = path.stat()
    file = File(path, path.parent, status.st_size, status.st_mtime_ns)
    return read(file, _MOST_BYTES)


Step = Callable[[World, Path], None]


@dataclass(frozen=True)
class Change:
    """What happens to a report, run by run; `suffixes` are the formats that it can happen to."""

    name: str
    steps: tuple[Step, ...]
    suffixes: frozenset[str] = ALL
    takes_another: bool = False
    """Whether it needs a report that was not in the folder."""


def gather(world: World, sources: Sequence[Path], changes: Sequence[Change], each: int) -> None:
    """Copy so many reports for each change into a folder of its own, formats in turn."""
    drawn = {suffix: _candidates(world, sources, suffix) for suffix in (".txt", ".docx", ".pdf")}
    seen: set[str] = set()
    for turn, change in enumerate(changes):
        place = folder_of(world, change)
        place.mkdir(parents=True)
        for number in range(each):
            able = [suffix for suffix in drawn if suffix in change.suffixes]
            source = _next(world, drawn[able[(turn + number) % len(able)]], seen)
            shutil.copyfile(source, place / f"{number}-{source.name[-40:]}")
    world.spare.mkdir()
    for _ in range(each * sum(change.takes_another for change in changes)):
        source = _next(world, drawn[".txt"], seen)
        shutil.copyfile(source, world.spare / source.name[-40:])


def folder_of(world: World, change: Change) -> Path:
    return world.folder / change.name


def _candidates(world: World, sources: Sequence[Path], suffix: str) -> list[Path]:
    suffixes = TEXTS if suffix in TEXTS else {suffix}
    found = [
        path
        for source in sources
        for path in sorted(source.rglob("*"))
        if path.suffix in suffixes
        and not path.name.startswith("README")
        and path.stat().st_size <= _MOST_BYTES
    ]
    world.chosen.shuffle(found)
    return found


def _next(world: World, candidates: list[Path], seen: set[str]) -> Path:
    """The next one with enough text that was not drawn before; raises LookupError."""
    while candidates:
        path = candidates.pop()
        report = world.read(path)
        if report and report not in seen and len(world.texts[report][0].bare) >= _FEWEST:
            seen.add(report)
            return path
    raise LookupError("the sources hold too few reports that can be read")
