"""Pictures of pages are read as they would be by a person, however they lie."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from indexer.extract import extract
from indexer.extract.clean import visible
from indexer.extract.ocr import read_image, recognise
from indexer.report import BARRIER, BlockKind
from tests.benchmarks.ocr import errors
from tests.conftest import SAMPLES
from tests.scans import SCALE, needs_ocr, picture, poor, scanned

pytestmark = needs_ocr

LETTER = "农业农村部关于扎实推进*.pdf"


@pytest.fixture(scope="module")
def heading():
    """The upper part of its first page: seconds less to read."""
    whole = picture(next(SAMPLES.rglob(LETTER)), 1)
    return np.ascontiguousarray(whole[: len(whole) * 2 // 5])


@pytest.fixture(scope="module")
def printed():
    page = pdfium.PdfDocument(next(SAMPLES.rglob(LETTER)))[0]
    width, height = page.get_size()
    drawn = page.get_textpage()
    return visible(drawn.get_text_bounded(bottom=height * 3 / 5, right=width))


def said(seen) -> str:
    return visible("".join(line.text for line in seen.lines))


def test_a_clean_picture_is_read_without_a_mistake(heading, printed):
    seen = read_image(heading, SCALE)
    assert errors(printed, said(seen)) <= len(printed) // 200
    assert seen.width == pytest.approx(595, abs=1)
    title = next(line for line in seen.lines if line.text.startswith("农业农村部关于"))
    assert (title.x0 + title.x1) / 2 == pytest.approx(297, abs=6), "centred on the page"


def test_a_poor_scan_is_read_and_set_straight(heading, printed):
    speckled = np.asarray(Image.open(io.BytesIO(poor(heading, 1))))[:, :, ::-1]
    seen = read_image(np.ascontiguousarray(speckled), SCALE)
    assert errors(printed, said(seen)) <= len(printed) // 100
    body = [line for line in seen.lines if line.x1 - line.x0 > 400]
    assert body
    assert max(line.bottom - line.top for line in body) < 20, "boxes of type of 16 points"


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head_is_turned(heading, printed, turns):
    lying = np.ascontiguousarray(np.rot90(heading, turns))
    seen = read_image(lying, SCALE)
    assert errors(printed, said(seen)) <= len(printed) // 100
    assert seen.width > seen.height


def test_on_an_empty_page_there_is_nothing():
    assert read_image(np.full((400, 300, 3), 250, np.uint8), SCALE).lines == ()


def test_a_table_keeps_its_cells(tmp_path):
    source = next(SAMPLES.rglob("北京市海淀区*.pdf"))
    rows = [
        (block.page, block.text) for block in extract(source).blocks if block.kind is BlockKind.ROW
    ]
    page = rows[0][0]
    scan = scanned(source, tmp_path / "scan.pdf", range(page, page + 1))
    read = extract(scan, recognised={1: recognise(scan, 1)}).blocks
    found = [block.text for block in read if block.kind is BlockKind.ROW]
    right = [text for number, text in rows if number == page]
    assert len(found) == len(right)
    assert [row.count(BARRIER) for row in found] == [row.count(BARRIER) for row in right]
    assert errors("".join(right), "".join(found)) <= 1
