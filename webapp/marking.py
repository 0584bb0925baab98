"""Text cut where marks, a cited passage and pages begin and end, and its HTML.

A mark is drawn without moving a letter: the pieces join to the text they were cut from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from indexer.report import BARRIER

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page of the original begins here. `url` opens the original there, where it can."""

    number: int
    label: str
    url: str | None
    recognised: bool = False
    """Its text was read off its picture (OCR)."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text under the same marks. `mark` numbers the match from 1, None for none.

    `opens` says that its match begins here (a match that a line or a cell cuts goes on in
    further pieces), `enters` the same for the cited passage.
    """

    text: str
    mark: int | None = None
    opens: bool = False
    passage: bool = False
    enters: bool = False
    page: PageBreak | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Marking:
    """What is drawn over a text: matches (sorted, disjoint), one passage, the match stepped to."""

    marks: tuple[Span, ...] = ()
    passage: Span | None = None
    current: int | None = None

    def cut(
        self, text: str, start: int, pages: Sequence[tuple[int, PageBreak]] = ()
    ) -> tuple[Segment, ...]:
        """The segments of `text`, which begins at `start` of the text that the spans count.

        `pages` holds (offset in `text`, page) of the pages that begin in it, in order.
        """
        end = start + len(text)
        first = bisect_left(self.marks, (start, 0))
        if first and self.marks[first - 1][1] > start:
            first -= 1
        last = bisect_left(self.marks, (end, 0))
        begun = {start + offset: page for offset, page in pages}
        beside = self.passage is None or self.passage[1] <= start or end <= self.passage[0]
        if first == last and beside and not begun and text:
            # Most blocks of a long report.
            return (Segment(text),)
        edges = {start, end, *begun}
        for span in self.marks[first:last]:
            edges.update(span)
        if self.passage:
            edges.update(self.passage)
        inside = sorted(edge for edge in edges if start <= edge <= end)
        if start == end:
            return (Segment("", page=begun.get(start)),) if begun else ()
        segments = []
        number = first
        for a, b in pairwise(inside):
            while number < last and self.marks[number][1] <= a:
                number += 1
            marked = number < last and self.marks[number][0] <= a
            cited = self.passage is not None and self.passage[0] <= a < self.passage[1]
            segments.append(
                Segment(
                    text=text[a - start : b - start],
                    mark=number + 1 if marked else None,
                    opens=marked and self.marks[number][0] == a,
                    passage=cited,
                    enters=cited and self.passage is not None and self.passage[0] == a,
                    page=begun.get(a),
                    current=marked and number + 1 == self.current,
                )
            )
        return tuple(segments)


def passage_segments(text: str, marks: Iterable[Span]) -> tuple[Segment, ...]:
    """The segments of a passage in a list of results, where marks are not stepped through."""
    return Marking(tuple(marks)).cut(text, 0)


def marked(segments: Iterable[Segment]) -> Markup:
    """Segments as HTML for a list of results: matches in <mark>, nothing else."""
    return Markup(
        "".join(
            f"<mark>{_line(piece)}</mark>" if piece.mark else _line(piece) for piece in segments
        )
    )


def anchored(segments: Iterable[Segment]) -> str:
    """Segments as HTML for reading: every match can be linked to, and so can the passage.

    Its text nodes hold the report's own characters and white space, nothing else: the browser
    counts them to tell which words were selected.
    """
    return "".join(map(_anchored, segments))


# What follows builds HTML from numbers, constants and what `escape` returned, as plain strings:
# a long report has thousands of pieces, and Markup.format takes ten times as long for each.

_BAR = '<span class="between"> </span>'
"""What stands between two cells, drawn as a line."""


def _line(piece: Segment) -> str:
    """The piece's words for a line of results, escaped."""
    return str(escape(piece.text.replace(BARRIER, " │ ")))


def _words(piece: Segment) -> str:
    """The piece's words, escaped."""
    html = str(escape(piece.text))
    return html.replace(BARRIER, _BAR) if BARRIER in html else html


def _anchored(piece: Segment) -> str:
    html = _words(piece)
    if piece.mark:
        name = f' id="m{piece.mark}"' if piece.opens else ""
        kind = ' class="current"' if piece.current else ""
        html = f'<mark{name}{kind} data-match="{piece.mark}">{html}</mark>'
    if piece.passage:
        # autofocus brings a reader without JavaScript to the words, and a screen reader too.
        name = ' id="passage" tabindex="-1" autofocus' if piece.enters else ""
        html = f'<span class="cited"{name}>{html}</span>'
    return _page(piece.page) + html if piece.page else html


def _page(page: PageBreak) -> str:
    kind = "page ocr" if page.recognised else "page"
    place = f'class="{kind}" id="page-{page.number}" data-page="{page.number}"'
    label = f'aria-label="{escape(page.label)}"'
    if page.url:
        return f'<a {place} href="{escape(page.url)}" {label}></a>'
    return f'<span {place} role="doc-pagebreak" {label}></span>'
