"""A sample of the hostile files (`python -m tests.proofs.hostile` reads them all)."""

from __future__ import annotations

import pytest

from indexer.config import Config
from indexer.errors import DamagedError, TooLargeError
from indexer.extract import extract
from indexer.extract.packages import MAX_MEMBERS
from indexer.workers import read_all
from tests.hostile import FILES, write
from tests.proofs.hostile import prove

SAMPLE = {
    "length_is_the_stream_itself.pdf": "read",
    "table_before_is_itself.pdf": "read",
    "characters_mapped_by_a_range_without_end.pdf": "read",
    "widths_up_to_a_thousand_million.pdf": "read",
    "thousand_files_that_are_one.docx": "TooLargeError",
    "cell_that_spans_a_thousand_million.docx": "read",
    "entities_of_entities.docx": "TooLargeError",
    "entity_of_the_disk.docx": "DamagedError",
    "nested_a_hundred_thousand_deep.docx": "TooLargeError",
    "file_within_itself.docx": "read",
    "page_whose_cells_span_a_thousand_million.txt": "read",
}


def test_there_are_forty_and_each_is_a_file():
    assert len(FILES) >= 40
    assert SAMPLE.keys() <= FILES.keys()


def test_each_is_bounded_and_the_next_file_is_read(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    config = Config(tmp_path / "index", workers=1)
    for told in prove(list(SAMPLE), folder, config):
        assert told.problems == (), told
        assert told.outcome.startswith(SAMPLE[told.name]), told


@pytest.mark.parametrize("spoil", ["next.txt", "outcome"])
def test_the_proof_sees_what_is_wrong(tmp_path, monkeypatch, spoil):
    folder = tmp_path / "files"
    folder.mkdir()

    def spoilt(files, config):
        for file, outcome in read_all(files, config):
            if file.path.name != "next.txt":
                yield file, outcome if spoil == "next.txt" else DamagedError(file.path, "意外错误")
            elif spoil != "next.txt":
                yield file, outcome

    monkeypatch.setattr("tests.proofs.hostile.read_all", spoilt)
    (told,) = prove(["bytes_of_every_kind.txt"], folder, Config(tmp_path / "index", workers=1))
    assert len(told.problems) == 1


def test_members_are_counted_before_the_directory_is_read(tmp_path, monkeypatch):
    path = write("fifty_thousand_parts.docx", tmp_path)
    monkeypatch.setattr("indexer.extract.packages.zipfile", None)
    with pytest.raises(TooLargeError, match=r"\d+ 个文件"):
        extract(path)
    assert MAX_MEMBERS < 50_000
