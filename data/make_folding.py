"""Make indexer/vocabulary/folding.tsv, the complete table of what folding does to a character.

    python data/make_folding.py EquivalentUnifiedIdeograph.txt

Sources: this Python's Unicode data (widths, compatibility forms, case), the file named on the
command line (Unicode's own, Debian package `unicode-data`; Unicode licence) for radicals, and
OpenCC's TSCharacters (Apache-2.0, package `opencc-python-reimplemented`) for traditional
script. The result is a file of the project so that folding is the same under every Python.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

OUTPUT = Path(__file__).resolve().parent.parent / "indexer" / "vocabulary" / "folding.tsv"

BARRIER = "\x1f"

# Simplified texts use these as they are (乾县 is a county, 乾隆 a reign): folding 乾 to 干 would
# invent matches. OpenCC itself leaves 著 瞭 藉 覆 祇 彷 alone for the same reason.
KEPT_TRADITIONAL = "乾"

# The first character is what the others become.
PUNCTUATION = (
    ",，﹐︐",
    "、﹑､︑",
    "。｡︒",
    ".．﹒․",
    "·‧•・･∙⋅",
    ":：﹕︓∶꞉",
    ";；﹔︔",
    "!！﹗︕",
    "?？﹖︖",
    "(（﹙︵",
    ")）﹚︶",
    "[［〔﹝【〖︹︻︗",
    "]］〕﹞】〗︺︼︘",
    "{｛﹛︷",
    "}｝﹜︸",
    "《︽«≪",
    "》︾»≫",
    "〈︿‹",
    "〉﹀›",
    "<＜﹤",
    ">＞﹥",
    '"“”„‟″＂〝〞〟「」｢｣﹁﹂',
    "'‘’‚‛′＇『』﹃﹄`｀´",
    "-‐‑‒–—―−－﹣﹘─━",
    "~～〜∼˜",
    "/／∕⁄",
    "|｜∣│",
    "*＊﹡∗",
    "°˚",
    "〇○◯",
    "¥￥",
)
LONGER = {"…": "...", "⋯": "...", "‥": "..", "№": "no", "℃": "°c", "℉": "°f"}

# Compatibility forms that stand for the plain characters. Left alone on purpose: circled and
# full-stop numbers (① ⒈ beside a digit would make another number), superscripts (10²), fractions,
# and the telegraph forms of days and hours, which begin with a digit.
COMPATIBLE = (
    (0x00B5, 0x00B5),  # micro sign
    (0x2126, 0x212B),  # ohm, kelvin, ångström signs
    (0x2160, 0x217F),  # Roman numerals
    (0x2474, 0x2487),  # (1) to (20)
    (0x249C, 0x24B5),  # (a) to (z)
    (0x3200, 0x321E),
    (0x3220, 0x3243),  # (一)
    (0x3300, 0x3357),
    (0x3371, 0x33DF),  # ㎡ ㎞
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFB00, 0xFB06),  # Latin ligatures
    (0xFB50, 0xFDFF),  # Arabic presentation forms (Uyghur texts)
    (0xFE70, 0xFEFC),
    (0xFF01, 0xFFEE),  # half and full width
    (0x1D400, 0x1D7FF),  # mathematical letters, which some PDF fonts report
    (0x2F00, 0x2FD5),  # Kangxi radicals
    (0x2F800, 0x2FA1F),
)

EAST_ASIAN = (
    (0x1100, 0x11FF),
    (0x2E80, 0x31FF),
    (0x3200, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0x1B000, 0x1B2FF),
    (0x20000, 0x3FFFF),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("radicals", type=Path, help="Unicode's EquivalentUnifiedIdeograph.txt")
    arguments = parser.parse_args()
    lines = [
        "# What folding does to each character; made by data/make_folding.py, not by hand.",
        "# map: code point, folded form. drop, space, letter: ranges of code points; a blank is",
        "# kept only between two of letter. What is not listed stays as it is.",
        "# Sources: Unicode data (Unicode licence); OpenCC TSCharacters (Apache-2.0).",
    ]
    table = closed(dict(steps(arguments.radicals)))
    lines += [f"map\t{ord(char):04X}\t{folded}" for char, folded in sorted(table.items())]
    for name, test in (("drop", is_dropped), ("space", is_space), ("letter", is_letter)):
        lines += [f"{name}\t{low:04X}\t{high:04X}" for low, high in ranges(test)]
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUTPUT.name}: {len(table)} characters")
    return 0


def steps(radicals: Path) -> Iterator[tuple[str, str]]:
    """Character and what one step makes of it; a later pair replaces an earlier one."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if 0xD800 <= code <= 0xDFFF or is_dropped(code) or is_space(code):
            continue
        if char.casefold() != char:
            yield char, char.casefold()
        if any(low <= code <= high for low, high in COMPATIBLE):
            folded = decomposed(char)
            if folded != char and not folded.isspace() and " " not in folded:
                yield char, folded.casefold()
    yield from read_radicals(radicals)
    yield from read_traditional()
    yield from LONGER.items()
    for group in PUNCTUATION:
        for char in group[1:]:
            yield char, group[0]


def decomposed(char: str) -> str:
    """One level of compatibility decomposition at a time, which keeps the ² of ㎡."""
    fields = unicodedata.decomposition(char).split()
    if not fields:
        return char
    parts = [chr(int(field, 16)) for field in fields if not field.startswith("<")]
    return "".join(part if part in "²³" else decomposed(part) for part in parts)


def read_radicals(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        span, _, target = entry.partition(";")
        first, _, last = span.strip().partition("..")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            # Strokes (31C0..) are drawings of strokes, not words in a text.
            if code < 0x31C0:
                yield chr(code), chr(int(target, 16))


def read_traditional() -> Iterator[tuple[str, str]]:
    source = files("opencc").joinpath("dictionary", "TSCharacters.txt")
    for line in source.read_text(encoding="utf-8").splitlines():
        char, _, candidates = line.partition("\t")
        simplified = candidates.split()[0]
        if char not in KEPT_TRADITIONAL and simplified != char:
            yield char, simplified


def closed(table: dict[str, str]) -> dict[str, str]:
    """The table followed to its end, so that folding what is folded changes nothing."""
    result = {}
    for char in table:
        seen = char
        for _ in range(8):
            following = "".join(table.get(part, part) for part in seen)
            if following == seen:
                break
            seen = following
        if seen != char:
            result[char] = seen
    return result


def is_dropped(code: int) -> bool:
    char = chr(code)
    if char == BARRIER or is_space(code):
        return False
    return (
        unicodedata.category(char) in ("Cc", "Cf")
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
        or code in (0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0)
    )


def is_space(code: int) -> bool:
    return unicodedata.category(chr(code)).startswith("Z") or code in (9, 10, 11, 12, 13, 0x85)


def is_letter(code: int) -> bool:
    """Letters and digits of scripts that set blanks between words."""
    if any(low <= code <= high for low, high in EAST_ASIAN):
        return False
    category = unicodedata.category(chr(code))
    return category[0] in "LM" or category == "Nd"


def ranges(test: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    start = None
    for code in range(sys.maxunicode + 2):
        inside = code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF and test(code)
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            yield start, code - 1
            start = None


if __name__ == "__main__":
    sys.exit(main())
