"""What a citation is made from: `Source`, what is known of a report, and `Citation` of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from indexer.addresses import Address
from indexer.records import StoredReport
from indexer.report import BARRIER, Document, Metadata
from indexer.results import Hit, Passage
from indexer.vocabulary.kinds import YearRule, kinds


class Genre(Enum):
    """What kind of publication a source is; `value` is its mark in GB/T 7714-2015, appendix B."""

    REPORT = "R"
    """As A.3 and 4.6.2 give 国防白皮书 and 第29次中国互联网络发展状况统计报告."""
    DOCUMENT = "A"
    """As 4.6.2 gives a government's notice with its number (京政办发[2005]37号)."""
    STANDARD = "S"
    NOTICE = "EB"
    """All else that a body has made public, laws too, as A.10 gives Pennsylvania library laws."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report, as far as a citation tells of it; texts stand on one line.

    `date` is ISO 8601; `year` the year the report answers for, which need not be that of `date`.
    """

    id: str
    title: str
    issuers: tuple[str, ...] = ()
    number: str | None = None
    date: str | None = None
    year: int | None = None
    kind: str | None = None

    @property
    def genre(self) -> Genre:
        named = self.number or ""
        if self.kind in _REPORTS:
            return Genre.REPORT
        if _STANDARD.fullmatch(named) or (self.kind is None and _STANDARD.search(self.title)):
            return Genre.STANDARD
        if self.kind in _DOCUMENTS or _OF_DOCUMENTS.search(named):
            return Genre.DOCUMENT
        if self.kind is not None:
            return Genre.NOTICE
        if named:
            return Genre.DOCUMENT
        return Genre.REPORT if _SAYS_REPORT.search(self.title) else Genre.NOTICE

    @property
    def is_law(self) -> bool:
        return self.kind in _LAWS and self.genre is Genre.NOTICE

    @property
    def chinese(self) -> bool:
        """Whether what the citation itself adds has to be in Chinese (6.1: the source's own)."""
        return _IDEOGRAPH.search(self.title) is not None

    @property
    def published(self) -> int | None:
        """The year in which it came out, where its date tells."""
        return int(self.date[:4]) if self.date else None

    @property
    def estimated(self) -> int | None:
        """The year in which it must have come out, where only the year it answers for is known.

        A year that is looked back on or planned for is not that of publication.
        """
        if self.date or self.year is None:
            return None
        rule = next((kind.year for kind in kinds().all if kind.label == self.kind), YearRule.DATE)
        return self.year if rule in (YearRule.GIVEN, YearRule.DATE) else None


@dataclass(frozen=True, slots=True)
class Citation:
    """A report, or some words of it, as it is cited.

    `link` is a whole address, "" where there is none to give. `quote` holds the words, its
    paragraphs parted by line feeds, "" for the report as a whole; `pages` where they stand (12 or
    12-13), "" where that is not known. `key` names what is cited, the same for ever.
    """

    source: Source
    key: str
    link: str
    accessed: date
    quote: str = ""
    pages: str = ""


def cite_report(stored: StoredReport, link: str, accessed: date) -> Citation:
    """A report as a whole."""
    return Citation(source_of(stored), _key(stored.id), link, accessed)


def cite_words(
    stored: StoredReport,
    address: Address | str,
    span: tuple[int, int],
    link: str,
    accessed: date,
    document: Document | None = None,
) -> Citation:
    """The words at [start, end) of the report's text, or of an earlier one, `document`."""
    text = document or stored.document
    start, end = span
    return Citation(
        source_of(stored),
        _key(str(address)),
        link,
        accessed,
        readable(text.text[start:end]),
        _pages(text.page_at(start), text.page_at(max(start, end - 1))),
    )


def cite_hit(hit: Hit, link: str, accessed: date) -> Citation:
    """A report that was found."""
    return Citation(source_of_hit(hit), _key(hit.id), link, accessed)


def cite_found(hit: Hit, passage: Passage, link: str, accessed: date) -> Citation:
    """A passage that was found."""
    pages = _pages(passage.page, passage.page)
    key = _key(passage.address)
    return Citation(source_of_hit(hit), key, link, accessed, readable(passage.text), pages)


def source_of(stored: StoredReport) -> Source:
    return source_of_metadata(stored.id, stored.metadata)


def source_of_metadata(report: str, kept: Metadata) -> Source:
    return Source(
        report,
        _line(kept.title),
        _bodies(kept.issuer),
        _line(kept.number) or None,
        _day(kept.date),
        kept.year,
        kept.kind,
    )


def source_of_hit(hit: Hit) -> Source:
    return Source(
        hit.id,
        _line(hit.title),
        _bodies(hit.issuer),
        _line(hit.number) or None,
        _day(hit.date),
        hit.year,
        hit.kind,
    )


def readable(text: str) -> str:
    """Words as they are quoted: cells of a table apart, no empty lines, nothing unprintable."""
    lines = (
        _SPACES.sub(" ", line.strip(BARRIER).replace(BARRIER, " | ")).strip()
        for line in text.splitlines()
    )
    return "\n".join(filter(None, (_CONTROLS.sub("", line) for line in lines)))


_REPORTS = frozenset({"政府工作报告", "年度报告", "工作报告"})
_DOCUMENTS = frozenset({"通知", "意见", "批复", "公告", "决定", "决议", "方案", "规划"})
_LAWS = frozenset({"法律", "法规", "规章"})
_OF_DOCUMENTS = re.compile(r"[〔\[【（(]\d{4}[〕\]】）)]")
"""The year in the number of an official document (国发〔2018〕41号); that of a law has none."""
_STANDARD = re.compile(
    r"(?<![A-Z])(?:GB|DB\d{2,4}|[A-Z]{2})(?:/[TZ])? ?\d+(?:\.\d+)*[—–-]\d{4}(?!\d)"
)
_SAYS_REPORT = re.compile(r"报告|白皮书|\breports?\b", re.IGNORECASE)
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _line(text: str | None) -> str:
    """A value on one line, as every format needs it."""
    return _CONTROLS.sub("", _SPACES.sub(" ", text or "").strip())


def _bodies(issuer: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in _line(issuer).split("、"))))


def _day(text: str | None) -> str | None:
    return text if text and _WHOLE_DAY.fullmatch(text) else None


def _pages(first: int | None, last: int | None) -> str:
    if first is None:
        return ""
    return f"{first}-{last}" if last is not None and last > first else str(first)


def _key(name: str) -> str:
    """Letters, digits and hyphens only: what every program takes for a key."""
    return "tifa-" + name.replace(".", "-")
