"""PDF layout against its truth: paragraph boundaries, reading order, furniture, file by file.

    python -m tests.benchmarks.pdf_layout [FILE.pdf ...] [--differences]

The truth of `X.pdf` is `X.json` beside it (blocks of {"t": kind, "x": text}), a `.docx` (its
paragraphs), or a `.txt` (its lines). Without files: those of ../shared/corpus.

- boundary: the place, in the text without white space and tables, where a paragraph ends.
  Found boundaries that are true (precision), true ones that were found (recall).
- lost, order: characters of the truth that are not in the result; that are, but in another
  place (of the characters in both, those outside the longest common subsequence).
  (The lines of GovDoc-CN_397.txt are sentences: only these two figures of it mean anything.)
- left: lines of furniture that are still in the text, of all the lines of furniture.
- removed: lines of the text that were taken for furniture.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

import docx

from indexer.extract.clean import unify, visible
from indexer.extract.layout.flow import flow
from indexer.extract.layout.furniture import clear
from indexer.extract.layout.lines import page_lines, text_lines
from indexer.extract.layout.tables import find_tables
from indexer.extract.layout.turned import turned
from indexer.extract.layout.values import PdfLine, PdfPage
from indexer.extract.pdf.document import read_contents
from indexer.report import BlockKind

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found in one file, and how much of it is right."""

    found: int
    true: int
    right: int
    characters: int
    lost: int
    misplaced: int
    furniture: int
    left: int
    removed: int

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))

    @property
    def precision(self) -> float:
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.true, 1)

    def __str__(self) -> str:
        return (
            f"P {self.precision:.4f} R {self.recall:.4f} ({self.right}/{self.found}/{self.true})"
            f"  order {self.misplaced / max(self.characters, 1):.3%}"
            f"  lost {self.lost / max(self.characters, 1):.3%}"
            f"  left {self.left}/{self.furniture}  removed {self.removed}"
        )


def truth(path: Path) -> list[str]:
    """The paragraphs of a PDF, by what it was made of."""
    for source in (path.with_suffix(".json"), path.with_suffix(".txt"), path.with_suffix(".docx")):
        if source.exists():
            return _paragraphs(source)
    for folder, ending in (("reports/provincial-2025", ".docx"), ("pdf/gold", ".txt")):
        source = CORPUS / folder / (path.stem + ending)
        if source.exists():
            return _paragraphs(source)
    raise SystemExit(f"{path}: no truth beside it")


def _paragraphs(source: Path) -> list[str]:
    if source.suffix == ".json":
        blocks = json.loads(source.read_text("utf-8"))
        return [block["x"] for block in blocks if block["t"] != "table"]
    if source.suffix == ".docx":
        return [paragraph.text for paragraph in docx.Document(str(source)).paragraphs]
    return source.read_text("utf-8").splitlines()


def read_pages(path: Path) -> list[PdfPage]:
    """The pages of a PDF as the layout rules give them, furniture and all."""
    contents = [turned(c) for c in read_contents(path, path.read_bytes()) if c is not None]
    return [
        PdfPage(c.number, c.width, c.height, page_lines(*find_tables(c, text_lines)), c.status)
        for c in contents
    ]


def measure(pages: Sequence[PdfPage], paragraphs: Iterable[str]) -> Figures:
    """How `pages`, not yet cleared of their furniture, compare with the true `paragraphs`."""
    cleared = clear(pages).pages
    found = [b.text for b in flow(cleared) if b.kind is not BlockKind.ROW]
    true_text, true_ends = _joined(paragraphs)
    text, ends = _joined(found)
    places = _places(true_text, text)
    mapped = {places.get(end) for end in ends} - {None}
    common = sum((Counter(true_text) & Counter(text)).values())
    kept = {id(line) for page in cleared for line in page.lines}
    gone = [line for page in pages for line in page.lines if id(line) not in kept]
    removed = _body_lines(gone, true_text, set(places.values()))
    left = _furniture_lines(cleared, set(places))
    return Figures(
        found=len(ends),
        true=len(true_ends),
        right=len(mapped & true_ends),
        characters=len(true_text),
        lost=len(true_text) - common,
        misplaced=common - common_subsequence(true_text, text),
        furniture=len(gone) - removed + left,
        left=left,
        removed=removed,
    )


def _joined(paragraphs: Iterable[str]) -> tuple[str, set[int]]:
    """The text without white space; the places of each paragraph's last character."""
    bare = [text for text in (visible(unify(p)) for p in paragraphs) if text]
    return "".join(bare), {end - 1 for end in accumulate(len(text) for text in bare)}


def _places(true_text: str, text: str) -> dict[int, int]:
    """Place in `text` -> place in `true_text` of the characters that are in both, in order."""
    matcher = SequenceMatcher(None, text, true_text, autojunk=False)
    return {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}


def common_subsequence(a: str, b: str) -> int:
    """The length of the longest common subsequence, by bits (Hyyrö 2004)."""
    masks: dict[str, int] = {}
    for n, character in enumerate(a):
        masks[character] = masks.get(character, 0) | 1 << n
    whole = (1 << len(a)) - 1
    row = whole
    for character in b:
        matched = row & masks.get(character, 0)
        row = ((row + matched) | (row - matched)) & whole
    return len(a) - row.bit_count()


def _body_lines(gone: Iterable[PdfLine], true_text: str, matched: set[int]) -> int:
    """Of the lines taken out, those whose characters the text now misses."""
    missing = "".join(c for n, c in enumerate(true_text) if n not in matched)
    return sum(len(bare) > 1 and bare in missing for bare in (visible(x.text) for x in gone))


def _furniture_lines(pages: Iterable[PdfPage], matched: set[int]) -> int:
    """The lines of which more than half the characters are not of the text."""
    place, left = 0, 0
    for page in pages:
        for line in page.lines:
            if line.row or line.aside:
                continue
            bare = visible(line.text)
            strange = sum(n not in matched for n in range(place, place + len(bare)))
            left += 2 * strange > len(bare)
            place += len(bare)
    return left


def show_differences(pages: Sequence[PdfPage], paragraphs: Iterable[str]) -> None:
    """Every boundary that was missed (-) or made up (+), with the text around it."""
    true_text, true_ends = _joined(paragraphs)
    text, ends = _joined(b.text for b in flow(clear(pages).pages) if b.kind is not BlockKind.ROW)
    places = _places(true_text, text)
    mapped = {places[end] for end in ends if end in places}
    for end in sorted(mapped ^ true_ends):
        sign = "+" if end in mapped else "-"
        print(
            f"   {sign} {true_text[max(0, end - 25) : end + 1]} | {true_text[end + 1 : end + 16]}"
        )


def main(arguments: Sequence[str]) -> None:
    differences = "--differences" in arguments
    files = [Path(a) for a in arguments if not a.startswith("--")] or _corpus_files()
    groups: dict[str, Figures] = {}
    for path in files:
        pages = read_pages(path)
        paragraphs = truth(path)
        figures = measure(pages, paragraphs)
        print(f"{path.stem:28} {figures}")
        if differences:
            show_differences(pages, paragraphs)
        name = path.parent.name
        groups[name] = groups[name] + figures if name in groups else figures
    for name, figures in groups.items():
        print(f"= {name:26} {figures}")
    print("targets: P and R >= .995 (narrow columns .95), order <= .1%, left <= 1%, removed 0")


def _corpus_files() -> list[Path]:
    typeset = CORPUS / "typeset"
    return [
        *sorted(p for p in typeset.glob("*.pdf") if p.with_suffix(".json").exists()),
        *sorted((typeset / "provincial-2025").glob("*.pdf")),
        CORPUS / "pdf/chinese/GovDoc-CN_397.pdf",
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
