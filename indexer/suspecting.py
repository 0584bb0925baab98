"""Reports whose metadata is weak or contradicts itself, so that a person can settle it.

What a person has settled is not suspected any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from indexer.metadata.places import leading
from indexer.records import Described
from indexer.report import Ground, Place
from indexer.vocabulary.kinds import YearRule, kinds
from indexer.vocabulary.regions import COUNTRY, regions

_CHINESE = re.compile("[\u4e00-\u9fff]")
_LEAST = 4
"""Chinese characters without which a title names nothing."""
_SAYS_NOTHING = re.compile(
    r"(?:政府工作报告|工作报告|工作总结|工作要点|通知|报告|公告|通告|意见|附件|正文|文件|扫描件?|新建\S{0,10}文档)\W*\d*"
)
_LATE = 3
"""Years after what it covers in which a report may still be signed."""
_AHEAD = (YearRule.FIRST, YearRule.PLANNED, YearRule.GIVEN)
"""Kinds that may be signed before the year they are for."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field that may be wrong, and why, in words."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """A report with what is doubtful of it."""

    known: Described
    doubts: tuple[Doubt, ...]


def suspects(reports: Iterable[Described], today: date) -> Iterator[Suspect]:
    """Those of the reports of which something is doubtful, by path."""
    for known in sorted(reports, key=lambda known: known.paths):
        settled = {ground.field for ground in known.settled}
        doubts = tuple(
            doubt for look in _LOOKS for doubt in look(known, today) if doubt.field not in settled
        )
        if doubts:
            yield Suspect(known, doubts)


def _undecided(known: Described, today: date) -> Iterator[Doubt]:
    if known.metadata.region is None:
        yield Doubt("region", "地区未定")
    if known.metadata.year is None:
        yield Doubt("year", "年份未定")


def _weak_title(known: Described, today: date) -> Iterator[Doubt]:
    title = known.metadata.title
    ground = _ground(known, "title")
    if ground and ground.place is Place.TEXT and title.endswith("…"):
        yield Doubt("title", "没有找到标题，用的是正文开头的话")
    elif len(_CHINESE.findall(title)) < _LEAST:
        whence = "和文件名一样" if ground and ground.place is Place.FILE_NAME else ""
        yield Doubt("title", f"标题{whence}看不出是什么：{title}")
    elif _SAYS_NOTHING.fullmatch(title):
        yield Doubt("title", f"标题没有写明是谁的、哪一年的：{title}")


def _weak_region(known: Described, today: date) -> Iterator[Doubt]:
    ground = _ground(known, "region")
    if ground and ground.place is Place.TEXT and not _is_issuers(known):
        yield Doubt("region", f"地区只是从正文里提到的地名推定的（{ground.words}）")


def _is_issuers(known: Described) -> bool:
    """Whether the issuer's own name says the region."""
    region, issuer = known.metadata.region, known.metadata.issuer
    name = leading(issuer) if issuer else None
    return bool(name and region and region.code in name.codes)


def _weak_year(known: Described, today: date) -> Iterator[Doubt]:
    """A kind of document that answers for a year of its own, and only its date tells one."""
    year, day = _ground(known, "year"), _ground(known, "date")
    rule = _rule(known)
    by_date = year and day and (year.words, year.place) == (day.words, day.place)
    if day and by_date and rule not in (None, YearRule.DATE, *_AHEAD):
        yield Doubt("year", f"年份只是照日期定的（{day.words}），标题没有写明是哪一年的")


def _future(known: Described, today: date) -> Iterator[Doubt]:
    year, day = known.metadata.year, known.metadata.date
    if year and year > today.year:
        yield Doubt("year", f"年份在将来：{year}")
    if day and day > today.isoformat():
        yield Doubt("date", f"日期在将来：{day}")


def _unlike_issuer(known: Described, today: date) -> Iterator[Doubt]:
    region, issuer = known.metadata.region, known.metadata.issuer
    if region is None or issuer is None:
        return
    named = [leading(body) for body in issuer.split("、")]
    codes = {name.codes for name in named if name}
    if len(named) != 1 or len(codes) != 1:
        return  # several bodies speak for what holds them all
    (bearers,) = codes
    if bearers and not any(_related(code, region.code) for code in bearers):
        yield Doubt("region", f"发文机关（{issuer}）不在这个地区（{''.join(region.names)}）")


def _unlike_folder(known: Described, today: date) -> Iterator[Doubt]:
    """The names of folders tell a province, and it is another one."""
    region = known.metadata.region
    ground = _ground(known, "region")
    if region is None or region.code == COUNTRY or (ground and ground.place is Place.FOLDER):
        return
    for path in known.paths[:1]:
        for folder in reversed(PurePath(path).parent.parts):
            name = leading(folder)
            if name and name.full and len(name.codes) == 1 and name.codes[0] != COUNTRY:
                if not _related(name.codes[0], region.code):
                    found = "".join(region.names)
                    yield Doubt("region", f"放在“{folder}”文件夹里，地区却是{found}")
                return


def _unlike_date(known: Described, today: date) -> Iterator[Doubt]:
    year, day = known.metadata.year, known.metadata.date
    if year is None or day is None:
        return
    signed, rule = int(day[:4]), _rule(known)
    if signed < year and rule not in _AHEAD:
        yield Doubt("date", f"日期（{day}）早于它所针对的年份（{year}）")
    elif signed + 1 < year:
        yield Doubt("date", f"日期（{day}）比它所针对的年份（{year}）早了一年以上")
    elif rule is YearRule.COVERED and signed > year + _LATE:
        yield Doubt("year", f"日期（{day}）比它所针对的年份（{year}）晚了{signed - year}年")


_LOOKS: tuple[Callable[[Described, date], Iterator[Doubt]], ...] = (
    _undecided,
    _weak_title,
    _weak_region,
    _weak_year,
    _future,
    _unlike_issuer,
    _unlike_folder,
    _unlike_date,
)


def _ground(known: Described, field: str) -> Ground | None:
    return next((ground for ground in known.seen if ground.field == field), None)


def _rule(known: Described) -> YearRule | None:
    label = known.metadata.kind
    return next((kind.year for kind in kinds().all if kind.label == label), None)


def _related(one: str, other: str) -> bool:
    """Whether one region is the other, or lies in it, or is followed by it."""
    table = regions()
    if one == COUNTRY or other == COUNTRY:
        return one == other
    return one in table.ancestors(other) or other in table.ancestors(one)
