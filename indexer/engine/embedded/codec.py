"""A codec of Whoosh's that keeps posting lists as arrays.

Term table (`term_table`), lengths and stored fields are those of Whoosh's own W3 codec; a term's
postings are records of report number and count, end to end, so that a whole field is written at
once and a list is read by mapping it. A stock Whoosh reader opens the segment as long as this class
can be imported under this name: the table of contents pickles it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.fields import FieldType
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Format
from whoosh.matching import ListMatcher, Matcher
from whoosh.scoring import BaseScorer
from whoosh.system import pack_ushort
from whoosh.util.numeric import length_to_byte

from indexer.engine.embedded.term_table import FieldWriter

POSTING = np.dtype([("report", "<u4"), ("count", "<u2")])
"""One posting: the number of the report in its segment, and how often the word stands there."""

POSTING_UNITS = ("report", "zeros", "count")
"""A posting in 16 bits each, for the numbers of reports in a segment are small enough.

Rows of them are put end to end several times as fast as records.
"""

MOST_COUNTED = np.uint64(np.iinfo(np.uint16).max)
"""A word that stands in a report more often counts as so many."""

_BITS = np.uint64(16)
"""Those of a report's number in its segment, and of a count."""
_INFO = np.dtype(
    [
        ("flags", "u1"),
        ("weight", ">f4"),
        ("reports", ">u4"),
        ("shortest", "u1"),
        ("longest", "u1"),
        ("most", ">f4"),
        ("low", ">u4"),
        ("high", ">u4"),
        ("offset", ">i8"),
        ("length", ">i4"),
    ]
)
"""Whoosh's record of a term: `W3TermInfo._struct`, then where its postings are."""


class ArrayCodec(W3Codec):  # type: ignore[misc] # Whoosh publishes no types
    """Whoosh's W3 codec with posting lists as arrays of `POSTING`."""

    def field_writer(self, storage: Storage, segment: WhooshSegment) -> FieldWriter:
        """A writer of fields in bulk."""
        return FieldWriter(self, storage, segment)

    def postings_reader(
        self,
        dbfile: StructFile,
        terminfo: W3TermInfo,
        format_: Format,
        term: tuple[str, bytes] | None = None,
        scorer: BaseScorer | None = None,
    ) -> Matcher:
        """A matcher for Whoosh's own searcher."""
        start, end = extent(terminfo)
        postings = np.frombuffer(bytes(dbfile.get(start, end - start)), dtype=POSTING)
        return ListMatcher(
            postings["report"].tolist(),
            postings["count"].astype(float).tolist(),
            format=format_,
            scorer=scorer,
            term=term,
            terminfo=terminfo,
        )


def extent(terminfo: W3TermInfo) -> tuple[int, int]:
    """Where a term's postings begin and end in the postings file, in bytes."""
    # Whoosh gives the length it stores as a tuple; the number of reports tells it as well.
    start: int = terminfo.extent()[0]
    return start, start + terminfo.doc_frequency() * POSTING.itemsize


@dataclass(frozen=True)
class Inverted:
    """The postings of a field: term i holds `postings[starts[i]:starts[i + 1]]`, by report."""

    terms: tuple[str, ...]
    """In the order of their code points, which is that of their UTF-8 bytes."""
    starts: NDArray[np.int64]
    postings: NDArray[np.void]

    @property
    def occurrences(self) -> NDArray[np.int64]:
        """How often each term stands in all reports together."""
        counts: NDArray[np.int64]
        counts = np.add.reduceat(self.postings["count"], self.starts[:-1], dtype=np.int64)
        return counts

    def frequent(self, least: int) -> list[str]:
        """The terms of at least so many occurrences."""
        return [self.terms[number] for number in (self.occurrences >= least).nonzero()[0].tolist()]


def invert(
    terms: Sequence[str],
    of_term: NDArray[np.int32],
    report: NDArray[np.uint16],
    count: NDArray[np.uint16],
) -> Inverted:
    """Sort (term number, report, count) triples by term and report; terms of none are left out."""
    sizes = np.bincount(of_term, minlength=len(terms))
    in_order = sorted(np.flatnonzero(sizes).tolist(), key=terms.__getitem__)
    rank = np.empty(len(terms), dtype=np.uint64)
    rank[in_order] = np.arange(len(in_order), dtype=np.uint64)
    # Sorting one number each is ten times as fast as a stable argsort.
    keyed = rank[of_term]
    for part in (report, count):
        keyed <<= _BITS
        keyed |= part
    keyed.sort()
    postings = np.empty(len(keyed), dtype=POSTING)
    postings["count"] = keyed & MOST_COUNTED
    postings["report"] = keyed >> _BITS & MOST_COUNTED
    return Inverted(
        tuple(terms[number] for number in in_order),
        np.concatenate(([0], np.cumsum(sizes[in_order]))),
        postings,
    )


def write_field(
    writer: FieldWriter,
    name: str,
    field: FieldType,
    inverted: Inverted,
    lengths: NDArray[np.int32],
) -> int:
    """Write all postings of a field and its part of the term table; where they begin, in bytes.

    `lengths` are the words of the field in each report; Whoosh keeps their bounds per term.
    """
    writer.start_field(name, field)
    base: int = writer._postfile.tell()
    writer._postfile.write(inverted.postings.tobytes())
    if inverted.terms:
        prefix = pack_ushort(writer._fieldid)
        keys = [prefix + term.encode() for term in inverted.terms]
        writer.terms.add_records(keys, _infos(inverted, lengths, base))
    writer.finish_field()
    return base


def _infos(inverted: Inverted, lengths: NDArray[np.int32], base: int) -> NDArray[np.void]:
    """Whoosh's record of each term (`W3TermInfo.to_bytes`), computed for all of them at once."""
    first, last = inverted.starts[:-1], inverted.starts[1:] - 1
    report, count = inverted.postings["report"], inverted.postings["count"]
    as_byte = np.array([length_to_byte(length) for length in range(lengths.max() + 1)], np.uint8)
    in_bytes = as_byte[lengths][report]
    infos = np.zeros(len(first), dtype=_INFO)
    infos["weight"] = inverted.occurrences
    infos["reports"] = last - first + 1
    infos["shortest"] = np.minimum.reduceat(in_bytes, first)
    infos["longest"] = np.maximum.reduceat(in_bytes, first)
    infos["most"] = np.maximum.reduceat(count, first)
    infos["low"] = report[first]
    infos["high"] = report[last]
    infos["offset"] = base + first * POSTING.itemsize
    infos["length"] = infos["reports"] * POSTING.itemsize
    return infos
