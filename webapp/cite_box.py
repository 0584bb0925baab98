"""The box of a report's page that says how to cite it, or the passage that a link leads to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask_babel import gettext

from indexer.addresses import Address, report_url
from indexer.citing import Citation, gbt7714


@dataclass(frozen=True, slots=True)
class CiteChoice:
    """A format, and the address that gives the citation in it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class CiteBox:
    """`text` is the citation by GB/T 7714-2015; `passage`: of some words, with their page."""

    text: str
    passage: bool
    choices: tuple[CiteChoice, ...]


def cite_box(cited: Citation, address: Address | None = None) -> CiteBox:
    """For a report as a whole, or for the words at `address`."""
    labels = (
        ("markdown", "Markdown"),
        ("text", gettext("纯文本")),
        ("ris", "RIS"),
        ("bibtex", "BibTeX"),
        ("csljson", "CSL-JSON"),
    )
    path = f"{report_url(cited.source.id)}/cite"
    of = {"passage": str(address)} if address else {}
    choices = (
        CiteChoice(label, f"{path}?{urlencode({'format': form} | of)}") for form, label in labels
    )
    return CiteBox(gbt7714(cited), address is not None, tuple(choices))
