"""Synthetic collections: sentences of real texts resampled, words of jieba's dictionary mixed in.

Real reports repeat formulas and differ in the rest. So a sentence is drawn by the Zipf-Mandelbrot
law 1 / (rank + 20): the first hundred of some 70,000 stand in 10 % of the reports or more, most
in one of a thousand. One sentence in five is made of words of jieba's dictionary drawn by Zipf's
law, so that the vocabulary goes on growing as the collection does.

The same seed and sources give the same reports, and a smaller collection is the beginning of a
larger one. Sentences end in 。！？； and hold none of these, nor quotes: which sentence a word
stands in is beyond dispute.
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from indexer.errors import ExtractionError
from indexer.extract import extract, is_candidate
from indexer.folding import fold
from indexer.report import Block, BlockKind, Document, Format
from indexer.structure import sentences
from indexer.vocabulary.regions import COUNTRY, regions
from indexer.vocabulary.topics import topics
from tests.conftest import CORPUS, SAMPLES

SENTENCE_ENDS = "。！？；"

_CHARACTERS = 5400
_SPREAD = 1800
"""Reports are of 5,400 characters, give or take up to so many."""
_FORMULAS = 20
"""Flattens the head of the sentences' distribution."""
_INVENTED = 0.2
_WORDS_PER_SENTENCE = (6, 22)
_SENTENCES_PER_PARAGRAPH = (2, 7)
_LONGEST_SENTENCE = 200
_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}…!?;\"“”‘’「」『』\x1f\n]{{7,}}[{SENTENCE_ENDS}]")
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]+")
_YEARS = range(2026, 2006, -1)
_LEVELS = {"country": 4, "province": 26, "prefecture": 45, "county": 25}
"""Of a hundred reports, how many are from each level of government."""
_TOPICS_PER_REPORT = (1, 1, 1, 2, 2, 3)

Value = TypeVar("Value")


@dataclass(frozen=True)
class Synthetic:
    """One report as if extracted. `region` is a code of GB/T 2260, `topics` are keys."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    region: str
    year: int
    topics: tuple[str, ...]

    @cached_property
    def document(self) -> Document:
        blocks = [Block(BlockKind.TITLE, self.title)]
        blocks += [Block(BlockKind.PARAGRAPH, paragraph) for paragraph in self.paragraphs]
        return Document(self.title, Format.TEXT, tuple(blocks))

    @cached_property
    def folded(self) -> str:
        """The text that every engine is given, but for ours, which folds for itself."""
        return fold(self.document.text)

    @cached_property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """The values under which the report is counted; a region counts for those above it."""
        return {
            "region": regions().ancestors(self.region),
            "year": (str(self.year),),
            "topic": self.topics,
        }


@dataclass(frozen=True)
class Source:
    """What reports are drawn from: sentences by rank, words by rank."""

    name: str
    sentences: tuple[str, ...]
    words: tuple[str, ...]


def source(seed: int) -> Source:
    """The real documents where they are at hand, else the samples."""
    folder = CORPUS / "reports" if CORPUS.is_dir() else SAMPLES
    name = "shared/corpus" if CORPUS.is_dir() else "the samples"
    found = dict.fromkeys(
        sentence for path in sorted(folder.rglob("*")) for sentence in _sentences(path)
    )
    ranked = list(found)
    random.Random(seed).shuffle(ranked)
    return Source(name, tuple(ranked), _dictionary())


def _sentences(path: Path) -> Iterator[str]:
    if not (path.is_file() and is_candidate(path)):
        return
    try:
        blocks = extract(path).blocks
    except ExtractionError:
        return
    for block in blocks:
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            if len(sentence) <= _LONGEST_SENTENCE and _SENTENCE.fullmatch(sentence):
                yield sentence


def _dictionary() -> tuple[str, ...]:
    """jieba's words, the frequent ones first."""
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("jieba's dictionary is needed: pip install jieba")
    lines = Path(found.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    counted = [line.split(" ")[:2] for line in lines]
    words = [(int(count), word) for word, count in counted if _HAN_WORD.fullmatch(word)]
    return tuple(word for _, word in sorted(words, key=lambda pair: (-pair[0], pair[1])))


def reports(source: Source, number: int, seed: int) -> Iterator[Synthetic]:
    """So many reports, one after the other; memory does not grow with their number."""
    chosen = random.Random(seed)
    sentence_weights = _zipf(len(source.sentences), _FORMULAS)
    word_weights = _zipf(len(source.words), 1)
    mean = sum(map(len, source.sentences)) / len(source.sentences)
    places = _places(chosen)
    subjects = chosen.sample(topics().keys, len(topics().keys))
    for count in range(number):
        wanted = chosen.randint(_CHARACTERS - _SPREAD, _CHARACTERS + _SPREAD)
        pool = chosen.choices(
            source.sentences, cum_weights=sentence_weights, k=round(1.5 * wanted / mean) + 1
        )
        text: list[str] = []
        length = 0
        while length < wanted:
            if not pool or chosen.random() < _INVENTED:
                words = chosen.randint(*_WORDS_PER_SENTENCE)
                sentence = "".join(
                    chosen.choices(source.words, cum_weights=word_weights, k=words)
                ) + chosen.choice(SENTENCE_ENDS)
            else:
                sentence = pool.pop()
            text.append(sentence)
            length += len(sentence)
        level = chosen.choices(list(_LEVELS), weights=list(_LEVELS.values()))[0]
        region = _skewed(chosen, places[level])
        year = _skewed(chosen, _YEARS)
        yield Synthetic(
            number=count,
            title=f"{''.join(regions().names(region))}{year}年第{count}号报告",
            paragraphs=tuple(_paragraphs(chosen, text)),
            region=region,
            year=year,
            topics=tuple(
                dict.fromkeys(
                    _skewed(chosen, subjects) for _ in range(chosen.choice(_TOPICS_PER_REPORT))
                )
            ),
        )


def _zipf(number: int, flattening: int) -> list[float]:
    return list(accumulate(1 / (rank + flattening) for rank in range(number)))


def _places(chosen: random.Random) -> dict[str, list[str]]:
    """The codes of each level of government, in an order of their own."""
    table = regions()
    places: dict[str, list[str]] = {level: [] for level in _LEVELS}
    levels = list(_LEVELS)
    for code in table.codes:
        place = table.get(code)
        if place is not None and place.current:
            depth = 0 if code == COUNTRY else min(len(table.ancestors(code)), 3)
            places[levels[depth]].append(code)
    for codes in places.values():
        chosen.shuffle(codes)
    return places


def _skewed(chosen: random.Random, values: Sequence[Value]) -> Value:
    """One of the values, the earlier ones far more often."""
    return values[int(len(values) * chosen.random() ** 3)]


def _paragraphs(chosen: random.Random, text: list[str]) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = start + chosen.randint(*_SENTENCES_PER_PARAGRAPH)
        yield "".join(text[start:end])
        start = end


@dataclass(frozen=True)
class Collection:
    """Reports on disk, one a line: read again by every engine, never all in memory."""

    path: Path
    reports: int
    characters: int

    def __iter__(self) -> Iterator[Synthetic]:
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                value = json.loads(line)
                yield Synthetic(
                    **value
                    | {"paragraphs": tuple(value["paragraphs"]), "topics": tuple(value["topics"])}
                )


def write(path: Path, wanted: Iterable[Synthetic]) -> Collection:
    """Keep reports in a new file."""
    number = characters = 0
    with path.open("w", encoding="utf-8") as file:
        for report in wanted:
            file.write(json.dumps(asdict(report), ensure_ascii=False) + "\n")
            number += 1
            characters += sum(map(len, report.paragraphs))
    return Collection(path, number, characters)
