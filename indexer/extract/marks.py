"""What a line looks like by its own characters: numbered, dated, signed, finished.

The numbering is that of GB/T 9704-2012, 7.3.3 (一、 then （一） then 1. then （1）), with the
chapters and sections of laws beside it.
"""

from __future__ import annotations

import re

_NUMERAL = "一二三四五六七八九十百零〇○"
_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (1, rf"第\s*[{_NUMERAL}\d]+\s*[章编篇](?:[\s\u3000]|$|[^，。；、])"),
        (1, rf"第\s*[{_NUMERAL}\d]+\s*部分(?:[\s\u3000：:]|$)"),
        (2, rf"第\s*[{_NUMERAL}\d]+\s*节(?:[\s\u3000]|$|[^，。；、])"),
        (3, rf"第\s*[{_NUMERAL}\d]+\s*条$"),
        (1, rf"[{_NUMERAL}]+\s*[、．]"),
        (2, rf"[（(]\s*[{_NUMERAL}]+\s*[）)]"),
        (4, r"[（(]\s*[\d０-９]{1,2}\s*[）)]"),
        (3, r"[\d０-９]{1,2}\s*[、．.](?!\s*[\d０-９])"),
    )
)
_ITEM = re.compile(
    rf"第\s*[{_NUMERAL}\d]+\s*[章编篇节条款项]|第[{_NUMERAL}]+[，,、]|[{_NUMERAL}]+是|[{_NUMERAL}]要"
    r"|[-—–―－─]{2}|[●○■◆▪•·◇□★☆△▲※*]|[-+]\s|[①-⓿❶-➓㈠-㈩]|[［\[〔【]\s*\d+\s*[］\]〕】]"
    r"|[\d０-９]{1,2}\s*[)）]|\d{4}年\d{1,2}月\d{1,2}日\s"
    r"|附\s*[件表录图注]?\s*\d*\s*[:：]|注\s*\d*\s*[:：]|(?:备注|说明|来源|抄送|主题词|责任编辑|编辑)\s*[:：]"
    r"|\s*[（(](?:此件|来源|原载|完)"
)
_DATE = re.compile(
    r"[（(]?\s*(?:[\d０-９○〇零一二三四五六七八九]\s*){4}\s*(?:年|[-./])\s*"
    r"[\d０-９元一二三四五六七八九十]{1,3}\s*(?:月|[-./])\s*[\d０-９一二三四五六七八九十]{1,3}\s*日?"
    r"(?:\s*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2})?秒?)?\s*[）)]?"
)
_SALUTATION = re.compile(r"[^。；]{1,80}[：:]")
_ISSUER = re.compile(
    r"[^，。；：、]{2,40}"
    r"(?:委员会|政府|办公室|办公厅|[局厅部院处署社会队站所]|中心|公司|集团|法院|检察院|大学|学校|[委办])"
)
_FINISHED = re.compile("[。！？!?；;：:…][”’」』》）)\\]】〕\"']*$|[.][”\"’']?$")
_SENTENCE = re.compile("[。；！？;]|[：:，]$")
_RUNNING = re.compile("[，。；、,;！？]")
_LEADERS = re.compile(r"(?:[.．…·・‥\-]\s*){4,}\s*[（(]?\d{1,4}[）)]?$")
_OPENING = tuple("（(《〈“‘「『【〔[")
_CLOSING = tuple("，。、；：！？）)》〉”’」』】〕]％%‰·")

SHORT = 50
"""The most characters that a line may have to be taken for a heading."""


def numbering(line: str) -> int:
    """The level of the number that `line` begins with, 1 to 4; 0 when it begins with none."""
    return next((level for level, pattern in _LEVELS if pattern.match(line)), 0)


def is_heading(line: str) -> bool:
    """Numbered, short, and without a sentence's end anywhere in it."""
    return 0 < len(line) <= SHORT and numbering(line) > 0 and not _SENTENCE.search(line)


def begins_item(line: str) -> bool:
    """Begins a thing of its own: a number, 一是, a dash, a bullet, 附件：, a note."""
    return numbering(line) > 0 or _ITEM.match(line) is not None


def is_date(line: str) -> bool:
    """A date and nothing else, as under a report: 2026年3月11日, 二〇二六年三月十一日."""
    return _DATE.fullmatch(line) is not None


def is_salutation(line: str) -> bool:
    """Whom a report addresses: 各位代表： or 各市人民政府，省政府各部门：."""
    return _SALUTATION.fullmatch(line) is not None


def is_issuer(line: str) -> bool:
    """The name of an office and nothing else, as it stands over a date."""
    return _ISSUER.fullmatch(line) is not None


def is_finished(line: str) -> bool:
    """Ends where a sentence or a clause of its own may end (。！？；： and closing marks)."""
    return _FINISHED.search(line) is not None


def is_running(line: str) -> bool:
    """Holds punctuation that titles, names and signatures do not have."""
    return _RUNNING.search(line) is not None


def is_entry(line: str) -> bool:
    """A line of a table of contents: its dots lead to a page number."""
    return _LEADERS.search(line[-SHORT:]) is not None


def ends_open(line: str) -> bool:
    """Ends with an opening bracket or quotation mark: its text goes on."""
    return line.endswith(_OPENING)


def ends_closing(line: str) -> bool:
    """Ends with a mark that may hang over the edge of justified text."""
    return line.endswith(_CLOSING)


def begins_closing(line: str) -> bool:
    """Begins with a mark that no line begins with unless its text was cut before it."""
    return line.startswith(_CLOSING)
