"""Tifa, from extracted texts on: what `tifa index` and `tifa search` do without reading files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from indexer.addresses import report_id
from indexer.config import Config
from indexer.engine import open_engine
from indexer.extract import EXTRACTION_VERSION
from indexer.library import Library
from indexer.metadata import METADATA_VERSION
from indexer.query.nodes import wanted_leaves
from indexer.query.syntax import parse
from indexer.recorder import Recorder
from indexer.report import Metadata, Region, Report
from indexer.results import FacetValue
from indexer.vocabulary.regions import regions
from tests.benchmarks.contenders import FACETS, Answer, Contender, Query, Searcher
from tests.benchmarks.synthetic import Collection, Synthetic

NAME = "ours"
SAME_SENTENCE = "同句"


def build(collection: Iterable[Synthetic], folder: Path) -> None:
    """Add reports to the index in a folder, which may be new, and commit."""
    config = _config(folder)
    config.index.mkdir(exist_ok=True)
    recorder = Recorder.create(config.catalogue)
    waiting = iter(collection)
    while batch := list(islice(waiting, config.commit_every)):
        with recorder.transaction():
            for synthetic in batch:
                report = _report(synthetic)
                recorder.add_report(report, report.metadata, EXTRACTION_VERSION, METADATA_VERSION)
                recorder.add_path(f"{synthetic.number}.txt", report.id, report.size, 0)
    engine = open_engine(config)
    engine.update(recorder.entries(), recorder.document, lambda done, total: None)
    with recorder.transaction():
        recorder.nothing_pending(engine.commit())
    recorder.close()


def knows_sentences() -> bool:
    """Whether the query language has 同句(…) yet; if not, it is two words and a bracket."""
    tree = parse(f'{SAME_SENTENCE}("甲" "乙")').tree
    return all(SAME_SENTENCE not in leaf.text for leaf in wanted_leaves(tree))


def _config(folder: Path) -> Config:
    return Config(folder / "index", workers=1)


def _report(synthetic: Synthetic) -> Report:
    data = synthetic.document.text.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return Report(
        id=report_id(sha256),
        sha256=sha256,
        size=len(data),
        document=synthetic.document,
        metadata=Metadata(
            title=synthetic.title,
            region=Region(synthetic.region, regions().names(synthetic.region)),
            year=synthetic.year,
            topics=synthetic.topics,
        ),
    )


class _Ours:
    def __init__(self, folder: Path) -> None:
        self._library = Library(_config(folder), at_hand=True)

    def answer(self, query: Query) -> Answer:
        results = self._library.run(self._library.request(query.typed))
        return Answer(
            total=results.total,
            facets=lambda: {name: _counts(getattr(results.facets, name)) for name in FACETS},
            occurrences=results.occurrences if query.is_phrase else None,
            passages=tuple(passage.text for hit in results.hits for passage in hit.passages),
        )


def _counts(values: Iterable[FacetValue]) -> dict[str, int]:
    return {str(value.value): value.count for value in values if value.count}


def _open(collection: Collection, folder: Path) -> Searcher:
    return _Ours(folder)


OURS = Contender(NAME, build, _open)
