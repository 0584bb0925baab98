"""A draft as the bytes of a TXT or Markdown file, in the encoding its style names."""

from __future__ import annotations

import codecs
import re

from .banks import Style
from .drafts import Draft, Kind, Part

INDENT = "　　"
HAN = re.compile(r"[\u4e00-\u9fff]")


def text(draft: Draft, style: Style) -> bytes:
    """Plain text: two blanks before each paragraph, cells of a row parted by tabs."""
    lines = [line for part in draft.parts for line in _lines(part)]
    if style.wrap:
        lines = [piece for line in lines for piece in _wrapped(line, style.wrap)]
    body = style.newline.join([*lines, ""])
    if style.encoding == "utf-16":
        # Named with its byte order, lest the machine's own decide.
        return codecs.BOM_UTF16_LE + body.encode("utf-16-le")
    return body.encode(style.encoding)


def markdown(draft: Draft, style: Style) -> bytes:
    """Markdown as converters leave it; with `style.page`, cut where the PDF's pages ended."""
    blocks = [_markdown(part) for part in draft.parts]
    if style.page:
        blocks = _paged(blocks, style.page)
    return ("\n\n".join(blocks) + "\n").encode(style.encoding)


def _lines(part: Part) -> list[str]:
    match part.kind:
        case Kind.TABLE:
            return ["\t".join(cell.text if cell else "" for cell in row) for row in part.rows]
        case Kind.SIGNATURE:
            return ["", *(INDENT * 8 + line for line in part.text.split("\n"))]
        case Kind.TITLE:
            return [INDENT * 3 + part.text, ""]
        case Kind.MARK | Kind.NUMBER | Kind.CAPTION:
            return [INDENT * 4 + part.text, ""]
        case Kind.FLUSH:
            return [part.text]
    return [INDENT + part.text]


def _wrapped(line: str, width: int) -> list[str]:
    if not line:
        return [line]
    return [line[start : start + width] for start in range(0, len(line), width)]


def _markdown(part: Part) -> str:
    match part.kind:
        case Kind.TITLE:
            return f"# {part.text}"
        case Kind.MARK:
            return f"> {part.text}"
        case Kind.HEADING if part.level == 1:
            return f"## {part.text}"
        case Kind.HEADING:
            return f"**{part.text}**"
        case Kind.SIGNATURE:
            return part.text.replace("\n", "\n\n")
    return part.text


def _paged(blocks: list[str], size: int) -> list[str]:
    """Cuts paragraphs in two where a page is full; the page's number stands in the cut."""
    paged: list[str] = []
    page, room = 1, size
    for block in blocks:
        rest = block
        while len(rest) > room > 0 and not block.startswith(("#", "*", ">")):
            cut = _cut(rest, room)
            paged += [rest[:cut], f"— {page} —"]
            rest, room, page = rest[cut:], size, page + 1
        paged.append(rest)
        room = max(1, room - len(rest))
    return paged


def _cut(text: str, room: int) -> int:
    """The last place within `room` that parts no figure and leaves no mark to begin a page."""
    return next(
        (
            place
            for place in range(room, 1, -1)
            if HAN.match(text[place]) and HAN.match(text[place - 1])
        ),
        room,
    )
