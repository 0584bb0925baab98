"""Topics against a reader's labels: micro precision, recall and F1, and where they differ.

python -m tests.proofs.topics CORPUS [--half A|B|C] [--show]

The labels and the rules they follow stand in tests/metadata/topic_labels.tsv. A key that a label
lists after 另有： counts neither right nor wrong. Half B was kept out of sight while the vocabulary
was written; of it only totals are printed, unless --show is given. C was labelled later, blind, and
then tuned on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from indexer.extract import extract
from indexer.metadata import describe
from indexer.structure import structure

LABELS = Path(__file__).parents[1] / "metadata" / "topic_labels.tsv"
_OPEN = "另有："


@dataclass(frozen=True)
class Labelled:
    """A report of the corpus, the topics it is about, and those that may be given or not."""

    path: str
    half: str
    keys: frozenset[str]
    open: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """One report's topics that are right, wrong and missing."""

    path: str
    right: frozenset[str]
    wrong: frozenset[str]
    missing: frozenset[str]


@dataclass(frozen=True)
class Score:
    right: int
    wrong: int
    missing: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing or 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missing or 1)

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"
            f" ({self.right} right, {self.wrong} wrong, {self.missing} missing)"
        )


def labelled(half: str) -> Iterator[Labelled]:
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            path, own, keys, reason = line.split("\t")
            if own == half:
                beside = frozenset(reason.partition(_OPEN)[2].split())
                yield Labelled(path, half, frozenset(keys.split(",")), beside)


def outcomes(corpus: Path, half: str) -> Iterator[Outcome]:
    for label in labelled(half):
        file = corpus / "reports" / label.path
        document = structure(extract(file), file.name)
        found = frozenset(describe(document, PurePath(label.path)).metadata.topics)
        yield Outcome(
            label.path,
            found & label.keys,
            found - label.keys - label.open,
            label.keys - found,
        )


def score(results: Iterable[Outcome]) -> Score:
    all_results = tuple(results)
    return Score(
        sum(len(result.right) for result in all_results),
        sum(len(result.wrong) for result in all_results),
        sum(len(result.missing) for result in all_results),
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.proofs.topics")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--half", choices=["A", "B", "C"], default="A")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    results = tuple(outcomes(asked.corpus, asked.half))
    if asked.half != "B" or asked.show:
        for result in results:
            if result.wrong or result.missing:
                print(f"{result.path}\n    wrong {_keys(result.wrong)}")
                print(f"    missing {_keys(result.missing)}")
    for group in sorted({PurePath(result.path).parts[0] for result in results}):
        own = [result for result in results if result.path.startswith(f"{group}/")]
        print(f"{group}: {score(own)}")
    print(f"half {asked.half}, {len(results)} reports: {score(results)}")
    return 0


def _keys(keys: frozenset[str]) -> str:
    return " ".join(sorted(keys)) or "-"


if __name__ == "__main__":
    raise SystemExit(main())
