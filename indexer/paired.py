"""A report's original and folded text side by side: what passages are cut from.

Everything is in arrays, so that an index segment can keep it mapped and hand out a report's part
without reading its document. Offsets count code points of the one text or the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from indexer.folding import fold_with_origin
from indexer.report import BlockKind, Document
from indexer.structure import sentences

RUN = np.dtype([("folded", "<i4"), ("original", "<i4")])
"""Where a run of characters begins whose places in both texts differ by the same number."""
BLOCK = np.dtype([("start", "<i4"), ("dense", "<i4"), ("kind", "u1")])
"""Where a block begins in the original, and the characters before it that are no white space."""
PAGE = np.dtype([("start", "<i4"), ("page", "<i4")])
"""From which character of the original on a page (0: unknown) goes."""

_LESS_WORTH = frozenset({BlockKind.ASIDE, BlockKind.TITLE, BlockKind.HEADING})

KINDS = tuple(BlockKind)
"""`kind` of a `BLOCK` is a number in this."""

Records = NDArray[np.void]


@dataclass(frozen=True)
class PairedText:
    """One report; the arrays may be slices of mapped ones."""

    original: str
    folded: str
    runs: Records
    """`RUN`s in order; the first begins the texts."""
    sentences: NDArray[np.int32]
    """Where each sentence begins in the folded text, ascending."""
    bodies: NDArray[np.bool_]
    """Which sentences are the report's own words, rather than headings or what is around it."""
    blocks: Records
    """`BLOCK`s in order."""
    pages: Records
    """`PAGE`s in order, none where the format has no pages."""

    @classmethod
    def of(cls, document: Document) -> PairedText:
        """Fold a document's text and look where everything in it begins."""
        folded = fold_with_origin(document.text)
        inside: list[int] = []
        bodies: list[bool] = []
        for base, block in zip(document.starts, document.blocks, strict=True):
            found = sentences(block.text)
            inside += [base + start for start, _ in found]
            bodies += [block.kind not in _LESS_WORTH] * len(found)
        places = np.searchsorted(folded.origin, np.array(inside, dtype=np.int32))
        begins, first = np.unique(places, return_index=True)
        return cls(
            original=document.text,
            folded=folded.text,
            runs=_runs(folded.origin),
            sentences=begins.astype(np.int32),
            bodies=np.array(bodies, dtype=np.bool_)[first],
            blocks=_blocks(document),
            pages=_pages(document),
        )

    @property
    def paragraphs(self) -> NDArray[np.int32]:
        """Where each block begins in the folded text, ascending; those without text are none."""
        begins = map(self.folded_at, self.blocks["start"].tolist())
        return np.array(list(dict.fromkeys(begins)), dtype=np.int32)

    # Lists: looking something up in them is some times as fast as in arrays.

    @cached_property
    def _runs(self) -> tuple[list[int], list[int]]:
        return self.runs["folded"].tolist(), self.runs["original"].tolist()

    @cached_property
    def _sentences(self) -> list[int]:
        begins: list[int] = self.sentences.tolist()
        return begins

    @cached_property
    def _bodies(self) -> list[bool]:
        bodies: list[bool] = self.bodies.tolist()
        return bodies

    @cached_property
    def _block_starts(self) -> list[int]:
        starts: list[int] = self.blocks["start"].tolist()
        return starts

    @cached_property
    def _kinds(self) -> list[int]:
        kinds: list[int] = self.blocks["kind"].tolist()
        return kinds

    def origin(self, place: int) -> int:
        """Where in the original a character of the folded text comes from."""
        folded, original = self._runs
        run = bisect_right(folded, place) - 1
        return original[run] + place - folded[run]

    def folded_at(self, offset: int) -> int:
        """The first character of the folded text that comes from `offset` or from behind it."""
        folded, original = self._runs
        run = bisect_left(original, offset)
        if not run:
            return 0
        end = folded[run] if run < len(folded) else len(self.folded)
        return min(folded[run - 1] + offset - original[run - 1], end)

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that a character of the folded text stands in."""
        number = bisect_right(self._sentences, place) - 1
        return number if number > 0 else 0

    def is_body(self, number: int) -> bool:
        """Whether a sentence is the report's own words."""
        return self._bodies[number]

    def sentence(self, number: int) -> tuple[int, int]:
        """A sentence as [start, end) of the original, without white space around it."""
        begins = self._sentences
        start = self.origin(begins[number])
        is_last = number + 1 == len(begins)
        end = len(self.original) if is_last else self.origin(begins[number + 1])
        return start, start + len(self.original[start:end].rstrip())

    def block_at(self, offset: int) -> int:
        """The number of the block that a character of the original stands in."""
        return bisect_right(self._block_starts, offset) - 1

    def block(self, number: int) -> tuple[int, int]:
        """A block as [start, end) of the original."""
        starts = self._block_starts
        # A line feed joins them.
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(self.original)
        return starts[number], end

    def kind(self, number: int) -> BlockKind:
        """What a block is."""
        return KINDS[self._kinds[number]]

    def page_at(self, offset: int) -> int | None:
        """The page that a character of the original stands on."""
        page = bisect_right(self.pages["start"], offset) - 1
        return (int(self.pages["page"][page]) or None) if page >= 0 else None

    def dense(self, offset: int) -> int:
        """How many characters of the original before `offset` are no white space."""
        number = self.block_at(offset)
        start, dense = self._block_starts[number], int(self.blocks["dense"][number])
        return dense + len("".join(self.original[start:offset].split()))


def _runs(origin: NDArray[np.int32]) -> Records:
    begins = np.concatenate(([0], np.flatnonzero(np.diff(origin) != 1) + 1))
    runs = np.empty(len(begins) if len(origin) else 0, dtype=RUN)
    if len(origin):
        runs["folded"] = begins
        runs["original"] = origin[begins]
    return runs


def _blocks(document: Document) -> Records:
    blocks = np.empty(len(document.blocks), dtype=BLOCK)
    blocks["start"] = document.starts
    sizes = (len("".join(block.text.split())) for block in document.blocks)
    blocks["dense"] = list(accumulate(sizes, initial=0))[:-1]
    blocks["kind"] = [KINDS.index(block.kind) for block in document.blocks]
    return blocks


def _pages(document: Document) -> Records:
    """Only where the page changes."""
    changes: list[tuple[int, int]] = []
    for start, block in zip(document.starts, document.blocks, strict=True):
        for offset, page in ((0, block.page or 0), *block.breaks):
            if page != (changes[-1][1] if changes else 0):
                changes.append((start + offset, page))
    return np.array(changes, dtype=PAGE)
