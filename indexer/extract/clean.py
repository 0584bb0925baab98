"""Text cleaning as named steps, `str -> str`: what is removed or unified in whatever was read.

Only what no reader can see changes: control characters go, and radicals or compatibility
forms that a font put in place of an ideograph become that ideograph. Punctuation, width and
script stay as printed; unifying those is the business of `folding`, on the matched text only.
"""

from __future__ import annotations

import re
import unicodedata

from indexer.report import BARRIER

# EquivalentUnifiedIdeograph.txt of the Unicode character database, for the block CJK Radicals
# Supplement, as far as the equivalents lie in the basic plane: PDF fonts yield ⻓ for 长.
_SUPPLEMENT = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺵⺷⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉𦥑艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_UNIFIED = str.maketrans(*_SUPPLEMENT)
_UNIFIABLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
# All of category Cc but the tab, which is a blank; lone surrogates, which no file can hold.
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u2e80-\u2fdf\ud800-\udfff\uf900-\ufaff"
    "\U0002f800-\U0002fa1f]"
)
"""Whatever any of the steps below changes: most texts hold none of it."""
_SEPARATOR = re.compile("[\u2028\u2029]")

INVISIBLE = " \t\u00a0\u3000\u2000-\u200f\u2028-\u202f\u205f\u2060\ufeff"
"""Blanks and zero-width characters, as the inside of a regular expression's class."""

_EDGES = " \t\u00a0\u3000\u205f\u2060\ufeff" + "".join(
    map(chr, (*range(0x2000, 0x2010), *range(0x2028, 0x2030)))
)
_WHITE = re.compile(f"[{INVISIBLE}\\s]+")


def clean(text: str) -> str:
    """`text` (no line of it ends inside) without control characters, ideographs unified."""
    return text if _ODD.search(text) is None else unify(printable(text))


def printable(text: str) -> str:
    """Without control characters, `BARRIER` among them; line separators become blanks."""
    return _SURROGATE.sub("\ufffd", _SEPARATOR.sub(" ", _CONTROL.sub("", text)))


def unify(text: str) -> str:
    """Kangxi radicals, radical supplements and compatibility ideographs as plain ideographs."""
    return _UNIFIABLE.sub(_plain, text)


def _plain(found: re.Match[str]) -> str:
    character = found.group().translate(_UNIFIED)
    plain = unicodedata.normalize("NFKC", character)
    # U+2EF3 and its like keep a compatibility form; nothing here may grow into several.
    return plain if len(plain) == 1 else character


def strip(text: str) -> str:
    """Without blanks and zero-width characters at either end."""
    return text.strip(_EDGES)


def visible(text: str) -> str:
    """The characters of `text` that can be seen: no white space, nothing of zero width."""
    return _WHITE.sub("", text).replace(BARRIER, "")
