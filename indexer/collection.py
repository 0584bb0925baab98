"""Folders -> catalogue -> index; the one place that orders the steps.

A run scans the folders, reads what is new or changed in worker processes, commits to the
catalogue batch by batch, and brings the engine up to the catalogue at the end. Whatever stops a
run, the next one takes up what is missing: every step compares what is there with what should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from filelock import FileLock, Timeout

from indexer.catalogue import Catalogue
from indexer.config import Config
from indexer.engine import Engine, open_engine
from indexer.errors import (
    AbandonedError,
    ExtractionError,
    FolderError,
    IndexBusyError,
    OverridesError,
    UnreadableError,
)
from indexer.extract import EXTRACTION_VERSION
from indexer.metadata import METADATA_VERSION, describe
from indexer.recorder import Recorder
from indexer.records import Counts, Failure, KnownFile
from indexer.report import Report
from indexer.rules import Rules, read_rules
from indexer.scanning import (
    OVERRIDES_NAME,
    File,
    Scan,
    absolute,
    check_folders,
    is_within,
    scan,
    within,
)
from indexer.workers import hash_of, read_all

Progress = Callable[[str, int, int], None]
"""Told the step (`read` or `index`), how many are done and how many there are."""

Outcome = Report | ExtractionError | str
"""A file's report, why it has none, or the id of the report whose bytes it holds."""

_NO_FOLDER = "还没有索引过文件夹。请写明文件夹：tifa index 文件夹"
_NEVER_READ = UnreadableError.__name__
_TRIED_AGAIN = frozenset({UnreadableError.__name__, AbandonedError.__name__})
"""Not a matter of the file's bytes: tried at every run, and no reason to withdraw anything."""


@dataclass(frozen=True)
class Summary:
    """What a run did, and the state of the collection after it."""

    counts: Counts
    added: int
    """Files read for the first time."""
    replaced: int
    """Files whose bytes had changed."""
    same_bytes: int
    """Files that hold the bytes of a report already there."""
    withdrawn: int
    unchanged: int
    skipped: int
    """Files that are no reports by their name."""
    overridden: int
    """Reports whose metadata a metadata.csv changes."""
    failures: tuple[Failure, ...]
    """All that could not be read in the judged folders, in earlier runs too, and in part."""
    kept: tuple[str, ...]
    """Folders found missing or empty, from which nothing was withdrawn."""
    unmatched: tuple[str, ...]
    """Rows of metadata.csv files that speak of no file, each in a sentence."""
    indexed: bool
    """Whether the index had to change."""


def update(
    config: Config,
    folders: Iterable[Path] = (),
    *,
    prune: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> Summary:
    """Index these folders, or without any all that were indexed before.

    Files gone from them are withdrawn; from a folder that is missing or suddenly empty only
    with `prune`. Raises FolderError, IndexBusyError, IndexVersionError, OverridesError; then
    nothing was changed.
    """
    given = check_folders(folders)
    if not given and not config.catalogue.is_file():
        raise FolderError(config.index, _NO_FOLDER)
    try:
        config.index.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(config.index, f"不能用作索引目录（{error.strerror}）。") from error
    try:
        with FileLock(config.lock, timeout=0):
            is_new = not config.catalogue.exists()
            try:
                with closing(Recorder.create(config.catalogue)) as recorder:
                    return _update(config, recorder, given, prune, progress)
            except (FolderError, OverridesError):
                if is_new:
                    _forget(config)
                raise
    except Timeout:
        raise IndexBusyError(config.index) from None
    finally:
        with suppress(OSError):
            if not config.catalogue.exists():
                config.lock.unlink(missing_ok=True)
                config.index.rmdir()


def _forget(config: Config) -> None:
    """Take back a catalogue in which nothing was written."""
    for path in config.index.glob(f"{config.catalogue.name}*"):
        path.unlink()


@dataclass(frozen=True)
class _Plan:
    """What the folders call for, compared with what the catalogue knows of them."""

    folders: tuple[Path, ...]
    seen: Scan
    known: dict[str, KnownFile]
    rules: Rules
    kept: tuple[str, ...]
    out_of_sight: tuple[Path, ...]
    """Folders that may hold what they held: nothing is known of them today."""
    gone: tuple[str, ...]
    """Paths to withdraw."""
    wanted: tuple[File, ...]
    """Files to read."""


def _update(
    config: Config,
    recorder: Recorder,
    given: Sequence[Path],
    prune: bool,
    progress: Progress,
) -> Summary:
    plan = _plan(config, recorder, given, prune)
    with recorder.transaction():
        for folder in plan.folders:
            recorder.add_folder(str(folder))
    engine = open_engine(config)
    # From here on there is a state to search, however this run ends.
    rebuilt = not engine.is_built() and _index(engine, recorder, progress)
    _describe_again(recorder)
    became = _read(config, recorder, plan, progress)
    with recorder.transaction():
        recorder.withdraw(plan.gone)
        for path, reason in plan.seen.unlisted:
            recorder.add_failure(path, 0, 0, _NEVER_READ, reason, EXTRACTION_VERSION)
    _override(recorder, plan)
    indexed = _index(engine, recorder, progress) or rebuilt
    return Summary(
        counts=recorder.counts(),
        added=became.count("added"),
        replaced=became.count("replaced"),
        same_bytes=became.count("same"),
        withdrawn=sum(plan.known[path].report is not None for path in plan.gone),
        unchanged=len(plan.seen.files) - len(plan.wanted),
        skipped=plan.seen.skipped,
        overridden=recorder.overridden(),
        failures=tuple(
            failure for failure in recorder.failures() if _is_in_any(failure.path, plan.folders)
        ),
        kept=plan.kept,
        unmatched=plan.rules.unmatched([str(file.path) for file in plan.seen.files]),
        indexed=indexed,
    )


def _plan(config: Config, catalogue: Catalogue, given: Sequence[Path], prune: bool) -> _Plan:
    """Look at the folders and change nothing; raises FolderError, OverridesError."""
    folders = tuple(given or map(Path, catalogue.folders()))
    if not folders:
        raise FolderError(config.index, _NO_FOLDER)
    seen = scan((folder for folder in folders if folder.exists()), besides=absolute(config.index))
    known = {
        path: file for path, file in catalogue.known_files().items() if _is_in_any(path, folders)
    }
    if not (seen.files or seen.unlisted or known):
        raise FolderError(folders[0], "里面没有可以索引的文件（PDF、DOCX、TXT、MD）。")
    rules = read_rules([*_above(folders, catalogue), *seen.overrides])
    rules.check(str(file.path) for file in seen.files)
    listed = {str(file.path) for file in seen.files} | {path for path, _ in seen.unlisted}
    kept = () if prune else _suddenly_empty(folders, listed, known)
    # What lies in a folder that we may not look into is not gone.
    out_of_sight = tuple(Path(path) for path in (*kept, *(path for path, _ in seen.unlisted)))
    return _Plan(
        folders=folders,
        seen=seen,
        known=known,
        rules=rules,
        kept=kept,
        out_of_sight=out_of_sight,
        gone=tuple(
            path for path in known if path not in listed and not _is_in_any(path, out_of_sight)
        ),
        wanted=tuple(
            file for file in seen.files if not _is_unchanged(file, known.get(str(file.path)))
        ),
    )


def _above(folders: Sequence[Path], catalogue: Catalogue) -> list[Path]:
    """The metadata.csv files of known folders further out, which speak of these folders too."""
    outer = {
        parent / OVERRIDES_NAME
        for folder in folders
        for known in map(Path, catalogue.folders())
        for parent in folder.parents
        if is_within(str(parent), known) and not _is_in_any(str(parent), folders)
    }
    return sorted(path for path in outer if path.is_file())


def _is_in_any(path: str, folders: Iterable[Path]) -> bool:
    return any(is_within(path, folder) for folder in folders)


def _suddenly_empty(
    folders: Sequence[Path], listed: set[str], known: dict[str, KnownFile]
) -> tuple[str, ...]:
    """Folders that held files and hold none: a drive not mounted rather than reports removed."""
    return tuple(
        str(folder)
        for folder in folders
        if any(is_within(path, folder) for path in known)
        and not any(is_within(path, folder) for path in listed)
        and not any(_holds(other, folder) and other.is_dir() for other in folders)
    )


def _holds(other: Path, folder: Path) -> bool:
    """Whether a folder lies in another one, which then tells whether it was removed."""
    return other != folder and is_within(str(folder), other)


def _is_unchanged(file: File, known: KnownFile | None) -> bool:
    """Whether this very file was read, or refused for good, by today's extraction."""
    return (
        known is not None
        and known.failure not in _TRIED_AGAIN
        and (known.size, known.mtime_ns) == (file.size, file.mtime_ns)
        and known.extraction_version == EXTRACTION_VERSION
    )


def _read(config: Config, recorder: Recorder, plan: _Plan, progress: Progress) -> list[str]:
    """Read what is wanted, committing in batches; what became of each file."""
    outcomes = _told(_outcomes(config, recorder, plan.wanted), len(plan.wanted), progress)
    became: list[str] = []
    batch: list[tuple[File, Outcome]] = []

    def keep(outcomes: Sequence[tuple[File, Outcome]]) -> None:
        with recorder.transaction():
            for file, outcome in outcomes:
                before = plan.known.get(str(file.path))
                became.append(_record(recorder, file, outcome, before, plan.rules))

    try:
        for item in outcomes:
            batch.append(item)
            if len(batch) >= config.commit_every:
                full, batch = batch, []
                keep(full)
    finally:
        keep(batch)  # what was read before an interruption, too
    return became


def _told(
    outcomes: Iterable[tuple[File, Outcome]], total: int, progress: Progress
) -> Iterator[tuple[File, Outcome]]:
    for number, outcome in enumerate(outcomes, start=1):
        progress("read", number, total)
        yield outcome


def _outcomes(
    config: Config, catalogue: Catalogue, files: Sequence[File]
) -> Iterator[tuple[File, Outcome]]:
    """What each file gave; bytes that are known already are not read into a report again."""
    unknown = []
    for file in files:
        report = _report_of_same_bytes(catalogue, file)
        if report is None:
            unknown.append(file)
        else:
            yield file, report
    if unknown:
        yield from read_all(unknown, config)


def _report_of_same_bytes(catalogue: Catalogue, file: File) -> str | None:
    if not catalogue.has_size(file.size):
        return None
    try:
        return catalogue.find(hash_of(file.path), EXTRACTION_VERSION)
    except UnreadableError:
        return None  # the worker will say so


def _record(
    recorder: Recorder, file: File, outcome: Outcome, before: KnownFile | None, rules: Rules
) -> str:
    """Write one file's outcome down: `failed`, `added`, `replaced`, `same`, or `again`."""
    path = str(file.path)
    if isinstance(outcome, ExtractionError):
        if type(outcome).__name__ not in _TRIED_AGAIN:
            recorder.withdraw([path])
        recorder.add_failure(
            path,
            file.size,
            file.mtime_ns,
            type(outcome).__name__,
            outcome.reason,
            EXTRACTION_VERSION,
        )
        return "failed"
    if isinstance(outcome, Report):
        is_new = recorder.find(outcome.sha256, EXTRACTION_VERSION) is None
        metadata = rules.apply(outcome.metadata, [path])
        recorder.add_report(outcome, metadata, EXTRACTION_VERSION, METADATA_VERSION)
        report = outcome.id
    else:
        is_new = False
        report = outcome
    recorder.add_path(path, report, file.size, file.mtime_ns)
    if before is None or before.report is None:
        return "added" if is_new else "same"
    return "replaced" if before.report != report else "again"


def _describe_again(recorder: Recorder) -> None:
    """Metadata of other finders than today's is found anew in the texts we have."""
    outdated = recorder.outdated_metadata(METADATA_VERSION)
    if not outdated:
        return
    folders = sorted(map(Path, recorder.folders()))
    with recorder.transaction():
        for report in outdated:
            stored = recorder.report(report)
            path = PurePath(stored.paths[0])
            folder = next((outer for outer in folders if is_within(str(path), outer)), None)
            seen_at = within(path, folder) if folder else path
            recorder.set_found(report, describe(stored.document, seen_at), METADATA_VERSION)


def _override(recorder: Recorder, plan: _Plan) -> None:
    """Bring the metadata in force up to what was found and to the metadata.csv files.

    Where a folder cannot be looked into, what was settled for its reports stays.
    """
    with recorder.transaction():
        # Without rules only what earlier ones have settled can need changing.
        differing = not plan.rules.files
        for report, found, in_force, paths in list(recorder.all_metadata(differing=differing)):
            here = [path for path in paths if _is_in_any(path, plan.folders)]
            if here and not any(_is_in_any(path, plan.out_of_sight) for path in here):
                metadata = plan.rules.apply(found, paths)
                if metadata != in_force:
                    recorder.set_metadata(report, metadata)


def _index(engine: Engine, recorder: Recorder, progress: Progress) -> bool:
    """Bring the index up to the catalogue; False if it was."""
    changed = engine.update(
        recorder.entries(),
        recorder.document,
        lambda done, total: progress("index", done, total),
    )
    with recorder.transaction():
        recorder.nothing_pending()
    return changed
