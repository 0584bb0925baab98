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
    indexed      the commit of the index that held all there was
    folders      what `tifa index` was given
    recognitions what was seen on pages of scans, by the bytes of their file
    arrivals     when each report came into the collection
    grounds      what the metadata was taken from: `found` in the report, `settled` by people
"""

from __future__ import annotations

import json
import os
import sqlite3
import weakref
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from indexer.errors import (
    CatalogueError,
    IndexDamagedError,
    IndexVersionError,
    NoIndexError,
    UnknownReportError,
)
from indexer.messages import N_, Message
from indexer.records import (
    Arrival,
    Counts,
    Described,
    Entry,
    Failure,
    KnownFile,
    State,
    StoredReport,
    Version,
    in_force,
)
from indexer.report import Document, Ground
from indexer.storing import unpack_document, unpack_grounds, unpack_metadata

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
            "SELECT id, sha256, size, document, metadata, found FROM reports"
            " JOIN texts ON texts.hash = reports.text WHERE id = ?",
            (report,),
        ).fetchone()
        if row is None:
            raise UnknownReportError(report)
        paths, state, successor = self._standing(report)
        return StoredReport(
            id=row[0],
            sha256=row[1],
            size=row[2],
            document=self._document(row[3]),
            metadata=unpack_metadata(row[4]),
            paths=paths,
            state=state,
            successor=successor,
            found=unpack_metadata(row[5]),
            grounds=in_force(*self._grounds(report)),
        )

    def _standing(self, report: str) -> tuple[tuple[str, ...], State, str | None]:
        """The paths where a report stands, or stood, its state, and what replaced it."""
        places = self._sql.execute(
            "SELECT path, gone, successor FROM paths WHERE report = ? ORDER BY path", (report,)
        ).fetchall()
        if here := tuple(path for path, gone, _ in places if not gone):
            return here, State.CURRENT, None
        successor = next((after for *_, after in places if after), None)
        state = State.REPLACED if successor else State.WITHDRAWN
        return tuple(path for path, *_ in places), state, successor

    def latest(self, report: str) -> str | None:
        """What stands in the place of a replaced report by now; None for all others."""
        seen = [report]
        # A file may change back and forth: then the chain of successors is a ring.
        while (after := self._standing(seen[-1])[2]) and after not in seen:
            seen.append(after)
        return seen[-1] if len(seen) > 1 else None

    def versions(self, report: str) -> tuple[Version, ...]:
        """What has stood at the paths of a report, itself included: by path, the oldest first."""
        rows = self._sql.execute(
            "SELECT report, path, metadata, gone, mtime_ns FROM paths"
            " JOIN reports ON reports.id = report"
            " WHERE path IN (SELECT path FROM paths WHERE report = ?)"
            " ORDER BY path, gone DESC, paths.rowid",
            (report,),
        )
        return tuple(
            Version(other, path, unpack_metadata(metadata).title, bool(gone), mtime_ns)
            for other, path, metadata, gone, mtime_ns in rows
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
        return IndexDamagedError(self._path.parent, Message(N_("索引与目录库不是同一时刻的")))

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
        # +id: sorted when they have been read in the order in which they lie in the file, between
        # the texts. By the table's index each would be looked for in another place of it.
        for row in self._sql.execute(
            f"SELECT id, text, metadata, {self._added()} FROM reports"
            f" WHERE {_IS_CURRENT} ORDER BY +id"
        ):
            yield Entry(*row)

    def arrivals(self, reports: Iterable[str]) -> dict[str, Arrival]:
        """When these reports came into the collection, by id."""
        wanted = tuple(reports)
        places = ", ".join("?" * len(wanted))
        rows = self._sql.execute(
            f"SELECT id, sha256, {self._added()} FROM reports WHERE id IN ({places})", wanted
        )
        return {
            report: Arrival(sha256, datetime.fromtimestamp(added, UTC))
            for report, sha256, added in rows
        }

    def _added(self) -> str:
        """When a row of `reports` came, in seconds since 1970: for SELECT.

        Of reports from before that was kept, when their file was last written.
        """
        written = "(SELECT MIN(mtime_ns) / 1000000000 FROM paths WHERE report = reports.id)"
        if not self._has_table("arrivals"):
            return written
        return f"COALESCE((SELECT time FROM arrivals WHERE report = reports.id), {written})"

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

    def outdated_metadata(self, version: int) -> tuple[str, ...]:
        """Reports whose metadata another version of the finders made."""
        rows = self._sql.execute("SELECT id FROM reports WHERE metadata_version != ?", (version,))
        return tuple(report for (report,) in rows)

    def all_metadata(self, *, differing: bool = False) -> Iterator[Described]:
        """Every current report's metadata.

        Only of those `differing`, about which a person has said something.
        """
        keeps = self._has_table("grounds")
        grounds = "grounds.found, grounds.settled" if keeps else "'[]', '[]'"
        settled = " OR grounds.settled != '[]'" if keeps else ""
        for report, found, metadata, seen, said, paths in self._sql.execute(
            f"SELECT id, reports.found, metadata, {grounds}, json_group_array(path) FROM reports"
            " JOIN paths ON paths.report = id AND NOT gone"
            f"{' LEFT JOIN grounds ON grounds.report = id' if keeps else ''}"
            f" WHERE {f'(metadata != reports.found{settled})' if differing else 'TRUE'} GROUP BY id"
        ):
            yield Described(
                report=report,
                found=unpack_metadata(found),
                metadata=unpack_metadata(metadata),
                paths=tuple(sorted(json.loads(paths))),
                seen=unpack_grounds(seen or "[]"),
                settled=unpack_grounds(said or "[]"),
            )

    def paths_of(self, report: str) -> tuple[str, ...]:
        """Where a report stands now; nowhere if there is none of that id."""
        rows = self._sql.execute(
            "SELECT path FROM paths WHERE report = ? AND NOT gone ORDER BY path", (report,)
        )
        return tuple(path for (path,) in rows)

    def _has_table(self, name: str) -> bool:
        """Whether a version that keeps this has written here."""
        found = self._sql.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,))
        return found.fetchone() is not None

    def _grounds(self, report: str) -> tuple[tuple[Ground, ...], tuple[Ground, ...]]:
        """What tells what was found in a report, and what people settled."""
        if not self._has_table("grounds"):
            return (), ()
        row = self._sql.execute("SELECT found, settled FROM grounds WHERE report = ?", (report,))
        found, settled = row.fetchone() or ("[]", "[]")
        return unpack_grounds(found), unpack_grounds(settled)

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

    def indexed(self) -> str:
        """The commit of the index that held all there was, "" if none is known."""
        if not self._has_table("indexed"):
            return ""
        row = self._sql.execute("SELECT commit_name FROM indexed").fetchone()
        return str(row[0]) if row else ""

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
