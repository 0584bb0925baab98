"""Kinds of documents, told by how their titles end."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

_AND_PLANS = re.compile(
    r"(?<=[结况报顾告])(?:以?及|[和暨与、])(?:\d{4}年|[二一][〇○零九]..年|下一?年|下半年|今后)?[^，。《》]{0,12}?"
    r"(?:计划|思路|安排|打算|谋划|要点|重点|展望)$"
)
"""What a report on one year says besides of the next: 2024年工作总结和2025年工作计划."""
_TRAILING = re.compile(r"(?:[（(〔\[【][^（(〔\[【]{0,30}[）)〕\]】]|_\d+|[\s.…》>”\"]+)$")


class YearRule(StrEnum):
    """Which year a kind of document answers for."""

    GIVEN = "given"
    COVERED = "covered"
    FIRST = "first"
    PLANNED = "planned"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Kind:
    label: str
    english: str
    ends: tuple[str, ...]
    has: tuple[str, ...]
    says: tuple[str, ...]
    year: YearRule
    examples: tuple[str, ...]


class Kinds:
    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self.all = kinds

    def of_title(self, title: str) -> Kind | None:
        """The kind with the longest ending that fits, else the first that has its words.

        What stands in brackets at the end of a title is passed over. A phrase within 《》 names
        another document and decides only when nothing stands outside.
        """
        bare = title.strip()
        while (shorter := _TRAILING.sub("", bare)) != bare:
            bare = shorter
        bare = _AND_PLANS.sub("", bare)
        outside = re.sub(r"《[^》]*》", "", title)
        named = next((k for k in self.all if any(part in outside for part in k.has)), None)
        if named and title.rstrip().endswith("》"):
            return named  # 解读《…办法》 is about the other document
        endings = [(len(end), kind) for kind in self.all for end in kind.ends if bare.endswith(end)]
        return max(endings, key=lambda ending: ending[0])[1] if endings else named

    def of_opening(self, text: str) -> Kind | None:
        """The first kind one of whose phrases stands in the opening lines."""
        return next((k for k in self.all if any(part in text for part in k.says)), None)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(kind.label for kind in self.all)

    def english(self, label: str) -> str | None:
        """What a kind is called in English; None for a label that is not in the list."""
        return next((kind.english for kind in self.all if kind.label == label), None)


@cache
def kinds() -> Kinds:
    """The list that ships with the package."""
    data = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8"))
    return Kinds(
        tuple(
            Kind(
                label=entry["label"],
                english=entry["english"],
                ends=tuple(entry["ends"]),
                has=tuple(entry["has"]),
                says=tuple(entry.get("says", ())),
                year=YearRule(entry["year"]),
                examples=tuple(entry["examples"]),
            )
            for entry in data["kind"]
        )
    )
