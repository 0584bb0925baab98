"""Writes the sample reports, the same bytes each time.

    python data/make_samples.py [--out DIR]

DIR is `reports` beside this file unless given. The texts are made from the sentences under
`samples/`, which were written for this project; every figure in them is invented.
"""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from samples.as_docx import docx
from samples.as_pdf import pdf
from samples.as_text import markdown, text
from samples.banks import load_documents, load_library
from samples.kinds import drafts

OUT = Path(__file__).resolve().parent / "reports"
WRITERS = {".pdf": pdf, ".docx": docx, ".txt": text, ".md": markdown}

OVERRIDES = (
    ("file", "title", "region", "year", "topics", "issuer", "date", "kind"),
    (
        "2025年/珠海市便利港澳居民办事若干措施（繁体，示例）.txt",
        *(
            "",
            "440400",
            "2025",
            "数字政府与数字经济；民政与社会福利",
            "珠海市人民政府",
            "2025-06-18",
            "意见",
        ),
    ),
    (
        "江苏省/常熟市2020年政务公开工作要点的通知（示例）.md",
        *("", "江苏省苏州市常熟市", "2020", "政务公开", "", "", ""),
    ),
)
"""What a reader would enter by hand: values that stand nowhere in the two files' own words."""


def files() -> Iterator[tuple[str, bytes]]:
    """The path under the output folder and the bytes of every sample, and of metadata.csv."""
    documents = load_documents()
    for document, draft in zip(documents, drafts(documents, load_library()), strict=True):
        write = WRITERS[Path(document.path).suffix]
        yield document.path, write(draft, document.style)
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows(OVERRIDES)
    yield "metadata.csv", table.getvalue().encode()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Writes the sample reports.")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR")
    out: Path = parser.parse_args(arguments).out
    total = 0
    for path, data in files():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        total += len(data)
        print(f"{len(data):>8,}  {path}")
    print(f"{total:>8,}  bytes in all")


if __name__ == "__main__":
    main()
