"""The catalogue, DIR/catalogue.sqlite: what was read, from where, and what could not be.

It holds the truth; everything under DIR/segments can be made from it again. Rows of `texts` are
never changed or deleted: an index segment, or a link in someone's notes, may name them. Commits
are whole batches of reports, so that a crash leaves the last batch readable.

    reports      one row for the bytes of a file, with its current text and metadata
    texts        every text ever extracted, keyed by its hash
    extractions  which texts came from which report, in order
    paths        where those bytes were seen; `gone` rows are earlier versions of a path
    failures     files that could not be read, with the reason
    pending      reports that the index does not hold yet
    folders      what `tifa index` was given, and the state of its metadata.csv files
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexer.errors import IndexVersionError, NoIndexError, UnknownReportError
from indexer.report import Document, Metadata, Report
from indexer.storing import pack_document, pack_metadata, unpack_document, unpack_metadata

CATALOGUE_VERSION = 1

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
CREATE TABLE folders (path TEXT PRIMARY KEY, overrides TEXT NOT NULL) STRICT;
"""


class State(StrEnum):
    """Where a report stands among the files of the collection."""

    CURRENT = "current"
    REPLACED = "replaced"
    """Its path holds other bytes now."""
    WITHDRAWN = "withdrawn"
    """Its file is gone."""


@dataclass(frozen=True)
class StoredReport:
    """A report as the catalogue keeps it. `successor` is the id of what replaced it."""

    id: str
    sha256: str
    size: int
    document: Document
    metadata: Metadata
    paths: tuple[str, ...]
    state: State
    successor: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index segment is made from: a current report, its text's hash, its metadata."""

    report: str
    text: str
    metadata: Metadata
    packed_metadata: str


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A path as last seen. `report` is None for one that failed; `failure` names the error."""

    size: int
    mtime_ns: int
    extraction_version: int
    report: str | None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file not read (`pages` None), or read but for so many pages."""

    path: str
    reason: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The collection in numbers; `files` are the paths that current reports stand at."""

    reports: int
    files: int
    characters: int
    failures: int
    unsearchable_pages: int
    pending: int
    """Reports read that the index does not hold yet, because a run was stopped."""
    earlier: int
    """Reports replaced or withdrawn, still readable at their address."""


_IS_CURRENT = "EXISTS (SELECT 1 FROM paths WHERE paths.report = reports.id AND NOT gone)"


class Catalogue:
    """One connection; not to be shared between threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection
        weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, path: Path) -> Catalogue:
        """Open for reading; raises NoIndexError, IndexVersionError."""
        if not path.is_file():
            raise NoIndexError(path.parent)
        catalogue = cls(_connect(path))
        version = catalogue._version()
        if version == 0:
            raise NoIndexError(path.parent)
        if version > CATALOGUE_VERSION:
            raise IndexVersionError(path.parent, version, CATALOGUE_VERSION)
        return catalogue

    @classmethod
    def create(cls, path: Path) -> Catalogue:
        """Open for writing, and make it if there is none; raises IndexVersionError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(path)
        connection.execute("PRAGMA journal_mode = WAL")
        catalogue = cls(connection)
        if catalogue._version() == 0:
            with catalogue.transaction():
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {CATALOGUE_VERSION}")
        if catalogue._version() > CATALOGUE_VERSION:
            raise IndexVersionError(path.parent, catalogue._version(), CATALOGUE_VERSION)
        return catalogue

    def close(self) -> None:
        self._sql.close()

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

    # Reading

    def report(self, report: str) -> StoredReport:
        """Any report ever read, with its current text; raises UnknownReportError."""
        row = self._sql.execute(
            "SELECT id, sha256, size, document, metadata FROM reports"
            " JOIN texts ON texts.hash = reports.text WHERE id = ?",
            (report,),
        ).fetchone()
        if row is None:
            raise UnknownReportError(report)
        places = self._sql.execute(
            "SELECT path, gone, successor FROM paths WHERE report = ? ORDER BY path", (report,)
        ).fetchall()
        here = tuple(path for path, gone, _ in places if not gone)
        successor = next((after for *_, after in places if after), None)
        if here:
            state, successor = State.CURRENT, None
        else:
            state = State.REPLACED if successor else State.WITHDRAWN
        return StoredReport(
            id=row[0],
            sha256=row[1],
            size=row[2],
            document=unpack_document(row[3]),
            metadata=unpack_metadata(row[4]),
            paths=here or tuple(path for path, *_ in places),
            state=state,
            successor=successor,
        )

    def document(self, text: str) -> Document:
        """The extracted text of that hash."""
        (document,) = self._sql.execute(
            "SELECT document FROM texts WHERE hash = ?", (text,)
        ).fetchone()
        return unpack_document(document)

    def earlier_documents(self, report: str) -> Iterator[Document]:
        """Earlier extractions of the same bytes, newest first."""
        for (document,) in self._sql.execute(
            "SELECT document FROM extractions JOIN texts ON hash = text WHERE report = ?1"
            " AND text != (SELECT text FROM reports WHERE id = ?1) ORDER BY number DESC",
            (report,),
        ):
            yield unpack_document(document)

    def entries(self) -> Iterator[Entry]:
        """What the index should hold: the current reports, by id."""
        for report, text, metadata in self._sql.execute(
            f"SELECT id, text, metadata FROM reports WHERE {_IS_CURRENT} ORDER BY id"
        ):
            yield Entry(report, text, unpack_metadata(metadata), metadata)

    def known_files(self) -> dict[str, KnownFile]:
        """Every path that was seen and is not known to be gone, failures included."""
        known = {
            path: KnownFile(size, mtime_ns, version, None, kind)
            for path, size, mtime_ns, kind, version in self._sql.execute(
                "SELECT path, size, mtime_ns, kind, extraction_version FROM failures"
            )
        }
        rows = self._sql.execute(
            "SELECT path, paths.size, mtime_ns, extraction_version, report FROM paths"
            " JOIN reports ON reports.id = report WHERE NOT gone"
        )
        for path, size, mtime_ns, version, report in rows:
            known.setdefault(path, KnownFile(size, mtime_ns, version, report))
        return known

    def find(self, sha256: str, extraction_version: int) -> str | None:
        """The id of the report with these bytes, if this extraction has read it."""
        row = self._sql.execute(
            "SELECT id FROM reports WHERE sha256 = ? AND extraction_version = ?",
            (sha256, extraction_version),
        ).fetchone()
        return row[0] if row else None

    def has_size(self, size: int) -> bool:
        """Whether any report's file has so many bytes: if not, no file of that size is known."""
        return (
            self._sql.execute("SELECT 1 FROM reports WHERE size = ? LIMIT 1", (size,)).fetchone()
            is not None
        )

    def overridden(self) -> int:
        """Current reports whose metadata a person settled otherwise than it was found."""
        (count,) = self._sql.execute(
            f"SELECT COUNT(*) FROM reports WHERE metadata != found AND {_IS_CURRENT}"
        ).fetchone()
        return int(count)

    def outdated_metadata(self, version: int) -> tuple[str, ...]:
        """Reports whose metadata another version of the finders made."""
        rows = self._sql.execute("SELECT id FROM reports WHERE metadata_version != ?", (version,))
        return tuple(report for (report,) in rows)

    def found_metadata(self) -> Iterator[tuple[str, Metadata, tuple[str, ...]]]:
        """Id, metadata as found (nothing overridden) and paths of each current report."""
        for report, found, paths in self._sql.execute(
            "SELECT id, found, json_group_array(path) FROM reports"
            " JOIN paths ON paths.report = id AND NOT gone GROUP BY id"
        ):
            yield report, unpack_metadata(found), tuple(sorted(json.loads(paths)))

    def failures(self) -> tuple[Failure, ...]:
        """Files that could not be read, or only in part, by path."""
        whole = [
            Failure(path, reason)
            for path, reason in self._sql.execute("SELECT path, reason FROM failures")
        ]
        in_part = [
            Failure(path, "；".join(json.loads(warnings)), pages)
            for path, warnings, pages in self._sql.execute(
                "SELECT MIN(path), warnings, unsearchable_pages FROM reports"
                " JOIN paths ON paths.report = id AND NOT gone JOIN texts ON hash = text"
                " WHERE unsearchable_pages OR warnings != '[]' GROUP BY id"
            )
        ]
        return tuple(sorted(whole + in_part, key=lambda failure: failure.path))

    def counts(self) -> Counts:
        """The collection in numbers."""
        reports, characters, pages = self._sql.execute(
            "SELECT COUNT(*), TOTAL(characters), TOTAL(unsearchable_pages) FROM reports"
            f" JOIN texts ON hash = text WHERE {_IS_CURRENT}"
        ).fetchone()
        (everything,) = self._sql.execute("SELECT COUNT(*) FROM reports").fetchone()
        (files,) = self._sql.execute("SELECT COUNT(*) FROM paths WHERE NOT gone").fetchone()
        (failures,) = self._sql.execute("SELECT COUNT(*) FROM failures").fetchone()
        (pending,) = self._sql.execute("SELECT COUNT(*) FROM pending").fetchone()
        return Counts(
            reports=reports,
            files=files,
            characters=int(characters),
            failures=failures,
            unsearchable_pages=int(pages),
            pending=pending,
            earlier=everything - reports,
        )

    def folders(self) -> dict[str, str]:
        """The folders that were given, each with the digest of its metadata.csv files."""
        return dict(self._sql.execute("SELECT path, overrides FROM folders ORDER BY path"))

    # Writing, inside `transaction()`

    def add_report(
        self, report: Report, metadata: Metadata, extraction_version: int, metadata_version: int
    ) -> None:
        """Keep what was read; a text that was read otherwise before stays beside it."""
        text, packed = pack_document(report.document)
        self._sql.execute(
            "INSERT OR IGNORE INTO texts VALUES (?, ?, ?, ?, ?)",
            (
                text,
                len("".join(report.document.text.split())),
                report.document.unsearchable_pages,
                json.dumps(report.document.warnings, ensure_ascii=False),
                packed,
            ),
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

    def set_found(self, report: str, found: Metadata, metadata_version: int) -> None:
        """Metadata found anew in a text that is known."""
        self._sql.execute(
            "UPDATE reports SET found = ?, metadata_version = ? WHERE id = ?",
            (pack_metadata(found), metadata_version, report),
        )

    def set_metadata(self, report: str, metadata: Metadata) -> None:
        """The metadata in force."""
        self._sql.execute(
            "UPDATE reports SET metadata = ? WHERE id = ?", (pack_metadata(metadata), report)
        )

    def add_path(self, path: str, report: str, size: int, mtime_ns: int) -> None:
        """These bytes stand at this path now; others that stood there are replaced by them."""
        self._sql.execute(
            "UPDATE paths SET gone = 1, successor = ?1 WHERE path = ?2 AND report != ?1"
            " AND NOT gone",
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

    def nothing_pending(self) -> None:
        """The index holds what the catalogue holds."""
        self._sql.execute("DELETE FROM pending")

    def add_failure(
        self, path: str, size: int, mtime_ns: int, kind: str, reason: str, version: int
    ) -> None:
        """The file at this path could not be read."""
        self._sql.execute(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?)",
            (path, size, mtime_ns, kind, reason, version),
        )

    def withdraw(self, paths: Iterable[str]) -> None:
        """Nothing stands at these paths any more."""
        gone = [(path,) for path in paths]
        self._sql.executemany("UPDATE paths SET gone = 1 WHERE path = ? AND NOT gone", gone)
        self._sql.executemany("DELETE FROM failures WHERE path = ?", gone)

    def add_folder(self, path: str) -> None:
        """A folder is given; its metadata.csv files have not been looked at."""
        self._sql.execute("INSERT OR IGNORE INTO folders VALUES (?, '')", (path,))

    def set_folder(self, path: str, overrides: str) -> None:
        """A folder was given, with metadata.csv files of this digest."""
        self._sql.execute("INSERT OR REPLACE INTO folders VALUES (?, ?)", (path, overrides))

    def _version(self) -> int:
        (version,) = self._sql.execute("PRAGMA user_version").fetchone()
        return int(version)


def _connect(path: Path) -> sqlite3.Connection:
    # Transactions are opened explicitly, so that reading never holds one. A thread that ends
    # leaves its connection to be closed by another.
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection
