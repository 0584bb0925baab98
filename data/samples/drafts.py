"""A report before it has a format: parts in reading order, from masthead to signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MARK = "示例：本文为演示软件而编写，内容虚构"
TRADITIONAL_MARK = "示例：本文為演示軟件而編寫，內容虛構"

DIGITS = "零一二三四五六七八九"


class Kind(StrEnum):
    MASTHEAD = "masthead"
    NUMBER = "number"
    TITLE = "title"
    MARK = "mark"
    HEADING = "heading"
    CAPTION = "caption"
    PARAGRAPH = "paragraph"
    FLUSH = "flush"
    """A paragraph without indent: the addressees."""
    TABLE = "table"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, and how many columns and rows it spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `level` counts headings from 1; `rows` is the grid of a table.

    In `rows`, None is a place that the span of a cell above or to the left covers.
    """

    kind: Kind
    text: str = ""
    level: int = 0
    rows: tuple[tuple[Cell | None, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    title: str
    issuer: str
    date: str
    """ISO 8601."""
    parts: tuple[Part, ...]


def heading(level: int, number: int, text: str) -> Part:
    """A heading with its number as official documents count: 一、 （一） 1."""
    marks = {1: f"{chinese(number)}、", 2: f"（{chinese(number)}）", 3: f"{number}."}
    return Part(Kind.HEADING, marks[level] + text, level)


def paragraph(text: str) -> Part:
    return Part(Kind.PARAGRAPH, text)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Part:
    """A table without spans."""
    grid = (tuple(header), *map(tuple, rows))
    return Part(Kind.TABLE, rows=tuple(tuple(Cell(text) for text in row) for row in grid))


def chinese(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def day(date: str) -> str:
    """`2026-01-12` as 2026年1月12日."""
    year, month, number = date.split("-")
    return f"{year}年{int(month)}月{int(number)}日"
