"""What every page repeats: page numbers, running headers and footers. Told from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.extract.pdf_values import PdfLine, PdfPage

_PAGE_NUMBER = re.compile(
    r"[-—–―－─·•~～]*\s*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6}|[一二三四五六七八九十百]{1,5})\s*(?:页)?"
    r"(?:\s*[,，/／|]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?\s*[-—–―－─·•~～]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[\d０-９]+|[一二三四五六七八九十]+(?=页)")
_WHITE = re.compile(r"\s+")
_EDGE = 0.15
"""The share of a page's height, above and below, in which its furniture stands."""
_LINES = 2
_REPEATED = 0.3
_AT_LEAST = 3


@dataclass(frozen=True, slots=True)
class Cleared:
    """Pages without their furniture, and what running headers said, once each."""

    pages: tuple[PdfPage, ...]
    running: tuple[PdfLine, ...]


def clear(pages: Sequence[PdfPage]) -> Cleared:
    """Page numbers at an edge go; so do lines there that three pages in ten repeat."""
    edges = [_edge_lines(page) for page in pages]
    tally = Counter(mask for lines in edges for mask in {_mask(line) for line in lines})
    enough = max(_AT_LEAST, _REPEATED * len(pages))
    running: dict[str, PdfLine] = {}
    cleared = []
    for page, lines in zip(pages, edges, strict=True):
        numbers = {line for line in lines if _PAGE_NUMBER.fullmatch(line.text)}
        repeated = {line for line in lines if tally[_mask(line)] >= enough} - numbers
        for line in page.lines:
            if line in repeated:
                running.setdefault(_mask(line), line)
        kept = tuple(line for line in page.lines if line not in numbers | repeated)
        cleared.append(replace(page, lines=kept))
    return Cleared(tuple(cleared), tuple(running.values()))


def _edge_lines(page: PdfPage) -> tuple[PdfLine, ...]:
    """The outermost two lines at either end, as far as they stand near the paper's edge."""
    lines = sorted((line for line in page.lines if not line.row), key=lambda line: line.top)
    above = [line for line in lines[:_LINES] if line.bottom <= _EDGE * page.height]
    below = [line for line in lines[-_LINES:] if line.top >= (1 - _EDGE) * page.height]
    return tuple(dict.fromkeys(above + below))


def _mask(line: PdfLine) -> str:
    return _WHITE.sub("", _DIGITS.sub("#", line.text))
