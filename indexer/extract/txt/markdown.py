"""Markdown marks in a text: understood, and taken out of what is read.

A heading's `#` gives its level; `**` around bold words, a backslash before a mark, the address
behind a link, fences, rules and HTML comments go; a table's lines become rows. Lists and single
asterisks stay as they are: in official texts they are mostly no Markdown at all.
"""

from __future__ import annotations

import re
from html import unescape

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)\*\*")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:https?:|[./#]|[\w%-]+\.)[^()\s]*(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(
    r"<(/?(?:b|strong|i|em|u|font|span|sup|sub|center))(?:\s[^<>]*)?>|<br\s*/?>", re.I
)
_DRAWN = re.compile(r"[ ]{0,3}(?:(?:-[ ]?){3,}|(?:\*[ ]?){3,}|_{3,}|={3,}|```.*|~~~.*)$")
_QUOTE = re.compile(r"^[ ]{0,3}(?:>[ ]?)+")
_SIGNS = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+\S|\*\*[^*\n]+\*\*|\]\(https?://|^```", re.MULTILINE)
_ROW = re.compile(r"\s*\|(.*)\|\s*$")
_RULE = re.compile(r"\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")


def is_markdown(text: str) -> bool:
    """Whether headings, bold words, links or code in `text` are marked the Markdown way."""
    return _SIGNS.search(text) is not None


def without_comments(text: str) -> str:
    """`text` without HTML comments, which no reader of the page sees."""
    return _COMMENT.sub("", text)


def heading(line: str) -> tuple[int, str]:
    """The number of `#` before a heading and its words; (0, line) for another line."""
    found = _HEADING.match(line)
    return (len(found.group(1)), found.group(2)) if found else (0, line)


def cells(line: str) -> tuple[str, ...] | None:
    """The cells of a table's line; () for the rule under its head; None for another line."""
    if _RULE.match(line):
        return ()
    found = _ROW.match(line)
    return tuple(cell.strip() for cell in found.group(1).split("|")) if found else None


def plain(line: str) -> str:
    """A line without the sign of a quotation; nothing of a rule or of a fence around code."""
    return "" if _DRAWN.match(line) else _QUOTE.sub("", line)


def unmark(line: str) -> str:
    """Without the marks of bold words and links, without tags, entities and protecting \\."""
    text = _TAG.sub(lambda found: "" if found[1] else " ", _LINK.sub(r"\1", line))
    return unescape(_ESCAPE.sub(r"\1", _BOLD.sub(r"\1", text)))
