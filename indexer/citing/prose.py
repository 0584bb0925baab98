"""What is pasted into notes: Markdown, plain text, and HTML for Word."""

from __future__ import annotations

import re
from html import escape

from indexer.citing.gbt7714 import gbt7714
from indexer.citing.sources import Citation

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$&]")
_AT_START = re.compile(r"^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-+\s*$|\d{1,9}[.)](?=\s|$))")


def plain(cited: Citation) -> str:
    """The words, an empty line, the citation; of a report the citation alone."""
    return "\n\n".join(filter(None, (cited.quote, gbt7714(cited))))


def markdown(cited: Citation) -> str:
    """The words as a block quote, each paragraph its own, then the citation with its link."""
    told = citation_in_markdown(cited)
    if not cited.quote:
        return told
    return f"{quote_in_markdown(cited.quote)}\n\n{told}"


def quote_in_markdown(quote: str) -> str:
    return "\n>\n".join(f"> {escaped(line)}" for line in quote.split("\n"))


def citation_in_markdown(cited: Citation) -> str:
    """CommonMark's <…> makes a link of an address and leaves the full stop behind it out."""
    before, link, after = _around_link(cited)
    return escaped(before) + (f"<{link}>" if link else "") + escaped(after)


def html(cited: Citation) -> str:
    """A fragment that Word and web editors take as rich text; it holds no style and no class."""
    before, link, after = _around_link(cited)
    anchor = f'<a href="{escape(link)}">{escape(link)}</a>' if link else ""
    told = f'<p lang="zh-CN">{escape(before)}{anchor}{escape(after)}</p>'
    if not cited.quote:
        return told
    lines = "".join(f"<p>{escape(line)}</p>" for line in cited.quote.split("\n"))
    source = f' cite="{escape(link)}"' if link else ""
    return f'<blockquote lang="zh-CN"{source}>{lines}</blockquote>{told}'


def escaped(line: str) -> str:
    """One line of text as Markdown that shows exactly it (CommonMark 2.4; tables, ~~ and $ too)."""
    shown = _SPECIAL.sub(r"\\\g<0>", line)
    return _AT_START.sub(_escaped_start, shown)


def _escaped_start(found: re.Match[str]) -> str:
    mark = found[0]
    if mark[0].isdigit():
        return f"{mark[:-1]}\\{mark[-1]}"
    return f"\\{mark}"


def _around_link(cited: Citation) -> tuple[str, str, str]:
    """The citation before its link, the link, and what follows."""
    told = gbt7714(cited)
    if not cited.link:
        return told, "", ""
    before, link, after = told.rpartition(cited.link)
    return before, link, after
