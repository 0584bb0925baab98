"""Days, years and stretches of years as Chinese documents write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_ZEROS = "〇○◯零OoΟОо0"
"""What is typed for a zero among Chinese numerals; the last letters are Greek and Cyrillic."""
_DIGITS = {
    **dict.fromkeys(_ZEROS, 0),
    **{digit: n for n, digit in enumerate("一二三四五六七八九", 1)},
}
NUMERAL = f"[{''.join(_DIGITS)}]"
YEAR = rf"(?:1949|19[5-9]\d|20\d\d|一九四九|一九[五六七八九]{NUMERAL}|二[{_ZEROS}]{NUMERAL}{{2}})"
"""A year from 1949 to 2099, in either kind of digits."""
_ANY_YEAR = rf"(?:19\d\d|20\d\d|一九{NUMERAL}{{2}}|二[{_ZEROS}]{NUMERAL}{{2}})"

FIRST_YEAR = 1949
"""An earlier year is believed only of a document that is dated so, not for being named in it."""

_SMALL = r"(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2})"
_DAY = re.compile(
    rf"(?<!\d)(?P<year>{_ANY_YEAR})"
    rf"(?:年(?P<month>{_SMALL})月(?P<day>{_SMALL})日|(?P<sep>[-./])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?!\d))"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_YEAR = re.compile(rf"(?<![\d.])({YEAR})(?=年)")

DASH = r"(?:—+|–+|―+|─+|-+|~+|〜|至|到)"
"""What stands between the ends of a stretch, after `evidence.plain`."""
_SPAN = re.compile(rf"(?<!\d)(?P<first>{YEAR})年?度?\s*{DASH}\s*(?P<last>{YEAR}|\d\d(?=年))(?!\d)")

_ORDINAL = r"[一二三四五六七八九]|十[一二三四五六七八九]?"
_FIVE_YEARS = re.compile(
    rf"[“\"]({_ORDINAL})五[”\"]|第({_ORDINAL})个五年(?=规划|计划|時期|时期|期间|发展)"
    rf"|(?<![一二三四五六七八九十第])(十[一二三四五六七八九])五(?![一二三四五六七八九十年个届次条名项])"
    rf"|(?<![一二三四五六七八九十第])(十|[六七八九])五(?=规划|计划|时期|期间|发展规划)"
)
_PLAN_STARTS = {1: 1953, 2: 1958}
"""The first two five-year plans; the third began in 1966, and from then on none was late."""
_THIRD = 1966
_NUMERALS = {numeral: n for n, numeral in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True, slots=True)
class Day:
    """A date found in a text, with the stretch [start, end) it was read from."""

    value: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last year of a stretch of years, and the words that name it."""

    first: int
    last: int
    words: str


def days(text: str) -> Iterator[Day]:
    """The days named in `text`, in order; impossible ones (2月30日) are left out."""
    for match in _DAY.finditer(text):
        month, day = match["month"] or match["m"], match["day"] or match["d"]
        value = _possible(number(match["year"]), _small(month), _small(day))
        if value:
            yield Day(value, match.start(), match.end())


def compact_days(name: str) -> Iterator[Day]:
    """Days written as in file names: 20180524."""
    for match in _COMPACT.finditer(name):
        value = _possible(*(int(part) for part in match.groups()))
        if value:
            yield Day(value, match.start(), match.end())


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def years(text: str) -> tuple[int, ...]:
    """The years from 1949 on that `text` names with 年 after them, in order."""
    return tuple(number(year) for year in _YEAR.findall(text))


def spans(text: str) -> tuple[Span, ...]:
    """Stretches of years: 2021-2025年, 2021—25年, then “十四五”, 第十四个五年规划."""
    found = []
    for match in _SPAN.finditer(text):
        first, last = number(match["first"]), number(match["last"])
        last = first // 100 * 100 + last if last < 100 else last
        if first < last:
            found.append(Span(first, last, match[0]))
    for match in _FIVE_YEARS.finditer(text):
        first = _plan_start(ordinal(next(group for group in match.groups() if group)))
        found.append(Span(first, first + 4, match[0]))
    return tuple(found)


def without_spans(text: str) -> str:
    """`text` without the years that are the ends of a stretch."""
    return _SPAN.sub("", text)


def _plan_start(plan: int) -> int:
    return _PLAN_STARTS.get(plan, _THIRD + 5 * (plan - 3))


def ordinal(numeral: str) -> int:
    """十四 as 14."""
    tens, ten, ones = numeral.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def number(year: str) -> int:
    """二〇二四, 二○二四 or 2024 as 2024."""
    return int(year) if year.isascii() and year.isdigit() else _positional(year)


def _positional(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * 10 + (int(digit) if digit.isdecimal() else _DIGITS[digit])
    return value


def _small(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS[tens] if tens else 1) * 10 * bool(ten) + (_DIGITS[ones] if ones else 0)
