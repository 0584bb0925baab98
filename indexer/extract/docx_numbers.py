"""Word's automatic numbers -> the characters that a reader sees before the paragraph.

A report whose 一、 and （二） were numbered by Word has them in no paragraph's text; without
them a quotation of its headings would not be found. Bullets are drawn, not written, and stay out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.extract.docx_text import Element, attribute, child, local

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACE = re.compile(r"%(\d)")
_NO_NUMBER = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts, `%1` for the number of level 1."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class Counters:
    """How far each list has counted; changes as the document is read."""

    reached: dict[tuple[str, int], int] = field(default_factory=dict)


Numbering = Mapping[str, tuple[str, Mapping[int, Level]]]
"""numId -> (the list that it continues, its levels)."""


def numbering(root: Element | None) -> Numbering:
    """What the numbering part defines."""
    if root is None:
        return {}
    abstract = {
        attribute(e, "abstractNumId") or "": _levels(e) for e in root if local(e) == "abstractNum"
    }
    lists: dict[str, tuple[str, Mapping[int, Level]]] = {}
    for entry in root:
        if local(entry) != "num":
            continue
        number = attribute(entry, "numId") or ""
        base = _value(entry, "abstractNumId") or ""
        overrides = {int(attribute(e, "ilvl") or 0): e for e in entry if local(e) == "lvlOverride"}
        levels = dict(abstract.get(base, {}))
        for depth, override in overrides.items():
            levels[depth] = _overridden(levels.get(depth, Level()), override)
        # An override begins a count of its own; otherwise lists of one definition count on.
        lists[number] = (f"{base}/{number}" if overrides else base, levels)
    return lists


def _levels(element: Element) -> dict[int, Level]:
    return {int(attribute(e, "ilvl") or 0): _level(e) for e in element if local(e) == "lvl"}


def _level(element: Element) -> Level:
    form = _value(element, "numFmt")
    return Level(
        int(_value(element, "start") or 1), form or "decimal", _value(element, "lvlText") or ""
    )


def _overridden(level: Level, override: Element) -> Level:
    whole = child(override, "lvl")
    if whole is not None:
        return _level(whole)
    start = _value(override, "startOverride")
    return Level(int(start), level.form, level.text) if start else level


def _value(element: Element, name: str) -> str | None:
    found = child(element, name)
    return None if found is None else attribute(found, "val")


def label(lists: Numbering, counters: Counters, number: str, depth: int) -> str:
    """The number of the next paragraph of a list, counted on in `counters`; may be empty."""
    if number not in lists:
        return ""
    key, levels = lists[number]
    level = levels.get(depth)
    if level is None:
        return ""
    reached = counters.reached
    reached[key, depth] = reached.get((key, depth), level.start - 1) + 1
    for deeper in [place for place in reached if place[0] == key and place[1] > depth]:
        del reached[deeper]
    if level.form in _NO_NUMBER:
        return ""

    def place(found: re.Match[str]) -> str:
        at = int(found.group(1)) - 1
        other = levels.get(at, Level())
        return written(reached.get((key, at), other.start), other.form)

    return _PLACE.sub(place, level.text)


def written(number: int, form: str) -> str:
    """`number` in one of Word's forms (ST_NumberFormat, ISO/IEC 29500-1, 17.18.59)."""
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate({ord("0") + d: ord("０") + d for d in range(10)})
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    if form == "ideographTraditional" and 1 <= number <= 10:
        return _STEMS[number - 1]
    if form == "ideographZodiac" and 1 <= number <= 12:
        return _BRANCHES[number - 1]
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(d)] for d in str(number))
    if "ounting" in form or form in ("chineseLegalSimplified", "japaneseLegal"):
        return _counted(number)
    return str(number)


def _counted(number: int) -> str:
    """二十三 for 23, 一百零五 for 105; up to 999."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text
