"""All the metadata.csv files of a run, as one set of rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.metadata.overrides import Overrides, read_overrides
from indexer.report import Metadata
from indexer.scanning import OVERRIDES_NAME, is_within


@dataclass(frozen=True)
class Rules:
    """What people settled by hand; each file speaks of what lies beside and below it."""

    files: tuple[tuple[Path, Overrides], ...]
    """Folder and its overrides, outer folders first: an inner file has the last word."""

    def apply(self, metadata: Metadata, paths: Iterable[str]) -> Metadata:
        """The metadata in force of a report that stands at these absolute paths."""
        for path in paths:
            for folder, overrides in self.files:
                if is_within(path, folder):
                    relative = Path(path).relative_to(folder).as_posix()
                    metadata = overrides.apply(metadata, relative)
        return metadata

    def check(self, paths: Iterable[str]) -> None:
        """Raise OverridesError if rules for one of these paths contradict each other."""
        if self.files:
            for path in paths:
                self.apply(Metadata(title=""), [path])

    def unmatched(self, paths: Sequence[str]) -> tuple[str, ...]:
        """What rows speak of no file among these absolute paths, each in a sentence."""
        return tuple(
            f"{folder / OVERRIDES_NAME} 第 {number} 行没有对上任何文件，请检查路径。"
            for folder, overrides in self.files
            for number in overrides.unmatched(
                [
                    Path(path).relative_to(folder).as_posix()
                    for path in paths
                    if is_within(path, folder)
                ]
            )
        )


def read_rules(files: Sequence[Path]) -> Rules:
    """Read these metadata.csv files, outer folders first; raises OverridesError."""
    return Rules(tuple((path.parent, read_overrides(path)) for path in files))
