"""Scans whose pictures have been read already: what recognition left in a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from indexer.config import Config
from indexer.extract.ocr import RECOGNITION_VERSION
from indexer.extract.ocr.recognised import Recognised, RecognisedLine, pack
from indexer.recorder import Recorder
from indexer.workers import hash_of


def page_saying(*lines: str) -> Recognised:
    """A page of A4 with these lines of text, in type of 16 points."""
    return Recognised(
        595.0,
        842.0,
        tuple(
            RecognisedLine(text, 80.0, 120.0 + 29 * n, 80.0 + 16 * len(text), 135.0 + 29 * n)
            for n, text in enumerate(lines)
        ),
    )


def keep(config: Config, path: Path, pages: Mapping[int, Recognised | None]) -> None:
    """Have the catalogue know what was seen on pages of a file; None where that failed."""
    sha256 = hash_of(path)
    with closing(Recorder.create(config.catalogue)) as recorder, recorder.transaction():
        for number, seen in pages.items():
            packed = None if seen is None else pack(seen)
            recorder.add_recognition(sha256, number, RECOGNITION_VERSION, packed)
