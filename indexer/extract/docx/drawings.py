"""Text of drawings: shapes of DrawingML, charts, diagrams (SmartArt).

Of a chart its title, series and categories are read, which are its words; its figures are drawn,
not written, and stay in the table that they were taken from.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.extract.clean import clean, strip, visible
from indexer.extract.docx.xml import CHART, DIAGRAM, A, Element

_MOST_CELLS = 500


def shape_lines(body: Element) -> list[str]:
    """The paragraphs of a shape's text (`a:txBody`)."""
    return [line for paragraph in body.iter(A + "p") if visible(line := _line(paragraph))]


def figure_cells(root: Element) -> list[str]:
    """What a chart or a diagram says, one entry for each label, each once."""
    found = _chart(root) if root.tag == CHART + "chartSpace" else _diagram(root)
    return [text for text in dict.fromkeys(found) if visible(text)][:_MOST_CELLS]


def _chart(root: Element) -> Iterator[str]:
    for title in root.iter(CHART + "title"):
        yield " ".join(_line(paragraph) for paragraph in title.iter(A + "p"))
    for name, path in (("ser", f"{CHART}tx//{CHART}v"), ("cat", f".//{CHART}strCache//{CHART}v")):
        for part in root.iter(CHART + name):
            for label in part.iterfind(path):
                yield strip(clean(label.text or ""))


def _diagram(root: Element) -> Iterator[str]:
    for point in root.iter(DIAGRAM + "pt"):
        yield " ".join(_line(paragraph) for paragraph in point.iter(A + "p"))


def _line(paragraph: Element) -> str:
    texts = (t.text or "" if t.tag == A + "t" else " " for t in paragraph.iter(A + "t", A + "br"))
    return strip(clean("".join(texts).replace("\n", " ")))
