"""What a report is: region, year, topics, issuer, date, number, kind, each from its own finder.

evidence   the document as the finders look at it
places     where a text names places; national: which bodies speak for the whole country
dates, congresses
           days, years and stretches of years as texts write them; when a congress sat
kind, issuer (with lawmaker), signing, document_number, region (with region_text), year,
           topic (with topic_terms)
           pure functions that find one thing each; what they cannot settle is None
finding    what they return: a value, the words it was taken from, and where these stand
overrides, cells, amending
           metadata.csv, by which a person settles it: its rows, its cells, a change to its text

`describe` composes them and keeps what each value was taken from. METADATA_VERSION goes up when a
finder or the vocabulary changes what is found, so that reports already in a catalogue are
described again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from indexer.metadata.document_number import find_number
from indexer.metadata.evidence import evidence
from indexer.metadata.finding import Finding
from indexer.metadata.issuer import find_issuer
from indexer.metadata.kind import find_kind
from indexer.metadata.region import find_region
from indexer.metadata.signing import find_date
from indexer.metadata.topic import find_topics
from indexer.metadata.year import find_year
from indexer.report import BARRIER, BlockKind, Document, Ground, Metadata, Place

METADATA_VERSION = 3

_LETTERS = re.compile(r"[\W_]+")
"""What stands between letters: file names often lack it."""
_BEGINNING = 12
"""Letters by which a title that a file's name gave is known again."""
_SHOWN = 120
"""Characters of the words a value was taken from that are kept."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a document is, and what tells so; of what is undecided there is no ground."""

    metadata: Metadata
    grounds: tuple[Ground, ...] = ()


def describe(document: Document, path: PurePath, today: date | None = None) -> Description:
    """What the document and its place among the files tell; `path` is relative to the folder.

    With `today`, a year to come is believed only of a document that is signed in it.
    """
    seen = evidence(document, path, today)
    kind = find_kind(seen)
    issuer = find_issuer(seen)
    number = find_number(seen)
    signed = find_date(seen, number)
    region = find_region(seen, issuer, number)
    year = find_year(seen, kind.value if kind else None, signed, number)
    topics = find_topics(seen, kind.value.label if kind else None)
    metadata = Metadata(
        title=document.title,
        region=region.value if region else None,
        year=year.value if year else None,
        topics=tuple(topic.value for topic in topics),
        issuer=issuer.value if issuer else None,
        date=signed.value.isoformat() if signed else None,
        kind=kind.value.label if kind else None,
        number=number.value if number else None,
    )
    grounds = (
        _title(document, path),
        *_ground("region", region, metadata.region.code if metadata.region else None),
        *_ground("year", year, metadata.year),
        *(ground for topic in topics for ground in _ground("topics", topic, topic.value)),
        *_ground("issuer", issuer, metadata.issuer),
        *_ground("date", signed, metadata.date),
        *_ground("kind", kind, metadata.kind),
        *_ground("number", number, metadata.number),
    )
    return Description(metadata, grounds)


def _ground(field: str, found: Finding[object] | None, value: str | int | None) -> Iterator[Ground]:
    if found is not None and value is not None:
        yield Ground(field, str(value), _clipped(found.words), found.place)


def _title(document: Document, path: PurePath) -> Ground:
    """The lines that make the title, else the file's name that gave it, else the text's opening."""
    title = document.title
    lines = [block.text for block in document.blocks if block.kind is BlockKind.TITLE]
    within = _compact("".join(lines))
    if within and (_compact(title) in within or within in _compact(title)):
        return Ground("title", title, _clipped(" ".join(lines)), Place.TITLE)
    begun = _LETTERS.sub("", title)[:_BEGINNING]
    if begun in _LETTERS.sub("", path.name) and not title.endswith("…"):
        return Ground("title", title, _clipped(path.name), Place.FILE_NAME)
    return Ground("title", title, _clipped(title), Place.TEXT)


def _compact(text: str) -> str:
    return "".join(text.split())


def _clipped(words: str) -> str:
    """The words on one line, cut where they are long."""
    line = " ".join(words.replace(BARRIER, " ").split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
