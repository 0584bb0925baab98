"""Chinese text on a PDF page: lines broken by the rules of the script, set to full width.

ReportLab's own breaking lets a comma begin a line and a bracket end one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportlab.lib import colors
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

FONT = "STSong-Light"
NOT_FIRST = frozenset("，。、；：！？）》〉〕】”’」』%…")
NOT_LAST = frozenset("（《〈〔【“‘「『")
RUN = re.compile(r"[0-9A-Za-z.—]+[%年]?|.", re.DOTALL)
"""What a line end may not part: figures with their sign, a dash, else one character."""
SQUEEZE = 1.5
"""Widths of a character by which a line may be too long, for the marks that end it."""


@dataclass(frozen=True, slots=True)
class Face:
    """How lines are set. Sizes and indents in points; `align` is full, centre or right."""

    size: float
    leading: float
    first: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    align: str = "full"
    colour: colors.Color = colors.black


def broken(text: str, width: float, face: Face) -> list[str]:
    """The text in lines of at most `width` points, but for marks squeezed in at the end."""
    lines: list[list[str]] = [[]]
    room = width - face.first
    for run in RUN.findall(text):
        wide = stringWidth(run, FONT, face.size)
        squeezed = run in NOT_FIRST and wide <= room + SQUEEZE * face.size
        if lines[-1] and wide > room and not squeezed:
            kept = lines[-1]
            carried = [kept.pop()] if kept[-1] in NOT_LAST and len(kept) > 1 else []
            lines.append(carried)
            room = width - sum(stringWidth(part, FONT, face.size) for part in carried)
        lines[-1].append(run)
        room -= wide
    return ["".join(line) for line in lines]


class Lines(Flowable):  # type: ignore[misc]  # ReportLab publishes no types
    """A paragraph of broken lines that may go on on the next page."""

    def __init__(
        self, lines: list[str], face: Face, begins: bool = True, ends: bool = True
    ) -> None:
        super().__init__()
        self.lines, self.face, self.begins, self.ends = lines, face, begins, ends
        self.spaceBefore = face.before if begins else 0
        self.spaceAfter = face.after if ends else 0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, len(self.lines) * self.face.leading
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Lines]:
        fit = int(height // self.face.leading)
        if not 0 < fit < len(self.lines):
            return []
        return [
            Lines(self.lines[:fit], self.face, self.begins, ends=False),
            Lines(self.lines[fit:], self.face, begins=False, ends=self.ends),
        ]

    def draw(self) -> None:
        face, last = self.face, len(self.lines) - 1
        self.canv.setFillColor(face.colour)
        for place, line in enumerate(self.lines):
            indent = face.first if place == 0 and self.begins else 0
            spare = self.width - indent - face.right - stringWidth(line, FONT, face.size)
            left = {"centre": spare / 2, "right": spare}.get(face.align, indent)
            runs_on = place < last or not self.ends
            full = face.align == "full" and (runs_on or spare < 0)
            page = self.canv.beginText(left, self.height - (place + 0.8) * face.leading)
            page.setFont(FONT, face.size)
            page.setCharSpace(spare / (len(line) - 1) if full and len(line) > 1 else 0)
            page.textOut(line)
            self.canv.drawText(page)
