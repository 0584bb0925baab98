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
    folders      what `tifa index` was given
    recognitions what was seen on pages of scans, by the bytes of their file
"""

from __future__ import annotations

import json
import os
import sqlite3
import weakref
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from indexer.errors import (
    CatalogueError,
    IndexDamagedError,
    IndexVersionError,
    NoIndexError,
    UnknownReportError,
)
from indexer.records import Counts, Entry, Failure, KnownFile, State, StoredReport
from indexer.report import Document, Metadata
from indexer.storing import unpack_document, unpack_metadata

CATALOGUE_VERSION = 1

_IS_CURRENT = "EXISTS (SELECT 1 FROM paths WHERE paths.report = reports.id AND NOT gone)"


class Catalogue:
    """One connection, for reading; not to be shared between threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._sql = connection
        self._path = path
        weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open for reading; raises NoIndexError, IndexVersionError, CatalogueError."""
        if not path.is_file():
            raise NoIndexError(path.parent)
        catalogue = cls(_connect_for_reading(path), path)
        if catalogue.checked_version() == 0:
            raise NoIndexError(path.parent)
        return catalogue

    def checked_version(self) -> int:
        """The version of the tables, 0 for none; raises IndexVersionError, CatalogueError."""
        try:
            (version,) = self._sql.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise CatalogueError(self._path, str(error)) from error
        if version > CATALOGUE_VERSION:
            raise IndexVersionError(self._path.parent, version, CATALOGUE_VERSION)
        return int(version)

    def close(self) -> None:
        self._sql.close()

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
            document=self._document(row[3]),
            metadata=unpack_metadata(row[4]),
            paths=here or tuple(path for path, *_ in places),
            state=state,
            successor=successor,
        )

    def document(self, text: str) -> Document:
        """The extracted text of that hash."""
        row = self._sql.execute("SELECT document FROM texts WHERE hash = ?", (text,)).fetchone()
        if row is None:
            raise self._other_moment()
        return self._document(row[0])

    def check_texts(self, texts: Iterable[str]) -> None:
        """That these extracted texts are here; raises IndexDamagedError."""
        wanted = sorted(set(texts))
        places = ", ".join("?" * len(wanted))
        (held,) = self._sql.execute(
            f"SELECT COUNT(*) FROM texts WHERE hash IN ({places})", wanted
        ).fetchone()
        if held != len(wanted):
            raise self._other_moment()

    def _other_moment(self) -> IndexDamagedError:
        # An older catalogue was put beside a newer index.
        return IndexDamagedError(self._path.parent, "索引与目录库不是同一时刻的")

    def _document(self, packed: bytes) -> Document:
        try:
            return unpack_document(packed)
        except (zlib.error, ValueError, LookupError) as error:
            raise CatalogueError(self._path, str(error)) from error

    def earlier_documents(self, report: str) -> Iterator[Document]:
        """Earlier extractions of the same bytes, newest first."""
        for (document,) in self._sql.execute(
            "SELECT document FROM extractions JOIN texts ON hash = text WHERE report = ?1"
            " AND text != (SELECT text FROM reports WHERE id = ?1) ORDER BY number DESC",
            (report,),
        ):
            yield self._document(document)

    def entries(self) -> Iterator[Entry]:
        """What the index should hold: the current reports, by id."""
        for report, text, metadata in self._sql.execute(
            f"SELECT id, text, metadata FROM reports WHERE {_IS_CURRENT} ORDER BY id"
        ):
            yield Entry(report, text, metadata)

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

    def all_metadata(
        self, *, differing: bool = False
    ) -> Iterator[tuple[str, Metadata, Metadata, tuple[str, ...]]]:
        """Id, metadata as found and as in force, and paths of each current report.

        Only of those `differing`, where what is in force is not what was found.
        """
        for report, found, in_force, paths in self._sql.execute(
            "SELECT id, found, metadata, json_group_array(path) FROM reports"
            " JOIN paths ON paths.report = id AND NOT gone"
            f" WHERE {'metadata != found' if differing else 'TRUE'} GROUP BY id"
        ):
            places = tuple(sorted(json.loads(paths)))
            yield report, unpack_metadata(found), unpack_metadata(in_force), places

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

    def change(self) -> int:
        """Another number whenever another connection has committed; cheap to ask."""
        (number,) = self._sql.execute("PRAGMA data_version").fetchone()
        return int(number)

    def folders(self) -> tuple[str, ...]:
        """The folders that were given."""
        rows = self._sql.execute("SELECT path FROM folders ORDER BY path")
        return tuple(path for (path,) in rows)


def connect(path: Path) -> sqlite3.Connection:
    """A connection as this package uses it; raises CatalogueError."""
    # Transactions are opened explicitly, so that reading never holds one. A thread that ends
    # leaves its connection to be closed by another.
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    return _prepared(connection, path)


def _connect_for_reading(path: Path) -> sqlite3.Connection:
    try:
        return connect(path)
    except CatalogueError:
        if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
            raise
    # Where nothing may be written there is no log beside it to be read with it either.
    unchanging = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(
        unchanging, uri=True, isolation_level=None, check_same_thread=False
    )
    return _prepared(connection, path)


def _prepared(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise CatalogueError(path, str(error)) from error
    return connection
