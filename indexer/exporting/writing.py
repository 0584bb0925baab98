"""Entries in one of eight formats, as pieces of bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from indexer.citing.bibtex import bibtex
from indexer.citing.ris import ris
from indexer.exporting.documents import Heading, list_chunks, markdown_chunks, text_chunks
from indexer.exporting.entries import Entry
from indexer.exporting.tables import csv_chunks, json_lines
from indexer.exporting.word import docx_chunks


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    DOCX = "docx"
    RIS = "ris"
    BIBTEX = "bibtex"
    GBT7714 = "gbt7714"
    TEXT = "text"

    @property
    def suffix(self) -> str:
        """What the name of a file of this format ends in."""
        return _SUFFIXES.get(self, self.value)

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_SUFFIXES = {Format.MARKDOWN: "md", Format.BIBTEX: "bib", Format.GBT7714: "txt", Format.TEXT: "txt"}
_MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSONL: "application/jsonl",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.RIS: "application/x-research-info-systems",
    Format.BIBTEX: "application/x-bibtex; charset=utf-8",
    Format.GBT7714: "text/plain; charset=utf-8",
    Format.TEXT: "text/plain; charset=utf-8",
}


def chunks(format: Format, heading: Heading, entries: Iterable[Entry]) -> Iterator[bytes]:
    """The file, piece by piece; `heading` stands above what is made to be read."""
    match format:
        case Format.DOCX:
            return docx_chunks(heading, entries)
        case Format.MARKDOWN:
            text = markdown_chunks(heading, entries)
        case Format.CSV:
            text = csv_chunks(entries)
        case Format.JSONL:
            text = json_lines(entries)
        case Format.RIS:
            text = (ris(entry.cited) for entry in entries)
        case Format.BIBTEX:
            text = (bibtex(entry.cited) for entry in entries)
        case Format.GBT7714:
            text = list_chunks(entries)
        case Format.TEXT:
            text = text_chunks(entries)
    return (piece.encode("utf-8", "replace") for piece in text)
