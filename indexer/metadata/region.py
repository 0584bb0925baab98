"""Which region a report speaks for. What no evidence settles stays at the level that is certain.

Trusted in this order: the place or body that the title begins with, the issuer or signature, what
the title is about, the document's number, the file's and the folders' names, the places that the
text names. A name that several places bear is settled by the others around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.metadata.evidence import Evidence
from indexer.metadata.finding import Finding, Place
from indexer.metadata.places import Named, counted, leading, named, shared
from indexer.metadata.region_text import from_text
from indexer.report import Region
from indexer.vocabulary.regions import COUNTRY, regions

_FRAME = re.compile(
    r"^(?:[\s\d_年度.·《<〈“\"「【\[（(\-—]|附件?\d*[：:]?|中国[（(](?=[^）)]{2,8}[）)]自由贸易)|中共|共青团|民革|民盟|九三学社|公开|第?\d+号?"
    r"|第[一二三四五六七八九十]+届|[）)\]】])+"
)
"""What may stand before the place that a title begins with."""
_ABOUT = re.compile(
    r"^(?:[\s《<〈“\"「]|关于|对|印发|公布|修订|修改|发布|下发|调整|公开|召开|做好|开展|加强|推进|申报|表彰|实施)+"
)
_PASSED_ON = re.compile(
    r"^(?:关于)?(?:认真|全面|深入|切实|进一步)*(?:转发|批转|贯彻|落实|执行|学习|宣传|报送|上报)+[《〈“]?"
)
"""Who passes on, or carries out, what a region decreed lies in that region; where is not said."""
_OTHERS = re.compile(
    r"赴|对口|援|驻|学习|借鉴|考察|往来|批复|复函|同意|批准|设立|转发|批转|贯彻|落实"
)
"""What makes a place in a title another's than the document's."""
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_ANSWER = re.compile(r"(?:批复|复函)$")
_NUMBERS = {
    **{"京": "110000", "津": "120000", "冀": "130000", "晋": "140000", "内": "150000"},
    **{"辽": "210000", "吉": "220000", "黑": "230000", "沪": "310000", "苏": "320000"},
    **{"浙": "330000", "皖": "340000", "闽": "350000", "赣": "360000", "鲁": "370000"},
    **{"豫": "410000", "鄂": "420000", "湘": "430000", "粤": "440000", "桂": "450000"},
    **{"琼": "460000", "渝": "500000", "川": "510000", "黔": "520000", "云": "530000"},
    **{"藏": "540000", "陕": "610000", "甘": "620000", "青": "630000", "宁": "640000"},
    **{"新": "650000", "国": COUNTRY},
}
"""How the numbers of a province's documents begin."""
_NUMBER = re.compile(rf"[{''.join(_NUMBERS)}](?!家)")
_OF_ONE = frozenset("冀沪浙皖闽豫粤琼黔藏国")
"""Abbreviations that no place of another province uses, as 青岛 does 青, 南京 宁, 鲁山县 鲁."""
_PROVINCE_SPEAKS = re.compile(
    r"[我全]省|省委|省政府|省人民政府|省[直各级]|省有关|各设区的?市|各市、州|各州、市|自治区(?:人民政府|党委|有关|直属|各)"
)
_MUNICIPALITY_SPEAKS = re.compile(r"各区(?:县|人民政府|、县)|市各|市政府各|委、办、局")

_MUNICIPALITIES = ("11", "12", "31", "50")

_SURE = 4
"""How many times as often as the next a bearer's surroundings must be named to be the one meant."""


@dataclass(frozen=True, slots=True)
class _Hint:
    """Where a name stands, and what it may name; `words` as they are there."""

    named: Named
    words: str
    place: Place


def find_region(
    evidence: Evidence, issuer: Finding[str] | None, number: Finding[str] | None
) -> Finding[Region] | None:
    """The region, with its names from the province down; None where nothing settles it."""
    hints = list(_hints(evidence, issuer, number))
    around = _around(evidence, hints)
    year = _YEAR.search(f"{evidence.title} {evidence.stem}")
    for hint in hints:
        if not hint.named.codes:
            return None
        codes = _at_the_time(hint.named, int(year[0])) if year else hint.named.codes
        code = settled(codes, around)
        if code:
            return Finding(as_region(code), hint.words, hint.place)
    bound = _passed_on(evidence)
    found = from_text(evidence)
    if bound and (found is None or bound.value not in regions().ancestors(found.value)):
        found = bound
    return Finding(as_region(found.value), found.words, found.place) if found else None


def _passed_on(evidence: Evidence) -> Finding[str] | None:
    """The region that certainly holds the one sought: a title carries out what it decreed."""
    title = _FRAME.sub("", evidence.title)
    begun = _PASSED_ON.match(title)
    found = leading(title[begun.end() :]) if begun else None
    if begun is None or found is None or len(found.codes) != 1 or found.codes == (COUNTRY,):
        return None
    at = begun.end()
    return Finding(found.codes[0], title[at : at + found.end], Place.TITLE)


def as_region(code: str) -> Region:
    return Region(code, regions().names(code))


def _hints(
    evidence: Evidence, issuer: Finding[str] | None, number: Finding[str] | None
) -> Iterator[_Hint]:
    """What may name the region, the most trusted first."""
    title, stem = _bare(evidence.title), _bare(evidence.stem)
    together = list(_together(issuer)) if issuer else []
    if issuer and issuer.place is Place.TITLE:
        yield from together
    yield from _hint(leading(title), title, Place.TITLE)
    if issuer:
        yield from together or _hint(leading(issuer.value), issuer.value, issuer.place)
    yield from _subject(title, Place.TITLE)
    if number:
        yield from _numbered(number, evidence)
    if stem != title:
        yield from _hint(leading(stem), stem, Place.FILE_NAME)
        yield from _subject(stem, Place.FILE_NAME)
    for folder in evidence.folders:
        yield from _hint(leading(folder), folder, Place.FOLDER)
    for name, place in ((title, Place.TITLE), (stem, Place.FILE_NAME)):
        if not _OTHERS.search(name):
            for run in named(name):
                if run.full:
                    yield _Hint(run, name[run.start : run.end], place)
                    break


def _bare(name: str) -> str:
    return name if leading(name) else _FRAME.sub("", name)


def _hint(found: Named | None, text: str, place: Place) -> Iterator[_Hint]:
    if found:
        yield _Hint(found, text[found.start : found.end], place)


def _together(issuer: Finding[str]) -> Iterator[_Hint]:
    """What several bodies speak for in common; nothing for a single one."""
    found = [run for body in issuer.value.split("、") if (run := leading(body))]
    codes = {code for run in found for code in run.codes}
    if len(found) < 2 or any(len(run.codes) > 1 for run in found):
        return
    both = COUNTRY if COUNTRY in codes else shared(codes)
    name = regions().names(both)[-1] if both else ""
    run = Named(0, 0, (both,) if both else (), True, name)
    yield _Hint(run, issuer.words, issuer.place)


def _subject(title: str, place: Place) -> Iterator[_Hint]:
    """The place that a title speaks about, where that is the one that speaks."""
    about = _ABOUT.match(title)
    if about is None or _PASSED_ON.match(title) or _ANSWER.search(title):
        return
    rest = title[about.end() :]
    found = leading(rest)
    if found and (found.codes != (COUNTRY,) or about[0].startswith("《")):
        yield _Hint(found, rest[: found.end], place)


def _numbered(number: Finding[str], evidence: Evidence) -> Iterator[_Hint]:
    match = _NUMBER.match(number.value)
    if match is None:
        return
    code = _NUMBERS[match[0]]
    speaks = _MUNICIPALITY_SPEAKS if code[:2] in _MUNICIPALITIES else _PROVINCE_SPEAKS
    if match[0] in _OF_ONE or speaks.search(evidence.body):
        yield _Hint(Named(0, 1, (code,), False, match[0]), number.words, number.place)


def _around(evidence: Evidence, hints: Iterable[_Hint]) -> Counter[str]:
    """How strongly places are named around a name: those outside the text weigh more."""
    counts = counted(evidence.body)
    table = regions()
    for hint in hints:
        if len(hint.named.codes) == 1:
            for code in table.ancestors(hint.named.codes[0]):
                counts[code] += 20
    return counts


def settled(codes: tuple[str, ...], around: Counter[str]) -> str | None:
    """The one place meant: the only one, or the one whose surroundings are named.

    If several remain, the lowest region that holds them all.
    """
    table = regions()
    left = {code: table.ancestors(code) for code in codes}
    for level in range(max(map(len, left.values()))):
        support = Counter(
            {chain[level]: around[chain[level]] for chain in left.values() if len(chain) > level}
        )
        first, second = [*support.most_common(2), ("", 0), ("", 0)][:2]
        if len(support) > 1 and first[1] > second[1] * _SURE:
            left = {code: chain for code, chain in left.items() if first[0] in chain}
    return shared(left)


def _at_the_time(found: Named, year: int) -> tuple[str, ...]:
    """A city of today that was a county in the year in question, or the reverse, as it was."""
    table = regions()
    places = [place for code in found.codes if (place := table.get(code))]
    if any(place.code.endswith("0000") or (place.since or 0) <= year for place in places):
        return found.codes
    earlier = table.bearing(found.name, year)
    same = {(code[:2], code.endswith("00")) for code in found.codes}
    codes = tuple(code for code in earlier if (code[:2], not code.endswith("00")) in same)
    return codes or found.codes
