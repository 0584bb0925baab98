"""Reports' original and folded texts side by side: what passages are cut from.

Everything is in arrays, so that an index segment can keep it mapped and hand out a report's part
without reading its document. Places count code units (`indexer.units`) of either text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.equals import firsts
from indexer.folding import fold_with_origin
from indexer.report import BARRIER, BlockKind, Document
from indexer.structure import sentence_starts
from indexer.units import UNIT, decode, encode, units_before

RUN = np.dtype((np.int32, (2,)))
"""Where in the folded and in the original text a run begins whose places differ by one number.

Rows of an array: they are put end to end several times as fast as records are.
"""
BLOCK = np.dtype((np.int32, (3,)))
"""Where a block begins in the original, characters before it that are no white space, its kind."""
PAGE = np.dtype((np.int32, (2,)))
"""From which place of the original on a page goes, and its number (0: unknown).

Of a page whose text was read off its picture (`Page.recognised`) the number is negative.
"""

_LESS_WORTH = frozenset({BlockKind.ASIDE, BlockKind.TITLE, BlockKind.HEADING})
_SEPARATOR = encode(BARRIER)
_LOW_SURROGATES = 0xDC00 >> 10

KINDS = tuple(BlockKind)
"""The kind of a `BLOCK` is a number in this."""

Rows = NDArray[np.int32]
Places = NDArray[np.int64]


class PairedText(NamedTuple):
    """One report; the arrays may be slices of mapped ones."""

    original: NDArray[np.uint8]
    folded: NDArray[np.uint8]
    runs: Rows
    """`RUN`s in order; the first begins the texts."""
    sentences: NDArray[np.int32]
    """Where each sentence begins in the folded text, ascending."""
    bodies: NDArray[np.bool_]
    """Which sentences are the report's own words, rather than headings or what is around it."""
    paragraphs: NDArray[np.int32]
    """Where each block with text begins in the folded text, ascending."""
    blocks: Rows
    """`BLOCK`s in order."""
    pages: Rows
    """`PAGE`s in order; the first begins the original."""
    begin: int = 0
    """What places of sentences and paragraphs count from."""

    @classmethod
    def of(cls, document: Document) -> PairedText:
        """Fold a document's text and look where everything in it begins."""
        folded = fold_with_origin(document.text)
        starts = np.array(document.starts, dtype=np.int32)
        in_text = np.array(sentence_starts(document.text), dtype=np.int32)
        of_sentences, first = _folded_at(in_text, folded.origin)
        of_blocks, _ = _folded_at(starts, folded.origin)
        inside = starts.searchsorted(in_text[first], side="right") - 1
        own = np.array([block.kind not in _LESS_WORTH for block in document.blocks], np.bool_)
        in_original, in_folded = units_before(document.text), units_before(folded.text)
        return cls(
            original=np.frombuffer(encode(document.text), dtype=np.uint8),
            folded=np.frombuffer(encode(folded.text), dtype=np.uint8),
            runs=_runs(_units(folded.origin, in_folded, in_original)),
            sentences=in_folded[of_sentences],
            bodies=own[inside],
            paragraphs=in_folded[of_blocks[of_blocks < len(folded.text)]],
            blocks=_blocks(document, in_original),
            pages=_pages(document, in_original),
        )


_NOTHING = PairedText(
    original=np.empty(0, np.uint8),
    folded=np.empty(0, np.uint8),
    runs=np.empty(0, RUN),
    sentences=np.empty(0, np.int32),
    bodies=np.empty(0, np.bool_),
    paragraphs=np.empty(0, np.int32),
    blocks=np.empty(0, BLOCK),
    pages=np.empty(0, PAGE),
)
"""Put before the first, so that there is a first."""


@dataclass(frozen=True)
class PairedTexts:
    """Several reports end to end, one separator behind each in both texts.

    Places are places in the whole; `of_…` tell which elements are a report's: those from its
    number on up to the next.
    """

    starts: Places
    """Where each report begins in the folded text, and where the next would."""
    originals: bytes
    original_starts: Places
    """Where each report begins in the originals, and where the next would."""
    runs: tuple[Places, Places]
    """Where each begins in the folded and in the original text."""
    sentences: Places
    of_sentences: Places
    bodies: NDArray[np.bool_]
    paragraphs: Places
    blocks: Places
    """Where each begins in the original."""
    of_blocks: Places
    dense: NDArray[np.int32]
    kinds: NDArray[np.int32]
    pages: Places
    page_numbers: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Sequence[PairedText]) -> PairedTexts:
        """Of these, in this order."""
        original, folded, runs, sentences, bodies, paragraphs, blocks, pages, begins = zip(
            _NOTHING, *texts, strict=True
        )
        # One row a kind of array, one column a report, and one before the first.
        sized = (original, folded, runs, sentences, paragraphs, blocks, pages)
        sizes = np.array([list(map(len, arrays)) for arrays in sized], dtype=np.int64)
        sizes[:2, 1:] = sizes[:2, 1:] // UNIT + 1
        originals, starts, _, of_sentences, _, of_blocks, _ = sizes.cumsum(axis=1)
        of_run, of_sentence, of_paragraph, of_block, of_page = sizes[2:, 1:]
        in_original, in_folded = originals[:-1], starts[:-1]
        counted = in_folded - np.array(begins[1:], dtype=np.int64)
        run, block, page = np.concatenate(runs), np.concatenate(blocks), np.concatenate(pages)
        return cls(
            starts=starts,
            originals=_SEPARATOR.join([*(text.data for text in original[1:]), b""]),
            original_starts=originals,
            runs=(
                run[:, 0] + in_folded.repeat(of_run),
                run[:, 1] + in_original.repeat(of_run),
            ),
            sentences=np.concatenate(sentences) + counted.repeat(of_sentence),
            of_sentences=of_sentences,
            bodies=np.concatenate(bodies),
            paragraphs=np.concatenate(paragraphs) + counted.repeat(of_paragraph),
            blocks=block[:, 0] + in_original.repeat(of_block),
            of_blocks=of_blocks,
            dense=block[:, 1],
            kinds=block[:, 2],
            pages=page[:, 0] + in_original.repeat(of_page),
            page_numbers=page[:, 1],
        )

    def origin(self, places: Places) -> Places:
        """Where in the originals code units of the folded text come from."""
        folded, original = self.runs
        run = folded.searchsorted(places, side="right") - 1
        return original[run] + places - folded[run]

    def origin_end(self, ends: Places) -> Places:
        """Where in the originals stretches of the folded text end, no character cut in two."""
        after = self.origin(ends - 1) + 1
        whole: Places = after + (self._codes[after] >> 10 == _LOW_SURROGATES)
        return whole

    def original(self, start: int, end: int) -> str:
        """A stretch of the originals."""
        return decode(self.originals[UNIT * start : UNIT * end])

    def units(self, start: int, end: int) -> str:
        """A stretch of the originals, each code unit as a character."""
        text = self.original(start, end)
        if len(text) == end - start:
            return text
        return "".join(map(chr, self._codes[start:end].tolist()))

    def whole_characters(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the originals widened so that it cuts no character in two."""
        low, high = (self._codes[[start, end]] >> 10 == _LOW_SURROGATES).tolist()
        return start - low, end + high

    @property
    def _codes(self) -> NDArray[np.uint16]:
        return np.frombuffer(self.originals, dtype=">u2")


def _folded_at(
    offsets: NDArray[np.int32], origin: NDArray[np.int32]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first folded characters that come from these of the original or from behind them.

    Each once, and the number of the first offset that leads there; offsets ascend.
    """
    found = origin.searchsorted(offsets)
    first = firsts(found)
    return found[first], first


def _units(
    origin: NDArray[np.int32], folded: NDArray[np.int32], original: NDArray[np.int32]
) -> NDArray[np.int32]:
    """From which code unit of the original each of the folded text comes.

    `folded` and `original` tell how many code units stand before each character.
    """
    sizes = np.diff(folded)
    if len(origin) == folded[-1]:
        return original[origin]
    units = original[origin].repeat(sizes)
    seconds = folded[:-1][sizes > 1] + 1
    units[seconds] += np.diff(original)[origin][sizes > 1] > 1
    return units


def _runs(origin: NDArray[np.int32]) -> Rows:
    if not len(origin):
        return np.empty((0, *RUN.shape), dtype=np.int32)
    begins = np.concatenate(([0], (np.diff(origin) != 1).nonzero()[0] + 1))
    return np.stack((begins, origin[begins]), axis=1).astype(np.int32)


def _blocks(document: Document, units: NDArray[np.int32]) -> Rows:
    blocks = np.empty((len(document.blocks), 3), dtype=np.int32)
    blocks[:, 0] = units[list(document.starts)]
    sizes = (len("".join(block.text.split())) for block in document.blocks)
    blocks[:, 1] = list(accumulate(sizes, initial=0))[:-1]
    blocks[:, 2] = [KINDS.index(block.kind) for block in document.blocks]
    return blocks


def _pages(document: Document, units: NDArray[np.int32]) -> Rows:
    """Only where the page changes."""
    recognised = {page.number for page in document.pages if page.recognised}
    changes: list[tuple[int, int]] = []
    for start, block in zip(document.starts, document.blocks, strict=True):
        for offset, number in ((0, block.page or 0), *block.breaks):
            page = -number if number in recognised else number
            if not changes or page != changes[-1][1]:
                changes.append((int(units[start + offset]), page))
    return np.array(changes, dtype=np.int32).reshape(-1, 2)
