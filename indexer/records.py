"""What the catalogue gives: values that say what is known of reports and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from indexer.errors import ExtractionError
from indexer.report import Document, Ground, Metadata, Report
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
    """A report as the catalogue keeps it. `successor` is the id of what replaced it.

    `grounds` tell what the metadata in force was taken from; `found` is the metadata without what
    people settled.
    """

    id: str
    sha256: str
    size: int
    document: Document
    metadata: Metadata
    paths: tuple[str, ...]
    state: State
    successor: str | None
    found: Metadata
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Described:
    """A current report's metadata: as found, as in force, and what both were taken from."""

    report: str
    found: Metadata
    metadata: Metadata
    paths: tuple[str, ...]
    seen: tuple[Ground, ...] = ()
    """What tells what was found; empty in a catalogue of a version that did not keep it."""
    settled: tuple[Ground, ...] = ()
    """What people say, and where."""

    @property
    def grounds(self) -> tuple[Ground, ...]:
        return in_force(self.seen, self.settled)


def in_force(seen: Sequence[Ground], settled: Sequence[Ground]) -> tuple[Ground, ...]:
    """The grounds of what is in force: what was found of a field gives way to what is settled."""
    fields = {ground.field for ground in settled}
    return (*(ground for ground in seen if ground.field not in fields), *settled)


@dataclass(frozen=True, slots=True)
class Version:
    """A report that stands, or (`gone`) stood, at a path; `modified_ns` is its file's time."""

    report: str
    path: str
    title: str
    gone: bool
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index segment is made from: a current report, its text's hash, its metadata."""

    report: str
    text: str
    packed_metadata: str
    added: int = 0
    """When it came into the collection, in seconds since 1970."""

    @property
    def metadata(self) -> Metadata:
        """Read only where it is needed: most entries are indexed already."""
        return unpack_metadata(self.packed_metadata)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report's bytes, and when they came into the collection."""

    sha256: str
    added: datetime


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
