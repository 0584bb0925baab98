"""How likely a character is in a Chinese text: what tells one reading of some bytes from another.

A text read in a wrong encoding is full of characters that nobody uses; the sum over its
characters of -log p is far above that of the right reading of the same bytes.
"""

from __future__ import annotations

import unicodedata
from functools import cache

# The 500 most frequent ideographs, half by this project's reports and half by the word
# frequencies of jieba's dictionary: 86 % of the ideographs of a report, 71 % of general text.
_SIMPLIFIED = frozenset(
    "的人一和国有不在是中业大行了政会地工民以为发法定生年上部理建作要第用条应个主全产设管当他对等"
    "进十市制门这实经规关动区成我家学出化机本时保公务新方展来加合能到下技高科力自资体开分重事三者"
    "可于得二位其道同员水后省就过提长们社级或面施之子安府代各度说现改及也内多所与日平文基通性强利"
    "城由单入物项五量责品好教明立表处治任外术四天农持前着金相构心并场权种期目点专护企向北小共计职"
    "委系报推而情你起信组都正增名活使里创元育程济然质军办从准服标导院县数统监收月去意还万将研划取"
    "件间依结义两那路决照源交费调按支放如次议口常总特防供电原领知见南无革据求造山战查已完西指手问"
    "织最式没东果海只更投河运头接因证范些域审反医备环境又形么此集但解想督步给气具受比效布确把先看"
    "险转流六未营检身老执善被息请整评批题格联书律深财变江案村续策例台商际直型价样清称风线快做协达"
    "色记根况美别世她需负才验车究校回少湖优复师违类武八石告百态积列传必认预林广款消选命华众算置七"
    "打队土空党采坚至则儿网助九乡族申核举极引参群首料落局承声干障升住很争今司益女予汉严章考围令排"
    "界热号测字许论再团真米示限历食修王己神非话包每州难带装居便健马识精值失听容房节约"
)
# Their traditional forms (OpenCC's character table, with those of Taiwan).
_TRADITIONAL = frozenset(
    "國業會爲發條應個產設當對進門這實經規關動區學機時務來資體開於員後過長們級說現內與強單項責處術"
    "農構並場權種點專護計職報組裏創濟質軍辦從準標導縣數統監還萬將劃間結義兩決費調議總電領見無據戰"
    "問織沒東運頭證範審醫備環麼給氣確險轉營檢執請評題聯書財變續臺際價樣稱風線協達記況別負驗車優復"
    "師違類態積傳認預廣選華衆隊黨採堅則兒網鄉舉極參羣聲幹爭漢嚴圍熱號測許論團歷話難帶裝馬識聽節約"
    "為裡眾"
)
_POINTS = frozenset("，。、；：“”（）《》？！ \u3000\n")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,.:;()-\r\t")
_NEVER = 22.0


def is_frequent(character: str) -> bool:
    """One of the 500 ideographs that make up most of any Chinese text, in either script."""
    return character in _SIMPLIFIED or character in _TRADITIONAL


def surprise(text: str) -> float:
    """-log p of `text` in nats, its characters taken one by one; about 7 a Chinese character."""
    return sum(map(_surprise, text))


@cache
def _surprise(character: str) -> float:
    """-log p of one character, in the classes that wrong readings are told by.

    The figures are shares of official texts, rounded: 500 common ideographs are three in four
    characters, the other 6,000 of everyday character sets one in ten.
    """
    if character in _POINTS:
        return 4.5
    if character in _SIMPLIFIED or character in _TRADITIONAL:
        return 6.5
    if character in _LETTERS:
        return 5.5
    if "\u4e00" <= character <= "\u9fff":
        return 10.0 if _is_everyday(character) else 15.0
    if "!" <= character <= "~" or _is_punctuation(character):
        return 8.0
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs"):
        return _NEVER
    return 18.0


def _is_everyday(character: str) -> bool:
    """In the first level of GB 2312 or of Big5: 3,755 and 5,401 ideographs in daily use."""
    simplified = character.encode("gb2312", "ignore")
    traditional = character.encode("big5", "ignore")
    return b"\xb0" <= simplified < b"\xd8" or b"\xa4" <= traditional < b"\xc7"


def _is_punctuation(character: str) -> bool:
    return (
        "\u3000" <= character <= "\u303f"
        or "\uff01" <= character <= "\uff5e"
        or "\u2010" <= character <= "\u2027"
        or character in "·×①②③④⑤⑥⑦⑧⑨⑩％℃"
    )
