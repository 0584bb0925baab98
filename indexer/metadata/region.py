"""Which region a report speaks for. What no evidence settles stays at the level that is certain.

Trusted in this order: what the title begins with, the issuer, the file and folder names, a place
within the title, and the places that the text names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from indexer.metadata.evidence import Evidence
from indexer.metadata.places import counted, leading, mentions, named, national_actor
from indexer.report import Region
from indexer.vocabulary.regions import COUNTRY, regions

_OPENERS = re.compile(
    r"^(?:[\s\d_年度.·《<〈“\"「\-—]|关于|印发|公布|修订|修改|发布|下发|调整|中共|公开|第?\d+号?|第[一二三四五六七八九十]+届)+"
)
_OF_PROVINCE = re.compile(r"[我全本]省|省委|省政府|自治区")
_OF_CITY = re.compile(r"[我全本][市州盟]|市委|市政府|州委|州政府")
_OF_COUNTY = re.compile(r"[我全本][县区旗]|县委|县政府|区委|区政府")
_NATIONWIDE = re.compile(
    r"各省、自治区、直辖市[^。\n]{0,200}[：:]|中华人民共和国境内|(?:主管|负责)全国|本省[（(]自治区、直辖市[）)]"
)
"""What only a document for the whole country says: whom it addresses, where it applies."""

_OUR_COUNTRY = re.compile("我[国國]|我[們们]国家")
_OPENING = 400
_FEW = 3
"""Short names that it takes to point to a province: fewer may be where the news came from."""
_MOST = 0.7
"""The share of a text's places that must lie in one region for the text to settle on it."""


def find_region(evidence: Evidence, issuer: str | None) -> Region | None:
    """The region, with its names from the province down; None where nothing settles it."""
    places = counted(evidence.body)
    for name in _names(evidence, issuer):
        place = leading(name)
        if place is not None:
            code = _settled(place.codes, places)
            if code:
                return as_region(code)
    code = _from_folders(evidence, places) or _from_text(evidence, places)
    return as_region(code) if code else None


def as_region(code: str) -> Region:
    return Region(code, regions().names(code))


def _names(evidence: Evidence, issuer: str | None) -> Iterator[str]:
    """What may begin with the region's name, the most trusted first."""
    yield _OPENERS.sub("", evidence.title)
    if issuer:
        yield issuer
    yield _OPENERS.sub("", evidence.stem)


def _from_folders(evidence: Evidence, places: Counter[str]) -> str | None:
    for folder in evidence.folders:
        found = [run for run in named(folder) if run.start == 0]
        if found and (code := _settled(found[0].codes, places)):
            return code
    return None


def _settled(codes: tuple[str, ...], places: Counter[str]) -> str | None:
    """The one place meant: the only one, or the one whose surroundings the text names.

    If several remain, the lowest region that holds them all.
    """
    if len(codes) == 1:
        return codes[0]
    table = regions()
    support = {code: sum(places[above] for above in table.ancestors(code)[:-1]) for code in codes}
    supported = [code for code in codes if support[code]]
    if len(supported) == 1:
        return supported[0]
    chains = [table.ancestors(code) for code in supported or codes]
    shared = [level[0] for level in zip(*chains, strict=False) if len(set(level)) == 1]
    return shared[-1] if shared else None


def _from_text(evidence: Evidence, places: Counter[str]) -> str | None:
    titled = [run for run in named(evidence.title) if run.full]
    if titled and (code := _settled(titled[0].codes, places)):
        return code
    if _NATIONWIDE.search(evidence.head):
        return COUNTRY
    provinces = Counter({code: n for code, n in places.items() if code.endswith("0000")})
    code, count = next(iter(provinces.most_common(1)), ("", 0))
    if count < len(_OUR_COUNTRY.findall(evidence.body)):
        # A text about the country: the provinces it names are its examples.
        return COUNTRY if national_actor(evidence.body[:_OPENING]) else None
    if count >= 2 and count >= _MOST * provinces.total():
        return _deepened(code, evidence, places)
    provinces.update(_short_names(evidence))
    code, count = next(iter(provinces.most_common(1)), ("", 0))
    if count >= _FEW and count >= _MOST * provinces.total():
        return code
    opening = f"{evidence.title}\n{evidence.body[:_OPENING]}"
    return COUNTRY if count < _FEW and national_actor(opening) else None


def _deepened(code: str, evidence: Evidence, places: Counter[str]) -> str:
    """Down to the part that the text is about, but not below the level it calls its own."""
    table = regions()
    levels = [len(pattern.findall(evidence.body)) for pattern in (_OF_PROVINCE, _OF_CITY)]
    levels.append(len(_OF_COUNTY.findall(evidence.body)))
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
        if count < 2 or count < _MOST * places[code]:
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
