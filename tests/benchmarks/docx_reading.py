"""Reading Word files: markers and numbers, beside LibreOffice's text, beside mammoth's time.

    python -m tests.benchmarks.docx_reading [--corpus DIR] [--cache DIR] [--repeat 5]

LibreOffice (`soffice`) and mammoth (`pip install tifa-search[bench]`) are each left out where they
are missing. LibreOffice gets copies in which revisions are accepted: it writes out deleted text
too. What it wrote is kept in the cache folder.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import re
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import etree

from indexer.errors import ExtractionError
from indexer.extract import docx
from indexer.extract.clean import clean, visible
from indexer.report import BARRIER
from tests.conftest import CORPUS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHOWN = (
    "MTITLE MPLAIN MLIST MSOFT MSOFTB MTAB MLINK MFLDSIMPLE MFLDRESULT MCFRESULT MINS MMOVETO "
    "MFOOTNOTE MENDNOTE MSDTRUN MSDTBLOCK MSDTTBL MSDTROW MSDTCELL MSMART MCUSTOM MTXBX MVML "
    "MRUBYBASE MMATH MSYM MSPAN MVM MNEST MGRIDB MMERGEDP MPB MPBB MLRPB MOUTLINE MHEADER MFOOTER"
)
UNSEEN = "MDEL MMOVEFROM MVANISH MINSTR MRUBYRT MDELROW"
NUMBERED = (
    *("一、MH1A", "（一）MH2A", "1.MH3A", "（二）MH2B", "二、MH1B"),
    *("第一条 MLIST直", "第二条 MLISTB"),
)
_DELETED = frozenset(W + name for name in ("del", "moveFrom"))
_GRAM = 3


def main() -> None:
    arguments = _arguments()
    _markers(arguments.corpus / "typeset" / "feat.docx")
    files = [
        *sorted((arguments.corpus / "docx" / "chinese").glob("*.docx")),
        *sorted((arguments.corpus / "reports").rglob("*.docx")),
        *(p for p in sorted((arguments.corpus / "typeset").glob("*.docx")) if p.stem != "feat"),
    ]
    if shutil.which("soffice"):
        _beside_libreoffice(files, arguments.cache)
    else:
        print("soffice is not installed: nothing to compare the text with")
    if importlib.util.find_spec("mammoth"):
        _beside_mammoth(files, arguments.repeat)
    else:
        print("mammoth is not installed: nothing to compare the time with")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    cache = Path(tempfile.gettempdir()) / "tifa-libreoffice"
    parser.add_argument("--cache", type=Path, default=cache, help="for LibreOffice's texts")
    parser.add_argument("--repeat", type=int, default=5, help="the least time of so many counts")
    return parser.parse_args()


def _markers(path: Path) -> None:
    texts = [block.text for block in docx.read(path, path.read_bytes()).blocks]
    whole = "\n".join(texts)
    shown, unseen = SHOWN.split(), UNSEEN.split()
    right = sum(mark in whole for mark in shown) + sum(mark not in whole for mark in unseen)
    numbers = sum(any(text.startswith(start) for text in texts) for start in NUMBERED)
    print(f"markers of features: {right}/{len(shown) + len(unseen)} (target: all)")
    print(f"printed numbers: {numbers}/{len(NUMBERED)} (target: all)")


def _beside_libreoffice(files: Sequence[Path], cache: Path) -> None:
    """Recall: of the runs of three characters in LibreOffice's text, how many ours has."""
    theirs = _libreoffice(files, cache)
    total, found = 0, 0
    for path in files:
        wanted = _grams(theirs[path])
        had = (wanted & _grams(_ours(path))).total()
        total, found = total + wanted.total(), found + had
        if had < 0.99 * wanted.total():
            print(f"  {path.name}: {had / wanted.total():.4f} of {wanted.total()}")
    print(f"recall of LibreOffice's text, {len(files)} files: {found / total:.5f} (target: .99)")


def _ours(path: Path) -> str:
    try:
        blocks = docx.read(path, path.read_bytes()).blocks
    except ExtractionError:
        return ""
    return "".join(block.text for block in blocks)


def _grams(text: str) -> Counter[str]:
    seen = visible(clean(text.replace("\n", " "))).replace(BARRIER, "").replace("\u2011", "-")
    return Counter(seen[at : at + _GRAM] for at in range(len(seen) - _GRAM + 1))


def _libreoffice(files: Sequence[Path], cache: Path) -> dict[Path, str]:
    cache.mkdir(parents=True, exist_ok=True)
    names = {path: f"{number:03}-{path.stem}" for number, path in enumerate(files)}
    missing = [path for path in files if not (cache / f"{names[path]}.txt").is_file()]
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for path in missing:
            copies.append(Path(folder) / f"{names[path]}.docx")
            copies[-1].write_bytes(_accepted(path.read_bytes()))
        if copies:
            profile = (Path(folder) / "profile").as_uri()
            command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
            subprocess.run(
                [*command, "txt:Text", "--outdir", str(cache), *map(str, copies)],
                check=True,
                capture_output=True,
            )
    return {path: (cache / f"{name}.txt").read_text("utf-8-sig") for path, name in names.items()}


def _accepted(data: bytes) -> bytes:
    """The document with its deletions carried out."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if re.fullmatch(r"word/document\d*\.xml", name):
                root = etree.fromstring(part)
                for element in list(root.iter(*_DELETED)):
                    parent = element.getparent()
                    if parent is not None and parent.tag == W + "trPr":
                        element = parent.getparent()
                        parent = element.getparent()
                    if parent is not None and parent.tag != W + "rPr":
                        parent.remove(element)
                part = etree.tostring(root)
            new.writestr(name, part)
    return result.getvalue()


def _beside_mammoth(files: Sequence[Path], repeat: int) -> None:
    import mammoth

    def ours(path: Path, data: bytes) -> None:
        docx.read(path, data)

    def theirs(_: Path, data: bytes) -> None:
        mammoth.extract_raw_text(io.BytesIO(data))

    mine, other, slowest = 0.0, 0.0, (1000.0, "")
    for path in files:
        data = path.read_bytes()
        times = [_least(read, path, data, repeat) for read in (ours, theirs)]
        mine, other = mine + times[0], other + times[1]
        slowest = min(slowest, (times[1] / times[0], path.name))
    print(
        f"time beside mammoth, {len(files)} files: {mine * 1000:.0f} ms and {other * 1000:.0f} ms, "
        f"{other / mine:.1f} times as fast (target: 4); at least {slowest[0]:.1f} ({slowest[1]})"
    )


def _least(read: Callable[[Path, bytes], None], path: Path, data: bytes, repeat: int) -> float:
    """CPU seconds, the least of several: other programs only ever add to them."""
    times = []
    for _ in range(repeat):
        begun = time.process_time()
        with contextlib.suppress(ExtractionError):  # a file without text is read to its end, too
            read(path, data)
        times.append(time.process_time() - begun)
    return min(times)


if __name__ == "__main__":
    main()
