"""PDFs as a scanner makes them: each page a picture, clean or poor."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from numpy.typing import NDArray
from PIL import Image

from indexer.extract.ocr import is_installed

SCALE = 150 / 72
"""Dots a point: 150 dpi."""
_SKEW = 1.0
_NOISE = 12.0
_QUALITY = 40

Picture = NDArray[np.uint8]
"""Height x width x 3."""

needs_ocr = pytest.mark.skipif(
    not is_installed(), reason="recognition is not installed (pip install 'tifa-search[ocr]')"
)


def picture(path: Path, page: int) -> Picture:
    """A page (from 1) as it is printed; a font that no file embeds must be on the system."""
    document = pdfium.PdfDocument(path)
    drawn = document[page - 1].render(scale=SCALE).to_numpy()
    picture = np.ascontiguousarray(drawn[:, :, :3])
    document.close()
    if picture.min() > 128:
        pytest.skip("no Chinese font here that the page could be drawn with")
    return picture


def scanned(source: Path, target: Path, pages: range, *, poor: bool = False) -> Path:
    """Write pages of a PDF (from 1) as pictures; `poor`: askew, with noise, as a small JPEG."""
    document, pictures = pdfium.PdfDocument(source), pdfium.PdfDocument.new()
    for number in pages:
        size = document[number - 1].get_size()
        _add(pictures, size, picture(source, number), number if poor else None)
    pictures.save(target)
    pictures.close()
    document.close()
    return target


def poor(clean: Picture, seed: int) -> bytes:
    """A JPEG of it turned by a degree, to one side or the other, and speckled."""
    turned = Image.fromarray(clean).rotate(
        _SKEW if seed % 2 else -_SKEW, Image.Resampling.BILINEAR, fillcolor=(255, 255, 255)
    )
    noise = np.random.default_rng(seed).normal(0, _NOISE, clean.shape[:2])
    speckled = np.clip(np.asarray(turned) + noise[:, :, None], 0, 255).astype(np.uint8)
    packed = io.BytesIO()
    Image.fromarray(speckled[:, :, ::-1]).save(packed, "JPEG", quality=_QUALITY)
    return packed.getvalue()


def _add(
    pictures: pdfium.PdfDocument, size: tuple[float, float], clean: Picture, seed: int | None
) -> None:
    sheet = pictures.new_page(*size)
    picture = pdfium.PdfImage.new(pictures)
    if seed is None:
        picture.set_bitmap(pdfium.PdfBitmap.from_pil(Image.fromarray(clean[:, :, ::-1])))
    else:
        picture.load_jpeg(io.BytesIO(poor(clean, seed)), inline=True)
    picture.set_matrix(pdfium.PdfMatrix().scale(*size))
    sheet.insert_obj(picture)
    sheet.gen_content()


def photographs(target: Path, number: int, front: Path | None = None) -> Path:
    """A PDF of pictures without text, behind the pages of `front`."""
    document = pdfium.PdfDocument.new()
    if front is not None:
        document.import_pages(pdfium.PdfDocument(front))
    grey = np.random.default_rng(number).integers(0, 255, (140, 100, 3), dtype=np.uint8)
    for _ in range(number):
        _add(document, (595, 842), grey, None)
    document.save(target)
    document.close()
    return target
