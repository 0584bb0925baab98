"""PDF reading: characters lost, table cells, states of pages, speed and memory.

    python -m tests.benchmarks.pdf_reading [--without-speed]

The truth of `typeset/X.pdf` is `X.json` beside it, of `typeset/provincial-2025/X.pdf` the DOCX
that it was printed from. Characters are counted, not aligned: whether they stand in their place
is the business of `pdf_layout`.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pdfplumber
from lxml import etree

from indexer.errors import ExtractionError
from indexer.extract import pdf
from indexer.extract.clean import clean, visible
from indexer.extract.pdf.document import read_contents
from indexer.extract.pdf.status import page_status
from indexer.report import BARRIER, BlockKind, Extraction, PageStatus

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus"

_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_UNREADABLE = (PageStatus.GARBLED, PageStatus.SCANNED)
_PAGES_JUDGED = 300


def main(arguments: Sequence[str]) -> None:
    _characters()
    _cells()
    _states()
    if "--without-speed" not in arguments:
        _speed()


def digital() -> list[Path]:
    """The PDF files whose text is known."""
    folder = CORPUS / "typeset"
    return sorted(folder.glob("*.pdf")) + sorted(folder.glob("provincial-2025/*.pdf"))


def with_text() -> list[Path]:
    """Every PDF file that has text and opens without a password."""
    return [path for path in (*digital(), *sorted(CORPUS.glob("pdf/*/*.pdf"))) if _reads(path)]


def lost(path: Path) -> tuple[int, int]:
    """How many characters of the truth are not in the result; how many it has."""
    wanted = Counter(visible(clean("".join(_truth(path)))))
    found = Counter(visible("".join(block.text for block in _read(path).blocks)))
    return sum((wanted - found).values()), sum(wanted.values())


def exact_cells(path: Path) -> tuple[int, int]:
    """How many cells of the file's tables were found as they are, and how many there are.

    A cell is told by its row's first cell and its place in the row; empty ones count too.
    """
    blocks = json.loads(path.with_suffix(".json").read_text("utf-8"))
    rows = [[visible(cell) for cell in row] for block in blocks for row in block.get("rows", ())]
    found = [
        [visible(cell) for cell in block.text.split(BARRIER)[1:-1]]
        for block in _read(path).blocks
        if block.kind is BlockKind.ROW
    ]
    return sum((_places(rows) & _places(found)).values()), sum(map(len, rows))


def _places(rows: Sequence[Sequence[str]]) -> Counter[tuple[str, int, str]]:
    return Counter((row[0], n, cell) for row in rows for n, cell in enumerate(row))


def _truth(path: Path) -> Iterator[str]:
    told = path.with_suffix(".json")
    if told.exists():
        for block in json.loads(told.read_text("utf-8")):
            yield block.get("x", "")
            for row in block.get("rows", ()):
                yield from row
        return
    printed = CORPUS / "reports" / "provincial-2025" / f"{path.stem}.docx"
    with zipfile.ZipFile(printed) as archive:
        for element in etree.fromstring(archive.read("word/document.xml")).iter(_TEXT):
            yield element.text or ""


def _read(path: Path) -> Extraction:
    return pdf.read(path, path.read_bytes())


def _reads(path: Path) -> bool:
    try:
        _read(path)
    except ExtractionError:
        return False
    return True


def _characters() -> None:
    everywhere, provincial = [], Counter[str]()
    for path in digital():
        missing, count = lost(path)
        everywhere.append((missing / count, path.name))
        if path.parent.name != "typeset":
            provincial.update(lost=missing, count=count)
    worst, name = max(everywhere)
    print(f"characters lost, worst file: {worst:.4%} in {name} (target <= 0.1 %)")
    share = provincial["lost"] / provincial["count"]
    print(f"characters lost, provincial: {share:.4%} (target <= 0.01 %)")


def _cells() -> None:
    right = count = 0
    for path in digital():
        if path.with_suffix(".json").exists():
            exact, cells = exact_cells(path)
            right, count = right + exact, count + cells
    print(f"ruled cells exact: {right} of {count}, {right / count:.4f} (target >= .98)")


def _states() -> None:
    """Good pages as they are; the same pages with their fonts' way to Unicode lost or wrong."""
    good, told, bad = Counter[PageStatus](), Counter[PageStatus](), 0
    shuffled = _wrong_map(0x4E00, 0x9FA6)
    everyday = _wrong_map_of(
        [bytes([a, b]).decode("gb2312") for a in range(0xB0, 0xD7) for b in range(0xA1, 0xFF)]
    )
    for path in digital():
        data = path.read_bytes()
        for content in read_contents(path, data):
            assert content is not None
            good[content.status] += 1
            text = "".join(glyph.text for glyph in content.glyphs)
            if len(visible(text)) >= 200 and bad < 3 * _PAGES_JUDGED:
                for mapped, unmapped in (
                    (text.translate(shuffled), ""),
                    (text.translate(everyday), ""),
                    ("", text.translate(shuffled)),
                ):
                    bad += 1
                    told[page_status(mapped, unmapped)] += 1
        # The same length, so that the file's table of places stays right.
        blind = data.replace(b"/ToUnicode", b"/ToUnicodX")
        if blind != data and path.parent.name == "typeset":
            for content in read_contents(path, blind):
                if content is not None and len(content.glyphs) >= 100:
                    bad += 1
                    told[content.status] += 1
    found = sum(told[status] for status in _UNREADABLE)
    alarms = sum(good[status] for status in _UNREADABLE)
    print(f"garbled pages told: {found} of {bad}, {found / bad:.4f} (target >= .99)")
    pages = sum(good.values())
    print(f"false alarms: {alarms} of {pages} good pages, {alarms / pages:.4f} (target <= .01)")
    print(f"   good pages by state: { {status.value: n for status, n in good.items()} }")


def _wrong_map(first: int, last: int) -> dict[int, int]:
    return _wrong_map_of([chr(code) for code in range(first, last)])


def _wrong_map_of(characters: Sequence[str]) -> dict[int, int]:
    order = list(characters)
    random.Random(1).shuffle(order)
    return {ord(one): ord(other) for one, other in zip(characters, order, strict=True)}


def _speed() -> None:
    """Both in this process, file by file in turn: the best of two each."""
    ours = theirs = 0.0
    pages = 0
    for path in with_text():
        ours += min(_seconds(path, _whole) for _ in range(2))
        theirs += min(_seconds(path, _plumbed) for _ in range(2))
        pages += len(_read(path).pages)
    print(
        f"whole PDF path: {ours:.1f} s, pdfplumber's extract_text {theirs:.1f} s on {pages} pages:"
        f" {theirs / ours:.1f} times as fast (target >= 4)"
    )
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        peak = pool.submit(_peak, with_text()).result()
    print(f"memory of a worker that read all of them: {peak / 2**20:.0f} MiB (target <= 256)")


def _seconds(path: Path, work: Callable[[Path], None]) -> float:
    start = time.process_time()
    work(path)
    return time.process_time() - start


def _whole(path: Path) -> None:
    _read(path)


def _plumbed(path: Path) -> None:
    try:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_text()
                page.close()
    except Exception:  # files that only pdfium reads cost it nothing more
        return


def _peak(paths: Sequence[Path]) -> int:
    for path in paths:
        _read(path)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(sys.argv[1:])
