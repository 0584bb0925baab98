"""The year that a report answers for, by the rule of its kind; every rule falls back on the date.

A work report's is the year it is given in, an annual report's the year it covers, a plan's its
first, any other document's the year of its date.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from indexer.metadata.dates import YEAR, days, number, session_date, years
from indexer.metadata.evidence import Evidence
from indexer.vocabulary.kinds import Kind, YearRule

_BARE = re.compile(rf"(?<!\d)({YEAR})(?!\d)")
_DATED = re.compile(rf"{YEAR}年(?=[\d一二三四五六七八九十]{{1,3}}月)")
_OF_A_YEAR = re.compile(rf"{YEAR}年度")
_SPAN = re.compile(rf"(?<!\d)({YEAR})年?\s*(?:—+|-+|~|至|到)\s*{YEAR}")
_FIVE_YEARS = re.compile(r"[“\"]?十([一二三四五六七])五[”\"]?")
_FIRST_OF_TENTH = 2001
_REVIEWED = re.compile(
    rf"({YEAR})年(?:的)?(?:工作|政府工作|主要工作|国内工作|经济社会发展)\S{{0,6}}(?:回顾|总结)"
)
_JUST_PAST = re.compile(rf"(?:刚刚)?过去的({YEAR})年")
_SINCE = re.compile(
    r"从[^，。第]{0,6}第([一二三四五六七八九十]+)届全国人民代表大会第([一二三四五六七八九十]+)次会议[^。]{0,20}已经(?:整整)?(?:过去了?)?([一二三四五])年"
)
"""From a session until this one: not the session the document is of, but a distance from it."""
_ASKED = re.compile(rf"报告\S{{0,6}}提出的({YEAR})年")
_CONGRESS = re.compile(
    r"第([一二三四五六七八九十]+)届全国人民代表大会第([一二三四五六])次会议(?!以来|以后|选举|产生|决定|批准|闭幕|到)"
)
_OPENING = 120
"""Characters in which a document says of which session it is; later ones are looked back on."""
_LOOKING_BACK = 600
_NUMERALS = {numeral: n for n, numeral in enumerate("一二三四五六七八九十", 1)}
_EARLY_SESSIONS = {
    1: (1954, 1955, 1956, 1957, 1958),
    2: (1959, 1960, 1962, 1963),
    3: (1964,),
    4: (1975,),
    5: (1978, 1979, 1980, 1981, 1982),
}
"""Years of the sessions of the first five National People's Congresses."""
_SIXTH = 1983
"""From the sixth on, a congress sits every year for five years."""


def find_year(evidence: Evidence, kind: Kind | None, signed: date | None) -> int | None:
    """The year, or None. `signed` is the document's date, if it has one."""
    rule = (
        kind.year
        if kind
        else YearRule.COVERED
        if _OF_A_YEAR.search(evidence.title)
        else YearRule.DATE
    )
    if rule is YearRule.GIVEN:
        found = _given(evidence)
    elif rule is YearRule.COVERED:
        found = _covered(evidence, signed)
    elif rule is YearRule.FIRST:
        found = _first(evidence)
    else:
        found = None
    return found or _dated(evidence, signed)


def _given(evidence: Evidence) -> int | None:
    if meeting := session_date(evidence):
        return meeting.year
    named = _named(evidence)
    if named:
        return named
    if since := _SINCE.search(evidence.head[:_LOOKING_BACK]):
        start = _session_year(since[1], since[2])
        return start + _NUMERALS[since[3]] if start else None
    reviewed = _REVIEWED.search(evidence.head) or _JUST_PAST.search(evidence.head[:_LOOKING_BACK])
    return number(reviewed[1]) + 1 if reviewed else _session(evidence.head[:_OPENING])


def _covered(evidence: Evidence, signed: date | None) -> int | None:
    """From the title; else the year most spoken of at the start and in the headings.

    It must be the year of the date or the one before: older ones are compared with.
    """
    titled = _last(_BARE.findall(evidence.title))
    if titled:
        return titled
    opening = _DATED.sub("", "\n".join((evidence.body[:400], *evidence.headings)))
    spoken = Counter(years(opening))
    spoken.update(years(evidence.stem))
    if signed:
        spoken = Counter({y: n for y, n in spoken.items() if signed.year - 1 <= y <= signed.year})
    if spoken:
        return max(spoken.items(), key=lambda item: (item[1], item[0]))[0]
    return _last(_BARE.findall(evidence.stem))


def _first(evidence: Evidence) -> int | None:
    for name in (evidence.title, evidence.stem):
        if span := _SPAN.search(name):
            return number(span[1])
        if plan := _FIVE_YEARS.search(name):
            return _FIRST_OF_TENTH + 5 * (_NUMERALS[plan[1]])
    span = _SPAN.search(evidence.head[:600])
    return number(span[1]) if span else None


def _dated(evidence: Evidence, signed: date | None) -> int | None:
    if signed:
        return signed.year
    return (
        _named(evidence)
        or _asked(evidence)
        or _session(f"{evidence.title}\n{evidence.head[:_OPENING]}")
        or _folder(evidence)
    )


def _named(evidence: Evidence) -> int | None:
    """The year in the title or the file name; not one that belongs to a span or to a plan."""
    for name in (evidence.title, evidence.stem):
        for day in days(name):
            return day.value.year
        found = _BARE.findall(_SPAN.sub("", name))
        if found:
            return number(found[0])
    return None


def _asked(evidence: Evidence) -> int | None:
    """Of a resolution on a report: the year whose tasks it approves."""
    match = _ASKED.search(evidence.head[:400])
    return number(match[1]) if match else None


def _session(text: str) -> int | None:
    """The year of the National People's Congress that the text is of."""
    match = _CONGRESS.search(text)
    if match is None:
        return None
    return _session_year(match[1], match[2])


def _session_year(of_congress: str, of_session: str) -> int | None:
    tens, ten, ones = of_congress.rpartition("十")
    congress = (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)
    session = _NUMERALS.get(of_session, 0)
    if early := _EARLY_SESSIONS.get(congress):
        return early[session - 1] if 1 <= session <= len(early) else None
    return _SIXTH + 5 * (congress - 6) + session - 1 if 1 <= session <= 5 else None


def _folder(evidence: Evidence) -> int | None:
    return next((number(y) for name in evidence.folders for y in _BARE.findall(name)), None)


def _last(found: list[str]) -> int | None:
    return number(found[-1]) if found else None
