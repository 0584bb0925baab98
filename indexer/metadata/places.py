"""Where a text names places: full and short names, and what a run of them means together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick

from indexer import vocabulary
from indexer.metadata import national
from indexer.vocabulary.regions import COUNTRY, Regions, regions

_WORDS_NOT_PLACES = frozenset(
    {"城区", "郊区", "矿区", "市区", "新区", "东区", "西区", "南区", "北区", "兵团"}
    | {"新城区", "老城区", "新市区", "市郊区", "东郊区", "西郊区", "解放区", "公园区", "工农区"}
    | {"管理区", "港口区", "海北", "海西", "山南", "安康", "来宾", "日照"}
)
"""Names that are words too: places only right behind the place they lie in, or before a 市."""

_CONTINUED = {
    "市": re.compile(r"场|值|容(?=环境|管理|卫生|和|整治|、|市貌)"),
    "县": re.compile(r"[级域城直]|[（(]|、?市|区(?=[^\u4e00-\u9fff]|的|和|政府)"),
    "区": re.compile(r"[域间别块划位]"),
    "州": re.compile(r"[级]"),
    "旗": re.compile(r"[帜舰袍]"),
}
"""What follows the last character of a name when the word goes on: 合作市|场, 平安区|域."""
_STREET = re.compile(r"[东西南北中]?[路街]|大[道街桥学厦]|银行|胡同|巷")
"""What makes a short name part of another: 南京|东路, 北京|大学."""
_TOWN_BEFORE = ("城", "各", "全", "本", "我", "中国")
"""城|市中区位: before it, 市中区 is no name."""

_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name at [start, end) of a text; `codes` are the places that can be meant."""

    start: int
    end: int
    codes: tuple[str, ...]
    full: bool


@dataclass(frozen=True)
class _Names:
    """All names that are looked for, and what each can mean; () for what only looks like one."""

    names: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    full: tuple[bool, ...]
    matcher: AhoCorasick


@cache
def _names() -> _Names:
    table = regions()
    codes = {name: table.candidates(name) for name in table.full_names if name != "全国"}
    full = set(codes)
    for name in table.short_names:
        upper = tuple(code for code in table.candidates(name) if _is_upper(table, code))
        if upper and name not in codes:
            provinces = tuple(code for code in upper if code.endswith("0000"))
            codes[name] = provinces or upper
    text = files(vocabulary).joinpath("not_places.txt").read_text(encoding="utf-8")
    codes |= {line: () for line in text.splitlines() if line and not line.startswith("#")}
    names = tuple(codes)
    return _Names(
        names, tuple(codes.values()), tuple(name in full for name in names), AhoCorasick(names)
    )


def _is_upper(table: Regions, code: str) -> bool:
    """A province, prefecture or zone in force: short names of counties are too often words."""
    place = table.get(code)
    return place is not None and place.current and (code.endswith("00") or not place.listed)


def mentions(text: str) -> Iterator[Mention]:
    """Names in `text`, longest first at each place, none within another."""
    text = simpler(text)
    names = _names()
    found = names.matcher.find_matches_as_indexes(text, overlapping=True)
    found.sort(key=lambda match: (match[1], -match[2]))
    end = 0
    for number, start, stop in found:
        if start < end:
            continue
        codes = names.codes[number]
        if not codes:
            end = stop
        elif _stands_alone(text, start, stop, names.full[number], 0 < start == end):
            end = stop
            yield Mention(start, stop, codes, names.full[number])


_TRADITIONAL = re.compile("[縣區國廣灣臺濟陽寧龍門劃關於會議財農業發務權環]")


def simpler(text: str) -> str:
    """Traditional characters as simplified ones, each in its place."""
    return text.translate(_simpler()) if _TRADITIONAL.search(text) else text


@cache
def _simpler() -> Mapping[int, str]:
    lines = files(vocabulary).joinpath("folding.tsv").read_text(encoding="utf-8").splitlines()
    maps = (line.split("\t") for line in lines if line.startswith("map\t"))
    found = {int(code, 16): to for _, code, to in maps if len(to) == 1}
    return {code: to for code, to in found.items() if _HAN.match(chr(code))}


def _stands_alone(text: str, start: int, end: int, full: bool, behind_place: bool) -> bool:
    """Whether the name at [start, end) is one, and not part of other words."""
    last = text[end - 1]
    goes_on = _CONTINUED.get(last) if full else _STREET
    if goes_on and goes_on.match(text, end):
        return False
    if behind_place:
        return True
    name = text[start:end]
    if name in _WORDS_NOT_PLACES:
        return False
    if name == "市中区":
        return not text[:start].endswith(_TOWN_BEFORE)
    # 和县, 理县, 成县 end other words (管理县级): a name that short needs a gap before it.
    return len(name) > 2 or last not in "县区市州旗" or not _HAN.match(text[start - 1 : start])


@dataclass(frozen=True, slots=True)
class Named:
    """A run of names read together (河南省安阳市北关区): the places the last can mean.

    `name` is the last of them; `full` tells whether any was a full name.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    full: bool
    name: str


def named(text: str) -> Iterator[Named]:
    """Runs of names that lead downwards count as one, their last narrowed by the others."""
    run: Named | None = None
    for mention in mentions(text):
        if run is not None:
            below = within(mention.codes, run.codes)
            if below and text[run.end : mention.start].strip() == "":
                name = text[mention.start : mention.end]
                run = Named(run.start, mention.end, below, run.full or mention.full, name)
                continue
            yield run
        name = text[mention.start : mention.end]
        run = Named(mention.start, mention.end, mention.codes, mention.full, name)
    if run is not None:
        yield run


def within(codes: Iterable[str], above: Iterable[str]) -> tuple[str, ...]:
    """Those of `codes` that lie below one of `above`."""
    table, upper = regions(), set(above)
    return tuple(code for code in codes if upper.intersection(table.ancestors(code)[:-1]))


def shared(codes: Iterable[str]) -> str | None:
    """The lowest region that holds all of `codes`; None for places of several provinces."""
    chains = [regions().ancestors(code) for code in codes]
    same = [level[0] for level in zip(*chains, strict=False) if len(set(level)) == 1]
    return same[-1] if same else None


def counted(text: str) -> Counter[str]:
    """How often each place, or a place within it, is named beyond doubt by its full name."""
    table = regions()
    counts: Counter[str] = Counter()
    for run in named(text):
        if run.full and len(run.codes) == 1:
            counts.update(table.ancestors(run.codes[0]))
    return counts


_LEADING = 60
"""Characters at the start of a name within which the places it begins with stand."""
_AND = re.compile(r"(?:人民政府|省|市)?(?:办公[厅室])?[、，,和与及 \u3000]+")
_OF_COUNTY = re.compile(
    r"(?:19|20)\d\d年|(?:国家级?)?(?:高新|经济技?术?|综合保税|开发)[\u4e00-\u9fff]{0,6}区|[市县区]?(?:人民政府|人民法院|人民检察院|人大|政协|政府|法院|检察院)"
    r"|[\u4e00-\u9fff]{1,9}?(?:局|委|办|委员会)(?=关于|\d{4}年|$)"
)
"""What stands behind the short name of a county where it is one: 义乌|市场监管局."""


def leading(text: str) -> Named | None:
    """The place, or national body, that `text` begins with.

    Several in a row (石家庄市、唐山市) are read as the lowest region that holds them. None does if
    they lie in several provinces, nor for a branch such as 国家能源局西北监管局: then `codes` is
    empty.
    """
    text = simpler(text)
    if match := national.bodies().match(text):
        if national.has_branches(match[0]):
            rest = text[match.end() :].removeprefix("驻")
            cut = len(text) - len(rest)
            if national.SEVERAL_PROVINCES.match(rest):
                return Named(0, match.end(), (), True, "")
            below = _first(rest)
            if below and national.ends_branch(rest, below.end):
                return Named(0, cut + below.end, below.codes, below.full, below.name)
        return Named(0, match.end(), (COUNTRY,), True, match[0])
    return _joined(text) or _county(text)


def _first(text: str) -> Named | None:
    run = next(named(text[:_LEADING]), None)
    return run if run and run.start == 0 else _word(text)


def _word(text: str) -> Named | None:
    """At the start of a name, 城中区 or 兵团 can only be a place."""
    name = text[:2] if text.startswith("兵团") else text[:3]
    if name not in _WORDS_NOT_PLACES or _CONTINUED["区"].match(text, len(name)):
        return None
    codes = regions().candidates(name)
    return Named(0, len(name), codes, True, name) if codes else None


def _joined(text: str) -> Named | None:
    first = _first(text)
    if first is None:
        return None
    codes, end = first.codes, first.end
    while len(codes) == 1 and (link := _AND.match(text, end)):
        following = _first(text[link.end() :])
        if following is None or len(following.codes) != 1:
            break
        end = link.end() + following.end
        both = shared((*codes, *following.codes))
        if both is None:
            return Named(0, end, (), True, "")
        lower = set(regions().ancestors(following.codes[0]))
        if codes[0] not in lower:  # else 河北省、石家庄市: a body and one of its parts
            codes = (both,)
    if codes == first.codes:
        return first
    return Named(0, end, codes, first.full, regions().names(codes[0])[-1])


def _county(text: str) -> Named | None:
    """A county that goes by its short name, before what only a county or a city has."""
    for length in (4, 3, 2):
        codes = _short_counties().get(text[:length])
        if codes and _OF_COUNTY.match(text, length):
            return Named(0, length, codes, False, text[:length])
    return None


@cache
def _short_counties() -> Mapping[str, tuple[str, ...]]:
    table = regions()
    found: dict[str, tuple[str, ...]] = {}
    for name in table.short_names:
        codes = table.candidates(name)
        in_force = all((place := table.get(code)) and place.current for code in codes)
        if in_force and not any(_is_upper(table, code) for code in codes):
            found[name] = codes
    return found
