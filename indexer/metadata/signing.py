"""The day a document bears: signed, given, passed or published; what a citation gives.

A day beyond the years that anything may name (`Evidence.usual`) counts only where a body or a
person stands right over it, where a meeting is said to be held on it, or in a name's brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from indexer.extract import marks
from indexer.metadata.dates import YEAR, Day, compact_days, days
from indexer.metadata.document_number import year_of
from indexer.metadata.evidence import Evidence
from indexer.metadata.finding import Finding, Place

_ADOPTED = re.compile(r"通过|公布|发布|修订|修正|修改|批准|颁布|令")
_IN_PASSING = re.compile(r".{0,4}?(?:施行|印发|起)")
_NOT_SIGNED = tuple("起前至以止，,、。；;：在经由的与和到召举～-—)）日后")
_VERB = re.compile(r"\S{0,30}?(?:印发|[发發]布|通[过過]|公布|施行|[会會][议議]|[实實]施|召[开開])")
_NOT_BEFORE = tuple("，,、于自至到从")
_COMES_INTO_FORCE = re.compile(r"\s*起?(?:施行|实施)")
_SIGNED_AFTER = tuple("府厅局部会院室委办署组行团处所司）)")
_SIGNED_BY = re.compile(r"(?:长|总理|主席|主任)\s*[\u4e00-\u9fff]{2,4}$")
_SESSION = re.compile(
    rf"(?:—|―|─|-|（|\(|\n)\s*(?={YEAR}年[^\s，,。]{{2,8}}日?[^，,。\n]{{0,14}}在[^，,。\n]{{2,40}}(?:大会|会议))"
)
_HANDED_ROUND = re.compile(r"印发|转发|批转|公布|发布|下发")
"""What a title says where a letter stands over another document, signed itself perhaps."""
_TOP = 4
"""Lines at the start among which a page's own day stands."""
_TIME = re.compile(r"\s*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?")
_SHOWN = 60
"""Characters of a heading's line that are kept as evidence."""
_OVER = 20
"""Characters before a day in which the name of the body that signed ends."""
_BRACKETED = re.compile(r"[（(〔\[【]\s*$")
_STARTS_NAME = re.compile(r"[_\-\s.—]|$")
_LABELLED = re.compile(r"(?:成文|签发|制发|生成|印发)(?:日期|时间)\s*[：:]?\s*(?=\d{4})")
_IMPRINT = re.compile(r"\s*印发?\s*(?:\n|$)")
_PUBLISHED = re.compile(r"^(?:\S{0,6}(?:时间|日期)[：:]?\s*)?(\d{4}[-./年]\d{1,2}[-./月]\d{1,2})")


def find_date(evidence: Evidence, number: Finding[str] | None) -> Finding[date] | None:
    """The day of signature or of the meeting, of adoption, else of publication on the web.

    A page may have been put up years after its document was issued, as the year in the
    document's `number` then tells: such a day is not the document's.
    """
    issued = year_of(number.value) if number else None
    for find, is_own in _FINDERS:
        found = find(evidence)
        if found and (is_own or not issued or issued == found.value.year):
            return found
    return None


def _version(evidence: Evidence) -> Finding[date] | None:
    """The day in a file name's brackets, unless the heading tells of a later amendment."""
    named, adopted = _in_the_name(evidence, Place.FILE_NAME), _adoption(evidence)
    return max((f for f in (named, adopted) if f), key=lambda f: f.value) if named else None


def _titled(evidence: Evidence) -> Finding[date] | None:
    return _in_the_name(evidence, Place.TITLE)


def _in_the_name(evidence: Evidence, place: Place) -> Finding[date] | None:
    """The day in brackets in the title or in the file's name: 条例(2018-05-24).

    Any other day in a name may be what the document is about (关于12月18日地震…的通知).
    """
    name = evidence.title if place is Place.TITLE else evidence.stem
    for day in days(name):
        if _BRACKETED.search(name[: day.start]):
            return Finding(day.value, name[day.start : day.end], place)
    return None


def session(evidence: Evidence) -> Finding[date] | None:
    """The day under a speech's title: ——2026年2月3日在…人民代表大会第四次会议上."""
    opening = "\n" + evidence.head[:600]
    match = _SESSION.search(opening)
    if match is None:
        return None
    first = next(days(opening[match.start() : match.start() + 40]), None)
    if first is None:
        return None
    line = opening[match.end() : match.end() + 80].partition("\n")[0]
    return Finding(first.value, line, Place.TEXT)


def _labelled(evidence: Evidence) -> Finding[date] | None:
    """The day that a page's table gives: 成文日期：2018年12月5日."""
    for text in (evidence.asides, evidence.head):
        for label in _LABELLED.finditer(text):
            day = next(days(text[label.end() :][:_OVER]), None)
            if day and evidence.usual(day.value.year):
                return Finding(day.value, text[label.start() : label.end() + day.end], Place.TEXT)
    return None


def _adoption(evidence: Evidence) -> Finding[date] | None:
    """The last of the days on which a law was passed, published or amended, from its heading."""
    heading = evidence.preamble
    found = [
        Finding(day.value, line[day.start :][:_SHOWN], Place.TEXT)
        for line in heading.split("\n")
        for day in days(line)
        if _ADOPTED.search(line[day.end : day.end + 60]) and not _IN_PASSING.match(line[day.end :])
    ]
    stamped = _stamped(evidence)
    found += [_signed(heading, day) for day in _signatures(heading) if day.start >= stamped]
    return max(found, key=lambda finding: finding.value, default=None)


def _signature(evidence: Evidence) -> Finding[date] | None:
    """The day under the text; under the letter that hands an annexed text round; or before annexes.

    Far from either end only a day right under a body's name is taken for a signature. What is
    handed round may be signed too, and ends the file: then the letter's own signature comes first.
    """
    body, stamped = evidence.body, _stamped(evidence)
    under = [day for day in days(body) if day.start >= stamped and _is_under_a_name(body, day)]
    if under and _HANDED_ROUND.search(evidence.title):
        return _signed(body, under[0])
    tail = evidence.tail
    before_tail = len(body) - len(tail)
    signed = [
        day
        for day in _signatures(tail)
        if before_tail + day.start >= stamped and _may_be(evidence, tail, day)
    ]
    if signed:
        return _signed(tail, signed[-1])
    head = evidence.head
    for day in _signatures(head):
        if day.start >= stamped and _may_be(evidence, head, day):
            return _signed(head, day)
    return _signed(body, under[-1]) if under else None


def _stamped(evidence: Evidence) -> int:
    """Where the day ends that a web page gives under its title, before the text; 0 for none."""
    end = 0
    for line in evidence.lines[:_TOP]:
        day = next(days(line), None)
        if day and not line[: day.start] and _TIME.fullmatch(line[day.end :]):
            end = evidence.body.index(line) + len(line)
        elif "。" in line or marks.is_issuer(line) or marks.is_salutation(line):
            break
    return end


def _may_be(evidence: Evidence, text: str, day: Day) -> bool:
    return evidence.usual(day.value.year) or _is_under_a_name(text, day)


def _is_under_a_name(text: str, day: Day) -> bool:
    over = text[max(0, day.start - _OVER) : day.start].rstrip(" \n")
    after = text[day.end : day.end + _OVER].lstrip(" ")
    return over.endswith(_SIGNED_AFTER) and (not after or after.startswith(("\n", "附")))


def _signed(text: str, day: Day) -> Finding[date]:
    """With the name over the day, if it stands there."""
    start = text[: day.start].rstrip(" \n").rfind("\n") + 1
    over = text[start : day.start].strip()
    name = over if len(over) <= 2 * _OVER and over.endswith(_SIGNED_AFTER) else ""
    words = text[day.start : day.end]
    return Finding(day.value, f"{name}\n{words}" if name else words, Place.SIGNATURE)


def _signatures(text: str) -> Iterator[Day]:
    for day in days(text):
        if "年" not in text[day.start : day.end]:
            continue  # 2024-04-26 is a web page's way to date itself, nobody signs so
        before = text[: day.start].rstrip(" ")
        after = text[day.end :].lstrip(" ")
        if _COMES_INTO_FORCE.match(text, day.end):
            continue
        person = _SIGNED_BY.search(before) is not None
        alone = not before or before.endswith(("\n", "。", *_SIGNED_AFTER))
        ends_line = not after or after.startswith("\n")
        if ends_line:
            signed = not before.endswith(_NOT_BEFORE)
        else:
            within = alone and not after.startswith(_NOT_SIGNED) and not _verb_follows(after)
            signed = person or within
        if signed:
            yield day


def _verb_follows(after: str) -> bool:
    return _VERB.match(after[:24]) is not None


def _begins_file_name(evidence: Evidence) -> Finding[date] | None:
    """20240511_关于…, 2024-05-11 关于…: the day of filing, near enough to that of sending."""
    stem = evidence.stem
    day = next(chain(days(stem[:12]), compact_days(stem[:9])), None)
    if day is None or day.start or not _STARTS_NAME.match(stem[day.end :]):
        return None
    if not evidence.usual(day.value.year):
        return None
    return Finding(day.value, stem[: day.end], Place.FILE_NAME)


def _imprint(evidence: Evidence) -> Finding[date] | None:
    """The day in the imprint under a red-head document: 某某厅办公室　2024年5月6日印发."""
    tail = evidence.tail
    for day in reversed(list(days(tail))):
        if _IMPRINT.match(tail, day.end) and evidence.usual(day.value.year):
            return Finding(day.value, f"{tail[day.start : day.end]}印发", Place.SIGNATURE)
    return None


def _publication(evidence: Evidence) -> Finding[date] | None:
    """The day that a web page gives near its top."""
    lines = [*evidence.lines[:12], *evidence.asides.split("\n")[:30]]
    labels = ("", *lines)
    for label, line in zip(labels, lines, strict=False):
        match = _PUBLISHED.match(line)
        if match and (len(line) < 30 or label.endswith(("：", ":"))):
            found = next(days(line), None)
            if found and evidence.usual(found.value.year):
                return Finding(found.value, line, Place.TEXT)
    return None


_FINDERS: tuple[tuple[Callable[[Evidence], Finding[date] | None], bool], ...] = (
    (_titled, True),
    (_version, False),
    (session, True),
    (_labelled, True),
    (_adoption, True),
    (_signature, True),
    (_imprint, True),
    (_begins_file_name, False),
    (_publication, False),
)
"""The most trusted first; whether the day is the document's own, or of its page or its file."""
