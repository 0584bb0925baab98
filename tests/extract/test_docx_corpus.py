"""Every Word file of the corpus is read, or refused with its true reason: see docx_corpus.tsv.

The words of a file that is read are some that LibreOffice finds in it, white space aside.
"""

import csv
import re
from pathlib import Path

import pytest

from indexer.errors import ExtractionError
from indexer.extract import extract
from indexer.report import BARRIER

TABLE = Path(__file__).with_name("docx_corpus.tsv")
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines(), delimiter="\t"))


def test_the_table_names_every_file(corpus):
    folder = corpus / "docx"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.docx")}
    assert {row["file"] for row in ROWS} == files


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_a_file_is_read_or_refused_for_its_reason(row, corpus):
    try:
        extraction = extract(corpus / "docx" / row["file"])
    except ExtractionError as error:
        answer, said = type(error).__name__, error.reason
    else:
        answer, said = "read", "".join(block.text for block in extraction.blocks)
    assert answer == row["answer"]
    assert row["words"] in re.sub(rf"[\s{BARRIER}]", "", said)
