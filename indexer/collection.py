"""Folders -> catalogue -> index; the one place that orders the steps.

A run scans the folders, reads what is new or changed in worker processes, commits to the
catalogue batch by batch, and brings the engine up to the catalogue. Then the pictures of pages
without text are read, where that is installed, which takes a thousand times as long. Whatever
stops a run, the next one takes up what is missing: every step compares what is there with what
should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path, PurePath

from filelock import FileLock, Timeout

from indexer.catalogue import Catalogue
from indexer.config import Config
from indexer.engine import Engine, open_engine
from indexer.errors import (
    ExtractionError,
    FolderError,
    IndexBusyError,
    OverridesError,
    UnreadableError,
)
from indexer.extract import EXTRACTION_VERSION
from indexer.metadata import METADATA_VERSION, describe
from indexer.planning import NO_FOLDER, TRIED_AGAIN, Plan, is_in_any, plan_of
from indexer.recognising import Unread, recognised, unread_files
from indexer.recorder import Recorder
from indexer.records import Counts, Failure, KnownFile, Outcome
from indexer.report import Report
from indexer.rules import Rules
from indexer.scanning import File, check_folders, is_within, within
from indexer.settling import Overridden, overridden, override
from indexer.workers import hash_of, read_all

Progress = Callable[[str, int, int], None]
"""Told the step (`read`, `recognise` or `index`), how many are done and how many there are."""

_NEVER_READ = UnreadableError.__name__


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
    overridden: tuple[Overridden, ...]
    """What metadata.csv files say otherwise than it was found, by path."""
    failures: tuple[Failure, ...]
    """All that could not be read in the judged folders, in earlier runs too, and in part."""
    kept: tuple[str, ...]
    """Folders found missing or empty, from which nothing was withdrawn."""
    unmatched: tuple[str, ...]
    """Rows of metadata.csv files that speak of no file, or of copies of one in different ways,
    each in a sentence."""
    indexed: bool
    """Whether the index had to change."""
    recognised: int
    """Pages whose text was read off their pictures."""
    unrecognised: int
    """Files with pages that could be read so, but were not."""


def update(
    config: Config,
    folders: Iterable[Path] = (),
    *,
    prune: bool = False,
    recognise: bool = True,
    progress: Progress = lambda step, done, total: None,
) -> Summary:
    """Index these folders, or without any all that were indexed before.

    Files gone from them are withdrawn; from a folder that is missing or suddenly empty only
    with `prune`. Pages without text are recognised (OCR) where that is installed, unless
    `recognise` is false.

    Raises FolderError, IndexBusyError, IndexVersionError, OverridesError; then nothing was
    changed.
    """
    given = check_folders(folders)
    if not given and not config.catalogue.is_file():
        raise FolderError(config.index, NO_FOLDER)
    try:
        config.index.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(config.index, f"不能用作索引目录（{error.strerror}）。") from error
    try:
        with FileLock(config.lock, timeout=0):
            is_new = not config.catalogue.exists()
            try:
                with closing(Recorder.create(config.catalogue)) as recorder:
                    plan = plan_of(config, recorder, given, prune)
                    return _update(config, recorder, plan, recognise, progress)
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


def _update(
    config: Config,
    recorder: Recorder,
    plan: Plan,
    recognise: bool,
    progress: Progress,
) -> Summary:
    with recorder.transaction():
        for folder in plan.folders:
            recorder.add_folder(str(folder))
    engine = open_engine(config)
    # From here on there is a state to search, however this run ends.
    rebuilt = not engine.commit() and _index(engine, recorder, progress)
    _describe_again(recorder)
    became = _read(config, recorder, plan, progress)
    with recorder.transaction():
        recorder.withdraw(plan.gone)
        for path, reason in plan.seen.unlisted:
            recorder.add_failure(path, 0, 0, _NEVER_READ, reason, EXTRACTION_VERSION)
    clashes = override(recorder, plan)
    indexed = _index(engine, recorder, progress) or rebuilt
    # What is read can be searched by now; pictures take their time.
    unread, left = unread_files(recorder, plan.seen.files, config, recognise=recognise)
    pages = 0
    if unread:
        became_now, pages = _recognise(config, recorder, plan, unread, progress)
        became |= {path: what for path, what in became_now.items() if what != "again"}
        clashes = override(recorder, plan)
        indexed = _index(engine, recorder, progress) or indexed
    what = list(became.values())
    return Summary(
        counts=recorder.counts(),
        added=what.count("added"),
        replaced=what.count("replaced"),
        same_bytes=what.count("same"),
        withdrawn=sum(plan.known[path].report is not None for path in plan.gone),
        unchanged=len(plan.seen.files) - len(became),
        skipped=plan.seen.skipped,
        overridden=tuple(overridden(recorder)),
        failures=tuple(
            failure for failure in recorder.failures() if is_in_any(failure.path, plan.folders)
        ),
        kept=plan.kept,
        unmatched=plan.rules.unmatched(
            [str(file.path) for file in plan.seen.files], recorder.paths_of
        )
        + clashes,
        indexed=indexed,
        recognised=pages,
        unrecognised=left,
    )


def _read(config: Config, recorder: Recorder, plan: Plan, progress: Progress) -> dict[str, str]:
    """Read what is wanted, committing in batches; what became of each file."""
    outcomes = _told(_outcomes(config, recorder, plan.wanted), len(plan.wanted), progress)
    became: dict[str, str] = {}
    batch: list[tuple[File, Outcome]] = []

    def keep(outcomes: Sequence[tuple[File, Outcome]]) -> None:
        became.update(_keep(recorder, outcomes, plan.known, plan.rules))

    try:
        for item in outcomes:
            batch.append(item)
            if len(batch) >= config.commit_every:
                full, batch = batch, []
                keep(full)
    finally:
        keep(batch)  # what was read before an interruption, too
    return became


def _recognise(
    config: Config,
    recorder: Recorder,
    plan: Plan,
    unread: Sequence[Unread],
    progress: Progress,
) -> tuple[dict[str, str], int]:
    """Read pictures, and with them the files that they are in.

    What became of each, and how many pages were recognised.
    """
    known = recorder.known_files()
    became: dict[str, str] = {}
    pages = 0
    for outcomes in recognised(config, recorder, unread, partial(progress, "recognise")):
        became |= _keep(recorder, outcomes, known, plan.rules)
        reports = (outcome for _, outcome in outcomes if isinstance(outcome, Report))
        pages += sum(page.recognised for report in reports for page in report.document.pages)
    return became, pages


def _keep(
    recorder: Recorder,
    outcomes: Sequence[tuple[File, Outcome]],
    known: Mapping[str, KnownFile],
    rules: Rules,
) -> dict[str, str]:
    """Write a batch down, whole or not at all; what became of each file, by its path."""
    with recorder.transaction():
        return {
            str(file.path): _record(recorder, file, outcome, known.get(str(file.path)), rules)
            for file, outcome in outcomes
        }


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
        if type(outcome).__name__ not in TRIED_AGAIN:
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
        settled = rules.settle(outcome.id, outcome.metadata, [path])
        recorder.add_report(
            outcome, settled.metadata, EXTRACTION_VERSION, METADATA_VERSION, settled.grounds
        )
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
            now = describe(stored.document, seen_at, date.today())
            recorder.set_found(report, now.metadata, now.grounds, METADATA_VERSION)


def _index(engine: Engine, recorder: Recorder, progress: Progress) -> bool:
    """Bring the index up to the catalogue; False if it was."""
    changed = engine.update(
        recorder.entries(),
        recorder.document,
        lambda done, total: progress("index", done, total),
    )
    with recorder.transaction():
        recorder.nothing_pending(engine.commit())
    return changed
