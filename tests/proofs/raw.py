"""Phrases of the raw texts against a regular expression, which shares no mistake of folding.

It looks for the characters as they stand in the raw texts, with white space allowed between any
two of them but two Latin letters or digits, where a blank parts words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.config import Config
from indexer.library import Library
from indexer.query.nodes import QUOTES, Phrase
from indexer.report import BARRIER
from tests.proofs.scan import Texts

SHORTEST, LONGEST = 2, 30


def raw_phrases(texts: Texts, number: int, seed: int) -> Iterator[str]:
    """Stretches of the raw texts, line breaks and all."""
    chosen = random.Random(seed)
    while number:
        text = chosen.choice(texts.all).document.text
        start = chosen.randrange(len(text))
        phrase = text[start : start + chosen.randint(SHORTEST, LONGEST)]
        solid = "".join(phrase.split())
        if len(solid) >= SHORTEST and BARRIER not in phrase and can_be_quoted(phrase):
            number -= 1
            yield phrase


def can_be_quoted(phrase: str) -> bool:
    return any(closing not in phrase for closing in QUOTES.values())


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
    texts = {}
    with closing(Catalogue.open(config.catalogue)) as catalogue:
        for entry in catalogue.entries():
            path = Path(catalogue.report(entry.report).paths[0])
            try:
                texts[entry.report] = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                texts[entry.report] = catalogue.document(entry.text).text
    return texts
