"""The Whoosh side of a segment: fields, versions, opening.

Words are cut by `indexer.words` and their postings written as arrays (`codec`); the fields are
Whoosh's own, so that a stock Whoosh searcher can open the directory wherever this package can be
imported: the table of contents pickles the schema and the codec.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from whoosh import index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import KEYWORD, STORED, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.engine.embedded.sealing import seal_of
from indexer.folding import FOLDING_VERSION
from indexer.records import Entry
from indexer.words import cutter

INDEX_VERSION = 8

_NAME = "MAIN"

WORD_FIELDS = ("title", "body")


def schema() -> Schema:
    """`id` is for who reads the index with Whoosh alone; ours is kept beside it."""
    return Schema(
        id=STORED,
        title=KEYWORD(scorable=True),
        body=KEYWORD(scorable=True),
    )


def revision(entry: Entry) -> str:
    """Names a report as it would be indexed: changes whenever anything of that does."""
    versions = (str(INDEX_VERSION), str(FOLDING_VERSION), cutter())
    parts = (*versions, entry.report, entry.text, entry.packed_metadata)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def pack_card(entry: Entry) -> bytes:
    """What the result list shows of a report."""
    return "\n".join((entry.report, entry.text, entry.packed_metadata)).encode()


def unpack_card(card: bytes) -> Entry:
    """The entry that `pack_card` made this of."""
    report, text, metadata = card.decode().split("\n", 2)
    return Entry(report, text, metadata)


def open_or_create(directory: Path) -> index.FileIndex:
    """The Whoosh index in `directory`, new if there is none."""
    directory.mkdir(parents=True, exist_ok=True)
    if newest_state(directory) is not None:
        return index.open_dir(str(directory), _NAME)
    return index.create_in(str(directory), schema(), _NAME)


def newest_state(directory: Path) -> tuple[int, int] | None:
    """What tells the newest commit from all others, without opening it; None if there is none.

    Its generation, and when it was written: an index made anew counts from the beginning.
    """
    generation: int = TOC._latest_generation(FileStorage(str(directory)), _NAME)
    if generation < 0:
        return None
    try:
        return generation, toc_path(directory, generation).stat().st_mtime_ns
    except FileNotFoundError:
        return generation, 0  # replaced this very moment


def commit_name(directory: Path, generation: int) -> str:
    """What tells a commit from those of all indexes: the seal of its table of contents."""
    return seal_of(toc_path(directory, generation))


def toc_path(directory: Path, generation: int) -> Path:
    """The table of contents of a generation."""
    name: str = TOC._filename(_NAME, generation)
    return directory / name


def table_of_contents(directory: Path) -> TOC:
    """The newest one: its schema, its segments and its generation."""
    return TOC.read(FileStorage(str(directory)), _NAME)


def postings_path(directory: Path, segment: str) -> Path:
    """Whoosh's postings file of the segment of that id."""
    return directory / f"{segment}{W3Codec.POSTS_EXT}"
