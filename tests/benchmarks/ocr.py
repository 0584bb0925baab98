"""How well scanned pages are read: the typeset reports as pictures, clean and as a poor scan.

    python -m tests.benchmarks.ocr [NAME…] [--pages N] [--kind clean|poor]

Each page of shared/corpus/typeset/NAME.pdf is drawn at 150 dpi and put into a PDF of pictures;
for the poor scan it is turned by a degree, overlaid with noise and packed as JPEG of quality 40.
That file goes the whole way that `tifa index` would send it, and what comes out is compared with
the text that was typeset: characters wrong, missing or too many (edit distance), the width of
punctuation aside. Targets: .5 % clean, 1 % poor, 6 s of processor a page.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2 as pdfium

from indexer.extract import extract
from indexer.extract.clean import visible
from indexer.extract.ocr import is_installed, recognise
from indexer.report import BARRIER, BlockKind
from tests.conftest import CORPUS
from tests.scans import scanned

TYPESET = CORPUS / "typeset"
TARGETS = {"clean": 0.005, "poor": 0.01}
SECONDS = 6.0

_QUOTES = str.maketrans("“”„‟‘’", '""""\'\'')


def truth(name: str) -> str:
    """What was typeset: its blocks in order, without white space."""
    blocks = json.loads((TYPESET / f"{name}.json").read_text(encoding="utf-8"))
    return "".join(visible(text) for block in blocks for text in _texts(block))


def _texts(block: dict[str, object]) -> Iterator[str]:
    if isinstance(block.get("x"), str):
        yield str(block["x"])
    rows = block.get("rows")
    for row in rows if isinstance(rows, list) else ():
        yield from (str(cell) for cell in row)


def read(path: Path, pages: int) -> tuple[str, float]:
    """The text of a PDF of pictures, without white space; seconds of processor a page."""
    recognise(path, 1)  # the models are loaded
    begun = time.process_time()
    seen = {number: recognise(path, number) for number in range(1, pages + 1)}
    extraction = extract(path, recognised=seen)
    seconds = (time.process_time() - begun) / pages
    blocks = (block for block in extraction.blocks if block.kind is not BlockKind.ASIDE)
    return "".join(visible(block.text.replace(BARRIER, "")) for block in blocks), seconds


def errors(right: str, read: str) -> int:
    """The edit distance, the width of characters aside."""
    return distance(_plain(right), _plain(read))


def _plain(text: str) -> str:
    return visible(unicodedata.normalize("NFKC", text).translate(_QUOTES))


def distance(a: str, b: str) -> int:
    """Levenshtein's, with the columns as the bits of two numbers (Myers 1999, Hyyrö 2003)."""
    if not a:
        return len(b)
    places: dict[str, int] = {}
    for n, character in enumerate(a):
        places[character] = places.get(character, 0) | 1 << n
    everything, last = (1 << len(a)) - 1, 1 << (len(a) - 1)
    up, down, found = everything, 0, len(a)
    for character in b:
        same = places.get(character, 0)
        level = same | down
        across = ((same & up) + up) ^ up | same
        more, less = down | ~(across | up) & everything, up & across
        found += bool(more & last) - bool(less & last)
        more = (more << 1 | 1) & everything
        up = less << 1 & everything | ~(level | more) & everything
        down = more & level
    return found


def measure(name: str, kind: str, pages: int | None = None) -> tuple[int, int, float]:
    """Characters wrong, characters there are, seconds of processor a page."""
    with tempfile.TemporaryDirectory() as folder:
        source = TYPESET / f"{name}.pdf"
        number = min(pages or len(pdfium.PdfDocument(source)), len(pdfium.PdfDocument(source)))
        path = Path(folder) / source.name
        scanned(source, path, range(1, number + 1), poor=kind == "poor")
        text, seconds = read(path, number)
    whole = truth(name)
    # Of the first pages only as much as was read of them.
    right = whole if pages is None else whole[: len(text)]
    return errors(right, text), len(right), seconds


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--pages", type=int)
    parser.add_argument("--kind", choices=TARGETS)
    chosen = parser.parse_args(None if arguments is None else list(arguments))
    if not is_installed():
        raise SystemExit("pip install 'tifa-search[ocr]'")
    names = chosen.names or sorted(
        path.stem for path in TYPESET.glob("*.json") if path.with_suffix(".pdf").exists()
    )
    for kind in [chosen.kind] if chosen.kind else TARGETS:
        wrong = there = 0
        slowest = 0.0
        for name in names:
            found, length, seconds = measure(name, kind, chosen.pages)
            wrong, there, slowest = wrong + found, there + length, max(slowest, seconds)
            print(f"{kind:6} {name:10} {found / length:8.3%} {seconds:6.2f} s a page", flush=True)
        print(
            f"{kind:6} {'all':10} {wrong / there:8.3%} (target {TARGETS[kind]:.1%})"
            f" {slowest:6.2f} s a page at most (target {SECONDS:.0f})"
        )


if __name__ == "__main__":
    main()
