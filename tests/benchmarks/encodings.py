"""How surely a text's encoding is told and its wrapped lines are joined, and how fast.

    python -m tests.benchmarks.encodings [--corpus DIR] [--cuts 300] [--documents 40] [--seed 1]

Cuts are bytes taken out of real texts in each encoding, from the beginning of the file and from
the beginning of some character of it, ending anywhere. A cut is right when it reads as the text
does, but for what was cut off at its end. Traditional text for Big5 is OpenCC's of the same.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from opencc import OpenCC

from indexer.extract.common import surprise
from indexer.extract.txt import text_blocks
from indexer.extract.txt.decode import decode
from tests.benchmarks.wrapping import STYLES, Score, scores

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
ENCODINGS = (
    *("gbk", "gb18030", "big5", "utf-8"),
    *("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"),
)
SHORTEST, LONGEST = 24, 400
"""Bytes of a cut."""

_READ_AS = {
    "GBK": "gb18030",
    "gb18030": "gb18030",
    "Big5/CP950": "cp950",
    "UTF-8": "utf-8",
    "UTF-8-SIG": "utf-8-sig",
    "UTF-16LE": "utf-16",
    "UTF-16BE": "utf-16",
}


@dataclass(frozen=True, slots=True)
class Cut:
    data: bytes
    encoding: str
    """One that decodes it; for GBK its superset."""
    name: str

    @property
    def text(self) -> str:
        return self.data.decode(self.encoding, "ignore")


@dataclass(slots=True)
class Tally:
    right: int = 0
    tried: int = 0

    @property
    def share(self) -> float:
        return self.right / self.tried if self.tried else 0.0


def main() -> int:
    arguments = _arguments()
    if not arguments.corpus.is_dir():
        print(f"{arguments.corpus} is not here", file=sys.stderr)
        return 1
    _files(arguments.corpus)
    seeds, reports = seed_texts(arguments.corpus), report_texts(arguments.corpus)
    for name, texts in (("seeds", seeds), ("reports", reports)):
        _cuts(name, list(cuts(texts, arguments.cuts, arguments.seed)))
    _long(reports)
    _wraps(paragraphs_of(_reports(arguments.corpus)), arguments.documents, arguments.seed)
    return 0


def seed_texts(corpus: Path) -> list[str]:
    return [path.read_text("utf-8-sig") for path in sorted((corpus / "seeds").glob("*.txt"))]


def report_texts(corpus: Path) -> list[str]:
    return [path.read_text("utf-8-sig") for path in _reports(corpus)[::6]]


def _reports(corpus: Path) -> list[Path]:
    paths = sorted((corpus / "reports").rglob("*"))
    return [path for path in paths if path.suffix in (".txt", ".md")]


def paragraphs_of(paths: Sequence[Path]) -> list[list[str]]:
    """Texts with known paragraphs: those that stand one on a line, and are read so."""
    found = []
    for path in paths:
        paragraphs = [block.text for block in text_blocks(path.read_text("utf-8-sig"))]
        one_each = not any("\u3000\u3000" in text or len(text) > 3000 for text in paragraphs)
        if len(paragraphs) >= 15 and one_each:
            found.append(paragraphs)
    return found


def cuts(texts: Sequence[str], count: int, seed: int) -> Iterator[Cut]:
    """`count` cuts in each encoding, one in four from a file's beginning."""
    draw = random.Random(seed)
    traditional = OpenCC("s2t")
    for name in ENCODINGS:
        sources = [traditional.convert(text) if name == "big5" else text for text in texts]
        known = [text.encode(name, "ignore").decode(name) for text in sources]
        for _ in range(count):
            text = draw.choice(known)
            start = 0 if draw.random() < 0.25 else draw.randrange(max(1, len(text) - LONGEST))
            size = draw.randint(SHORTEST, LONGEST)
            data = text[start : start + LONGEST].encode(name)[:size]
            yield Cut(data, "gb18030" if name == "gbk" else name, name)


def is_right(cut: Cut) -> bool:
    return decode(cut.data).text.rstrip("\ufffd") == cut.text


def _cuts(source: str, tried: Sequence[Cut]) -> None:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for cut in tried:
        tallies[cut.name].tried += 1
        tallies[cut.name].right += is_right(cut)
    right = sum(tally.right for tally in tallies.values())
    print(f"\n{len(tried):,} cuts of {SHORTEST} to {LONGEST} bytes of the {source}:")
    print(f"  right {right / len(tried):.2%} (target 99 %)", _by_encoding(tallies))
    print(f"  {median(map(_milliseconds, (cut.data for cut in tried))):.2f} ms (target 1 ms)")


def _by_encoding(tallies: Mapping[str, Tally]) -> str:
    return "  ".join(f"{name} {tally.share:.2%}" for name, tally in tallies.items())


def _milliseconds(data: bytes, repetitions: int = 3) -> float:
    times = []
    for _ in range(repetitions):
        started = time.process_time()
        decode(data)
        times.append(time.process_time() - started)
    return 1000 * min(times)


def _files(corpus: Path) -> None:
    rows = (corpus / "txt" / "manifest.tsv").read_text("utf-8").splitlines()[1:]
    right = 0
    for row in rows:
        name, encoding = row.split("\t")[:2]
        data = (corpus / "txt" / name).read_bytes()
        well = is_file_right(data, encoding)
        right += well
        mark = "" if well else "   WRONG"
        print(f"{_milliseconds(data):8.2f} ms {len(data):9,} bytes  {encoding:12} {name}{mark}")
    print(f"files of the corpus: {right} of {len(rows)} right")


def is_file_right(data: bytes, encoding: str) -> bool:
    """Whether a file reads as its manifest says; of one in two encodings, all of it must."""
    text = decode(data).text
    if encoding == "mixed":
        return "\ufffd" not in text and surprise(text) < 9 * len(text)
    plain = data if encoding.startswith("UTF-16") else data.replace(b"\x00", b"")
    # R's escapes are characters of the text once it is read.
    return _without_escapes(plain.decode(_READ_AS[encoding], "replace")) == text


def _without_escapes(text: str) -> str:
    return text.replace("<U+00A0>", "\u00a0").replace("<U+FEFF>", "\ufeff")


def _long(texts: Sequence[str]) -> None:
    whole = "\n".join(texts)
    print(f"\na text of {len(whole):,} characters:")
    for name in ("utf-8", "gb18030", "utf-16-le"):
        data = whole.encode(name)
        taken = _milliseconds(data)
        print(f"  {name:10} {taken:7.1f} ms, {taken / len(data) * 2**20:5.1f} ms a megabyte")


def _wraps(texts: Sequence[Sequence[str]], count: int, seed: int) -> None:
    print(f"\nparagraphs wrapped and joined again, {count} documents of 30 in each style:")
    ranges = (range(20, 30), range(30, 45), range(45, 81))
    found = [scores(texts, count, widths, seed) for widths in ranges]
    names = "".join(f"   {widths[0]} to {widths[-1]} columns" for widths in ranges)
    print(f"{'precision, recall of boundaries':40}{names}")
    for style in STYLES:
        print(f"{style.name:40}" + "".join(_score(one[style.name]) for one in found))
    print(f"{'all':40}" + "".join(_score(sum(one.values(), Score())) for one in found))


def _score(score: Score) -> str:
    return f"     {score.precision:.4f} {score.recall:.4f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
