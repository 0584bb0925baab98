"""Where a file lies, as its readers know it: not where the server keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath


def within(path: str, folders: Iterable[str]) -> str:
    """The path from an indexed folder on, that folder's name included; whole if it is in none."""
    file = PurePath(path)
    holding = [folder for folder in map(PurePath, folders) if file.is_relative_to(folder)]
    if not holding:
        return path
    innermost = max(holding, key=lambda folder: len(folder.parts))
    return str(file.relative_to(innermost.parent))
