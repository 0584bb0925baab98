"""Who issued it: the body that the title begins with, that signed, passed or speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from indexer.metadata import national
from indexer.metadata.dates import days
from indexer.metadata.evidence import Evidence
from indexer.metadata.finding import Finding, Place
from indexer.metadata.lawmaker import find_lawmaker, rulemaker
from indexer.metadata.places import leading
from indexer.vocabulary.regions import COUNTRY

_ENDS = (
    r"人民政府办公厅|人民政府办公室|人民政府|人民代表大会常务委员会|人民代表大会|国务院办公厅|国务院"
    r"|委员会办公厅|委员会办公室|委员会|领导小组办公室|领导小组|办公厅|办公室|检察院|法院|研究院|科学院|中科院|社科院"
    r"|总局|总署|人民银行|教育工委|工委|党委|总工会|联合会|协会|残联|妇联|工商联|科协|监会"
    r"|基金委|中心|团委|军委|海关(?!总署)|部|厅|局|委|署"
)
_PARTY = (
    r"中共[\u4e00-\u9fff]{2,14}?委(?:办公[厅室]|(?:组织|宣传|统战)部|政法委(?:员会)?"
    r"|(?:(?![省市县区州府])[\u4e00-\u9fff]){2,16}?(?:委员会办公室|领导小组办公室|工作委员会|工委))"
)
_BODY = re.compile(
    r"中科院|社科院|工程院|"
    rf"国家税务总局[\u4e00-\u9fff]{{2,10}}?税务局|国务院办公厅|{_PARTY}"
    r"|(?:(?![厅局部委])[\u4e00-\u9fff]){2,14}人民政府国有资产监督管理委员会"
    r"|国务院(?![\u4e00-\u9fff]{2,12}(?:委员会|办公室|领导小组|局|部|中心))"
    rf"|[\u4e00-\u9fff]{{1,28}}?(?:{_ENDS})(?!员|门|分|长|级|属|队|[\u4e00-\u9fff]?办公[厅室])"
)
_TITLE_BODY = re.compile(
    r"^([^\d《]{3,90}?)\s*(?:关于|\d{4}年|印发|转发|批转|公布|发布|下达|《|令第?|公告|政府工作报告)"
)
_OWN_BRANCH = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:监管局|督察局|监察局|税务局|中心支行|支行|分行|专员办(?:事处)?|特派员?办(?:事处)?"
    r"|调查总?队|海关|监管办(?:公室)?)"
)
"""How the names of local branches of national bodies end, and of no province's own bodies."""
_BRANCH = re.compile(rf"{_OWN_BRANCH.pattern}|[\u4e00-\u9fff]{{0,8}}?局")
_FRAME = re.compile(
    r"^\S{1,14}[〔\[【［(（]\d{4}[〕\]】］)）]\s*第?\s*\d*\s*号\s*"
    r"|^[《\s\d_]+年?|^第[一二三四五六七八九十]+届|第[一二三四五六七八九十]+次会议$|等\S{0,3}部门$"
)
_COUNCIL = re.compile("^中华人民共和国国务院")
_OF_ANOTHER = re.compile(r"[\d_\s]*《(?![^》]*》$)")
"""A title that begins with another document's, as an explanation of it does."""
_OPENING_TITLE = 160
"""Characters of an opening line within which it may state the title in full."""
_CORE = 10
"""Characters that tell one title from another."""
_SIGNATURE = 300
"""Characters before a date within which the names of those who signed stand."""
_OF_GOVERNMENT = "政府工作报告"
_SPEAKER = re.compile(r"代表([\u4e00-\u9fff]{0,14}?(?:人民政府|国务院))[,，\s向作]")
_CHARGED = re.compile(r"(?:受|根据)[^，。]{0,8}国务院的?(?:委托|决定)|国务院决定由我")
_MEETING = re.compile(
    r"在([\u4e00-\u9fff]{2,14}?)(?:第?[一二三四五六七八九十]+届)?人民代表大会(?:第?\S{1,3}次)?会议"
)
_SUBJECT = re.compile(
    r"^(?:\d{4}年度?(?:以来)?[,，]?)?([\u4e00-\u9fff]{4,28}?(?:委员会|人民政府|厅|局|办公室))(?![\u4e00-\u9fff]{0,3}印发)"
)
_SIGNED = re.compile(
    r"(?:^|[\n。；;！”）)A-Za-z])\s*([\u4e00-\u9fff、 ]{3,200}?)\s*(?:[（(][^）)\n]{0,8}[）)])?\s*$"
)
_TOLD = re.compile(r" ?(?:公布|发布|印发|颁布|制定|通过|批准|下发|出台|[以的在向与和，,、])")
"""What follows a day in a sentence that tells of something done on it: no signature."""


def find_issuer(evidence: Evidence) -> Finding[str] | None:
    """The issuing body's full name as the document gives it; several stand with 、 between them."""
    return (
        _from_title(evidence)
        or _speaker(evidence)
        or _made(find_lawmaker(evidence))
        or _signature(evidence)
        or _subject(evidence)
        or _made(rulemaker(evidence))
    )


def _made(maker: str | None) -> Finding[str] | None:
    return Finding(maker, maker, Place.TEXT) if maker else None


def _from_title(evidence: Evidence) -> Finding[str] | None:
    names = (
        (evidence.title, Place.TITLE),
        *((line, Place.TEXT) for line in _restated(evidence)),
        (evidence.stem, Place.FILE_NAME),
    )
    for name, place in names:
        match = _TITLE_BODY.match(_FRAME.sub("", name))
        if match and not _OF_ANOTHER.match(name) and (issuer := _named(evidence, match)):
            return Finding(issuer, match[1], place)
    return None


def _named(evidence: Evidence, title: re.Match[str]) -> str | None:
    if title[0].endswith(_OF_GOVERNMENT) and (place := leading(title[1])):
        if title[1] == "国务院":
            return title[1]
        if place.full and title[1][place.end :] in ("", "人民"):
            return f"{title[1][: place.end]}人民政府"
    bodies = split_bodies(_FRAME.sub("", title[1]))
    if not any(leading(body) for body in bodies):
        return None
    names = (expanded(body, evidence.body) for body in bodies)
    return "、".join(_COUNCIL.sub("国务院", name) for name in names)


def _restated(evidence: Evidence) -> Iterator[str]:
    """Opening lines that give the title in full: a page's own title often lacks the issuer."""
    core = re.sub(r"^.*?关于(?:印发)?|[《》\s]", "", evidence.title)[:_CORE]
    for number, line in enumerate(evidence.lines[:3]):
        start = "".join(evidence.lines[number : number + 3])[:_OPENING_TITLE]
        if core and core in re.sub(r"[《》\s]", "", start).partition("。")[0]:
            yield line


def split_bodies(text: str) -> tuple[str, ...]:
    """财政部办公厅 工业和信息化部办公厅 as its two bodies; () if `text` holds anything else.

    A local branch (财政部河南监管局) is one body.
    """
    bodies: list[str] = []
    for part in re.split(r"[\s、]+", text.strip()):
        position = 0
        while position < len(part):
            match = _BODY.match(part, position)
            if match is None:
                return ()
            end = match.end() + _branch(match[0], part[match.end() :])
            bodies.append(part[position:end])
            position = end
    return tuple(bodies)


def _branch(body: str, rest: str) -> int:
    """How many characters behind a national body's name make it that of a local branch."""
    if not (national.bodies().fullmatch(body) and national.has_branches(body)):
        return 0
    if several := national.SEVERAL_PROVINCES.match(rest):
        return several.end()
    stationed = len(rest) - len(rest.removeprefix("驻"))
    place = leading(rest[stationed:])
    if place is None or place.codes == (COUNTRY,):
        return 0
    # 河南省统计局 behind a ministry is a body of the province, 河南监管局 is not.
    ends = _OWN_BRANCH if place.full else _BRANCH
    ended = ends.match(rest, stationed + place.end)
    return ended.end() if ended else 0


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


def _speaker(evidence: Evidence) -> Finding[str] | None:
    """Of a work report: whom the speaker says to speak for, in full if the meeting tells."""
    opening = evidence.head
    match = _SPEAKER.search(opening)
    if match is None:
        charged = _CHARGED.search(opening[:_SIGNATURE])
        return Finding("国务院", charged[0], Place.TEXT) if charged else None
    if leading(match[1]):
        return Finding(match[1], match[0], Place.TEXT)
    meeting = _MEETING.search(opening)
    place = leading(meeting[1]) if meeting else None
    if meeting and place and place.full:
        return Finding(f"{meeting[1][: place.end]}人民政府", meeting[0], Place.TEXT)
    return None


def _signature(evidence: Evidence) -> Finding[str] | None:
    """The body that stands right before a date at the end, or under a covering letter."""
    for text in (evidence.tail, evidence.head, evidence.body):
        for day in reversed(list(days(text))):
            if _TOLD.match(text, day.end):
                continue
            bodies: tuple[str, ...] = ()
            before = text[max(0, day.start - _SIGNATURE) : day.start]
            while match := _SIGNED.search(before):
                above = split_bodies(match[1])
                if not above:
                    break
                bodies = (*above, *bodies)
                before = before[: match.start(1)]
            if len("".join(bodies)) >= 3:
                words = "\n".join((*bodies, text[day.start : day.end]))
                return Finding("、".join(bodies), words, Place.SIGNATURE)
    return None


def _subject(evidence: Evidence) -> Finding[str] | None:
    """The body of which the first sentence speaks, if the document names it again."""
    for line in evidence.lines[:3]:
        match = _SUBJECT.match(line)
        if match and leading(match[1]) and evidence.body.count(match[1]) > 1:
            return Finding(match[1], match[0], Place.TEXT)
    return None
