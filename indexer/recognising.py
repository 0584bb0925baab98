"""Pages without usable text -> what is to be seen on them, and the files they are in read with it.

What was seen on a page is kept as soon as it is known, by the bytes of its file: a run that is
stopped loses the pages in work and no other, and a page is looked at once, also if it gave nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pypdfium2 as pdfium

from indexer.config import Config
from indexer.errors import ExtractionError, NoTextError, NothingRecognisedError, UnreadableError
from indexer.extract import ocr
from indexer.extract.ocr.recognised import UNREAD, Recognised, pack, unpack
from indexer.processes import CrashedError, Limits, LostError, run_all
from indexer.recorder import Recorder
from indexer.records import Outcome
from indexer.report import Document, Report
from indexer.scanning import File
from indexer.workers import hash_of, read, told

_MAGIC = b"%PDF-"
_HEAD = 1024
"""How far into a file a PDF may begin."""
_NO_TEXT = "没有文字层，图片里也没有识别出文字。请换成有文字的版本。"

Batch = list[tuple[File, Outcome]]


@dataclass(frozen=True)
class Unread:
    """Bytes with pages that cannot be searched, and the files that hold them.

    `seen` is what is known of its pages; `wanted` are pages of which nothing is known yet.
    `is_report` says that other pages were read. `put_off`: a page could not be looked at now.
    """

    files: tuple[File, ...]
    sha256: str
    seen: Mapping[int, Recognised]
    wanted: tuple[int, ...]
    is_report: bool
    put_off: bool = False

    def after(self, page: int, outcome: Recognised | Exception) -> Unread:
        """The same when a page that was wanted has been looked at."""
        return replace(
            self,
            seen={**self.seen, page: outcome} if isinstance(outcome, Recognised) else self.seen,
            wanted=tuple(number for number in self.wanted if number != page),
            put_off=self.put_off or not _is_final(outcome),
        )


@dataclass(frozen=True, slots=True)
class _Picture:
    """A page of a file, as the file was when it was listed."""

    file: File
    sha256: str
    page: int


def unread_files(
    recorder: Recorder, files: Sequence[File], config: Config, *, recognise: bool
) -> tuple[list[Unread], int]:
    """Files to recognise; and how many there are besides because `recognise` is false.

    Where recognition is not installed that is the same. What was seen earlier is used anyway.
    """
    can = recognise and ocr.is_installed()
    listed = {str(file.path): file for file in files}
    in_part: dict[tuple[str, str], list[File]] = defaultdict(list)
    for path, sha256, text in recorder.unread():
        if path in listed:
            in_part[sha256, text].append(listed[path])
    whole = [listed[path] for path in recorder.failed(NoTextError.__name__) if path in listed]
    whole = [file for file in whole if _is_pdf(file)]
    found = [
        _unread(recorder, same, sha256, _unread_pages(recorder.document(text)), is_report=True)
        for (sha256, text), same in in_part.items()
    ]
    if can or recorder.has_recognitions():
        found += _without_text(recorder, whole, config)
        whole = []
    # What was looked at in vain is left as it is.
    ready = [each for each in found if each.wanted or each.seen or not each.is_report]
    if not can:
        left = [each for each in ready if each.wanted]
        return [each for each in ready if not each.wanted], len(left) + len(whole)
    return ready, 0


def recognised(
    config: Config, recorder: Recorder, unread: Sequence[Unread], told: Callable[[int, int], None]
) -> Iterator[Batch]:
    """Look at the pages that are wanted, and read each file when all of its own are known.

    `told` hears how many pages are done, and how many there are.
    """
    by_bytes = {each.sha256: each for each in unread}
    complete = [each for each in unread if not each.wanted]
    pictures = [
        _Picture(each.files[0], each.sha256, page) for each in unread for page in each.wanted
    ]
    limits = Limits(config.seconds_per_page, config.memory_per_page)
    looking = run_all(_look, pictures, limits, config.workers)
    for done, (picture, outcome) in enumerate(looking, start=1):
        if _is_final(outcome):
            _keep(recorder, picture, outcome)
        told(done, len(pictures))
        each = by_bytes[picture.sha256].after(picture.page, outcome)
        by_bytes[picture.sha256] = each
        if not (each.wanted or each.put_off):
            complete.append(each)
        if len(complete) >= config.commit_every:
            yield _read(complete, config)
            complete = []
    if complete:
        yield _read(complete, config)


def _keep(recorder: Recorder, picture: _Picture, outcome: Recognised | Exception) -> None:
    packed = pack(outcome) if isinstance(outcome, Recognised) else None
    with recorder.transaction():
        recorder.add_recognition(picture.sha256, picture.page, ocr.RECOGNITION_VERSION, packed)


def _is_pdf(file: File) -> bool:
    try:
        with file.path.open("rb") as stream:
            return _MAGIC in stream.read(_HEAD)
    except OSError:
        return False


def _unread_pages(document: Document) -> list[int]:
    return [p.number for p in document.pages if p.status in UNREAD and not p.recognised]


def _unread(
    recorder: Recorder,
    files: Sequence[File],
    sha256: str,
    pages: Iterable[int],
    *,
    is_report: bool,
) -> Unread:
    known = recorder.recognitions(sha256, ocr.RECOGNITION_VERSION)
    seen, wanted = {}, []
    for page in pages:
        if page not in known:
            wanted.append(page)
            continue
        packed = known[page]
        if packed is not None:
            try:
                seen[page] = unpack(packed)
            except ValueError:  # damaged; it can be seen again
                wanted.append(page)
    return Unread(tuple(files), sha256, seen, tuple(wanted), is_report)


def _without_text(recorder: Recorder, files: Sequence[File], config: Config) -> Iterator[Unread]:
    """Of files of which nothing could be read all pages."""
    limits = Limits(config.seconds_per_file, config.memory_per_file)
    same: dict[str, list[File]] = defaultdict(list)
    pages: dict[str, int] = {}
    for file, outcome in run_all(_pages, files, limits, config.workers):
        if isinstance(outcome, tuple):
            sha256, number = outcome
            same[sha256].append(file)
            pages[sha256] = number
    for sha256, number in pages.items():
        every = range(1, number + 1)
        yield _unread(recorder, same[sha256], sha256, every, is_report=False)


def _pages(file: File) -> tuple[str, int]:
    """A file's SHA-256 and the number of its pages; raises what pdfium may."""
    document = pdfium.PdfDocument(file.path)
    try:
        return hash_of(file.path), len(document)
    finally:
        document.close()


def _look(picture: _Picture) -> Recognised:
    seen = ocr.recognise(picture.file.path, picture.page)
    status = picture.file.path.stat()
    if (status.st_size, status.st_mtime_ns) != (picture.file.size, picture.file.mtime_ns):
        raise UnreadableError(picture.file.path, "读取时文件正被改动。请稍后再运行一次。")
    return seen


def _is_final(outcome: Recognised | Exception) -> bool:
    """Whether looking again would give the same, as far as that is known."""
    if isinstance(outcome, CrashedError):
        return not outcome.killed
    return isinstance(outcome, Recognised | LostError | pdfium.PdfiumError)


def _read(complete: Sequence[Unread], config: Config) -> Batch:
    """What the files give with what was seen on their pages; all that hold the same bytes.

    Where that fails, a report stays as it was read before.
    """
    limits = Limits(config.seconds_per_file, config.memory_per_file)
    by_file = {each.files[0]: each for each in complete}
    batch: Batch = []
    task = partial(_read_with, max_bytes=config.bytes_per_file)
    items = [(each.files[0], each.seen) for each in complete]
    for (file, _), result in run_all(task, items, limits, config.workers):
        each = by_file[file]
        if isinstance(result, Report):
            batch.append((file, result))
            batch += [(other, result.id) for other in each.files[1:]]
        elif not each.is_report:
            batch += [(same, _reason(result, same, limits)) for same in each.files]
    return batch


def _reason(error: Exception, file: File, limits: Limits) -> ExtractionError:
    if isinstance(error, NoTextError):
        return NothingRecognisedError(file.path, _NO_TEXT)
    return told(error, file.path, limits)


def _read_with(item: tuple[File, Mapping[int, Recognised]], max_bytes: int) -> Report:
    file, seen = item
    return read(file, max_bytes, seen)
