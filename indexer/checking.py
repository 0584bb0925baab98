"""Is everything still as it was written? And what is not, mended from what is.

`check` goes over the catalogue (SQLite's own check, every text against the hash that is its key,
the metadata of every report), over every byte of the index, and over whether both say the same.
Damage is its subject and never its failure: what cannot be read is a `Fault`.

To repair is to write the index again where it is damaged or behind, from the catalogue. A damaged
text of the catalogue comes back when its file is read again: such reports are marked for the next
`tifa index`. Those that nothing intact can answer for meanwhile leave the index and are listed
among the files that could not be read. A catalogue that SQLite itself finds damaged is left as it
is, with its index: they may be all there is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from filelock import FileLock, Timeout

from indexer.auditing import Auditor, Place, UnsoundError
from indexer.collection import Progress
from indexer.config import Config
from indexer.engine import Engine, Inspection, open_engine
from indexer.errors import CatalogueError, IndexBusyError, NoIndexError, UnreadableError
from indexer.extract import EXTRACTION_VERSION
from indexer.recorder import Recorder
from indexer.records import Entry

_CATALOGUE, _SEGMENTS = "catalogue.sqlite", "segments"
_HASH_SHOWN = 12

_FROM_BACKUP = "请从备份恢复它；没有备份就换一个 --index 目录重新索引"
_CATALOGUE_FIRST = "请先恢复 catalogue.sqlite，再运行 tifa index"
_REPAIR = "请运行 tifa check --repair，会从目录库重写，不需要重读原文件"
_UPDATE = "请运行 tifa index，或 tifa check --repair"
_READ_AGAIN = "请运行 tifa index：原文件还在的会重读，不在了的只能从备份恢复"
_MARK = (
    "请先运行 tifa check --repair，再运行 tifa index：原文件还在的会重读，不在了的只能从备份恢复"
)
_CITED_ONLY = "只用来核对旧引文，别处不受影响；只能从备份恢复"
_LOST = "目录库里它的文字或信息已损坏，请再运行一次 tifa index 重读"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong: where (a path in the index's folder), what, and what to do.

    `reports` are the ids of the reports concerned, `paths` where their files are.
    """

    file: str
    what: str
    remedy: str
    reports: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what is wrong; `files` and `bytes` are the index's."""

    reports: int
    texts: int
    files: int
    bytes: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class _Unsound:
    """A row that does not hold what it should, and the reports that are read from it now."""

    what: str
    reports: tuple[str, ...]
    places: tuple[Place, ...]
    marked: bool
    """Whether the next run reads them again, if their files are there."""

    @property
    def current(self) -> frozenset[str]:
        """Those of the reports that have files."""
        return frozenset(place.report for place in self.places if place.current)


@dataclass(frozen=True)
class _Audit:
    """What became of the catalogue; `structure` is what is wrong with its tables as such."""

    reports: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    structure: tuple[str, ...] = ()
    unsound_texts: tuple[_Unsound, ...] = ()
    unsound_reports: tuple[_Unsound, ...] = ()
    entries: tuple[Entry, ...] = ()
    pending: int = 0


def check(
    config: Config,
    *,
    repair: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> Checked:
    """Look at everything; the steps told are `texts`, `segments` (bytes) and, to repair, `index`.

    Raises NoIndexError, IndexBusyError, IndexVersionError; to repair also OSError.
    """
    if not (config.catalogue.exists() or config.segments.exists()):
        raise NoIndexError(config.index)
    engine = open_engine(config)
    with _alone(config, needed=repair):
        try:
            auditor = Auditor.open(config.catalogue)
        except (NoIndexError, CatalogueError) as error:
            lost = _Audit(structure=(_why_not_open(config, error),))
            found = engine.inspect((), _step("segments", progress))
            return _checked(lost, found, _faults(lost, found))
        with closing(auditor):
            audit = _audited(auditor, progress)
            found = engine.inspect(audit.entries, _step("segments", progress))
            faults = _faults(audit, found)
            if repair and faults and not audit.structure:
                _repair(config, engine, audit, found, progress)
                now = _audited(auditor, progress)
                after = engine.inspect(now.entries, _step("segments", progress))
                faults = _compared(faults, _faults(now, after))
            return _checked(audit, found, faults)


def _checked(audit: _Audit, found: Inspection, faults: tuple[Fault, ...]) -> Checked:
    return Checked(len(audit.reports), len(audit.texts), found.files, found.bytes, faults)


@contextmanager
def _alone(config: Config, *, needed: bool) -> Iterator[None]:
    """Keep out who would write; where nothing can be written nobody does."""
    lock = FileLock(config.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise IndexBusyError(config.index) from None
    except OSError:
        if needed:
            raise
    try:
        yield
    finally:
        lock.release()


def _step(name: str, progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress(name, done, total)


def _why_not_open(config: Config, error: NoIndexError | CatalogueError) -> str:
    if isinstance(error, CatalogueError):
        return str(error.__cause__)
    return "里面没有目录库" if config.catalogue.is_file() else "文件不在了"


def _audited(auditor: Auditor, progress: Progress) -> _Audit:
    """Look at all of the catalogue."""
    structure = auditor.structure()
    try:
        audit = _rows_audited(auditor, progress)
        return replace(audit, structure=(*structure, *audit.structure))
    except sqlite3.DatabaseError as error:
        return _Audit(structure=structure or (str(error),))


def _rows_audited(auditor: Auditor, progress: Progress) -> _Audit:
    """Look at every row; raises sqlite3.DatabaseError where not even a list of them can be had."""
    reports, texts = auditor.reports(), auditor.texts()
    unsound_texts, unsound_reports = [], []
    for number, text in enumerate(texts, start=1):
        try:
            auditor.check_text(text)
        except UnsoundError as error:
            what = f"文字 {text[:_HASH_SHOWN]} {error}"
            unsound_texts.append(_unsound(auditor, what, auditor.read_as(text)))
        progress("texts", number, len(texts))
    for report in reports:
        try:
            auditor.check_report(report)
        except UnsoundError as error:
            unsound_reports.append(_unsound(auditor, f"报告 {report} 的信息{error}", (report,)))
    unreadable = {report for unsound in unsound_reports for report in unsound.reports}
    entries = (auditor.entry(report) for report in reports if report not in unreadable)
    return _Audit(
        reports=reports,
        texts=texts,
        structure=tuple(
            f"{table} 表指向 {parent} 表里没有的行"
            for table, parent in auditor.orphans()
            if parent != "texts"  # told text by text
        ),
        unsound_texts=tuple(unsound_texts),
        unsound_reports=tuple(unsound_reports),
        entries=tuple(entry for entry in entries if entry),
        pending=auditor.counts().pending,
    )


def _unsound(auditor: Auditor, what: str, reports: Sequence[str]) -> _Unsound:
    return _Unsound(
        what=what,
        reports=tuple(reports),
        places=tuple(place for report in reports for place in auditor.places(report)),
        marked=all(map(auditor.is_to_be_read_again, reports)),
    )


def _faults(audit: _Audit, found: Inspection) -> tuple[Fault, ...]:
    """Everything that is wrong, in words."""
    return tuple(_faults_of_catalogue(audit)) + tuple(_faults_of_index(audit, found))


def _faults_of_catalogue(audit: _Audit) -> Iterator[Fault]:
    for said in audit.structure:
        yield Fault(_CATALOGUE, said, _FROM_BACKUP)
    for unsound in (*audit.unsound_texts, *audit.unsound_reports):
        remedy = _READ_AGAIN if unsound.marked else _MARK
        if audit.structure:
            remedy = _FROM_BACKUP
        paths = tuple(dict.fromkeys(place.path for place in unsound.places))
        yield Fault(
            file=_CATALOGUE,
            what=unsound.what,
            remedy=remedy if unsound.reports else _CITED_ONLY,
            reports=unsound.reports,
            paths=paths,
        )


def _faults_of_index(audit: _Audit, found: Inspection) -> Iterator[Fault]:
    remedy = _CATALOGUE_FIRST if audit.structure else _REPAIR
    for flaw in found.flaws:
        yield Fault(f"{_SEGMENTS}/{flaw.file}".rstrip("/"), flaw.what, remedy)
    if found.flaws or audit.structure:
        return  # what else is missing is missing because of that
    behind = (
        (len(found.missing), "篇报告没有照目录库收录"),
        (found.unwanted, "篇报告没有照目录库撤下"),
        (audit.pending, "篇报告登记为尚未进入索引"),
    )
    said = "，".join(f"{number} {what}" for number, what in behind if number)
    if said:
        yield Fault(_SEGMENTS, said, _UPDATE, tuple(sorted(found.missing)))


def _repair(
    config: Config, engine: Engine, audit: _Audit, found: Inspection, progress: Progress
) -> None:
    """Write the index again where it is not right; mark what a run has to read again."""
    with closing(Recorder.create(config.catalogue)) as recorder:
        with recorder.transaction():
            for unsound in (*audit.unsound_texts, *audit.unsound_reports):
                for report in unsound.reports:
                    recorder.read_again(report)
            for place in _answered_by_nothing(audit, found):
                recorder.withdraw([place.path])
                recorder.add_failure(
                    place.path,
                    place.size,
                    place.mtime_ns,
                    UnreadableError.__name__,
                    _LOST,
                    EXTRACTION_VERSION,
                )
        engine.update(recorder.entries(), recorder.document, _step("index", progress), verify=True)
        with recorder.transaction():
            recorder.nothing_pending(engine.commit())


def _answered_by_nothing(audit: _Audit, found: Inspection) -> Iterator[Place]:
    """The files of reports that are damaged in the catalogue and that no segment holds."""
    unsound = [(each, found.missing) for each in audit.unsound_texts]
    unsound += [(each, each.current) for each in audit.unsound_reports]
    for each, lost in unsound:
        yield from (place for place in each.places if place.current and place.report in lost)


def _compared(before: Sequence[Fault], after: Sequence[Fault]) -> tuple[Fault, ...]:
    """What was wrong and is not any more is repaired; the rest as it is now."""
    left = {(fault.file, fault.what) for fault in after}
    repaired = (fault for fault in before if (fault.file, fault.what) not in left)
    return (*(replace(fault, repaired=True) for fault in repaired), *after)
