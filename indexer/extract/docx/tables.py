"""Rows and cells of a Word table that a reader sees: merged ones once, deleted ones not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.extract.docx.xml import Element, W, descend, number, toggle, value


@dataclass
class Merges:
    """The columns in which cells are merged downwards, from one row to the next.

    Columns are only counted, never laid out: a file may say that a cell spans a thousand million.
    """

    above: set[int] = field(default_factory=set)
    here: set[int] = field(default_factory=set)

    def next_row(self) -> None:
        self.above, self.here = self.here, set()


def rows_of(table: Element) -> Iterator[Element]:
    """Rows that were neither deleted nor hidden, those in content controls too."""
    for row in descend(table, W + "tr", (W + "tbl", W + "p")):
        properties = row.find(W + "trPr")
        if properties is None or not (
            properties.find(W + "del") is not None or toggle(properties.find(W + "hidden"))
        ):
            yield row


def cells_of(row: Element, merges: Merges) -> Iterator[Element]:
    """Cells of a row, but for those that only continue the cell above or before them."""
    column = number(value(row.find(f"{W}trPr/{W}gridBefore")), 0)
    for cell in descend(row, W + "tc", (W + "tbl", W + "p")):
        at = column
        properties = cell.find(W + "tcPr")
        if properties is None:
            column += 1
            yield cell
            continue
        column += max(1, number(value(properties.find(W + "gridSpan")), 1))
        down, across = properties.find(W + "vMerge"), properties.find(W + "hMerge")
        if down is not None:
            merges.here.add(at)
        continues = down is not None and value(down) != "restart" and at in merges.above
        beside = across is not None and value(across) != "restart"
        if not continues and not beside and properties.find(W + "cellDel") is None:
            yield cell
