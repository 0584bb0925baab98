"""Whose every real report is: the region found against the manifest, corrected with its evidence.

    python -m tests.proofs.regions CORPUS

Four times over: as the files are; with names that say nothing; without title and name; with the
place cut off the title. Says which reports are wrong or undecided, and what a report costs. Exit
status 1 if any is wrong.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePath

from indexer.extract import extract
from indexer.metadata.document_number import find_number
from indexer.metadata.evidence import evidence
from indexer.metadata.finding import Finding
from indexer.metadata.issuer import find_issuer
from indexer.metadata.places import leading
from indexer.metadata.region import find_region
from indexer.report import BlockKind, Document, Extraction, Region
from indexer.structure import structure

CORRECTIONS = Path(__file__).resolve().parents[1] / "metadata" / "region_corrections.tsv"


class Outcome(StrEnum):
    RIGHT = "right"
    UNDECIDED = "undecided"
    ABOVE = "above"
    """A region that holds the right one: certain, but not all that is known."""
    WRONG = "wrong"


class Known(StrEnum):
    """What is left of a file to find its region by."""

    ALL = "all"
    NO_NAME = "without the file's name"
    NO_TITLE = "without title and name"
    NO_PLACE = "without the place in the title, and the name"


@dataclass(frozen=True)
class Row:
    """A report of the manifest, its region from the province down."""

    path: str
    names: tuple[str, ...]

    @property
    def group(self) -> str:
        return PurePath(self.path).parts[1]


@dataclass(frozen=True)
class Judged:
    row: Row
    outcome: Outcome
    found: Finding[Region] | None


def table(path: Path) -> list[dict[str, str]]:
    """A table of tabs, without its lines of explanation."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def manifest(corpus: Path) -> Iterator[Row]:
    """The manifest with its corrections."""
    right = {row["path"]: row["region"] for row in table(CORRECTIONS)}
    for row in table(corpus / "reports" / "manifest.tsv"):
        names = (right.get(row["path"], row["region"]), row["city_in_title"])
        yield Row(row["path"], tuple(name for name in names if name))


def judged(row: Row, extraction: Extraction, known: Known) -> Judged:
    document, path = _left(row, extraction, known)
    seen = evidence(document, path)
    found = find_region(seen, find_issuer(seen), find_number(seen))
    return Judged(row, _outcome(row.names, found), found)


def _left(row: Row, extraction: Extraction, known: Known) -> tuple[Document, PurePath]:
    path = PurePath(PurePath(row.path).name)
    if known is not Known.ALL:
        path = PurePath(hashlib.sha256(row.path.encode()).hexdigest()[:12] + path.suffix)
    document = structure(extraction, path.name)
    blocks = document.blocks
    if known is Known.NO_TITLE:
        blocks = tuple(block for block in blocks if block.kind is not BlockKind.TITLE)
        document = replace(document, title=path.stem, blocks=blocks)
    place = leading(document.title) if known is Known.NO_PLACE else None
    if place:
        rest = document.title[place.end :]
        blocks = tuple(
            replace(block, text=rest) if block.kind is BlockKind.TITLE else block
            for block in blocks
        )
        document = replace(document, title=rest, blocks=blocks)
    return document, path


def _outcome(right: tuple[str, ...], found: Finding[Region] | None) -> Outcome:
    if found is None:
        return Outcome.UNDECIDED
    names = found.value.names
    if names[: len(right)] == right:
        return Outcome.RIGHT
    return Outcome.ABOVE if right[: len(names)] == names else Outcome.WRONG


def cost(corpus: Path, characters: int = 5000, rounds: int = 5) -> float:
    """Milliseconds of the processor that finding a region takes a report of that length.

    The median over the reports that are long enough, cut to that length, each at its best of
    `rounds`: the machine has other work.
    """
    times = []
    for row in manifest(corpus):
        document = structure(extract(corpus / row.path), PurePath(row.path).name)
        seen = evidence(document, PurePath(row.path))
        if len(seen.body) < characters:
            continue
        seen = replace(seen, body=seen.body[:characters])
        issuer, number = find_issuer(seen), find_number(seen)
        spent = []
        for _ in range(rounds):
            before = time.process_time()
            find_region(seen, issuer, number)
            spent.append(time.process_time() - before)
        times.append(min(spent))
    return sorted(times)[len(times) // 2] * 1000


def main(corpus: Path) -> int:
    wrong = 0
    rows = [(row, extract(corpus / row.path)) for row in manifest(corpus)]
    for known in Known:
        print(f"== {known}")
        counts: dict[str, Counter[Outcome]] = {}
        for row, extraction in rows:
            each = judged(row, extraction, known)
            counts.setdefault(row.group, Counter())[each.outcome] += 1
            if each.outcome is not Outcome.RIGHT:
                said = each.found and "/".join(each.found.value.names)
                print(f"   {each.outcome}: {row.path}: {'/'.join(row.names)}, found {said}")
        for group, outcomes in counts.items():
            print(group, *(f"{outcomes[outcome]} {outcome}" for outcome in Outcome))
            wrong += outcomes[Outcome.WRONG]
    print(f"{cost(corpus):.2f} ms a report of 5,000 characters")
    return int(wrong > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    sys.exit(main(parser.parse_args().corpus))
