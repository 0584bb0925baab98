"""RIS, as EndNote, Zotero and NoteExpress import it: a tag, two blanks, a hyphen, a blank, a value.

A record begins with TY and ends with ER; lines end in CR LF and hold one value each.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.citing.sources import Citation, Genre, Source

_TYPES = {
    Genre.REPORT: "RPRT",
    Genre.DOCUMENT: "GOVDOC",
    Genre.STANDARD: "STAND",
    Genre.NOTICE: "ELEC",
}


def ris(cited: Citation) -> str:
    """One record, with the line that parts it from the next."""
    lines = (f"{tag}  - {_one_line(value)}" for tag, value in _fields(cited))
    return "\r\n".join((*lines, "ER  - ", "", ""))


def _fields(cited: Citation) -> Iterator[tuple[str, str]]:
    source = cited.source
    yield "TY", _type(source)
    yield "ID", cited.key
    yield "TI", source.title
    for body in source.issuers:
        yield "AU", body
    year = source.published or source.estimated
    if year:
        yield "PY", str(year)
    if source.date:
        yield "DA", source.date.replace("-", "/")
    if source.number:
        # The number of a report stands where books have their ISBN, that of a law does not.
        yield "M1" if source.is_law else "SN", source.number
    if cited.pages:
        first, _, last = cited.pages.partition("-")
        yield "SP", first
        if last:
            yield "EP", last
    if cited.link:
        yield "UR", cited.link
        yield "Y2", cited.accessed.strftime("%Y/%m/%d")
    yield "LA", "zh" if source.chinese else "en"
    if cited.quote:
        yield "N1", cited.quote


def _type(source: Source) -> str:
    return "STAT" if source.is_law else _TYPES[source.genre]


def _one_line(value: str) -> str:
    return " ".join(value.split())
