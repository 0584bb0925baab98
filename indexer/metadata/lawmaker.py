"""Who made a law or a rule: the congress, the government or the ministry that its heading names."""

from __future__ import annotations

import re

from indexer.metadata.evidence import Evidence
from indexer.metadata.places import Named, leading
from indexer.vocabulary.kinds import kinds
from indexer.vocabulary.regions import COUNTRY, regions

_DECREED = 120
"""Characters at the start in which a decree without articles of its own names its body."""
_NUMERALS = "一二三四五六七八九十"
_CONGRESS = re.compile(
    rf"([\u4e00-\u9fff]{{2,14}}?)(?:第?[{_NUMERALS}]+届)?(全国)?(?:人民代表大会|人大)(常务委员会|常委会)?"
    r"[^\n。《]{0,30}?(?:通过|修订|修正).{0,4}"
)
_GOVERNMENT = re.compile(
    r"([\u4e00-\u9fff]{2,14}?人民政府)(?:令|第?\d*次?(?:常务|全体)会议)?[^\n。《》]{0,20}?(?:通过|公布|发布|修改|修订)"
)
_OWN_GOVERNMENT = re.compile(
    r"(?:人民)?政府(?:第\d+次)?(?:常务|全体)会议[^\n。]{0,8}通过"
    r"|(?:^|\n|。)\s*代?(?:省长|市长|州长|自治区主席)\s*[\u4e00-\u9fff]{2,4}"
)
_COUNCIL_DECREE = re.compile(r"(?:^|\n)[^\n。（(]{0,8}国务院令")
_COUNCIL = re.compile(
    r"国务院令|国务院(?:第\d+次)?常务会议|国务院\s*(?:中央军委)?\s*(?:批准|批转|发布|公布)"
)
_JOINT = re.compile(
    r"国务院[、\s]*(?:中华人民共和国)?中央(?:军委|军事委员会)\s*(?:令|发布|公布|颁布|联合)"
)
"""Decrees of the State Council together with the army's commission."""
_AMENDED = re.compile(r"《国务院关于(?:修改|废止)")
_QUOTED = re.compile(r"《[^《》]*》")
_MINISTRY_MEETING = re.compile(r"([\u4e00-\u9fff]{1,14}部)第\d+次部务会")
_OPENING_MEETING = re.compile(
    rf"^第[{_NUMERALS}]+届(全国人民代表大会)(常务委员会)?第\S{{1,3}}次会议"
)
_DECREE = re.compile(r"([\u4e00-\u9fff]{3,20}(?:人民政府|部|总局|署|委员会))令\s*[〔\[【(（第]")
_RULES = "规章"
_NO_RULES = re.compile(r"关于|实施《[^》]*法》")
"""Notices with a rule's name in theirs; and how a congress carries out a law."""
_MADE = re.compile(r"制定本(?:办法|规定|细则|规则)")
_OF_PLACE = re.compile(r"本(?:省|市|州|自治区)(?:实际|行政区域|[^。]{0,20}制定)")
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:厅|局|委员会|办公室)(?!令)")
_NUMBERED = re.compile(r"[〔\[【［]\d{4}[〕\]】］]\s*第?\d*号")
_EXPLAINED = re.compile(
    r"由[^。]{0,20}(?:厅|局|委|办公室|部门)[^。]{0,10}负责解释|[我本](?:厅|局|委)"
)


def find_lawmaker(evidence: Evidence) -> str | None:
    """The congress or government that a law's heading names.

    Laws of a city are passed by its own congress and approved by the province's: approval does
    not make the issuer, and the congress of the place that the title begins with comes first.
    """
    heading = _QUOTED.sub("", evidence.preamble or evidence.head[:_DECREED])
    if match := _OPENING_MEETING.match(evidence.head) or _MINISTRY_MEETING.search(heading):
        return re.sub(r"^.*[日经]", "", "".join(part for part in match.groups() if part))
    titled = leading(evidence.title)
    if congress := _congress(heading, titled):
        return congress
    if _JOINT.search(heading):
        return "国务院、中央军事委员会"
    if match := _DECREE.search(heading):
        return re.sub(r"^.*?(?=中华人民共和国)|^[年月日]+", "", match[1])
    if titled and titled.codes != (COUNTRY,):
        return _government(heading, evidence.title[: titled.end] if titled.full else "")
    told = _COUNCIL if evidence.preamble else _COUNCIL_DECREE
    if told.search(heading) or _AMENDED.search(evidence.preamble):
        return "国务院"
    return None


def _congress(heading: str, titled: Named | None) -> str | None:
    found: list[tuple[bool, str]] = []
    for match in _CONGRESS.finditer(heading):
        if "批准" in match[0]:
            continue
        standing = "常务委员会" if match[3] else ""
        place = match[1].rpartition("日")[2].strip()
        named = leading(place)
        if match[2] or place.startswith("全国"):
            found.append((False, f"全国人民代表大会{standing}"))
        elif named:
            own = titled is not None and bool(set(titled.codes) & set(named.codes))
            found.append((own, f"{place}人民代表大会{standing}"))
    chosen = [name for own, name in found if own] or [name for _, name in found]
    return chosen[-1] if chosen else None


def _government(heading: str, place: str) -> str | None:
    for match in _GOVERNMENT.finditer(heading):
        body = match[1].rpartition("日")[2]
        if leading(body):
            return body
    return f"{place}人民政府" if place and _OWN_GOVERNMENT.search(heading) else None


def rulemaker(evidence: Evidence) -> str | None:
    """The government whose rules (规章) these are, where only their own wording tells.

    Rules of a province or a city are made by its government (立法法). Those of one of its offices
    look alike, but carry a number, name the office at the start, or leave it their explanation.
    """
    kind = kinds().of_title(evidence.title)
    place = leading(evidence.title)
    if kind is None or kind.label != _RULES or place is None or not place.full:
        return None
    if len(place.codes) != 1 or (code := place.codes[0]) == COUNTRY or regions().names(code)[2:]:
        return None
    opening = evidence.head
    name = evidence.title[: place.end]
    offices = (opening[at.end() :] for at in re.finditer(name, opening))
    if (
        _NO_RULES.search(evidence.title)
        or not _MADE.search(opening[:400])
        or not _OF_PLACE.search(opening)
        or evidence.body.count("人民政府") < 2
        or _NUMBERED.search(opening[:300])
        or _EXPLAINED.search(evidence.body)
        or any(_OFFICE.match(after) for after in offices)
    ):
        return None
    return f"{name}人民政府"
