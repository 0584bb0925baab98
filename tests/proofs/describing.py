"""Years and titles of a whole corpus, half by half, and what describing a report costs.

python -m tests.proofs.describing CORPUS

The corpus's manifest gives the year under which its source filed a report; where that is not the
year that the report answers for, tests/metadata/corrected_years.tsv gives it with the words that
tell. Reports are told apart into halves by the hash of their path: the finders were written with
the first half of `departments` and `regulations` in sight, and judged on the second before it was
looked at. Every figure is taken twice, the second time with hashes for the files' names.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from statistics import median

from indexer.extract import extract
from indexer.folding import fold
from indexer.metadata import describe
from indexer.report import Document, Metadata
from indexer.structure import structure

CORRECTED = Path(__file__).parents[1] / "metadata" / "corrected_years.tsv"
PREFACES = Path(__file__).parents[1] / "metadata" / "prefaces.tsv"
TODAY = date(2026, 11, 22)
GROUPS = ("national", "provincial-2025", "provincial-2026", "departments", "regulations")
_CHARACTERS = 5000
_REPEATS = 3
_ONE_IN = 8
"""So many reports are passed over for each that is read with prefaces."""
_COUNTRY = "中华人民共和国"


@dataclass(frozen=True)
class Filed:
    """A report of the corpus, and the years that are right for it: one, or two where it is open."""

    path: str
    group: str
    years: frozenset[str]

    @property
    def half(self) -> int:
        return hashlib.sha256(f"reports/{self.path}".encode()).digest()[0] % 2


def filed(corpus: Path) -> Iterator[Filed]:
    with CORRECTED.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        corrected = {row["path"]: row["year"] for row in rows}
    with (corpus / "reports" / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            path = row["path"].removeprefix("reports/")
            year = corrected.get(path, row["year"])
            yield Filed(path, path.partition("/")[0], frozenset(year.split("/")))


def hashed(name: PurePath) -> PurePath:
    return PurePath(hashlib.sha256(str(name).encode()).hexdigest()[:16] + name.suffix)


def described(file: Path, name: PurePath) -> tuple[Document, Metadata]:
    document = structure(extract(file), name.name)
    return document, describe(document, name, TODAY).metadata


def titled(path: str) -> str:
    """The title that a file's name gives, as it is compared: without marks and dates."""
    stem = re.sub(r"^\d{4}_|\(\d{4}-\d\d-\d\d\)$|_\d$", "", PurePath(path).stem)
    stem = re.sub(r"^(\d{4}年)(陕西省)", r"\2\1", stem)
    return compared(stem)


def compared(title: str) -> str:
    return re.sub(r"[\W_]+", "", fold(title)).replace(_COUNTRY, "")


def main(corpus: Path) -> int:
    reports = list(filed(corpus))
    for group in GROUPS:
        for hide in (False, True):
            for half in (0, 1):
                _years(corpus, [r for r in reports if (r.group, r.half) == (group, half)], hide)
    _titles(corpus, reports)
    _prefaced(corpus, [r for r in reports if r.group in ("departments", "regulations")])
    _cost(corpus, reports)
    return 0


def _years(corpus: Path, reports: list[Filed], hide: bool) -> None:
    right = 0
    told = []
    for report in reports:
        path = PurePath(report.path)
        _, found = described(corpus / "reports" / path, hashed(path) if hide else path)
        if str(found.year) in report.years:
            right += 1
        else:
            told.append(f"    {'/'.join(sorted(report.years))} not {found.year}: {report.path}")
    first = reports[0]
    names = "hashed" if hide else "named"
    print(f"year  {first.group} half {first.half} {names}: {right} of {len(reports)}")
    print("\n".join(told), end="\n" if told else "")


def _titles(corpus: Path, reports: list[Filed]) -> None:
    """A cut name or title is right as far as it goes."""
    right = 0
    for report in reports:
        document, _ = described(corpus / "reports" / report.path, PurePath(report.path))
        wanted, found = titled(report.path), compared(document.title)
        if found and (wanted.startswith(found) or found.startswith(wanted)):
            right += 1
        else:
            print(f"    {document.title}: {report.path}")
    print(f"title {right} of {len(reports)}")


def _prefaced(corpus: Path, reports: list[Filed]) -> None:
    """The title with a page's menus or a red head put before the text is the title without."""
    with PREFACES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        prefaces = {row["name"]: row["text"].replace("⏎", "\n") for row in rows}
    for name, preface in prefaces.items():
        right = 0
        for report in reports[::_ONE_IN]:
            file = corpus / "reports" / report.path
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / f"a{file.suffix}"
                copy.write_bytes(file.read_bytes())
                alone, _ = described(copy, PurePath(copy.name))
                copy.write_bytes(preface.encode() + file.read_bytes())
                prefaced, _ = described(copy, PurePath(copy.name))
            right += alone.title == prefaced.title
        print(f"title after {name}: {right} of {len(reports[::_ONE_IN])}")


def _cost(corpus: Path, reports: list[Filed]) -> None:
    """Milliseconds to describe 5,000 characters: of all reports, and of those about that long."""
    costs = []
    total_seconds = total_characters = 0.0
    for report in reports:
        path = PurePath(report.path)
        document = structure(extract(corpus / "reports" / path), path.name)
        spent = []
        for _ in range(_REPEATS):
            start = time.process_time()
            describe(document, path, TODAY)
            spent.append(time.process_time() - start)
        seconds, characters = min(spent), len(document.text)
        total_seconds += seconds
        total_characters += characters
        if 4000 <= characters <= 6000:
            costs.append(1000 * seconds * _CHARACTERS / characters)
    per = 1000 * total_seconds * _CHARACTERS / total_characters
    print(f"cost  {per:.1f} ms a {_CHARACTERS} characters over all reports")
    print(f"cost  median {median(costs):.1f} ms, most {max(costs):.1f} ms, of {len(costs)} so long")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
