"""Writing the catalogue: its tables, and what each outcome of reading changes in them.

All writing happens inside `transaction()`: a batch is there whole, or not at all.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from indexer.catalogue import CATALOGUE_VERSION, Catalogue, connect
from indexer.errors import CatalogueError
from indexer.report import Ground, Metadata, Report
from indexer.storing import figures, pack_document, pack_grounds, pack_metadata

_CACHE = 65_536
"""KiB of pages that a writer keeps at most: all of 100,000 reports but for their texts."""
NOT_READ = 0
"""The extraction version of what has to be read again."""

_SCHEMA = """
CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    text TEXT NOT NULL REFERENCES texts (hash),
    found TEXT NOT NULL,
    metadata TEXT NOT NULL,
    extraction_version INTEGER NOT NULL,
    metadata_version INTEGER NOT NULL
) STRICT;
CREATE INDEX reports_by_size ON reports (size);
CREATE TABLE texts (
    hash TEXT PRIMARY KEY,
    characters INTEGER NOT NULL,
    unsearchable_pages INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    document BLOB NOT NULL
) STRICT;
CREATE TABLE extractions (
    number INTEGER PRIMARY KEY,
    report TEXT NOT NULL,
    text TEXT NOT NULL REFERENCES texts (hash),
    UNIQUE (report, text)
) STRICT;
CREATE TABLE paths (
    path TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id),
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    successor TEXT,
    PRIMARY KEY (path, report)
) STRICT;
CREATE INDEX paths_by_report ON paths (report);
CREATE TABLE failures (
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    extraction_version INTEGER NOT NULL
) STRICT;
CREATE TABLE pending (report TEXT PRIMARY KEY) STRICT;
CREATE TABLE folders (path TEXT PRIMARY KEY) STRICT;
"""
_RECOGNITIONS = """
CREATE TABLE IF NOT EXISTS recognitions (
    sha256 TEXT NOT NULL,
    page INTEGER NOT NULL,
    version INTEGER NOT NULL,
    seen BLOB,
    PRIMARY KEY (sha256, page)
) STRICT
"""
"""What was seen on pages of files with those bytes; nothing where that failed.

Only writers look at it, so that a catalogue may be without it until one comes.
"""


_GROUNDS = """
CREATE TABLE IF NOT EXISTS grounds (
    report TEXT PRIMARY KEY REFERENCES reports (id),
    found TEXT NOT NULL DEFAULT '[]',
    settled TEXT NOT NULL DEFAULT '[]'
) STRICT
"""
"""Earlier versions kept none: a catalogue may be without, or without a report's, until a writer
that keeps them describes its reports again."""


_ARRIVALS = """
CREATE TABLE IF NOT EXISTS arrivals (
    report TEXT PRIMARY KEY REFERENCES reports (id),
    time INTEGER NOT NULL
) STRICT
"""
"""Seconds since 1970. Earlier versions kept none: a report may be without."""

_INDEXED = "CREATE TABLE IF NOT EXISTS indexed (commit_name TEXT NOT NULL) STRICT"
"""One row. Earlier versions kept none: a catalogue may be without until a writer comes."""


class Recorder(Catalogue):
    """The catalogue, open for writing."""

    @classmethod
    def create(cls, path: Path) -> Recorder:
        """Open it, new if there is none; raises IndexVersionError, CatalogueError."""
        connection = connect(path)
        # The index is on the disk when it is committed, and must not be ahead of the catalogue.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        recorder = cls(connection, path)
        if recorder.checked_version() == 0:
            connection.execute("PRAGMA journal_mode = WAL")
            with recorder.transaction():
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {CATALOGUE_VERSION}")
        connection.execute(_RECOGNITIONS)
        connection.execute(_GROUNDS)
        connection.execute(_ARRIVALS)
        connection.execute(_INDEXED)
        return recorder

    def close(self) -> None:
        """Close it with everything in the one file, so that a copy of that file is whole."""
        self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        super().close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is committed together, or not at all."""
        self._sql.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._sql.rollback()
            raise
        self._sql.commit()

    def add_report(
        self,
        report: Report,
        metadata: Metadata,
        extraction_version: int,
        metadata_version: int,
        settled: Sequence[Ground] = (),
    ) -> None:
        """Keep what was read; a text that was read otherwise before stays beside it.

        `metadata` is what is in force, where people `settled` something else than was found.
        Raises CatalogueError for the one file in 2^50 whose id is another file's.
        """
        known = self._sql.execute("SELECT sha256 FROM reports WHERE id = ?", (report.id,))
        is_known = [sha256 for (sha256,) in known]
        if any(sha256 != report.sha256 for sha256 in is_known):
            raise CatalogueError(self._path, f"两个文件的编号同为 {report.id}")
        text, packed = pack_document(report.document)
        self._sql.execute(
            # The same hash is the same text; only a damaged row becomes another one by this.
            "INSERT INTO texts VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET"
            " characters = excluded.characters, unsearchable_pages = excluded.unsearchable_pages,"
            " warnings = excluded.warnings, document = excluded.document",
            (text, *figures(report.document), packed),
        )
        self._sql.execute(
            "INSERT OR IGNORE INTO extractions (report, text) VALUES (?, ?)", (report.id, text)
        )
        self._sql.execute(
            "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " text = excluded.text, found = excluded.found, metadata = excluded.metadata,"
            " extraction_version = excluded.extraction_version,"
            " metadata_version = excluded.metadata_version",
            (
                report.id,
                report.sha256,
                report.size,
                text,
                pack_metadata(report.metadata),
                pack_metadata(metadata),
                extraction_version,
                metadata_version,
            ),
        )
        if not is_known:
            self._sql.execute("INSERT INTO arrivals VALUES (?, ?)", (report.id, int(time.time())))
        self._sql.execute(
            "INSERT OR REPLACE INTO grounds VALUES (?, ?, ?)",
            (report.id, pack_grounds(report.grounds), pack_grounds(settled)),
        )

    def set_found(
        self, report: str, found: Metadata, grounds: Sequence[Ground], metadata_version: int
    ) -> None:
        """Metadata found anew in a text that is known."""
        self._sql.execute(
            "UPDATE reports SET found = ?, metadata_version = ? WHERE id = ?",
            (pack_metadata(found), metadata_version, report),
        )
        self._sql.execute(
            "INSERT INTO grounds (report, found) VALUES (?, ?)"
            " ON CONFLICT (report) DO UPDATE SET found = excluded.found",
            (report, pack_grounds(grounds)),
        )

    def set_metadata(self, report: str, metadata: Metadata, settled: Sequence[Ground]) -> None:
        """The metadata in force, and what people settled of it."""
        self._sql.execute(
            "UPDATE reports SET metadata = ? WHERE id = ?", (pack_metadata(metadata), report)
        )
        self._sql.execute(
            "INSERT INTO grounds (report, settled) VALUES (?, ?)"
            " ON CONFLICT (report) DO UPDATE SET settled = excluded.settled",
            (report, pack_grounds(settled)),
        )

    def add_path(self, path: str, report: str, size: int, mtime_ns: int) -> None:
        """These bytes stand at this path now; others that stood there are replaced by them.

        So are bytes that had been gone from there, unless they are elsewhere by now.
        """
        self._sql.execute(
            "UPDATE paths SET gone = 1, successor = ?1 WHERE path = ?2 AND report != ?1"
            " AND (NOT gone OR successor IS NULL AND NOT EXISTS (SELECT 1 FROM paths AS elsewhere"
            " WHERE elsewhere.report = paths.report AND NOT elsewhere.gone))",
            (report, path),
        )
        self._sql.execute(
            "INSERT INTO paths (path, report, size, mtime_ns) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (path, report) DO UPDATE SET size = excluded.size,"
            " mtime_ns = excluded.mtime_ns, gone = 0, successor = NULL",
            (path, report, size, mtime_ns),
        )
        self._sql.execute("DELETE FROM failures WHERE path = ?", (path,))
        self._sql.execute("INSERT OR IGNORE INTO pending VALUES (?)", (report,))

    def nothing_pending(self, commit: str) -> None:
        """That commit of the index holds what the catalogue holds."""
        self._sql.execute("DELETE FROM pending")
        self._sql.execute("DELETE FROM indexed")
        self._sql.execute("INSERT INTO indexed VALUES (?)", (commit,))

    def add_failure(
        self, path: str, size: int, mtime_ns: int, kind: str, reason: str, version: int
    ) -> None:
        """The file at this path could not be read."""
        self._sql.execute(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?)",
            (path, size, mtime_ns, kind, reason, version),
        )

    def read_again(self, report: str) -> None:
        """Have the next run read the file of these bytes, if it is still there."""
        self._sql.execute(
            "UPDATE reports SET extraction_version = ? WHERE id = ?", (NOT_READ, report)
        )

    def unread(self) -> Iterator[tuple[str, str, str]]:
        """Path, SHA-256 and text of each file with pages that cannot be searched."""
        yield from self._sql.execute(
            "SELECT path, sha256, text FROM reports JOIN texts ON hash = text"
            " JOIN paths ON paths.report = id AND NOT gone WHERE unsearchable_pages"
        )

    def failed(self, kind: str) -> Iterator[str]:
        """The paths of files that failed so."""
        for (path,) in self._sql.execute("SELECT path FROM failures WHERE kind = ?", (kind,)):
            yield path

    def recognitions(self, sha256: str, version: int) -> dict[int, bytes | None]:
        """What this version of recognition saw on pages of a file; None where it failed."""
        return dict(
            self._sql.execute(
                "SELECT page, seen FROM recognitions WHERE sha256 = ? AND version = ?",
                (sha256, version),
            )
        )

    def has_recognitions(self) -> bool:
        """Whether there are any."""
        return self._sql.execute("SELECT 1 FROM recognitions LIMIT 1").fetchone() is not None

    def add_recognition(self, sha256: str, page: int, version: int, seen: bytes | None) -> None:
        """What was seen on a page."""
        self._sql.execute(
            "INSERT OR REPLACE INTO recognitions VALUES (?, ?, ?, ?)",
            (sha256, page, version, seen),
        )

    def withdraw(self, paths: Iterable[str]) -> None:
        """Nothing stands at these paths any more."""
        gone = [(path,) for path in paths]
        self._sql.executemany("UPDATE paths SET gone = 1 WHERE path = ? AND NOT gone", gone)
        self._sql.executemany("DELETE FROM failures WHERE path = ?", gone)

    def add_folder(self, path: str) -> None:
        """A folder was given."""
        self._sql.execute("INSERT OR IGNORE INTO folders VALUES (?)", (path,))
