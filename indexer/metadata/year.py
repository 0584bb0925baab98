"""The year that a report answers for, by the rule of its kind; every rule falls back on the date.

A work report's is the year it is given in, an annual report's the year it covers, a plan's its
first, any other document's the year of its date; a notice that hands a plan round is dated as a
notice. What has no date is dated by its number, by a year in its name, and at last by the day
from which it is in force.

A year that is only named must be one that may be meant: not one to come (到2035年), not one
before 1949, and none that a stretch of years ends with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from indexer.metadata.congresses import session_year
from indexer.metadata.dates import (
    YEAR,
    days,
    number,
    ordinal,
    spans,
    without_spans,
    years,
)
from indexer.metadata.document_number import year_of
from indexer.metadata.evidence import Evidence
from indexer.metadata.finding import Finding, Place
from indexer.metadata.signing import session
from indexer.vocabulary.kinds import Kind, YearRule

_BARE = re.compile(rf"(?<!\d)({YEAR})(?!\d)")
_AIM = re.compile(
    rf"(?:面向|迈向|奔向|展望|(?<![截止])(?:到|至))\s*{YEAR}年?"
    rf"|{YEAR}年?(?:前(?!.{{0,3}}(?:季度|半年|月|阶段))|之前|以前|远景|愿景|中长期|目标)"
)
"""A year that is aimed at: 到2035年, 2035年远景目标, 2030年前碳达峰."""
_SINCE_THEN = re.compile(rf"{YEAR}年(?:以来|起|以后|开始)")
_PLANNED = re.compile(
    rf"(?<!\d){YEAR}年?度?(?:[^\d。，]{{0,12}}?(?:计划|安排|思路|打算|要点|谋划|展望|重点工作|工作重点|主要任务|预算|预期))"
    r"(?!执行|完成|落实|实施)"
)
"""In the title of a report on one year, the next, for which it makes plans."""
_FOR_A_YEAR = re.compile(
    rf"(?<!\d)({YEAR})年?度?[^\d]{{0,40}}(?:计划|要点|安排|任务分工|重点任务)(?:的?通知)?(?:[（(].*)?$"
)
_DATED = re.compile(rf"{YEAR}年(?=[\d一二三四五六七八九十]{{1,3}}月)")
_OF_A_YEAR = re.compile(rf"{YEAR}年度")
_OLD = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,12}(?:政府|[区省市县部厅局院会]))?(1[89]\d\d)年度?(?=[\u4e00-\u9fff])"
)
_REVIEWED = re.compile(
    rf"({YEAR})年(?:的)?(?:工作|政府工作|主要工作|国内工作|经济社会发展)\S{{0,6}}(?:回顾|总结)"
)
_JUST_PAST = re.compile(rf"(?:刚刚)?过去的({YEAR})年")
_TASKS = re.compile(
    rf"(?:^|\n)[^\n。]{{0,8}}({YEAR})年(?:的)?[^\n。]{{0,12}}(?:部署|安排|任务|要求|目标|重点|主要工作|重点工作|工作)[^\n。，]{{0,12}}(?=\n|$)"
)
_SINCE = re.compile(
    r"从[^，。第]{0,6}第([一二三四五六七八九十]+)届全国人民代表大会第([一二三四五六七八九十]+)次会议[^。]{0,20}已经(?:整整)?(?:过去了?)?([一二三四五])年"
    r"|第([一二三四五六七八九十]+)届全国人民代表大会第([一二三四五六七八九十]+)次会议以来的?([一二三四五])年"
)
"""From a session until this one: not the session the document is of, but a distance from it."""
_ASKED = re.compile(rf"报告\S{{0,6}}提出的({YEAR})年")
_CONGRESS = re.compile(
    r"第([一二三四五六七八九十]+)届全国人民代表大会第([一二三四五六])次会议(?!以来|以后|选举|产生|决定|批准|闭幕|到)"
)
_IN_FORCE = re.compile(
    rf"本?(?:办法|规定|条例|细则|规则|规程|准则|章程|意见|措施|政策|制度|方案|通知|标准|法|规范)?\s*"
    rf"自\s*(?={YEAR}年[\d一二三四五六七八九十]{{1,3}}月)"
)
_FROM = re.compile(r"\s*(?:起|之日起)\s*(?:施行|实施|执行|生效)|\s*(?:施行|实施|执行|生效)")
_BEFORE_FORCE = timedelta(days=40)
"""Rules come into force 30 days after they are published at the earliest (行政法规制定程序条例
第二十九条, 规章制定程序条例第三十二条), and hardly ever on the very first day that they may."""
_OFF = 1
"""Years by which the year reckoned from that day may be off."""
_OPENING = 120
"""Characters in which a document says of which session it is; later ones are looked back on."""
_LOOKING_BACK = 600
_COVERED = 400


def find_year(
    evidence: Evidence,
    kind: Kind | None,
    signed: Finding[date] | None,
    issued_as: Finding[str] | None,
) -> Finding[int] | None:
    """The year, or None. `signed` is the document's date, `issued_as` its number, if it has one."""
    rule = _rule(evidence, kind)
    if rule is YearRule.GIVEN:
        found = _given(evidence)
    elif rule is YearRule.COVERED:
        found = _covered(evidence, signed)
    elif rule is YearRule.FIRST:
        found = _first(evidence)
    elif rule is YearRule.PLANNED:
        found = _planned(evidence)
    else:
        found = None
    return found or next(_dated(evidence, signed, issued_as), None)


def _rule(evidence: Evidence, kind: Kind | None) -> YearRule:
    if kind:
        return kind.year
    whole = not evidence.title.endswith("…")
    return YearRule.COVERED if whole and _OF_A_YEAR.search(evidence.title) else YearRule.DATE


def _given(evidence: Evidence) -> Finding[int] | None:
    if meeting := session(evidence):
        return Finding(meeting.value.year, meeting.words, meeting.place)
    if named := _named(evidence):
        return named
    opening = evidence.head[:_LOOKING_BACK]
    if since := _SINCE.search(opening):
        congress, at, passed = (group for group in since.groups() if group)
        start = session_year(ordinal(congress), ordinal(at))
        return Finding(start + ordinal(passed), since[0], Place.TEXT) if start else None
    if reviewed := _REVIEWED.search(evidence.head) or _JUST_PAST.search(opening):
        return Finding(number(reviewed[1]) + 1, reviewed[0], Place.TEXT)
    return _of_session(evidence.head[:_OPENING]) or _tasks(evidence)


def _tasks(evidence: Evidence) -> Finding[int] | None:
    """The year that a heading sets tasks for: 二、2005年工作总体部署."""
    found = [match for line in evidence.headings if (match := _TASKS.search(line))]
    if not found:
        return None
    return Finding(number(found[0][1]), found[0][0].strip(), Place.TEXT)


def _covered(evidence: Evidence, signed: Finding[date] | None) -> Finding[int] | None:
    """From the title; else the year most spoken of at the start and in the headings.

    It must be the year of the date or the one before: older ones are compared with.
    """
    if titled := _covered_in(evidence, evidence.title, Place.TITLE):
        return titled
    opening = _DATED.sub("", "\n".join((evidence.body[:_COVERED], *evidence.headings)))
    spoken = Counter(year for year in years(opening) if evidence.usual(year))
    spoken.update(year for year in years(evidence.stem) if evidence.usual(year))
    if signed:
        last = signed.value.year
        spoken = Counter({y: n for y, n in spoken.items() if last - 1 <= y <= last})
    if spoken:
        year = max(spoken.items(), key=lambda item: (item[1], item[0]))[0]
        if words := _said(opening, year):
            return Finding(year, words, Place.TEXT)
        return Finding(year, _said(evidence.stem, year), Place.FILE_NAME)
    return _covered_in(evidence, evidence.stem, Place.FILE_NAME)


def _covered_in(evidence: Evidence, name: str, place: Place) -> Finding[int] | None:
    """The last year that a title looks back on; what it plans for besides is not covered yet."""
    if covered := _old(evidence, name, place):
        return covered
    looked_back = _PLANNED.sub("", name)
    for text in (looked_back, name):
        if named := _meant(evidence, without_spans(text)):
            return Finding(number(named[-1]), named[-1], place)
    over = [span for span in spans(looked_back) if evidence.usual(span.last)]
    return Finding(over[-1].last, over[-1].words, place) if over else None


def _old(evidence: Evidence, name: str, place: Place) -> Finding[int] | None:
    """The year of a report of before 1949: believed where the title begins with it."""
    match = _OLD.match(name)
    if match is None or evidence.usual(int(match[1])) or int(match[1]) > evidence.latest:
        return None
    return Finding(int(match[1]), match[0], place)


def _meant(evidence: Evidence, text: str) -> list[str]:
    bare = _SINCE_THEN.sub("", _AIM.sub("", text))
    return [year for year in _BARE.findall(bare) if evidence.usual(number(year))]


def _said(text: str, year: int) -> str:
    """The year as `text` writes it first; "" if it does not."""
    return next((found[0] for found in _BARE.finditer(text) if number(found[1]) == year), "")


def _first(evidence: Evidence) -> Finding[int] | None:
    """A plan's first year: of the stretch that its name gives, or that its opening does."""
    if spanned := _spanned(evidence):
        return spanned
    for span in spans(evidence.head[:_LOOKING_BACK]):
        if evidence.usual(span.first):
            return Finding(span.first, span.words, Place.TEXT)
    return None


def _spanned(evidence: Evidence) -> Finding[int] | None:
    for name, place in _names(evidence):
        for span in spans(name):
            if evidence.usual(span.first):
                return Finding(span.first, span.words, place)
    return None


def _planned(evidence: Evidence) -> Finding[int] | None:
    """Of measures: the first year that the name says they are for; else they go by their date."""
    if spanned := _spanned(evidence):
        return spanned
    for name, place in _names(evidence):
        match = _FOR_A_YEAR.search(without_spans(_AIM.sub("", name)))
        if match and evidence.usual(number(match[1])):
            return Finding(number(match[1]), match[0], place)
    return None


def _names(evidence: Evidence) -> tuple[tuple[str, Place], ...]:
    return (evidence.title, Place.TITLE), (evidence.stem, Place.FILE_NAME)


def _dated(
    evidence: Evidence, signed: Finding[date] | None, issued_as: Finding[str] | None
) -> Iterator[Finding[int]]:
    """Years that a document goes by where its kind has no other, the most trusted first."""
    if signed:
        yield Finding(signed.value.year, signed.words, signed.place)
    if issued_as and (year := year_of(issued_as.value)) and evidence.usual(year):
        yield Finding(year, issued_as.words, issued_as.place)
    named, in_force = _named(evidence), _in_force(evidence)
    filed = named is not None and named.place is Place.FILE_NAME
    if named and filed and in_force and abs(named.value - in_force.value) > _OFF:
        # It is filed under the year of an older text, or of the page that it came from.
        yield in_force
    if named:
        yield named
    if asked := _ASKED.search(evidence.head[:_COVERED]):
        # A resolution on a report approves the tasks of the year that it is passed in.
        yield Finding(number(asked[1]), asked[0], Place.TEXT)
    if sitting := _of_session(f"{evidence.title}\n{evidence.head[:_OPENING]}"):
        yield sitting
    if in_force:
        yield in_force
    for folder in evidence.folders:
        for named_so in _meant(evidence, folder):
            yield Finding(number(named_so), named_so, Place.FOLDER)


def _named(evidence: Evidence) -> Finding[int] | None:
    """The year in the title or the file name; not one that belongs to a stretch or to an aim."""
    for name, place in _names(evidence):
        if old := _old(evidence, name, place):
            return old
        for text in (_PLANNED.sub("", without_spans(name)), without_spans(name)):
            found = _meant(evidence, text)
            if found:
                return Finding(number(found[0]), found[0], place)
    return None


def _in_force(evidence: Evidence) -> Finding[int] | None:
    """The year in which rules must have been published to be in force on the day they say."""
    tail = evidence.tail
    for match in _IN_FORCE.finditer(tail):
        day = next(days(tail[match.end() : match.end() + 20]), None)
        if day is None or not _FROM.match(tail, match.end() + day.end):
            continue
        published = (day.value - _BEFORE_FORCE).year
        if evidence.usual(published):
            return Finding(published, tail[match.start() : match.end() + day.end], Place.TEXT)
    return None


def _of_session(text: str) -> Finding[int] | None:
    """The year of the National People's Congress that the text is of."""
    match = _CONGRESS.search(text)
    year = session_year(ordinal(match[1]), ordinal(match[2])) if match else None
    return Finding(year, match[0], Place.TEXT) if match and year else None
