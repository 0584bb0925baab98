"""Days and years as Chinese documents write them, and the day on which one was signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indexer.metadata.evidence import Evidence

_ZEROS = "〇○◯零Oo0"
_DIGITS = {
    **dict.fromkeys(_ZEROS, 0),
    **{digit: n for n, digit in enumerate("一二三四五六七八九", 1)},
}
_HAN = f"[{''.join(_DIGITS)}]"
YEAR = rf"(?:1949|19[5-9]\d|20\d\d|一九[四五六七八九]{_HAN}|二[{_ZEROS}]{_HAN}{{2}})"
"""A year from 1949 to 2099, in either kind of digits."""

_SMALL = r"(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2})"
_DAY = re.compile(
    rf"(?<!\d)(?P<year>{YEAR})"
    rf"(?:年(?P<month>{_SMALL})月(?P<day>{_SMALL})日|(?P<sep>[-./])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?!\d))"
)
_YEAR = re.compile(rf"(?<![\d.])({YEAR})(?=年)")

_ADOPTED = re.compile(r"通过|公布|发布|修订|修正|修改|批准|颁布|令")
_IN_PASSING = re.compile(r".{0,4}?(?:施行|印发|起)")
_NOT_SIGNED = tuple("起前至以止，,、。；;：在经由的与和到召举～-—)）日后")
_VERB = re.compile(r"\S{0,30}?(?:印发|[发發]布|通[过過]|公布|施行|[会會][议議]|[实實]施|召[开開])")
_NOT_BEFORE = tuple("，,、于自至到从")
_SIGNED_AFTER = tuple("府厅局部会院室委办署组行团处所司）)")
_SIGNED_BY = re.compile(r"^$|(?:长|总理|主席|主任)\s*[\u4e00-\u9fff]{2,4}$")
_SESSION = re.compile(
    rf"(?:—|―|-|（|\(|\n)\s*(?={YEAR}年[^\s，,。]{{2,8}}日?[^，,。\n]{{0,14}}在[^，,。\n]{{2,40}}(?:大会|会议))"
)
_PUBLISHED = re.compile(r"^(?:\S{0,6}(?:时间|日期)[：:]?\s*)?(\d{4}[-./年]\d{1,2}[-./月]\d{1,2})")


@dataclass(frozen=True, slots=True)
class Day:
    """A date found in a text, with the stretch [start, end) it was read from."""

    value: date
    start: int
    end: int


def days(text: str) -> Iterator[Day]:
    """The days named in `text`, in order; impossible ones (2月30日) are left out."""
    for match in _DAY.finditer(text):
        month, day = match["month"] or match["m"], match["day"] or match["d"]
        try:
            value = date(number(match["year"]), _small(month), _small(day))
        except ValueError:
            continue
        yield Day(value, match.start(), match.end())


def years(text: str) -> tuple[int, ...]:
    """The years that `text` names with 年 after them, in order."""
    return tuple(number(year) for year in _YEAR.findall(text))


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


def find_date(evidence: Evidence) -> date | None:
    """The day of signature, else of the meeting, of adoption, else of publication on the web."""
    return (
        named_date(evidence)
        or session_date(evidence)
        or adoption_date(evidence)
        or signature_date(evidence)
        or publication_date(evidence)
    )


def named_date(evidence: Evidence) -> date | None:
    """The day that the title or the file name carries: 条例(2018-05-24)."""
    for name in (evidence.title, evidence.stem):
        found = list(days(name))
        if found:
            return found[-1].value
    return None


def session_date(evidence: Evidence) -> date | None:
    """The day under a speech's title: ——2026年2月3日在…人民代表大会第四次会议上."""
    opening = "\n" + evidence.head[:600]
    match = _SESSION.search(opening)
    if match is None:
        return None
    first = next(days(opening[match.start() : match.start() + 40]), None)
    return first.value if first else None


def adoption_date(evidence: Evidence) -> date | None:
    """The last of the days on which a law was passed, published or amended, from its heading."""
    heading = evidence.preamble
    found = [
        day.value
        for line in heading.split("\n")
        for day in days(line)
        if _ADOPTED.search(line[day.end : day.end + 60]) and not _IN_PASSING.match(line[day.end :])
    ]
    return max((*found, *_signatures(heading)), default=None)


def signature_date(evidence: Evidence) -> date | None:
    """The day under the text; under the letter that hands an annexed text round; or before annexes.

    Far from either end only a day right under a body's name is taken for a signature.
    """
    tail = list(_signatures(evidence.tail))
    if tail:
        return tail[-1]
    if head := next(_signatures(evidence.head), None):
        return head
    within = [
        day.value
        for day in days(evidence.body)
        if evidence.body[: day.start][-20:].rstrip(" \n").endswith(_SIGNED_AFTER)
        and evidence.body[day.end :].lstrip(" ").startswith(("\n", "附"))
    ]
    return within[-1] if within else None


def _signatures(text: str) -> Iterator[date]:
    for day in days(text):
        if "年" not in text[day.start : day.end]:
            continue  # 2024-04-26 is a web page's way to date itself, nobody signs so
        before = text[: day.start].rstrip(" ")
        after = text[day.end :].lstrip(" ")
        alone = before.endswith(("\n", "。", *_SIGNED_AFTER)) or _SIGNED_BY.search(before)
        ends_line = not after or after.startswith("\n")
        if ends_line:
            signed = not before.endswith(_NOT_BEFORE)
        else:
            signed = bool(alone) and not after.startswith(_NOT_SIGNED) and not _verb_follows(after)
        if signed:
            yield day.value


def _verb_follows(after: str) -> bool:
    return _VERB.match(after[:24]) is not None


def publication_date(evidence: Evidence) -> date | None:
    """The day that a web page gives near its top."""
    lines = [*evidence.lines[:12], *evidence.asides.split("\n")[:30]]
    labels = ("", *lines)
    for label, line in zip(labels, lines, strict=False):
        match = _PUBLISHED.match(line)
        if match and (len(line) < 30 or label.endswith(("：", ":"))):
            found = next(days(line), None)
            if found:
                return found.value
    return None
