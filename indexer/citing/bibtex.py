"""BibTeX in UTF-8, for BibTeX and BibLaTeX alike.

Bodies stand in braces of their own, so that no program takes them for first and last names.
`mark` and `medium` tell the Chinese styles (gbt7714, biblatex-gb7714-2015) the type of
GB/T 7714-2015; others pass them over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.citing.sources import Citation, Genre

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # \{ would do for TeX, but BibTeX counts braces whatever stands before them.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
}
_SPECIAL = re.compile("[" + re.escape("".join(_TEX)) + "]")
_NOT_IN_ADDRESSES = {char: f"%{ord(char):02X}" for char in '{}\\ "'}


def bibtex(cited: Citation) -> str:
    """One entry, with the empty line that parts it from the next."""
    kind = "techreport" if cited.source.genre is Genre.REPORT else "misc"
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(cited))
    return f"@{kind}{{{cited.key},\n{fields}}}\n\n"


def escaped(text: str) -> str:
    """Text as TeX prints it."""
    return _SPECIAL.sub(lambda found: _TEX[found[0]], " ".join(text.split()))


def _fields(cited: Citation) -> Iterator[tuple[str, str]]:
    source = cited.source
    if source.issuers:
        yield "author", " and ".join(f"{{{escaped(body)}}}" for body in source.issuers)
    yield "title", escaped(source.title)
    if source.genre is Genre.REPORT and source.issuers:
        # BibTeX asks for it in a @techreport.
        yield "institution", escaped("、".join(source.issuers))
    if source.number:
        yield "number", escaped(source.number)
    year = source.published or source.estimated
    if year:
        yield "year", str(year)
    if source.date:
        yield "date", source.date
    if cited.pages:
        yield "pages", cited.pages.replace("-", "--")
    if cited.link:
        yield "url", "".join(_NOT_IN_ADDRESSES.get(char, char) for char in cited.link)
        yield "urldate", cited.accessed.isoformat()
    yield "langid", "chinese" if source.chinese else "english"
    yield "mark", source.genre.value
    if cited.link:
        yield "medium", "OL"
    if cited.quote:
        yield "annote", escaped(cited.quote)
