"""Fills the slots of a template for one place and year.

Slots stand in braces: `{地}` a name from the voice, `{办事}` a wording that changes with the
years (phrases.toml), `{一|二}` either, `{20-80}` and `{1.5-3.5}` an invented figure within
the range, `{*20-80}` one that grows with the size of the region. A template that begins
with `2021-:` is only used for years from 2021.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

T = TypeVar("T")

SLOT = re.compile(r"\{([^{}]*)\}")
RANGE = re.compile(r"(\*?)([\d.]+)-([\d.]+)")
SINCE = re.compile(r"(\d{4})-: ")


@dataclass(frozen=True, slots=True)
class Level:
    """How a government of one level speaks of itself, of those above and of those below."""

    whole: str
    ours: str
    own: str
    above: str
    below: str
    bureau: str
    scale: int


LEVELS: Mapping[str, Level] = {
    "国家": Level("全国", "我国", "", "国家", "省（区、市）", "", 100),
    "省": Level("全省", "我省", "省", "国家", "市县", "厅", 25),
    "直辖市": Level("全市", "我市", "市", "国家", "区县", "局", 15),
    "市": Level("全市", "我市", "市", "省", "县（市、区）", "局", 5),
    "州": Level("全州", "我州", "州", "省", "县（市）", "局", 5),
    "县级市": Level("全市", "我市", "市", "省", "镇（街道）", "局", 1),
    "县": Level("全县", "我县", "县", "市", "乡镇", "局", 1),
    "区": Level("全区", "我区", "区", "市", "街道（乡镇）", "局", 1),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One wording of a slot, with the years and, where it has any, the provinces that use it."""

    slot: str
    text: str
    first: int = 0
    last: int = 9999
    provinces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, of which year. `names` holds the slots that mean one thing in a report."""

    province: str
    level: Level
    year: int
    names: Mapping[str, str]
    phrases: tuple[Phrase, ...]

    def of(self, year: int) -> Voice:
        """The same issuer speaking of another year."""
        return replace(self, year=year)


def pick(random: Random, choices: Sequence[T]) -> T:
    """One of the choices. Only `Random.random` is promised to stay the same between Pythons."""
    return choices[int(random.random() * len(choices))]


def sample(random: Random, choices: Sequence[T], count: int) -> list[T]:
    """At most `count` of the choices, in the order in which they were written."""
    return least(random, choices, count, lambda _: 0)


def least(random: Random, choices: Sequence[T], count: int, worn: Callable[[T], int]) -> list[T]:
    """As `sample`, but the less worn before the more worn."""
    keyed = sorted((worn(choice), random.random(), n) for n, choice in enumerate(choices))
    return [choices[n] for n in sorted(n for _, _, n in keyed[:count])]


def fitting(templates: Sequence[str], year: int) -> list[str]:
    """The templates that may be used for a year, without their marks."""
    kept = []
    for template in templates:
        since = SINCE.match(template)
        if since is None:
            kept.append(template)
        elif int(since[1]) <= year:
            kept.append(template[since.end() :])
    return kept


def fill(template: str, voice: Voice, random: Random) -> str:
    """The template with every slot filled; KeyError names a slot that nothing fills."""
    return SLOT.sub(lambda slot: _value(slot[1], voice, random), template)


def _value(slot: str, voice: Voice, random: Random) -> str:
    if "|" in slot:
        return pick(random, slot.split("|"))
    if bounds := RANGE.fullmatch(slot):
        scale = voice.level.scale if bounds[1] else 1
        return _figure(bounds[2], bounds[3], scale, random)
    match slot:
        case "年":
            return str(voice.year)
        case "去年":
            return str(voice.year - 1)
        case "明年":
            return str(voice.year + 1)
    if slot in voice.names:
        return voice.names[slot]
    return pick(random, _wordings(slot, voice))


def _figure(low: str, high: str, scale: int, random: Random) -> str:
    if "." in low:
        value = float(low) + random.random() * (float(high) - float(low))
        return f"{value * scale:.1f}"
    span = int(high) - int(low)
    return str(int((int(low) + random.random() * (span + 1)) * scale))


def _wordings(slot: str, voice: Voice) -> list[str]:
    timely = [p for p in voice.phrases if p.slot == slot and p.first <= voice.year <= p.last]
    local = [p.text for p in timely if voice.province in p.provinces]
    wordings = local or [p.text for p in timely if not p.provinces]
    if not wordings:
        raise KeyError(f"{slot} ({voice.year})")
    return wordings
