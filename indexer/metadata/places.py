"""Where a text names places: full and short names, and what a run of them means together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer import vocabulary
from indexer.vocabulary.regions import COUNTRY, Regions, regions

_WORDS_NOT_PLACES = frozenset(
    {"城区", "郊区", "矿区", "东区", "西区", "新城区", "新市区", "解放区"}
)
"""Names that are common nouns too: places only right behind the place they lie in."""

_CONTINUED = {
    "市": re.compile(r"场|值"),
    "县": re.compile(r"[级域城]"),
    "区": re.compile(r"[域间别块划]"),
    "州": re.compile(r"[级]"),
    "旗": re.compile(r"[帜舰]"),
}
"""What follows the last character of a name when the word goes on: 合作市|场, 平安区|域."""

_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name at [start, end) of a text; `codes` are the places that can be meant."""

    start: int
    end: int
    codes: tuple[str, ...]
    full: bool


@dataclass(frozen=True)
class _Names:
    """Names by their first two characters, for a scan that looks a pair up at each step."""

    codes: Mapping[str, tuple[str, ...]]
    full: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]


@cache
def _names() -> _Names:
    table = regions()
    codes = {name: table.candidates(name) for name in table.full_names if name != "全国"}
    for name in table.short_names:
        upper = tuple(code for code in table.candidates(name) if _is_upper(table, code))
        if upper and name not in codes:
            provinces = tuple(code for code in upper if code.endswith("0000"))
            codes[name] = provinces or upper
    lengths: dict[str, set[int]] = {}
    for name in codes:
        lengths.setdefault(name[:2], set()).add(len(name))
    return _Names(
        codes,
        frozenset(table.full_names),
        {pair: tuple(sorted(sizes, reverse=True)) for pair, sizes in lengths.items()},
    )


def _is_upper(table: Regions, code: str) -> bool:
    """A province or a prefecture in force: short names of counties are too often plain words."""
    place = table.get(code)
    return place is not None and place.current and code.endswith("00")


def mentions(text: str) -> Iterator[Mention]:
    """Names in `text`, longest first at each place, none within another."""
    names = _names()
    start, previous_end = 0, -1
    while start < len(text) - 1:
        for length in names.lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            found = names.codes.get(name)
            if found and _stands_alone(text, start, name, start == previous_end):
                previous_end = start + length
                yield Mention(start, previous_end, found, name in names.full)
                start = previous_end - 1
                break
        start += 1


def _stands_alone(text: str, start: int, name: str, behind_place: bool) -> bool:
    end = start + len(name)
    goes_on = _CONTINUED.get(name[-1])
    if goes_on and goes_on.match(text, end):
        return False
    if behind_place:
        return True
    if name in _WORDS_NOT_PLACES:
        return False
    # 和县, 理县, 成县 end other words (管理县级): a name that short needs a gap before it.
    return len(name) > 2 or name[-1] not in "县区市" or not _HAN.match(text[start - 1 : start])


@dataclass(frozen=True, slots=True)
class Named:
    """A run of names read together (河南省安阳市北关区): the places the last can mean."""

    start: int
    end: int
    codes: tuple[str, ...]
    full: bool


def named(text: str) -> Iterator[Named]:
    """Runs of names that lead downwards count as one, their last narrowed by the others."""
    run: Named | None = None
    for mention in mentions(text):
        if run is not None:
            below = within(mention.codes, run.codes)
            if below and text[run.end : mention.start].strip() == "":
                run = Named(run.start, mention.end, below, run.full or mention.full)
                continue
            yield run
        run = Named(mention.start, mention.end, mention.codes, mention.full)
    if run is not None:
        yield run


def within(codes: Iterable[str], above: Iterable[str]) -> tuple[str, ...]:
    """Those of `codes` that lie below one of `above`."""
    table, upper = regions(), set(above)
    return tuple(code for code in codes if upper.intersection(table.ancestors(code)[:-1]))


def counted(text: str) -> Counter[str]:
    """How often each place, or a place within it, is named beyond doubt by its full name."""
    table = regions()
    counts: Counter[str] = Counter()
    for run in named(text):
        if run.full and len(run.codes) == 1:
            counts.update(table.ancestors(run.codes[0]))
    return counts


_ISSUED = re.compile(r"(?:[^。《》]|《[^》]*》){0,60}?(?:印发|公布|发布|编写|下发|出台)")
_CITED = re.compile(r"贯彻|落实|根据|按照|依据|《[^》]*$")
_BRANCH = re.compile("国家税务总局|中国人民银行|国家统计局")
"""National bodies whose local branches bear the place behind the name: 国家税务总局河北省税务局."""


@cache
def _national() -> re.Pattern[str]:
    text = files(vocabulary).joinpath("national.txt").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    bodies = sorted((x for x in lines if x and not x.startswith("#")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, bodies)))


def national_actor(text: str) -> bool:
    """Whether `text` tells, in its own words, that a national body issued something."""
    return any(
        _ISSUED.match(text, match.end()) and not _CITED.search(text[: match.start()][-12:])
        for match in _national().finditer(text)
    )


def leading(text: str) -> Named | None:
    """The place, or national body, that `text` begins with."""
    if match := _national().match(text):
        branch = _BRANCH.match(text)
        if branch and (below := leading(text[branch.end() :])):
            return Named(0, branch.end() + below.end, below.codes, below.full)
        return Named(0, match.end(), (COUNTRY,), True)
    first = next(named(text[:60]), None)
    return first if first and first.start == 0 else None
