"""What is exported: one `Entry` a report, or one a passage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from indexer.addresses import Address, Found, parse_address, passage_url, report_url
from indexer.citing import Citation, Source, cite_found, cite_hit, cite_report, cite_words, gbt7714
from indexer.errors import LOST_WORDS, UnknownReportError
from indexer.library import Library, Resolution
from indexer.report import Region
from indexer.results import Hit, Passage

Absolute = Callable[[str], str]
"""Makes a whole address of a path of the page; "" for none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report or a passage on its way into a file.

    `report` is the link to the report as a whole, `marks` are [start, end) in `cited.quote`.
    `matches` is None for what was not searched for. `note` is a person's own remark; `lost` says
    why there are no words to an address, "" where there are.
    """

    cited: Citation
    report: str
    region: Region | None = None
    topics: tuple[str, ...] = ()
    matches: int | None = None
    score: float | None = None
    passages: tuple[Passage, ...] = ()
    recognised: bool = False
    note: str = ""
    lost: str = ""

    @property
    def reference(self) -> str:
        """The citation by GB/T 7714-2015; "" for what is not known well enough to cite it."""
        return gbt7714(self.cited) if self.cited.source.title != self.cited.key else ""


@dataclass(frozen=True, slots=True)
class Collected:
    """A passage that was put aside, and what its reader remarked on it."""

    address: str
    note: str = ""


def of_reports(hits: Iterable[Hit], absolute: Absolute, accessed: date) -> Iterator[Entry]:
    """Each report that was found, with its passages."""
    for hit in hits:
        link = absolute(hit.url)
        yield Entry(
            cite_hit(hit, link, accessed),
            link,
            hit.region,
            hit.topics,
            hit.matches,
            hit.score,
            hit.passages,
        )


def of_passages(hits: Iterable[Hit], absolute: Absolute, accessed: date) -> Iterator[Entry]:
    """Each passage of each report that was found."""
    for hit in hits:
        for passage in hit.passages:
            yield Entry(
                cite_found(hit, passage, absolute(passage.url), accessed),
                absolute(hit.url),
                hit.region,
                hit.topics,
                hit.matches,
                hit.score,
                (passage,),
                passage.recognised,
            )


def of_collected(
    library: Library, items: Iterable[Collected], absolute: Absolute, accessed: date
) -> Iterator[Entry]:
    """Each passage that was put aside, in that order; what is lost of it is told, not left out.

    Raises BadAddressError for what is no address at all.
    """
    for item in items:
        address = parse_address(item.address)
        try:
            found = library.resolve(item.address)
        except UnknownReportError as error:
            link = absolute(passage_url(address))
            missing = Citation(Source(address.report, item.address), item.address, link, accessed)
            yield Entry(missing, "", note=item.note, lost=str(error))
            continue
        kept = found.report.metadata
        link, report = absolute(passage_url(address)), absolute(report_url(found.report.id))
        cited = cite_passage(found, address, link, accessed)
        yield Entry(
            cited or cite_report(found.report, link, accessed),
            report,
            kept.region,
            kept.topics,
            note=item.note,
            lost="" if cited else LOST_WORDS,
        )


def cite_passage(found: Resolution, address: Address, link: str, accessed: date) -> Citation | None:
    """The words that an address names, from whichever text has them; None where none has."""
    if found.span is None and found.earlier is not None and found.was is not None:
        return cite_words(found.report, address, found.was, link, accessed, found.earlier)
    span = found.span or next(iter(found.places), None)
    if span is None:
        return None
    # Of several places none is known to be the one that was meant: the words are, the page is not.
    cited = cite_words(found.report, address, span, link, accessed)
    return replace(cited, pages="") if found.status is Found.AMBIGUOUS else cited
