"""All the metadata.csv files of a run, as one set of rules.

A row for a report's id stands above one for its path, and that above a pattern. Rows that name a
report or a path must agree, in whatever file they are; of patterns those of the innermost file
that fit have the last word, and must agree among themselves.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from indexer.metadata.cells import Value, write_cell
from indexer.metadata.overrides import Overrides, Row, as_path, check_agreement, read_overrides
from indexer.report import Ground, Metadata, Place, Region
from indexer.scanning import is_within

Sourced = tuple[Path, Row]
"""A row and the metadata.csv that it stands in."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Metadata with what people say of it, and the grounds for what they say.

    `clashes` tell of copies of a file for which patterns or paths say different things.
    """

    metadata: Metadata
    grounds: tuple[Ground, ...] = ()
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What people settled by hand; each file speaks of what lies beside and below it."""

    files: tuple[Overrides, ...]

    def settle(self, report: str, metadata: Metadata, paths: Sequence[str]) -> Settled:
        """The metadata in force of a report that stands at these absolute paths.

        Raises OverridesError if two rows of one sort contradict each other.
        """
        if not self.files:
            return Settled(metadata)
        chosen: dict[str, Sourced] = {}
        clashes: list[str] = []
        for pick in (self._patterns, self._exact):
            here: dict[str, Sourced] = {}
            for path in paths:
                for field, source in pick(path).items():
                    other = here.setdefault(field, source)
                    if other[1].values[field] != source[1].values[field]:
                        clashes.append(_clash(field, other, source))
                    here[field] = source
            chosen |= here
        for source in self._by_id.get(report, ()):
            if any(is_within(path, source[0].parent) for path in paths):
                chosen |= dict.fromkeys(source[1].values, source)
        # The columns are the names of the fields, and their readers give what those hold.
        values: dict[str, Any] = {field: row.values[field] for field, (_, row) in chosen.items()}
        return Settled(
            replace(metadata, **values),
            tuple(_grounds(chosen)),
            tuple(clashes),
        )

    def check(self, paths: Iterable[str]) -> None:
        """Raise OverridesError if rules for one of these paths contradict each other."""
        if self.files:
            for path in paths:
                self._patterns(path)
                self._exact(path)

    def unmatched(
        self, paths: Iterable[str], paths_of: Callable[[str], Sequence[str]]
    ) -> tuple[str, ...]:
        """What rows speak of no file among these absolute paths, each in a sentence.

        `paths_of` gives the paths of a report by its id, () if there is none.
        """
        if not self.files:
            return ()
        below: dict[Path, list[str]] = {overrides.path: [] for overrides in self.files}
        for path in paths:
            for overrides, relative in self._over(path):
                below[overrides.path].append(relative)
        return tuple(
            sentence
            for overrides in self.files
            for sentence in _unmatched(overrides, below[overrides.path], paths_of)
        )

    def _patterns(self, path: str) -> dict[str, Sourced]:
        chosen: dict[str, Sourced] = {}
        for overrides, relative in self._over(path):
            rows = [(overrides.path, row) for row in overrides.matching(relative)]
            check_agreement(rows, relative)
            for source in rows:
                chosen |= dict.fromkeys(source[1].values, source)
        return chosen

    def _exact(self, path: str) -> dict[str, Sourced]:
        rows = [
            (overrides.path, row)
            for overrides, relative in self._over(path)
            for row in overrides.exact(relative)
        ]
        check_agreement(rows, path)
        return {field: source for source in rows for field in source[1].values}

    def _over(self, path: str) -> list[tuple[Overrides, str]]:
        """The files that speak of a path, outer ones first, with the path below their folder."""
        found = []
        end = path.rfind(os.sep)
        while end >= 0:
            if overrides := self._by_folder.get(path[:end] or os.sep):
                found.append((overrides, as_path(path[end + 1 :])))
            end = path.rfind(os.sep, 0, end)
        return found[::-1]

    @cached_property
    def _by_folder(self) -> Mapping[str, Overrides]:
        return {str(overrides.path.parent): overrides for overrides in self.files}

    @cached_property
    def _by_id(self) -> Mapping[str, tuple[Sourced, ...]]:
        found: dict[str, tuple[Sourced, ...]] = {}
        for overrides in self.files:
            for row in overrides.rows:
                if row.id:
                    found[row.id] = (*found.get(row.id, ()), (overrides.path, row))
        return found

    def check_ids(self) -> None:
        """Raise OverridesError if two rows say different things of one report."""
        for sources in self._by_id.values():
            check_agreement(sources)


def read_rules(files: Iterable[Path]) -> Rules:
    """Read these metadata.csv files; raises OverridesError."""
    return rules_of(read_overrides(path) for path in files)


def rules_of(files: Iterable[Overrides]) -> Rules:
    """These files as one set of rules; raises OverridesError if rows contradict each other."""
    rules = Rules(tuple(files))
    rules.check_ids()
    return rules


def _grounds(chosen: Mapping[str, Sourced]) -> Iterator[Ground]:
    for field, (path, row) in chosen.items():
        for value in _each(row.values[field]):
            yield Ground(
                field, value, row.cells[field], Place.OVERRIDE, file=str(path), row=row.number
            )


def _each(value: Value) -> tuple[str, ...]:
    match value:
        case Region():
            return (value.code,)
        case tuple():
            return value or ("",)
        case _:
            return (write_cell("", value),)


def _clash(field: str, one: Sourced, other: Sourced) -> str:
    return (
        f"{other[0]} 第 {other[1].number} 行与 {one[0]} 第 {one[1].number} 行对同一份报告的两处文件"
        f"说法不同（“{field}”列），现取前者。要定下来，请写一行带 id 的。"
    )


def _unmatched(
    overrides: Overrides, below: Sequence[str], paths_of: Callable[[str], Sequence[str]]
) -> Iterator[str]:
    here = set(below)
    spoken_for = {row.number for wanted, row in overrides.patterns if any(map(wanted.match, below))}
    folder = overrides.path.parent
    for row in overrides.rows:
        if row.id:
            if not any(is_within(path, folder) for path in paths_of(row.id)):
                yield (
                    f"{overrides.path} 第 {row.number} 行的编号 {row.id} 没有对上这里的报告。"
                    "文件的内容一变，编号就变。"
                )
        elif row.file not in here and row.number not in spoken_for:
            yield f"{overrides.path} 第 {row.number} 行没有对上任何文件，请检查路径。"
