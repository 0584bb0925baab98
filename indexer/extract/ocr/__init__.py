"""The picture of a page -> the lines on it, by RapidOCR, whose package carries its models.

Lines are looked for in a smaller picture and read in the large one, one at a time: of 1,000
characters that takes 4 s of a processor where RapidOCR's own way takes 6.5, and finds the same.
The models are loaded once in a process, and work in one thread: there is a process for each core.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from indexer.extract.ocr.recognised import Recognised, RecognisedLine
from indexer.extract.ocr.rules import find_rules

if TYPE_CHECKING:
    from rapidocr import RapidOCR

RECOGNITION_VERSION = 1
"""Raised whenever the same picture gives other lines; pages are then recognised again."""

_MODELS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
_DPI = 150
_LARGEST = 5000
"""Dots along the longer side of a picture: A0 at 100 dpi."""
_LOOKED_AT = 2 / 3
"""The part of its size in which a picture is searched for lines: 100 dpi."""
_BLANK = 32
"""Levels of grey between the darkest and the lightest dot of a page with nothing on it."""
_LONG = 5.0
"""How many times longer than high lines are whose direction tells how the page lies."""
_SEEN_SKEW = 0.5
"""The part of its size in which a picture's skew is looked for."""
_SKEW_STEPS, _SKEW_TRIED = (0.5, 0.1), 6
"""Degrees from one angle to the next, coarse and fine, and how many to either side: 3 in all."""
_STRAIGHT = 0.1
"""Degrees of skew that cost nothing."""
_GAP, _BIT = 0.8, 0.6
"""In em: how far off, and how narrow, what does not belong to a line is."""
_SAMPLE = 5
"""Lines that tell which side of a page is up."""
_STACKED = 1.5
"""How many times higher than wide, and than others high, a line of such characters is."""
_ROOM = 0.2
"""The part of its height that a line gets besides: a sixth of the time less, the same text."""
_POOR = 0.8
"""A page read with less certainty than this may be upside down (right .98, wrong .6)."""

Image = NDArray[np.uint8]
"""Height x width x 3."""
Quad = NDArray[np.float64]
"""The corners of a line in dots, from its upper left one clockwise: 4 x 2."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read of a picture one way up."""

    image: Image
    quads: tuple[Quad, ...]
    texts: tuple[str, ...]
    certainty: float
    """Of the characters on the average, from 0 to 1."""


def is_installed() -> bool:
    """Whether pages can be recognised here: the packages are there, and the models in one."""
    return find_spec("onnxruntime") is not None and all(model.is_file() for model in _models())


def _models() -> list[Path]:
    """Where the models for finding and for reading lines are; nothing is imported for that."""
    package = find_spec("rapidocr")
    folders = package.submodule_search_locations if package else None
    return [Path(folder) / "models" / name for folder in folders or [""] for name in _MODELS]


def recognise(path: Path, number: int) -> Recognised:
    """What is to be seen on a page (from 1) of a PDF; only where that is installed.

    Raises what pdfium and RapidOCR may raise on a broken file.
    """
    document = pdfium.PdfDocument(path)
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(_DPI / 72, _LARGEST / max(width, height))
        bitmap = page.render(scale=scale, rev_byteorder=False)
        image = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    finally:
        document.close()
    return read_image(image, scale)


def read_image(image: Image, scale: float = _DPI / 72) -> Recognised:
    """What is to be seen on a picture of a page with `scale` dots a point."""
    if int(image.max()) - int(image.min()) < _BLANK:
        return Recognised(image.shape[1] / scale, image.shape[0] / scale, ())
    seen = _upright(_straight(image))
    height, width = seen.image.shape[:2]
    lines = []
    for text, quad in zip(seen.texts, seen.quads, strict=True):
        left, right = quad[[0, 3], 0].mean(), quad[[1, 2], 0].mean()
        top, bottom = quad[[0, 1], 1].mean(), quad[[2, 3], 1].mean()
        box = (float(place) / scale for place in (left, top, right, bottom))
        lines.append(RecognisedLine(text, *box))
    rules = find_rules(seen.image, scale, lines) if lines else ()
    return Recognised(width / scale, height / scale, tuple(lines), rules)


def _straight(image: Image) -> Image:
    """The picture turned by the degree or two by which it was put askew into the scanner.

    Then rows of dots are either within lines, and dark, or between them. (Single lines, of a
    table's cells, tell the angle badly.) Of a page on its side that holds for columns of dots.
    """
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=_SEEN_SKEW, fy=_SEEN_SKEW, interpolation=cv2.INTER_AREA)

    def contrast(angle: float) -> float:
        turned = _turned(small, angle, cv2.INTER_LINEAR)
        profiles = (np.diff(turned.mean(axis=axis)) for axis in (0, 1))
        return max(float(np.square(profile).sum()) for profile in profiles)

    best = 0.0
    for step in _SKEW_STEPS:
        near = [best + step * n for n in range(-_SKEW_TRIED, _SKEW_TRIED + 1)]
        best = max(near, key=contrast)
    return image if abs(best) < _STRAIGHT else _turned(image, best, cv2.INTER_CUBIC)


def _turned(image: Image, angle: float, how: int) -> Image:
    """By degrees counter-clockwise about its middle; what comes in at the corners is white."""
    import cv2

    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    turned: Image = cv2.warpAffine(
        image, turn, (width, height), flags=how, borderValue=(255, 255, 255)
    )
    return turned


def _upright(image: Image) -> _Seen:
    """The picture read the way up it should be: pages are put into scanners any way round."""
    quads = _found(image)
    if _lies(quads):
        sides = [np.ascontiguousarray(np.rot90(image, turns)) for turns in (1, 3)]
        return _read(*max(((side, _found(side)) for side in sides), key=_promise))
    seen = _read(image, quads)
    if not quads or seen.certainty >= _POOR:
        return seen
    head = np.ascontiguousarray(np.rot90(image, 2))
    return max(seen, _read(head, _found(head)), key=lambda seen: seen.certainty)


def _lies(quads: Sequence[Quad]) -> bool:
    """Whether most lines run up or down the picture."""
    sizes = [_sides(quad) for quad in quads]
    upright = sum(height for width, height in sizes if height > _LONG * width)
    return upright > sum(width for width, height in sizes if width > _LONG * height)


def _promise(found: tuple[Image, Sequence[Quad]]) -> float:
    """With what certainty the longest lines are read."""
    image, quads = found
    longest = sorted(quads, key=lambda quad: -_sides(quad)[0])
    return _read(image, longest[:_SAMPLE]).certainty


def _found(image: Image) -> list[Quad]:
    """Where there are lines."""
    import cv2

    small = cv2.resize(image, None, fx=_LOOKED_AT, fy=_LOOKED_AT, interpolation=cv2.INTER_AREA)
    found = _engine()(small, use_det=True, use_cls=False, use_rec=False)
    boxes = () if found.boxes is None else found.boxes
    return [np.asarray(box, dtype=np.float64) / _LOOKED_AT for box in boxes]


def _read(image: Image, quads: Sequence[Quad]) -> _Seen:
    """What lines say."""
    engine = _engine()
    usual = median(min(_sides(quad)) for quad in quads) if quads else 0.0
    kept, texts, sure = [], [], []
    for quad in quads:
        line = _line(image, _higher(quad))
        width, height = _sides(quad)
        # Characters one below the other are read lying on their side; a 1 is one character.
        stacked = height >= _STACKED * max(width, usual)
        level = np.ascontiguousarray(np.rot90(line)) if stacked else line
        read = engine(level, use_det=False, use_cls=False, use_rec=True)
        text = read.txts[0] if read.txts else ""
        if text.strip():
            kept.append(_tightened(quad, _line(image, quad)))
            texts.append(text)
            sure += [float(read.scores[0])] * len(text)
    certainty = sum(sure) / len(sure) if sure else 0.0
    return _Seen(image, tuple(kept), tuple(texts), certainty)


def _higher(quad: Quad) -> Quad:
    """With room above and below: the reader takes lines at one height, so they become shorter."""
    left, right = (quad[3] - quad[0]) * _ROOM / 2, (quad[2] - quad[1]) * _ROOM / 2
    return np.array([quad[0] - left, quad[1] - right, quad[2] + right, quad[3] + left])


def _line(image: Image, quad: Quad) -> Image:
    """A line cut out and set straight."""
    import cv2

    width, height = (max(1, round(side)) for side in _sides(quad))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    line: Image = cv2.warpPerspective(
        image, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return line


def _tightened(quad: Quad, line: Image) -> Quad:
    """The corners of a line's ink: the box found around it is up to a third higher.

    Nor does a bit of the next column belong to it, behind a gap that no line has.
    """
    import cv2

    grey = cv2.GaussianBlur(cv2.cvtColor(line, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    _, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    rows = np.flatnonzero(ink.any(axis=1))
    columns = np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return quad
    columns = _without_bits(columns, len(rows))
    left, right = columns[0] / ink.shape[1], (columns[-1] + 1) / ink.shape[1]
    top, bottom = rows[0] / ink.shape[0], (rows[-1] + 1) / ink.shape[0]
    across, down = quad[1] - quad[0], quad[3] - quad[0]
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return np.array([quad[0] + across * a + down * b for a, b in corners])


def _without_bits(columns: NDArray[np.intp], em: int) -> NDArray[np.intp]:
    """The columns of dots that hold ink, without what stands apart at either end."""
    gaps = np.flatnonzero(np.diff(columns) > _GAP * em)
    if len(gaps) and columns[gaps[0]] - columns[0] < _BIT * em:
        columns, gaps = columns[gaps[0] + 1 :], gaps[1:] - gaps[0] - 1
    if len(gaps) and columns[-1] - columns[gaps[-1] + 1] < _BIT * em:
        columns = columns[: gaps[-1] + 1]
    return columns


def _sides(quad: Quad) -> tuple[float, float]:
    """Width and height."""
    return math.dist(quad[0], quad[1]), math.dist(quad[0], quad[3])


@cache
def _engine() -> RapidOCR:
    import cv2
    import rapidocr

    cv2.setNumThreads(1)
    finder, reader = map(str, _models())
    settings: dict[str, Any] = {
        "Global.log_level": "critical",
        # Pictures are handed over in the size in which they are to be read.
        "Global.use_preprocess_img": False,
        "Global.use_vertical_padding": False,
        "Det.limit_type": "min",
        "Det.limit_side_len": 32,
        # Named, so that nothing is ever looked for on the net.
        "Det.model_path": finder,
        "Rec.model_path": reader,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return rapidocr.RapidOCR(params=settings)
