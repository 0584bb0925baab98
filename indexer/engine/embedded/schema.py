"""The Whoosh side of a segment: fields, versions, opening.

Words are cut by `indexer.words` and handed over joined by blanks, so the fields are Whoosh's own
KEYWORD: the table of contents pickles the schema, and a class of ours in it would have to keep
its name for ever. A stock Whoosh searcher can open the directory.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from whoosh import index
from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import KEYWORD, STORED, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from indexer.folding import FOLDING_VERSION
from indexer.records import Entry
from indexer.words import cutter

INDEX_VERSION = 2

_NAME = "MAIN"

WORD_FIELDS = ("title", "body")


def schema() -> Schema:
    """id and revision name what was indexed; `text` and `card` serve the result list."""
    return Schema(
        id=STORED,
        revision=STORED,
        text=STORED,
        card=STORED,
        title=KEYWORD(scorable=True),
        body=KEYWORD(scorable=True),
    )


def revision(entry: Entry) -> str:
    """Names a report as it would be indexed: changes whenever anything of that does."""
    versions = (str(INDEX_VERSION), str(FOLDING_VERSION), cutter())
    parts = (*versions, entry.report, entry.text, entry.packed_metadata)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def open_or_create(directory: Path) -> index.FileIndex:
    """The Whoosh index in `directory`, new if there is none."""
    directory.mkdir(parents=True, exist_ok=True)
    if newest_generation(directory) is not None:
        return index.open_dir(str(directory), _NAME)
    return index.create_in(str(directory), schema(), _NAME)


def newest_generation(directory: Path) -> int | None:
    """The number of the newest commit, without opening it; None if there is none."""
    generation: int = TOC._latest_generation(FileStorage(str(directory)), _NAME)
    return generation if generation >= 0 else None


def table_of_contents(directory: Path) -> TOC:
    """The newest one: its schema, its segments and its generation."""
    return TOC.read(FileStorage(str(directory)), _NAME)


def segment_reader(directory: Path, fields: Schema, segment: Segment) -> SegmentReader:
    """Whoosh's reader of one segment."""
    return SegmentReader(FileStorage(str(directory)), fields, segment)


def postings_path(directory: Path, segment: str) -> Path:
    """Whoosh's postings file of the segment of that id."""
    return directory / f"{segment}{W3Codec.POSTS_EXT}"
