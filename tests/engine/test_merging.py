"""Segments grow together without a text being read or cut again."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from indexer.catalogue import Catalogue
from indexer.collection import update
from indexer.config import Config
from indexer.engine.embedded import writer
from indexer.engine.embedded.arrays import WordLists
from indexer.engine.embedded.segment import Segment, SegmentDamagedError
from indexer.engine.embedded.snapshot import open_snapshot
from indexer.library import Library
from indexer.paired import PairedTexts
from indexer.units import decode
from indexer.words import search_words
from tests.conftest import SAMPLES


@pytest.fixture
def in_pieces(tmp_path) -> Config:
    """Some of the samples in three segments, with one changed and one removed on the way."""
    config = Config(tmp_path / "index", workers=1)
    folder = tmp_path / "reports"
    folder.mkdir()
    samples = sorted(SAMPLES.rglob("*.txt"))[:4]
    for number, sample in enumerate(samples):
        (folder / f"{number}.txt").write_bytes(sample.read_bytes())
        if number % 2:
            update(config, [folder])
    (folder / "0.txt").unlink()
    (folder / "2.txt").write_text("甲区2025年法治政府建设情况\n已经改写。\n", encoding="utf-8")
    update(config, [folder])
    return config


def contents(config: Config) -> dict[str, object]:
    """What the index holds of each report, whatever its segment."""
    held: dict[str, object] = {}
    for segment in open_snapshot(config).segments:
        words = {name: word_counts(segment, held) for name, held in segment.word_lists.items()}
        live = np.flatnonzero(segment.live)
        for number, entry in zip(live.tolist(), segment.entries(live), strict=True):
            texts = PairedTexts.of(segment.paired(np.array([number])))
            records = [np.array(getattr(texts, part.name)).tolist() for part in fields(texts)]
            counts = [of_field.get(number) for of_field in words.values()]
            held[entry.report] = (records, counts)
    return held


def word_counts(segment: Segment, lists: WordLists) -> dict[int, dict[str, int]]:
    """By report, how often each word stands in it."""
    held: dict[int, dict[str, int]] = {}
    words = np.repeat(np.array(lists.all()), np.diff(lists.postings)).tolist()
    for word, (report, count) in zip(words, segment.postings_of(lists).tolist(), strict=True):
        held.setdefault(report, {})[word] = count
    return held


def segments(config: Config) -> set[str]:
    """Their names."""
    return {path.name.split(".")[0] for path in config.segments.glob("*.tifa.npz")}


def merge(config: Config, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the next run, which adds one report, merge what there is."""
    monkeypatch.setattr(writer, "MERGED_AT_ONCE", 2)
    (folder / "new.txt").write_text("乙区2025年法治政府建设情况\n新来的。\n", encoding="utf-8")
    update(config, [folder])


def test_merging_reads_and_cuts_no_text_again(in_pieces, monkeypatch):
    before = contents(in_pieces)
    loaded = []
    load = Catalogue.document
    monkeypatch.setattr(
        Catalogue, "document", lambda self, text: loaded.append(text) or load(self, text)
    )
    merge(in_pieces, in_pieces.index.parent / "reports", monkeypatch)
    assert len(loaded) == 1, "only the new one"
    after = contents(in_pieces)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_a_merged_index_is_the_one_made_in_one_go(in_pieces, tmp_path, monkeypatch):
    folder = in_pieces.index.parent / "reports"
    merge(in_pieces, folder, monkeypatch)
    at_once = Config(tmp_path / "other", workers=1)
    update(at_once, [folder])
    assert contents(in_pieces) == contents(at_once)
    for query in ('"法治政府"', "法治 教育", '同句("法治" "政府")', "title:法治"):
        answers = [Library(config).search(query, limit=100) for config in (in_pieces, at_once)]
        one, other = ([(hit.id, hit.matches) for hit in answer.hits] for answer in answers)
        assert one == other
        assert answers[0].facets == answers[1].facets


def test_a_word_that_only_withdrawn_reports_held_is_gone(in_pieces, monkeypatch):
    folder = in_pieces.index.parent / "reports"
    before = segments(in_pieces)
    merge(in_pieces, folder, monkeypatch)
    merged = 0
    for segment in open_snapshot(in_pieces).segments:
        texts = [decode(text.folded) for text in segment.paired(np.arange(segment.size))]
        words = {word for text in texts for word in search_words(text)}
        if segment.whoosh.segment_id() not in before:
            merged += segment.size
            assert set(segment.word_lists["body"].all()) == words
    assert merged > 2


def test_a_segment_that_turns_out_damaged_is_written_from_the_catalogue(in_pieces, monkeypatch):
    before = contents(in_pieces)

    def damaged(*_):
        raise SegmentDamagedError("its postings")

    with monkeypatch.context() as patched:
        patched.setattr(Segment, "postings_of", damaged)
        merge(in_pieces, in_pieces.index.parent / "reports", patched)
    assert before.items() <= contents(in_pieces).items()


def test_nothing_is_merged_that_would_not_fit_one_segment(in_pieces, monkeypatch):
    monkeypatch.setattr("indexer.engine.embedded.building.MOST_CHARACTERS", 100)
    before = segments(in_pieces)
    merge(in_pieces, in_pieces.index.parent / "reports", monkeypatch)
    assert before < segments(in_pieces)
