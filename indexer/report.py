"""The values that a report is made of, from the file's blocks to the catalogue's record.

All are frozen. Offsets count Python characters (code points), half open; pages count from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

BARRIER = "\x1f"
"""Stands between table cells and around notes: a character that no phrase matches.

ASCII's unit separator, made for this. Extraction removes control characters from what it
reads, so a barrier in a text is always one that we put there.
"""


class BlockKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ROW = "row"
    """One row of a table; its cells stand between barriers."""
    NOTE = "note"
    """A footnote or endnote; begins and ends with a barrier."""
    ASIDE = "aside"
    """Not the report's own words: a web page's navigation line, a running header."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a report that stands on its own lines: a title, a heading, a paragraph, a row.

    `text` holds no line break. `page` is where it begins (None where the format has no
    pages); `breaks` holds (offset in `text`, page) for every further page it runs on to.
    `level` is 1 for 一、 2 for （一） 3 for 1. 4 for （1）, and 0 for what is not a heading.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    breaks: tuple[tuple[int, int], ...] = ()
    level: int = 0

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at `offset` of `text` stands."""
        page = self.page
        for start, number in self.breaks:
            if start > offset:
                break
            page = number
        return page


class PageStatus(StrEnum):
    TEXT = "text"
    SCANNED = "scanned"
    """Pictures, and no text that could be read."""
    GARBLED = "garbled"
    """A text layer whose characters are not the ones printed."""
    MIXED = "mixed"
    """Text that was read, beside a picture or a font whose text was not."""
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Page:
    """What became of one page of a file; `characters` counts those kept, without white space.

    `status` is the file's own state; `recognised` says that the page's text was read off its
    picture (OCR).
    """

    number: int
    status: PageStatus
    characters: int
    recognised: bool = False

    @property
    def searchable(self) -> bool:
        """Whether all that the page says can be found."""
        return self.recognised or self.status in (PageStatus.TEXT, PageStatus.EMPTY)


def page_ranges(numbers: Sequence[int]) -> str:
    """1、3-5 for 1, 3, 4, 5."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return "、".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


class Format(StrEnum):
    """What a file is, told by its content."""

    PDF = "pdf"
    DOCX = "docx"
    TEXT = "txt"
    DOC = "doc"
    """Word 97 to 2003; this and the next three are read by way of LibreOffice."""
    WPS = "wps"
    """Microsoft Works. (Kingsoft's WPS writes Word's format under that suffix.)"""
    RTF = "rtf"
    ODT = "odt"
    OFD = "ofd"
    """Fixed pages, GB/T 33190-2016."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a file gave: blocks in reading order, the state of its pages, what was lost in part.

    `pages` is empty for formats without pages. `warnings` are sentences for people.
    """

    format: Format
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A report's text as it is kept and shown: blocks whose kinds and levels are settled."""

    title: str
    format: Format
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The whole original text: the blocks joined by line feeds. Match offsets point here."""
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset in `text` at which each block begins."""
        lengths = (len(block.text) + 1 for block in self.blocks)
        return tuple(accumulate(lengths, initial=0))[: len(self.blocks)]

    def block_at(self, offset: int) -> int:
        """The number of the block in which the character at `offset` of `text` stands."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at `offset` of `text` stands."""
        if not self.blocks:
            return None
        number = self.block_at(offset)
        return self.blocks[number].page_at(offset - self.starts[number])

    @property
    def unsearchable_pages(self) -> int:
        return sum(not page.searchable for page in self.pages)


@dataclass(frozen=True, slots=True)
class Region:
    """A region of GB/T 2260: its six-digit code and its names from the province down.

    100000 is the whole country (全国).
    """

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report is, as far as it is certain; None and () mean undecided.

    `year` is the year the report answers for; `date` (ISO 8601) the day it was signed.
    `topics` are keys of the topic vocabulary. `kind` is the kind of document, `number` the one
    it was issued under (国发〔2018〕41号).
    """

    title: str
    region: Region | None = None
    year: int | None = None
    topics: tuple[str, ...] = ()
    issuer: str | None = None
    date: str | None = None
    kind: str | None = None
    number: str | None = None


class Place(StrEnum):
    """Where in or around a report a value was found."""

    TITLE = "title"
    ISSUER = "issuer"
    SIGNATURE = "signature"
    FILE_NAME = "file name"
    FOLDER = "folder"
    TEXT = "text"
    OVERRIDE = "override"
    """A person settled it, in metadata.csv."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a field of the metadata has its value: the words that told it, and where they stand.

    `field` is one of Metadata's. `value` is written as metadata.csv writes it, but a region by its
    code, a topic by its key (each has a ground of its own); "" for what a person left undecided.
    Of an override `words` are what its cell says, `file` and `row` where it stands.
    """

    field: str
    value: str
    words: str
    place: Place
    file: str = ""
    row: int = 0


@dataclass(frozen=True)
class Report:
    """A file that was read. `id` and `sha256` name its bytes; `size` counts them."""

    id: str
    sha256: str
    size: int
    document: Document
    metadata: Metadata
    grounds: tuple[Ground, ...] = ()
