"""Which region a text speaks for, where no name in or around it says so."""

from __future__ import annotations

import re
from collections import Counter

from indexer.metadata import national
from indexer.metadata.evidence import Evidence
from indexer.metadata.finding import Finding, Place
from indexer.metadata.places import counted, mentions, named
from indexer.vocabulary.regions import COUNTRY, regions

_OF_PROVINCE = re.compile(r"[我全本]省|省委|省政府|(?<!、)自治区(?!、)")
_OF_CITY = re.compile(r"[我全本][市州盟]|市委|市政府|州委|州政府")
_OF_COUNTY = re.compile(r"[我全本][县区旗]|县委|县政府|区委|区政府")
_NATIONWIDE = re.compile(
    r"各省、自治区、直辖市[^。\n]{0,200}[：:]|中华人民共和国境内|(?:主管|负责)全国|本省[（(]自治区、直辖市[）)]"
)
"""What only a document for the whole country says: whom it addresses, where it applies."""
_LEFT_TO_PROVINCES = re.compile(
    r"(?<![外他它各与和])省、自治区、直辖市[\u4e00-\u9fff、]{0,14}?(?:人民政府|部门|机关|机构|委员会|厅|局)"
)
"""What a national law leaves to every province."""
_OUR_COUNTRY = re.compile("我[国國]|我[們们]国家")
_FOR_THE_NATION = 10
"""How often a text must speak of its country to speak for it, if it calls nothing else its own."""
_SURE = 3
"""How many times as often it must speak of its country as of anything else."""
_SESSION = r"第[一二三四五六七八九十]+届(?:人民代表大会|委员会)"
_CONGRESS = re.compile(_SESSION)
"""Before whom a speech is given."""
_ITS_OWN = re.compile(
    rf"{_SESSION}|人民政府|(?:(?![，。；《》省市县区])[\u4e00-\u9fff]){{0,12}}(?:厅|局|委员会|办公室)|[^《》。]{{2,40}}》"
)
"""What stands behind the name of a place that the text speaks for: its bodies and decrees."""
_OPENING = 400
_FEW = 3
"""Short names that it takes to point to a province: fewer may be where the news came from."""
_MOST = 0.7
"""The share of a text's places that must lie in one region for the text to settle on it."""


def from_text(evidence: Evidence) -> Finding[str] | None:
    """The code of the region, with the words that tell it."""
    if match := _NATIONWIDE.search(evidence.head):
        return Finding(COUNTRY, match[0], Place.TEXT)
    places = counted(evidence.body)
    provinces = Counter({code: n for code, n in places.items() if code.endswith("0000")})
    code, count = next(iter(provinces.most_common(1)), ("", 0))
    ours, own = _OUR_COUNTRY.findall(evidence.body), sum(_levels(evidence.body))
    if count + own < len(ours):
        # A text about the country: the provinces it names are its examples.
        if len(ours) >= max(_FOR_THE_NATION, _SURE * (count + own)):
            return Finding(COUNTRY, ours[0], Place.TEXT)
        return _national(evidence.body[:_OPENING])
    if count >= _MOST * provinces.total() and (count > 1 or _speaks(code, evidence)):
        return _named(_deepened(code, evidence, places), evidence)
    provinces.update(_short_names(evidence))
    code, count = next(iter(provinces.most_common(1)), ("", 0))
    if count >= _FEW and count >= _MOST * provinces.total():
        return _named(code, evidence)
    if count >= _FEW or own >= _FEW:
        return None
    match = _LEFT_TO_PROVINCES.search(evidence.body)
    if match and not own:
        return Finding(COUNTRY, match[0], Place.TEXT)
    return _national(f"{evidence.title}\n{evidence.body[:_OPENING]}")


def _levels(text: str) -> tuple[int, ...]:
    """How often it speaks of its own province, its city, its county."""
    return tuple(len(own.findall(text)) for own in (_OF_PROVINCE, _OF_CITY, _OF_COUNTY))


def _speaks(code: str, evidence: Evidence) -> bool:
    """Whether the one place named, once, is the one that the text calls its own."""
    opening = evidence.body[:_OPENING]
    its_own = _ITS_OWN if sum(_levels(evidence.body)) > 1 else _CONGRESS
    table = regions()
    return any(
        its_own.match(opening, run.end)
        for run in named(opening)
        if run.full and len(run.codes) == 1 and table.ancestors(run.codes[0])[:1] == (code,)
    )


def _national(opening: str) -> Finding[str] | None:
    actor = national.actor(opening)
    return Finding(COUNTRY, actor, Place.TEXT) if actor else None


def _named(code: str, evidence: Evidence) -> Finding[str]:
    """With the first words of the text that name the region or a part of it."""
    table = regions()
    for run in named(evidence.body):
        if len(run.codes) == 1 and code in table.ancestors(run.codes[0]):
            return Finding(code, evidence.body[run.start : run.end], Place.TEXT)
    return Finding(code, table.names(code)[-1], Place.TEXT)


def _deepened(code: str, evidence: Evidence, places: Counter[str]) -> str:
    """Down to the part that the text is about, but not below the level it calls its own."""
    table = regions()
    levels = _levels(evidence.body)
    own = levels.index(max(levels)) + 1 if any(levels) else len(levels)
    while len(table.ancestors(code)) < own:
        parts = Counter(
            {
                part: n
                for part, n in places.items()
                if (found := table.get(part)) and found.parent == code
            }
        )
        if not parts:
            break
        part, count = parts.most_common(1)[0]
        if count < min(2, places[code]) or count < _MOST * places[code]:
            break
        code = part
    return code


def _short_names(evidence: Evidence) -> Counter[str]:
    """How often short names point to each province: for texts that hardly write 省 or 市."""
    return Counter(
        f"{mention.codes[0][:2]}0000"
        for mention in mentions(evidence.body)
        if not mention.full and len(mention.codes) == 1
    )
