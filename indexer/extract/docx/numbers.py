"""A number in the forms that Word counts in: 一, 壹, ①, ⑴, 甲, iv (ST_NumberFormat).

The forms are those of ISO/IEC 29500-1, 17.18.59, as far as Chinese documents use them; where the
standard and Word part, Word's own list ([MS-DOCX] 2.4: 一○○ beside 一百) is followed. A form that
is not known counts 1, 2, 3, as Word does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

LARGEST = 32_767
"""Word counts no further; a file that does is answered in plain digits."""

_PLAIN = "〇一二三四五六七八九"
_ROUND = "○一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = "０１２３４５６７８９"
_NOTES = "*†‡§"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Counting:
    """How a language counts: its digits, its words for 10, 100, 1,000 and 10,000.

    `zero` stands in a gap (一百零五); `ones` tells for which units a 1 is spoken before them.
    """

    digits: str
    units: str
    zero: str
    ones: str


_CHINESE = _Counting(_PLAIN, "十百千万", "零", "百千万")
_TAIWANESE = _Counting(_PLAIN, "十百千萬", "零", "百千萬")
_JAPANESE = _Counting(_PLAIN, "十百千万", "", "万")
_LEGAL = _Counting("零壹贰叁肆伍陆柒捌玖", "拾佰仟万", "零", "拾佰仟万")
_LEGAL_TRADITIONAL = _Counting("零壹貳參肆伍陸柒捌玖", "拾佰仟萬", "零", "拾佰仟萬")
_LEGAL_JAPANESE = _Counting("〇壱弐参四伍六七八九", "拾百阡萬", "", "拾百阡萬")


def written(number: int, form: str) -> str:
    """`number` in one of Word's forms."""
    if not 0 <= number <= LARGEST:
        return str(number)
    if form.startswith("0"):
        return str(number).zfill(len(form))
    if form == "none":
        return ""
    write = _FORMS.get(form)
    return write(number) if write and number else str(number)


def _counted(counting: _Counting) -> Callable[[int], str]:
    def write(number: int) -> str:
        upper, lower = divmod(number, 10_000)
        if not upper:
            return _below_myriad(lower, counting, leads=True)
        text = _below_myriad(upper, counting, leads=True) + counting.units[3]
        if lower and lower < 1000:
            text += counting.zero
        return text + _below_myriad(lower, counting, leads=False)

    return write


def _below_myriad(number: int, counting: _Counting, *, leads: bool) -> str:
    """二十三, 一百零五. A leading 10 to 19 is 十 and not 一十, where the language has it so."""
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if not digit:
            gap = bool(text)
            continue
        text += counting.zero if gap else ""
        gap = False
        unit = counting.units[power - 1] if power else ""
        spoken = digit > 1 or not unit or unit in counting.ones
        # 一百一十, but 十 and 十一: within a number the 1 is spoken.
        spoken = spoken or (bool(counting.zero) and (bool(text) or not leads))
        text += (counting.digits[digit] if spoken else "") + unit
    return text


def _positional(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(d)] for d in str(number))


def _to_99(digits: str) -> Callable[[int], str]:
    """Counted up to 九十九, digit by digit from 一○○ on."""
    spell, count = _positional(digits), _counted(_CHINESE)
    return lambda number: count(number) if number < 100 else spell(number)


def _from(first: str, size: int) -> Callable[[int], str]:
    """A row of `size` characters in Unicode; plain digits beyond it."""
    return lambda number: chr(ord(first) + number - 1) if number <= size else str(number)


def _row(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if number <= len(characters) else str(number)


def _letters(number: int) -> str:
    """a … z, aa, bb …"""
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1) if number <= 780 else str(number)


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        times, number = divmod(number, size)
        text += letters * times
    return text


def _ordinal(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _positional(_FULL_WIDTH),
    "decimalFullWidth2": _positional(_FULL_WIDTH),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "chicago": lambda number: _NOTES[(number - 1) % 4] * ((number - 1) // 4 + 1),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _to_99(_ROUND),
    "taiwaneseCounting": _to_99(_ROUND),
    "chineseCountingThousand": _counted(_CHINESE),
    "taiwaneseCountingThousand": _counted(_TAIWANESE),
    "japaneseCounting": _counted(_JAPANESE),
    "koreanDigital2": _positional("零一二三四五六七八九"),
    "chineseLegalSimplified": _counted(_LEGAL),
    "ideographLegalTraditional": _counted(_LEGAL_TRADITIONAL),
    "japaneseLegal": _counted(_LEGAL_JAPANESE),
    "ideographDigital": _positional(_PLAIN),
    "japaneseDigitalTenThousand": _positional(_PLAIN),
    "taiwaneseDigital": _positional(_ROUND),
    "ideographEnclosedCircle": _from("㈠", 10),
    "ideographTraditional": _row(_STEMS),
    "ideographZodiac": _row(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
}
