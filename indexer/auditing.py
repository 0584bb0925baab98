"""The catalogue, open for being checked: every row of it, whatever has become of the others."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from indexer.catalogue import Catalogue
from indexer.recorder import NOT_READ
from indexer.records import Entry
from indexer.storing import figures, hash_of, unpack_document, unpack_metadata

_SHOWN = 5
"""Of SQLite's complaints, which may be without end."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file with the bytes of a report was seen; `current` if nothing came after it."""

    report: str
    path: str
    size: int
    mtime_ns: int
    current: bool


class UnsoundError(ValueError):
    """A row does not hold what it should; the message says what, in Chinese."""


class Auditor(Catalogue):
    """Reads like `Catalogue`, a row at a time, and changes nothing.

    Other methods than the checks raise sqlite3.DatabaseError where the file is damaged.
    """

    def structure(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the file, in its words; nothing if it is whole."""
        try:
            said = [line for (line,) in self._sql.execute(f"PRAGMA integrity_check({_SHOWN})")]
        except sqlite3.DatabaseError as error:
            return (str(error),)
        return tuple(said) if said != ["ok"] else ()

    def orphans(self) -> tuple[tuple[str, str], ...]:
        """Tables with rows that name a row of another table that is not there, and which."""
        rows = self._sql.execute("PRAGMA foreign_key_check").fetchall()
        return tuple(dict.fromkeys((table, parent) for table, _, parent, _ in rows))

    def texts(self) -> tuple[str, ...]:
        """The hashes of all texts that are there or should be."""
        rows = self._sql.execute(
            "SELECT hash FROM texts"
            " UNION SELECT text FROM reports UNION SELECT text FROM extractions"
        )
        return tuple(text for (text,) in rows)

    def reports(self) -> tuple[str, ...]:
        """The ids of all reports, current or not."""
        return tuple(report for (report,) in self._sql.execute("SELECT id FROM reports"))

    def read_as(self, text: str) -> tuple[str, ...]:
        """The reports whose text this is."""
        rows = self._sql.execute("SELECT id FROM reports WHERE text = ?", (text,))
        return tuple(report for (report,) in rows)

    def places(self, report: str) -> tuple[Place, ...]:
        """Where the bytes of a report were seen."""
        rows = self._sql.execute(
            "SELECT path, size, mtime_ns, NOT gone FROM paths WHERE report = ? ORDER BY path",
            (report,),
        )
        return tuple(
            Place(report, path, size, mtime_ns, bool(current))
            for path, size, mtime_ns, current in rows
        )

    def is_to_be_read_again(self, report: str) -> bool:
        """Whether `Recorder.read_again` was told of it."""
        row = self._sql.execute("SELECT extraction_version FROM reports WHERE id = ?", (report,))
        return bool(row.fetchone() == (NOT_READ,))

    def entry(self, report: str) -> Entry | None:
        """What the index should hold of a report; None if it is not current."""
        if not any(place.current for place in self.places(report)):
            return None
        row = self._sql.execute("SELECT id, text, metadata FROM reports WHERE id = ?", (report,))
        return Entry(*row.fetchone())

    def check_text(self, text: str) -> None:
        """That a text is what was kept, and so are its figures; raises UnsoundError."""
        with _unsound():
            row = self._row("SELECT * FROM texts WHERE hash = ?", text)
            _, *beside, packed = row
            if hash_of(packed) != text:
                raise UnsoundError("与校验值不符")
            if tuple(beside) != figures(unpack_document(packed)):
                raise UnsoundError("旁边的字数、页数或说明与它不符")

    def check_report(self, report: str) -> None:
        """That the metadata of a report can be read; raises UnsoundError."""
        with _unsound():
            for packed in self._row("SELECT found, metadata FROM reports WHERE id = ?", report):
                unpack_metadata(packed)
            self._grounds(report)

    def _row(self, statement: str, key: str) -> Sequence[Any]:
        row: Sequence[Any] | None = self._sql.execute(statement, (key,)).fetchone()
        if row is None:
            raise UnsoundError("不在目录库里")
        return row


@contextmanager
def _unsound() -> Iterator[None]:
    """Damage fails in many ways; they all mean the same."""
    try:
        yield
    except UnsoundError:
        raise
    except (sqlite3.DatabaseError, zlib.error, ValueError, TypeError, LookupError) as error:
        raise UnsoundError(f"读不懂（{error}）") from error
