"""Metadata of short texts written for a test."""

from __future__ import annotations

from pathlib import PurePath

from indexer.metadata import describe
from indexer.report import Block, BlockKind, Document, Format, Metadata


def described(title: str, *lines: str, path: str = "a.txt") -> Metadata:
    """What is found of a title and lines of text in a file of that name."""
    blocks = [Block(BlockKind.TITLE, title)] if title else []
    blocks += [Block(BlockKind.PARAGRAPH, line) for line in lines]
    document = Document(title or PurePath(path).stem, Format.TEXT, tuple(blocks))
    return describe(document, PurePath(path)).metadata
