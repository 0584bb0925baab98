"""The number under which a document was issued: 国发〔2018〕41号, 国务院令第722号.

A document names the numbers of many others. Its own stands where GB/T 9704-2012 (7.2.5) and the
pages of governments put it: on a line of its own over or under the title, at either end of the
title, behind a label (发文字号：), or in the heading of a law (…令第722号公布).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.metadata.evidence import Evidence
from indexer.metadata.finding import Finding, Place

_OPEN, _CLOSE = r"[〔﹝\[【［(（〈<]", r"[〕﹞\]】］)）〉>]"
_HAN = r"[\u4e00-\u9fff]"
_NUMBER = (
    rf"(?P<word>{_HAN}(?:{_HAN}|[A-Z]){{0,24}}?)\s*{_OPEN}\s*(?P<year>\d{{4}})\s*年?\s*{_CLOSE}"
    r"\s*(?P<nth>第?)\s*(?P<no>\d{1,5})\s*号"
)
_DECREE = (
    rf"(?P<body>{_HAN}(?:{_HAN}|[、 ]){{1,40}}?(?:令|公告|通告))\s*"
    rf"(?:{_OPEN}?\s*(?P<of>\d{{4}})\s*年?\s*{_CLOSE}?\s*)?第?\s*(?P<count>\d{{1,5}}|[○〇零一二三四五六七八九十百]+)\s*号"
)
_LINE = re.compile(
    rf"[（(]?\s*(?:{_HAN}{{2,30}}文件\s*)?{_NUMBER}\s*[）)]?(?:\s*签发人.{{0,12}})?$"
)
_LINE_OF_DECREE = re.compile(rf"[（(]?\s*{_DECREE}\s*[）)]?$")
_LABELLED = re.compile(rf"(?:发文字号|发文号|公文编号|文件编号|文\s*号)\s*[：:]?\s*{_NUMBER}")
_BEGINS = re.compile(rf"{_NUMBER}(?!\s*(?:文|收悉|印发|转发))")
_ENDS = re.compile(rf"[（(]\s*{_NUMBER}\s*[）)]$")
_BEGINS_DECREE = re.compile(_DECREE)
_LETTERHEAD = re.compile(
    rf"^.*(?:文件|{_HAN}{{4}}(?:人民政府|办公[厅室]|委员会|厅|局|部))(?={_HAN}{{2}})"
)
"""An office's name printed before the number without a gap."""
_LONGEST_WORD = 10
"""Characters of the word before the year (机关代字); 冀科成市函 is a long one."""
_MASTHEAD = re.compile(rf"{_HAN}(?:{_HAN}|[、 ]){{2,40}}(?:令|公告)$")
_BARE = re.compile(
    rf"{_OPEN}?\s*(?:(?P<year>\d{{4}})\s*年?\s*{_CLOSE}?\s*)?第?\s*(?P<no>\d{{1,5}}|[○〇零一二三四五六七八九十百]+)\s*号\s*{_CLOSE}?$"
)
_PASSED = re.compile(rf"{_DECREE}\s*(?:公布|发布)")
_DAY = re.compile(r"^.*(?:日|根据|经|以)\s*")
_FILED = re.compile(r"^[\d\s_.\-—、]+")
"""The day or the place in a list, put before a file's name."""
_FIRST = 12
"""Lines at the start among which the number stands."""
_OPENING = 6
"""Lines at the start that may hold the number and the whole text behind it: flattened pages."""
_TABLE = 1000
"""Characters at the start among which a page's table of labels stands."""
_YEAR = re.compile(r"〔(\d{4})〕|(\d{4})年第")


def find_number(evidence: Evidence) -> Finding[str] | None:
    """The number with tortoise-shell brackets and no blanks, as GB/T 9704-2012 prints it."""
    return next(_numbers(evidence), None)


def year_of(number: str) -> int | None:
    """The year that a number counts in: 2018 for 国发〔2018〕41号."""
    match = _YEAR.search(number)
    return int(match[1] or match[2]) if match else None


def _numbers(evidence: Evidence) -> Iterator[Finding[str]]:
    yield from _in_name(evidence.title, Place.TITLE)
    asides = tuple(line.strip() for line in evidence.asides.split("\n"))
    lines = tuple(_without_title(evidence, line) for line in evidence.lines[:_FIRST])
    for text in (evidence.asides, evidence.head[:_TABLE]):
        for label in _LABELLED.finditer(text):
            if number := _numbered(label):
                yield Finding(number, label[0], Place.TEXT)
    for line in (*lines, *asides):
        yield from _on_lines((line,), _LINE)
        if match := _LINE_OF_DECREE.match(line):
            yield Finding(_decreed(match), line, Place.TEXT)
    for over, under in pairwise(lines):
        if _MASTHEAD.match(over) and (bare := _BARE.match(under)):
            yield Finding(_counted(over, bare["year"], bare["no"]), f"{over} {under}", Place.TEXT)
    yield from _on_lines(lines[:_OPENING], _BEGINS)
    if match := _PASSED.search(evidence.preamble):
        yield Finding(_decreed(match), match[0], Place.TEXT)
    yield from _in_name(_FILED.sub("", evidence.stem), Place.FILE_NAME)


def _without_title(evidence: Evidence, line: str) -> str:
    """A line of a flattened page begins with the title once more."""
    return line.removeprefix(evidence.title).strip() if evidence.title else line


def _on_lines(lines: Sequence[str], pattern: re.Pattern[str]) -> Iterator[Finding[str]]:
    for line in lines:
        match = pattern.match(line)
        if match and (number := _numbered(match)):
            yield Finding(number, match[0], Place.TEXT)


def _in_name(name: str, place: Place) -> Iterator[Finding[str]]:
    """At either end of a name; within it, it is another document's (关于落实国发…号文件的…)."""
    match = _BEGINS.match(name) or _ENDS.search(name)
    if match and (number := _numbered(match)):
        yield Finding(number, match[0], place)
    elif match := _BEGINS_DECREE.match(name):
        yield Finding(_decreed(match), match[0], place)


def _numbered(match: re.Match[str]) -> str | None:
    word = _LETTERHEAD.sub("", match["word"], count=1)
    if len(word) > _LONGEST_WORD:
        return None
    return f"{word}〔{match['year']}〕{match['nth']}{match['no']}号"


def _decreed(match: re.Match[str]) -> str:
    return _counted(_DAY.sub("", match["body"]), match["of"], match["count"])


def _counted(body: str, year: str | None, count: str) -> str:
    if not year:
        return f"{body}第{count}号"
    # Decrees put the year in brackets, announcements write it out: 公告2023年第12号.
    return f"{body}〔{year}〕第{count}号" if body.endswith("令") else f"{body}{year}年第{count}号"
