"""Characters of Word's symbol fonts: Symbol, Wingdings and their like draw letters of their own.

A symbol stands in a file as the font's code, alone or moved to U+F000 (private use). The codes of
Symbol are Adobe's Symbol encoding; of the picture fonts those are known that documents use as
text: boxes to tick, bullets, arrows, circled numbers, hands. What is not known is a picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PRIVATE = 0xF000
_PRIVATE_CODES = re.compile("[\uf020-\uf0ff]")

_SYMBOL = {
    0x20 + at: character
    for at, character in enumerate(
        " !∀#∃%&∋()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
        "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
    )
} | {
    0xA0 + at: character
    for at, character in enumerate(
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
        " 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
    )
}


def _codes(table: str) -> dict[int, str]:
    """`4A☺ 6C●■` : from 4A on ☺, from 6C on ● and ■."""
    return {
        int(row[:2], 16) + at: character
        for row in table.split()
        for at, character in enumerate(row[2:])
    }


_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _codes(
        "20\u3000 21✏✂✁ 28☎ 2A✉ 3F✍ 41✌ 45☜☞☝☟ 4A☺ 4C☹ 51✈☼ 54❄ 56✞ 58✠✡☪☯ 6C●❍■□"
        " 70□❑❒⬧⧫◆❖⬥⌧ 7A⌘ 80⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿ 9E·•▪○ A4◉◎ A7▪□ AA✦★✶✴✹✵ B5✪✰"
        " D8➢ DC➲ DF←→↑↓↖↗↙↘ E8➔ EF⇦⇨⇧⇩⇔⇕ FB✗✓☒☑"
    ),
    "wingdings 2": _codes("4F✗✓☒☑☒☒ 69⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿ 96·●● 9E⦿ A0■▪□□□ AA✦ EA★"),
    "wingdings 3": _codes("66←→↑↓↖↗↙↘↔↕ 70▲▼△▽◀▶◁▷ 7D▶"),
    "webdings": _codes("33◀▶▲▼ 3C■ 61✓ 63□ 67■ 6E● 72✗"),
}


def symbol(font: str, code: int) -> str:
    """The character that `font` draws for a code; empty for a picture."""
    table = _FONTS.get(font.strip().lower())
    if table is not None:
        return table.get(code - _PRIVATE if code >= _PRIVATE else code, "")
    if _PRIVATE <= code <= _PRIVATE + 0xFF:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFF else ""


def may_be_symbols(text: str) -> bool:
    """Whether the font of `text` must be asked what it draws.

    That is told by codes moved to private use, and by a run of one or two letters or marks: a box
    to tick is an ¨ or an R in Wingdings.
    """
    return (len(text) <= 2 and text < "\u0100" and not text.isdecimal()) or (
        _PRIVATE_CODES.search(text) is not None
    )


def drawn(font: str, text: str) -> str:
    """`text` as a font draws it: the same, but for a symbol font and codes in private use."""
    if font.strip().lower() in _FONTS and len(text) <= 2:
        return "".join(symbol(font, ord(character)) for character in text)
    return _PRIVATE_CODES.sub(lambda found: symbol(font, ord(found.group())), text)
