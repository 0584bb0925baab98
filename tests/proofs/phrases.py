"""Random phrases against brute force over folded texts, and against a regular expression over raw.

    python -m tests.proofs.phrases INDEX [--phrases 300] [--seed 1]

Brute force over folded texts shares the mistakes of folding; the regular expression does not: it
looks for the characters as they stand in the raw texts, with white space allowed between any two
of them but two Latin letters or digits, where a blank parts words.
Exit status 1 if there is any difference.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.config import Config
from indexer.folding import fold_query
from indexer.library import Library
from indexer.query.nodes import QUOTES, Phrase
from indexer.report import BARRIER
from tests.oracle import BruteForce, occurrences

SHORTEST, LONGEST = 2, 30


def folded_phrases(truth: BruteForce, number: int, seed: int) -> Iterator[str]:
    """Stretches of the folded texts; those that fold to themselves as a query does."""
    chosen = random.Random(seed)
    while number:
        text = chosen.choice(truth.records).folded
        start = chosen.randrange(len(text))
        phrase = text[start : start + chosen.randint(SHORTEST, LONGEST)]
        if len(phrase) >= SHORTEST and fold_query(phrase) == phrase and can_be_quoted(phrase):
            number -= 1
            yield phrase


def raw_phrases(truth: BruteForce, number: int, seed: int) -> Iterator[str]:
    """Stretches of the raw texts, line breaks and all."""
    chosen = random.Random(seed)
    while number:
        text = chosen.choice(truth.records).raw
        start = chosen.randrange(len(text))
        phrase = text[start : start + chosen.randint(SHORTEST, LONGEST)]
        solid = "".join(phrase.split())
        if len(solid) >= SHORTEST and BARRIER not in phrase and can_be_quoted(phrase):
            number -= 1
            yield phrase


def can_be_quoted(phrase: str) -> bool:
    return any(closing not in phrase for closing in QUOTES.values())


def difference_from_brute_force(library: Library, truth: BruteForce, phrase: str) -> str | None:
    """What the engine answers otherwise than a scan of the folded texts; None if nothing."""
    results = library.search(str(Phrase(phrase)), limit=1000)
    right = {
        record.id: count
        for record in truth.records
        if (count := occurrences(record.folded, fold_query(phrase)))
    }
    if {hit.id: hit.matches for hit in results.hits} != right:
        return f"{phrase!r}: reports or counts differ"
    if results.total != len(right) or results.occurrences != sum(right.values()):
        return f"{phrase!r}: totals differ"
    return None


def missed_in_raw(library: Library, raw: dict[str, str], phrase: str) -> set[str]:
    """Reports in whose raw text the phrase stands and that the engine does not find."""
    found = {hit.id for hit in library.search(str(Phrase(phrase)), limit=1000).hits}
    pattern = re.compile(spaced_pattern("".join(phrase.split())))
    return {report for report, text in raw.items() if pattern.search(text)} - found


def spaced_pattern(characters: str) -> str:
    """The characters one after the other, with white space where it makes no difference."""
    pieces = [re.escape(characters[0])]
    for before, char in pairwise(characters):
        pieces += ["" if (before + char).isascii() and (before + char).isalnum() else r"\s*"]
        pieces += [re.escape(char)]
    return "".join(pieces)


def raw_texts(config: Config) -> dict[str, str]:
    """By report: the file's own characters where it is plain text, else what was extracted."""
    catalogue = Catalogue.open(config.catalogue)
    texts = {}
    for entry in catalogue.entries():
        path = Path(catalogue.report(entry.report).paths[0])
        try:
            texts[entry.report] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            texts[entry.report] = catalogue.document(entry.text).text
    catalogue.close()
    return texts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--phrases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    config = Config(arguments.index)
    library, truth, raw = Library(config), BruteForce(config), raw_texts(config)
    wrong = [
        difference
        for phrase in folded_phrases(truth, arguments.phrases, arguments.seed)
        if (difference := difference_from_brute_force(library, truth, phrase))
    ]
    missed = [
        f"{phrase!r}: missed in {sorted(reports)}"
        for phrase in raw_phrases(truth, arguments.phrases, arguments.seed)
        if (reports := missed_in_raw(library, raw, phrase))
    ]
    for line in wrong + missed:
        print(line)
    print(
        f"{arguments.phrases} folded phrases over {len(truth.records)} reports:"
        f" {len(wrong)} differ from brute force;"
        f" {arguments.phrases} raw phrases: {len(missed)} missed reports"
    )
    return 1 if wrong or missed else 0


if __name__ == "__main__":
    sys.exit(main())
