"""Random quoted phrases against brute force: reports, occurrences, marks and passages.

    python -m tests.proofs.phrases INDEX... [--synthetic 1000] [--phrases 20000] [--absent 2000]
                                            [--raw 300] [--seed 1]

The phrases are stretches of 2 to 60 characters of the texts, most of them written otherwise than
there (width, script, case, punctuation, blanks, line breaks); the absent ones are real ones with a
character exchanged or two of them joined. They are dealt out evenly over the indexes. Brute force
over folded texts shares the mistakes of folding; so `--raw` phrases are looked for in the raw texts
by a regular expression as well (`raw`).

Exit status 1 if there is any difference.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.config import Config
from indexer.engine import Engine, open_engine
from indexer.folding import fold_query
from indexer.library import MAX_LIMIT, Library
from indexer.query.nodes import Phrase
from indexer.report import BARRIER
from indexer.results import Results, Search
from tests.proofs import indexes
from tests.proofs.altering import Kind, altered
from tests.proofs.passages import wrong_passages
from tests.proofs.raw import can_be_quoted, missed_in_raw, raw_phrases, raw_texts
from tests.proofs.scan import Span, Text, Texts, places

SHORTEST, LONGEST, OFTEN_UP_TO = 2, 60, 8
"""Half of the phrases are short ones: those that stand in many reports."""
_TRIES = 1000
_SHOWN = 10
_MARKED = 2
"""Of the reports found, in so many the marks of the whole text are compared."""
_REPEATED_ONE_IN = 20
"""One phrase in so many is taken where characters repeat: its occurrences touch or overlap."""
_REPEATED = re.compile(rf"([^{BARRIER}]{{1,4}})\1+")


@dataclass(frozen=True)
class Typed:
    """A phrase as typed and as folded; `kind` is how the one was made of the other."""

    text: str
    folded: str
    kind: Kind


class Subject:
    """An index, the truth about it, and how much of the one was compared with the other."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.texts = Texts(config)
        self.library = Library(config)
        self.engine = open_engine(config)
        self.compared: Counter[str] = Counter()


def phrases(texts: Texts, number: int, seed: int) -> Iterator[Typed]:
    """Stretches of the texts, in all kinds of spelling in turn."""
    chosen = random.Random(seed)
    kinds = list(Kind)
    tries = 0
    while number:
        phrase = _stretch(texts, chosen)
        kind = kinds[number % len(kinds)]
        text = altered(phrase, kind, chosen)
        tries += 1
        # Few stretches hold a letter whose case can be changed.
        is_one = text != phrase or kind is Kind.PLAIN or tries > _TRIES
        if is_one and len(phrase) >= SHORTEST and can_be_quoted(text):
            number -= 1
            tries = 0
            yield Typed(text, phrase, kind)


def absent_phrases(texts: Texts, number: int, seed: int) -> Iterator[Typed]:
    """Near misses: one character exchanged, or two stretches joined, so that no text holds them."""
    chosen = random.Random(seed)
    while number:
        phrase, other = _stretch(texts, chosen), _stretch(texts, chosen)
        if chosen.random() < 0.5:
            phrase = (phrase + other)[:LONGEST]
        elif phrase and other:
            place = chosen.randrange(len(phrase))
            phrase = phrase[:place] + other[0] + phrase[place + 1 :]
        is_phrase = len(phrase) >= SHORTEST and fold_query(phrase) == phrase
        if is_phrase and can_be_quoted(phrase) and not texts.hold(phrase):
            number -= 1
            yield Typed(phrase, phrase, Kind.PLAIN)


def _stretch(texts: Texts, chosen: random.Random) -> str:
    """A folded stretch of a text; as a query it has no barrier, and no blank at its ends."""
    folded = chosen.choice(texts.all).folded.text
    if not chosen.randrange(_REPEATED_ONE_IN) and (found := [*_REPEATED.finditer(folded)]):
        repeated = chosen.choice(found)
        unit, times = repeated[1], len(repeated[0]) // len(repeated[1])
        return fold_query(unit * chosen.randint(1, min(times, LONGEST // len(unit))))
    longest = chosen.choice((OFTEN_UP_TO, LONGEST))
    start = chosen.randrange(max(1, len(folded)))
    return fold_query(folded[start : start + chosen.randint(SHORTEST, longest)])


def differences(subject: Subject, typed: Typed, chosen: random.Random) -> list[str]:
    """What is answered otherwise than by brute force; `chosen` says what is looked at closely."""
    if fold_query(typed.text) != typed.folded:
        return [f"{typed}: folds to {fold_query(typed.text)!r}"]
    search = subject.library.request(str(Phrase(typed.text)), limit=_SHOWN)
    shown = subject.library.run(search)
    right = subject.texts.counts(typed.folded)
    wrong = list(_wrong_counts(subject.engine, search, shown, right))
    for hit in shown.hits:
        text = subject.texts.by_id.get(hit.id)
        if text is not None:
            spans = _spans(text, typed.folded)
            wrong += wrong_passages(subject.library, text, hit, spans, chosen)
    marked = chosen.sample(sorted(right), min(_MARKED, len(right)))
    for report in marked:
        text = subject.texts.by_id[report]
        marks = subject.library.marks(text.document, search)
        right_marks = text.covered(_spans(text, typed.folded))
        if marks != right_marks:
            wrong.append(f"{report}: marks {marks}, not {right_marks}")
    subject.compared.update(
        {
            "phrases": 1,
            "written otherwise": typed.text != typed.folded,
            "reports": len(right),
            "occurrences": sum(right.values()),
            "reports with all their marks": len(marked),
            "passages": sum(len(hit.passages) for hit in shown.hits),
        }
    )
    return [f"{typed}: {line}" for line in wrong]


def _spans(text: Text, phrase: str) -> list[Span]:
    return [(place, place + len(phrase)) for place in places(text.folded.text, phrase)]


def _wrong_counts(
    engine: Engine, search: Search, shown: Results, right: dict[str, int]
) -> Iterator[str]:
    pages = [shown]
    if max(shown.total, len(right)) > _SHOWN:
        pages = [
            engine.search(replace(search, limit=MAX_LIMIT, offset=offset))
            for offset in range(0, max(shown.total, len(right)), MAX_LIMIT)
        ]
    hits = [hit for page in pages for hit in page.hits]
    found = {hit.id: hit.matches for hit in hits}
    for report in sorted(found.keys() | right.keys()):
        if found.get(report) != right.get(report):
            yield f"{report}: {found.get(report)} occurrences, not {right.get(report)}"
    if len(found) != len(hits):
        yield "a report stands on two pages"
    if [(hit.id, hit.matches) for hit in hits[:_SHOWN]] != [
        (hit.id, hit.matches) for hit in shown.hits
    ]:
        yield "the first page differs from the first hits of all"
    for results in (shown, *pages):
        if (results.total, results.occurrences) != (len(right), sum(right.values())):
            yield (
                f"{results.total} reports and {results.occurrences} occurrences in all,"
                f" not {len(right)} and {sum(right.values())}"
            )


def prove(subject: Subject, number: int, absent: int, raw: int, seed: int) -> Iterator[str]:
    """The differences that so many phrases of each sort bring to light."""
    chosen = random.Random(seed)
    for typed in phrases(subject.texts, number, seed):
        yield from differences(subject, typed, chosen)
    for typed in absent_phrases(subject.texts, absent, seed):
        yield from differences(subject, typed, chosen)
    texts = raw_texts(subject.config) if raw else {}
    for phrase in raw_phrases(subject.texts, raw, seed):
        for report in sorted(missed_in_raw(subject.library, texts, phrase)):
            yield f"{phrase!r} stands in the raw text of {report}, which is not found"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    indexes.add_to(parser)
    parser.add_argument("--phrases", type=int, default=20_000)
    parser.add_argument("--absent", type=int, default=2_000)
    parser.add_argument("--raw", type=int, default=300)
    arguments = parser.parse_args()
    wrong: Counter[str] = Counter()
    with indexes.wanted(arguments) as configs:
        number, absent, raw = (
            each // max(1, len(configs))
            for each in (arguments.phrases, arguments.absent, arguments.raw)
        )
        for name, config in configs.items():
            subject = Subject(config)
            for line in prove(subject, number, absent, raw, arguments.seed):
                wrong[name] += 1
                print(line, flush=True)
            compared = ", ".join(f"{count} {what}" for what, count in subject.compared.items())
            print(
                f"{name}, {len(subject.texts.all)} reports: {compared};"
                f" {absent} of the phrases absent, {raw} raw ones besides:"
                f" {wrong[name]} differences",
                flush=True,
            )
    return 1 if wrong or not configs else 0


if __name__ == "__main__":
    sys.exit(main())
