"""What a report is: region, year, topics, issuer, date, kind, each from its own finder.

evidence   the document as the finders look at it
places     where a text names places
kind, issuer (with lawmaker), dates, region, year, topic
           pure functions that find one thing each; what they cannot settle is None
overrides  metadata.csv, by which a person settles it

`describe` composes them. METADATA_VERSION goes up when a finder or the vocabulary changes what
is found, so that reports already in a catalogue are described again.
"""

from __future__ import annotations

from pathlib import PurePath

from indexer.metadata.dates import find_date
from indexer.metadata.evidence import evidence
from indexer.metadata.issuer import find_issuer
from indexer.metadata.kind import find_kind
from indexer.metadata.region import find_region
from indexer.metadata.topic import find_topics
from indexer.metadata.year import find_year
from indexer.report import Document, Metadata

METADATA_VERSION = 1


def describe(document: Document, path: PurePath) -> Metadata:
    """What the document and its place among the files tell; `path` is relative to the folder."""
    seen = evidence(document, path)
    kind = find_kind(seen)
    issuer = find_issuer(seen)
    signed = find_date(seen)
    return Metadata(
        title=document.title,
        region=find_region(seen, issuer),
        year=find_year(seen, kind, signed),
        topics=find_topics(seen),
        issuer=issuer,
        date=signed.isoformat() if signed else None,
        kind=kind.label if kind else None,
    )
