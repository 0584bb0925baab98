"""From a report or some words of it to what is pasted into notes.

    sources     what is known of a report -> `Citation`: what is cited, from where, when read
    gbt7714     the citation by GB/T 7714-2015, with the clause of each rule
    prose       quote and citation as Markdown, plain text, HTML
    ris, bibtex, csljson    the same for programs that keep references

Every function is pure: the day of reading and the link are given to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from indexer.addresses import Address
from indexer.citing.bibtex import bibtex
from indexer.citing.csljson import csl_json
from indexer.citing.gbt7714 import gbt7714
from indexer.citing.prose import html, markdown, plain
from indexer.citing.ris import ris
from indexer.citing.sources import (
    Citation,
    Genre,
    Source,
    cite_found,
    cite_hit,
    cite_report,
    cite_words,
    readable,
    source_of,
)
from indexer.records import StoredReport
from indexer.report import Document

__all__ = [
    "WRITERS",
    "Citation",
    "Copies",
    "Genre",
    "Source",
    "cite_found",
    "cite_hit",
    "cite_report",
    "cite_words",
    "copies",
    "copies_of",
    "gbt7714",
    "readable",
    "source_of",
]

WRITERS: Mapping[str, Callable[[Citation], str]] = MappingProxyType(
    {
        "markdown": markdown,
        "text": plain,
        "html": html,
        "gbt7714": gbt7714,
        "ris": ris,
        "bibtex": bibtex,
        "csljson": csl_json,
    }
)
"""What a citation can be written as, by the name that an address gives it."""


@dataclass(frozen=True, slots=True)
class Copies:
    """One citation in every form that the page copies."""

    markdown: str
    plain: str
    html: str
    citation: str
    ris: str
    bibtex: str
    csljson: str


def copies(
    stored: StoredReport,
    address: Address | str | None,
    span: tuple[int, int] | None,
    url: str,
    accessed: date,
    document: Document | None = None,
) -> Copies:
    """The words at `span` of a report's text (of an earlier one: `document`) in every form.

    Without `address` and `span` the report as a whole.
    """
    if address is None or span is None:
        return copies_of(cite_report(stored, url, accessed))
    return copies_of(cite_words(stored, address, span, url, accessed, document))


def copies_of(cited: Citation) -> Copies:
    """A citation in every form."""
    return Copies(
        markdown=markdown(cited),
        plain=plain(cited),
        html=html(cited),
        citation=gbt7714(cited),
        ris=ris(cited),
        bibtex=bibtex(cited),
        csljson=csl_json(cited),
    )
