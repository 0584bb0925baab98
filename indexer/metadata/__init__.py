"""What a report is: region, year, topics, issuer, date, number, kind, each from its own finder.

evidence   the document as the finders look at it
places     where a text names places; national: which bodies speak for the whole country
dates, congresses
           days, years and stretches of years as texts write them; when a congress sat
kind, issuer (with lawmaker), signing, document_number, region (with region_text), year,
           topic
           pure functions that find one thing each; what they cannot settle is None
finding    what they return: a value, the words it was taken from, and where these stand
overrides  metadata.csv, by which a person settles it

`describe` composes them. METADATA_VERSION goes up when a finder or the vocabulary changes what
is found, so that reports already in a catalogue are described again.
"""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from indexer.metadata.document_number import find_number
from indexer.metadata.evidence import evidence
from indexer.metadata.issuer import find_issuer
from indexer.metadata.kind import find_kind
from indexer.metadata.region import find_region
from indexer.metadata.signing import find_date
from indexer.metadata.topic import find_topics
from indexer.metadata.year import find_year
from indexer.report import Document, Metadata

METADATA_VERSION = 2


def describe(document: Document, path: PurePath, today: date | None = None) -> Metadata:
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
    return Metadata(
        title=document.title,
        region=region.value if region else None,
        year=year.value if year else None,
        topics=find_topics(seen),
        issuer=issuer.value if issuer else None,
        date=signed.value.isoformat() if signed else None,
        kind=kind.value.label if kind else None,
        number=number.value if number else None,
    )
