"""What the catalogue gives: values that say what is known of reports and files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.errors import ExtractionError
from indexer.report import Document, Metadata, Report
from indexer.storing import unpack_metadata

Outcome = Report | ExtractionError | str
"""A file's report, why it has none, or the id of the report whose bytes it holds."""


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
    packed_metadata: str

    @property
    def metadata(self) -> Metadata:
        """Read only where it is needed: most entries are indexed already."""
        return unpack_metadata(self.packed_metadata)


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
