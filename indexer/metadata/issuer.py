"""Who issued it: the body that the title begins with, that signed, passed or speaks."""

from __future__ import annotations

import re
from collections import Counter

from indexer.metadata.dates import days
from indexer.metadata.evidence import Evidence
from indexer.metadata.places import leading
from indexer.vocabulary.regions import COUNTRY

_ENDS = (
    r"人民政府办公厅|人民政府办公室|人民政府|人民代表大会常务委员会|人民代表大会|国务院办公厅|国务院"
    r"|委员会办公厅|委员会办公室|委员会|领导小组办公室|领导小组|办公厅|办公室|检察院|法院|研究院"
    r"|总局|总署|人民银行|教育工委|工委|党委|总工会|联合会|残联|妇联|工商联|科协|监会"
    r"|基金委|中心|团委|军委|部|厅|局|委|署"
)
_BODY = re.compile(
    r"国家税务总局[\u4e00-\u9fff]{2,10}?税务局|国务院办公厅"
    r"|国务院(?![\u4e00-\u9fff]{2,12}(?:委员会|办公室|领导小组|局|部|中心))"
    rf"|[\u4e00-\u9fff]{{1,28}}?(?:{_ENDS})(?!员|门|分|长|级|属|队|[\u4e00-\u9fff]?办公[厅室])"
)
_TITLE_BODY = re.compile(r"^([^\d《]{3,70}?)\s*(?:关于|\d{4}年|印发|《|令第?|公告|政府工作报告)")
_FRAME = re.compile(
    r"^[《\s\d_]+年?|^第[一二三四五六七八九十]+届|第[一二三四五六七八九十]+次会议$|等\S{0,3}部门$"
)
_DECREED = 120
"""Characters at the start in which a decree without articles of its own names its body."""
_SIGNATURE = 300
"""Characters before a date within which the names of those who signed stand."""
_OF_GOVERNMENT = "政府工作报告"
_CONGRESS = re.compile(
    r"([\u4e00-\u9fff]{2,14}?)第?[一二三四五六七八九十]+届(人民代表大会)(常务委员会)?[^\n。]{0,24}(?:通过|修订|修正)"
)
_COUNCIL = re.compile(
    r"国务院令|国务院(?:第\d+次)?常务会议|国务院\s*(?:中央军委)?\s*(?:批准|批转|发布|公布)"
)
_MINISTRY_MEETING = re.compile(r"([\u4e00-\u9fff]{1,14}部)第\d+次部务会")
_OPENING_MEETING = re.compile(
    r"^第[一二三四五六七八九十]+届(全国人民代表大会)(常务委员会)?第\S{1,3}次会议"
)
_DECREE = re.compile(r"([\u4e00-\u9fff]{3,20}(?:人民政府|部|总局|署|委员会))令\s*[〔\[【(（第]")
_SPEAKER = re.compile(r"代表([\u4e00-\u9fff]{0,14}?(?:人民政府|国务院))[,，\s向作]")
_MEETING = re.compile(
    r"在([\u4e00-\u9fff]{2,14}?)第?[一二三四五六七八九十]+届人民代表大会第?\S{1,3}次会议"
)
_SUBJECT = re.compile(
    r"^(?:\d{4}年度?(?:以来)?[,，]?)?([\u4e00-\u9fff]{4,28}?(?:委员会|人民政府|厅|局|办公室))(?![\u4e00-\u9fff]{0,3}印发)"
)
_SIGNED = re.compile(
    r"(?:^|[\n。；;！”）)])\s*([\u4e00-\u9fff、 ]{3,80}?)\s*(?:[（(][^）)\n]{0,8}[）)])?\s*$"
)


def find_issuer(evidence: Evidence) -> str | None:
    """The issuing body's full name as the document gives it; several stand with 、 between them."""
    return (
        _from_title(evidence)
        or _speaker(evidence)
        or _lawmaker(evidence)
        or signature(evidence)
        or _subject(evidence)
    )


def _from_title(evidence: Evidence) -> str | None:
    opening = (line for line in evidence.lines[:3] if len(line) < 400)
    for name in (evidence.title, *opening, evidence.stem):
        match = _TITLE_BODY.match(_FRAME.sub("", name))
        if match is None:
            continue
        if match[0].endswith(_OF_GOVERNMENT) and (place := leading(match[1])):
            if match[1] == "国务院":
                return match[1]
            if place.full and match[1][place.end :] in ("", "人民"):
                return f"{match[1][: place.end]}人民政府"
        bodies = split_bodies(_FRAME.sub("", match[1]))
        if bodies and leading(bodies[0]):
            return "、".join(expanded(body, evidence.body) for body in bodies)
    return None


def split_bodies(text: str) -> tuple[str, ...]:
    """财政部办公厅 工业和信息化部办公厅 as its two bodies; () if `text` holds anything else."""
    bodies: list[str] = []
    for part in re.split(r"[\s、]+", text.strip()):
        position = 0
        while position < len(part):
            match = _BODY.match(part, position)
            if match is None:
                return ()
            bodies.append(match[0])
            position = match.end()
    return tuple(bodies)


def expanded(body: str, text: str) -> str:
    """北关区卫健委 as 北关区卫生健康委员会, if `text` calls it so; else as it is.

    The full name begins with the same place and holds the abbreviation's characters in order.
    """
    place = leading(body)
    if place is None or place.end >= len(body):
        return body
    own, rest = body[: place.end], body[place.end :]
    if rest.endswith(("委员会", "厅", "局", "人民政府")) and len(rest) > 3:
        return body
    gaps = r"[\u4e00-\u9fff]{0,4}?".join(map(re.escape, rest))
    longer = re.compile(rf"{re.escape(own)}{gaps}(?:员会)?(?![\u4e00-\u9fff]{{0,2}}员会)")
    found = Counter(name for name in longer.findall(text) if len(name) > len(body))
    return found.most_common(1)[0][0] if found else body


def _speaker(evidence: Evidence) -> str | None:
    """Of a work report: whom the speaker says to speak for, in full if the meeting tells."""
    opening = evidence.head
    match = _SPEAKER.search(opening)
    if match is None:
        return None
    body = match[1]
    if leading(body):
        return body
    meeting = _MEETING.search(opening)
    place = leading(meeting[1]) if meeting else None
    if meeting and place and place.full:
        return f"{meeting[1][: place.end]}人民政府"
    return None


def _lawmaker(evidence: Evidence) -> str | None:
    """The congress or government that a law's heading names."""
    heading = evidence.preamble or evidence.head[:_DECREED]
    if match := _OPENING_MEETING.match(evidence.head) or _MINISTRY_MEETING.search(heading):
        return re.sub(r"^.*[日经]", "", "".join(part for part in match.groups() if part))
    if found := list(_CONGRESS.finditer(heading)):
        place, congress, standing = found[-1].groups()
        place = place.rpartition("日")[2].strip()
        if place.startswith("全国") or leading(place):
            return f"{place}{congress}{standing or ''}"
    if match := _DECREE.search(heading):
        return re.sub(r"^.*?(?=中华人民共和国)|^[年月日]+", "", match[1])
    local = leading(evidence.title)
    if local and local.codes != (COUNTRY,):
        return None
    return "国务院" if _COUNCIL.search(heading) else None


def signature(evidence: Evidence) -> str | None:
    """The body that stands right before a date at the end, or under a covering letter."""
    for text in (evidence.tail, evidence.head, evidence.body):
        for day in reversed(list(days(text))):
            bodies: tuple[str, ...] = ()
            before = text[max(0, day.start - _SIGNATURE) : day.start]
            while match := _SIGNED.search(before):
                above = split_bodies(match[1])
                if not above:
                    break
                bodies = (*above, *bodies)
                before = before[: match.start(1)]
            if len("".join(bodies)) >= 3:
                return "、".join(bodies)
    return None


def _subject(evidence: Evidence) -> str | None:
    """The body of which the first sentence speaks, if the document names it again."""
    for line in evidence.lines[:3]:
        match = _SUBJECT.match(line)
        if match and leading(match[1]) and evidence.body.count(match[1]) > 1:
            return match[1]
    return None
