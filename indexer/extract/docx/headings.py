"""Headings told by what they look like: real reports use neither styles nor outline levels.

Numbered headings are told by their numbers, when the blocks are structured. Here those without
one are found: a short paragraph that is no sentence and stands out from the text by its size, by
being bold throughout or by being centred, with text after it. （一） headings mostly run into
their paragraph (335 of 457 in real reports) and stay part of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from indexer.extract import marks
from indexer.extract.aside import is_page_line
from indexer.report import Block, BlockKind

_LONGEST = 40
_LONGEST_TITLE = 80
_RUNNING = 40
"""Characters from which a paragraph is taken for text, by which the rest is measured."""
_BIGGER = 2
"""Half points by which a heading is larger than the text."""
_LETTER = re.compile(r"[^\W\d_]")
_NO_HEADING = re.compile(
    r"[（(].*[）)]$|[-—–―－─]{2}|.*[。；！？;!?，,、：:]$|.*[。；！？]|.{0,12}[〔\[［【（(]\s*\d{4}\s*[〕\]］】）)]"
    r"|[图表]\s*[\d一二三四五六七八九十]|附\s*[件表录图]|单位|注|来源|资料"
)
_LETTERHEAD = re.compile(r".*(?:文件|公报|简报|通报|公告|令)$")


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph looks like; `bold` if all of it is; sizes are in half points."""

    size: int
    bold: bool
    centred: bool
    contents: bool = False
    """A line of a table of contents."""


class Seen(Protocol):
    """A block with what it looks like."""

    @property
    def block(self) -> Block: ...
    @property
    def look(self) -> Look | None: ...


def headed(seen: Sequence[Seen]) -> list[Block]:
    """The blocks, with those made titles and headings that look like it."""
    blocks = [entry.block for entry in seen]
    looks = [entry.look for entry in seen]
    body = _body(blocks, looks)
    if body is None:
        return blocks
    first = next((n for n, block in enumerate(blocks) if _opens(block)), len(blocks))
    followed = False
    for n in reversed(range(first, len(blocks))):
        block, look = blocks[n], looks[n]
        if followed and look is not None and _is_heading(block, look, body):
            level = 2 if look.centred or look.size >= body.size + _BIGGER else 3
            blocks[n] = replace(block, kind=BlockKind.HEADING, level=level)
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.ROW):
            followed = _follows(block, look)
    for n in _title(blocks[:first], looks, body):
        blocks[n] = replace(blocks[n], kind=BlockKind.TITLE)
    return blocks


def _body(blocks: Sequence[Block], looks: Sequence[Look | None]) -> Look | None:
    """How most of the running text looks."""
    tally: Counter[Look] = Counter()
    for block, look in zip(blocks, looks, strict=True):
        if look is not None and not look.contents and len(block.text) >= _RUNNING:
            tally[look] += len(block.text)
    return max(tally, key=lambda look: tally[look]) if tally else None


def _opens(block: Block) -> bool:
    """The first running text, before which the title stands."""
    text = block.text
    return block.kind is BlockKind.ROW or (
        block.kind is BlockKind.PARAGRAPH
        and (marks.is_salutation(text) or (len(text) >= _RUNNING and "。" in text))
        and not is_page_line(text)
    )


def _follows(block: Block, look: Look | None) -> bool:
    """Whether a heading may stand above: names and dates under a text have none."""
    if block.kind is BlockKind.ROW or marks.is_running(block.text):
        return True
    return look is not None and not look.centred and len(block.text) > _LONGEST // 2


def _is_heading(block: Block, look: Look, body: Look) -> bool:
    text = block.text
    return (
        block.kind is BlockKind.PARAGRAPH
        and not look.contents
        and 2 <= len(text) <= _LONGEST
        and _stands_out(look, body)
        and _LETTER.search(text) is not None
        and not _NO_HEADING.match(text)
        and not marks.begins_item(text)
        and not marks.is_date(text)
        and not is_page_line(text)
        and not (marks.is_issuer(text) and not look.bold)
    )


def _stands_out(look: Look, body: Look) -> bool:
    return (
        look.size >= body.size + _BIGGER
        or (look.bold and not body.bold)
        or (look.centred and not body.centred)
    )


def _title(blocks: Sequence[Block], looks: Sequence[Look | None], body: Look) -> list[int]:
    """The lines of the title: of one size, larger than the text, centred or bold.

    A letterhead, larger still, may stand above it.
    """
    large = [
        n
        for n, block in enumerate(blocks)
        if (look := looks[n]) is not None
        and block.kind is BlockKind.PARAGRAPH
        and look.size >= body.size + _BIGGER
        and (look.centred or look.bold)
        and 2 <= len(block.text) <= _LONGEST_TITLE
        and _LETTER.search(block.text)
    ]
    groups: list[list[int]] = []
    for n in large:
        if groups and n == groups[-1][-1] + 1 and _size(looks[n]) == _size(looks[n - 1]):
            groups[-1].append(n)
        else:
            groups.append([n])
    titles = [
        group
        for group in groups
        if not all(
            marks.is_issuer(blocks[n].text) or _LETTERHEAD.match(blocks[n].text) for n in group
        )
    ]
    return max(titles, key=lambda group: _size(looks[group[0]]), default=[])


def _size(look: Look | None) -> int:
    return 0 if look is None else look.size
