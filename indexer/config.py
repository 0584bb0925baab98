"""Where things are and how much they may take; the only place that knows paths."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_INDEX = Path("data/index")
INDEX_VARIABLE = "TIFA_INDEX"


def index_directory(option: str | Path | None, environment: Mapping[str, str]) -> Path:
    """`--index`, else `$TIFA_INDEX`, else `data/index` under the working directory."""
    return Path(option or environment.get(INDEX_VARIABLE) or DEFAULT_INDEX)


@dataclass(frozen=True, slots=True)
class Config:
    """One index and the limits of working on it. `workers` is the number of processes."""

    index: Path
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    commit_every: int = 50
    """Reports after which the catalogue commits: what a crash can cost in repeated reading."""
    seconds_per_file: float = 20.0
    """After this a file is given up: some PDFs keep a parser busy for ever."""
    memory_per_file: int = 1 << 30
    """Bytes of address space that reading a file may take."""
    seconds_per_page: float = 60.0
    memory_per_page: int = 3 << 30
    """The same for reading the picture of a page: its models take half a GB."""
    bytes_per_file: int = 512 * 1024 * 1024

    @property
    def catalogue(self) -> Path:
        return self.index / "catalogue.sqlite"

    @property
    def segments(self) -> Path:
        return self.index / "segments"

    @property
    def lock(self) -> Path:
        return self.index / "write.lock"
