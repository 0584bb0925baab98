"""How high the judged reports stand among the first ten, and what each part of the ranking adds.

    python -m tests.benchmarks.relevance [--sets FOLDER] [--limit N] [--without-index]

FOLDER holds one folder a set: `docs.jsonl` (id, text), `queries.tsv` (id, question as typed) and
`qrels.txt` (TREC). The first rows are computed here, from dictionaries, over all documents; then
come the ranking of the engine, of all documents and of those that it finds, and last what
`Library.search` answers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.addresses import report_id
from indexer.config import Config
from indexer.engine import open_engine
from indexer.engine.embedded import ranking
from indexer.engine.embedded.postings import Postings
from indexer.engine.embedded.ranking import Scores
from indexer.errors import EmptyQueryError
from indexer.extract import EXTRACTION_VERSION
from indexer.folding import fold, fold_query
from indexer.library import Library
from indexer.metadata import METADATA_VERSION
from indexer.query.questions import content
from indexer.recorder import Recorder
from indexer.report import Block, BlockKind, Document, Format, Metadata, Report
from indexer.structure import sentences
from indexer.words import search_words
from tests.conftest import CORPUS

FIRST = 10

Cut = Callable[[str], Iterable[str]]
Ranked = Callable[[str], Sequence[int]]
"""A question -> the numbers of the documents, best first."""


@dataclass(frozen=True)
class Judged:
    """A set of documents and questions; `relevant` holds numbers of documents."""

    name: str
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    questions: tuple[tuple[str, frozenset[int]], ...]

    @cached_property
    def folded(self) -> tuple[str, ...]:
        return tuple(map(fold, self.texts))

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """The folded sentences, each with the number of its document."""
        found = (
            (number, fold(text[start:end]))
            for number, text in enumerate(self.texts)
            for start, end in sentences(text)
        )
        return tuple(one for one in found if one[1])


def read(folder: Path, limit: int | None) -> Judged:
    lines = (folder / "docs.jsonl").read_text(encoding="utf-8").split("\n")
    documents = [json.loads(line) for line in lines if line]
    ids = tuple(document["id"] for document in documents)
    numbers = {name: number for number, name in enumerate(ids)}
    relevant = defaultdict(set)
    for line in (folder / "qrels.txt").read_text(encoding="utf-8").splitlines():
        question, _, document, grade = line.split()
        if int(grade) > 0:
            relevant[question].add(numbers[document])
    rows = (folder / "queries.tsv").read_text(encoding="utf-8").splitlines()
    questions = [
        (text, frozenset(relevant[name])) for name, text in (row.split("\t", 1) for row in rows)
    ]
    return Judged(folder.name, ids, tuple(d["text"] for d in documents), tuple(questions[:limit]))


class Index:
    """Units of texts in dictionaries: the plain way to BM25."""

    def __init__(self, texts: Sequence[str], cut: Cut) -> None:
        self.cut = cut
        self.total = len(texts)
        pieces = [list(cut(text)) for text in texts]
        self.lengths = np.array([len(piece) for piece in pieces], dtype=np.float32)
        self.mean = float(self.lengths.mean())
        holders: dict[str, list[int]] = defaultdict(list)
        counts: dict[str, list[int]] = defaultdict(list)
        for number, piece in enumerate(pieces):
            for unit, count in Counter(piece).items():
                holders[unit].append(number)
                counts[unit].append(count)
        self.holders = {unit: np.array(numbers) for unit, numbers in holders.items()}
        self.counts = {unit: np.array(numbers) for unit, numbers in counts.items()}

    def rarity(self, unit: str) -> float:
        return ranking.rarity(len(self.holders.get(unit, ())), self.total)

    def scores(self, wanted: Counter[str], rarity: Callable[[str], float]) -> Scores:
        scores = np.zeros(self.total, dtype=np.float32)
        for unit in wanted.keys() & self.holders.keys():
            found = self.holders[unit]
            weight = rarity(unit) * wanted[unit]
            scores[found] += ranking.bm25(self.counts[unit], self.lengths[found], self.mean, weight)
        return scores


class Ladder:
    """Every step from plain BM25 to the ranking in use, over all documents of a set."""

    def __init__(self, judged: Judged) -> None:
        self.words = Index(judged.folded, search_words)
        self.pairs = Index(judged.folded, ranking.pairs)
        self.characters = Index(judged.folded, ranking.characters)
        self.owners = np.array([number for number, _ in judged.sentences])
        texts = [text for _, text in judged.sentences]
        self.in_sentences = Index(texts, _characters_and_pairs)
        self.source = Plain(judged)

    def steps(self) -> dict[str, Ranked]:
        words, pairs, characters = self.words, self.pairs, self.characters
        return {
            "BM25, jieba's words": lambda q: _first(_plain(words, [q], once=True)),
            "BM25, pairs of characters": lambda q: _first(_plain(pairs, [q], once=True)),
            "words, repeated ones counted": lambda q: _first(_plain(words, [q])),
            "+ pairs": lambda q: _first(_plain(words, [q]) + _plain(pairs, [q])),
            "+ characters": lambda q: _first(
                _plain(words, [q]) + _plain(pairs, [q]) + _plain(characters, [q])
            ),
            "+ question words put aside": lambda q: _first(self._three(content(q))),
            "+ the best sentence": lambda q: _first(
                self._three(content(q)) + self._best_sentence(content(q))
            ),
            "as the engine scores": lambda q: _first(self.as_engine(content(q))),
            "as the engine finds": lambda q: _first(self._as_found(content(q))),
        }

    def _three(self, stretches: Sequence[str]) -> Scores:
        indexes = (self.words, self.pairs, self.characters)
        return sum((_plain(index, stretches) for index in indexes), start=np.float32(0))

    def _best_sentence(self, stretches: Sequence[str]) -> Scores:
        index = self.in_sentences
        scores = index.scores(_wanted(index, stretches), self._rarity)
        best = np.zeros(self.words.total, dtype=np.float32)
        np.maximum.at(best, self.owners, scores)
        return best

    def _rarity(self, unit: str) -> float:
        return (self.characters if len(unit) == 1 else self.pairs).rarity(unit)

    def as_engine(self, stretches: Sequence[str]) -> Scores:
        """`indexer.engine.embedded.ranking`, of every document with a word or a pair."""
        return self._scored(stretches, lambda scores: scores > 0)

    def _as_found(self, stretches: Sequence[str]) -> Scores:
        """The same of documents with all the words; if there are none, of those that are close."""
        words = _wanted(self.words, stretches)
        holders = [set(self.words.holders.get(word, ())) for word in words]
        complete = np.zeros(self.words.total, dtype=np.bool_)
        complete[list(set.intersection(*holders) if holders else ())] = True
        return self._scored(
            stretches, lambda scores: complete if complete.any() else ranking.close(scores)
        )

    def _scored(
        self, stretches: Sequence[str], found: Callable[[Scores], NDArray[np.bool_]]
    ) -> Scores:
        wanted = ranking.units(stretches)
        scores = _plain(self.words, stretches)
        weights = ranking.add_pairs(scores, wanted, self.source)
        mask = found(scores)
        ranking.refine(scores, np.flatnonzero(mask), wanted, weights, self.source)
        return np.where(mask, scores, 0)


class Plain:
    """A `ranking.Source` without suffix arrays."""

    def __init__(self, judged: Judged) -> None:
        by_document: dict[int, list[str]] = defaultdict(list)
        for number, sentence in judged.sentences:
            by_document[number].append(sentence)
        documents = range(len(judged.texts))
        self._pieces = [by_document[number] or [""] for number in documents]
        self._folded = ["".join(pieces) for pieces in self._pieces]
        self.live = np.ones(len(judged.texts), dtype=np.bool_)
        self.lengths = np.array([len(_codes(text)) + 1 for text in self._folded])
        self.mean_length = float(self.lengths.mean())
        self._mean_sentence = float(self.lengths.sum()) / sum(map(len, self._pieces))
        self.counts = cache(self._held)

    def occurrences(self, string: str) -> int:
        return int(self.counts(string).counts.sum())

    def texts(self, numbers: NDArray[np.intp]) -> ranking.Texts:
        chosen = [[*self._pieces[number], "\n"] for number in numbers]
        pieces = [piece for one in chosen for piece in one]
        begins = np.cumsum([0, *(len(_codes(piece)) for piece in pieces)])
        firsts = np.cumsum([0, *map(len, chosen)])
        is_sentence = np.ones(len(pieces), dtype=np.bool_)
        is_sentence[firsts[1:] - 1] = False
        return ranking.Texts(
            codes=_codes("".join(pieces)),
            starts=begins[firsts],
            sentences=begins[:-1][is_sentence],
            mean_length=self.mean_length,
            mean_sentence=self._mean_sentence,
        )

    def _held(self, string: str) -> Postings:
        counts = self._counts(string)
        return Postings(np.flatnonzero(counts), counts[counts > 0])

    def _counts(self, string: str) -> NDArray[np.int64]:
        if len(set(string)) == len(string):  # its occurrences cannot overlap
            return np.array([text.count(string) for text in self._folded])
        found = re.compile(f"(?={re.escape(string)})")
        return np.array([len(found.findall(text)) for text in self._folded])


def _codes(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")


def _characters_and_pairs(folded: str) -> tuple[str, ...]:
    return ranking.characters(folded) + ranking.pairs(folded)


def _wanted(index: Index, stretches: Iterable[str]) -> Counter[str]:
    return Counter(unit for stretch in stretches for unit in index.cut(stretch))


def _plain(index: Index, stretches: Sequence[str], once: bool = False) -> Scores:
    wanted = _wanted(index, stretches)
    return index.scores(Counter(set(wanted)) if once else wanted, index.rarity)


def _first(scores: Scores) -> Sequence[int]:
    order = np.argsort(-scores, kind="stable")[:FIRST]
    return [int(number) for number in order if scores[number] > 0]


def as_answered(judged: Judged, folder: Path) -> Ranked:
    """What the product answers, from an index made of the documents."""
    config = Config(folder / judged.name, workers=1)
    config.index.mkdir()
    recorder = Recorder.create(config.catalogue)
    numbers = {}
    with recorder.transaction():
        for number, (name, text) in enumerate(zip(judged.ids, judged.texts, strict=True)):
            report = _report(name, text)
            numbers[report.id] = number
            recorder.add_report(report, report.metadata, EXTRACTION_VERSION, METADATA_VERSION)
            recorder.add_path(f"{number}.txt", report.id, report.size, 0)
    engine = open_engine(config)
    engine.update(recorder.entries(), recorder.document, lambda done, total: None)
    with recorder.transaction():
        recorder.nothing_pending(engine.commit())
    recorder.close()
    library = Library(config)

    def ranked(question: str) -> Sequence[int]:
        try:
            return [numbers[hit.id] for hit in library.search(question, limit=FIRST).hits]
        except EmptyQueryError:
            return []

    return ranked


def _report(name: str, text: str) -> Report:
    # Texts may be the same under two names, reports are told apart by their bytes.
    data = f"{name}\n{text}".encode()
    sha256 = hashlib.sha256(data).hexdigest()
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in text.splitlines() if line.strip())
    document = Document("", Format.TEXT, blocks)
    return Report(report_id(sha256), sha256, len(data), document, Metadata(""))


def measure(judged: Judged, ranked: Ranked) -> tuple[float, float]:
    """The mean over questions of 1 / place of the first judged report, and of those recalled."""
    places, recalled = [], []
    for question, relevant in judged.questions:
        hits = [place for place, number in enumerate(ranked(question), 1) if number in relevant]
        places.append(1 / hits[0] if hits else 0.0)
        recalled.append(len(hits) / min(FIRST, len(relevant)))
    return float(np.mean(places)), float(np.mean(recalled))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=Path, default=CORPUS / "relevance")
    parser.add_argument("--limit", type=int, help="questions of each set")
    parser.add_argument("--without-index", action="store_true", help="leave out the last row")
    arguments = parser.parse_args()
    sets = [read(folder, arguments.limit) for folder in sorted(arguments.sets.iterdir())]
    for judged in sets:
        print(f"\n{judged.name}: {len(judged.ids)} documents, {len(judged.questions)} questions")
        print(f"{'':<32}  MRR@{FIRST}  recall@{FIRST}")
        for label, ranked in Ladder(judged).steps().items():
            _print(label, measure(judged, lambda q, ranked=ranked: ranked(fold_query(q))))
        if not arguments.without_index:
            with tempfile.TemporaryDirectory() as place:
                _print("as the product answers", measure(judged, as_answered(judged, Path(place))))
    return 0


def _print(label: str, figures: tuple[float, float]) -> None:
    print(f"{label:<32}  {figures[0]:.4f}  {figures[1]:.4f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
