"""The passages of a hit against the naive marks of its text."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from indexer.addresses import Found, parse_address, passage_url
from indexer.library import Library
from indexer.results import Hit, Passage
from tests.proofs.scan import Span, Text

_RESOLVED_ONE_IN = 10
"""The address of one passage in so many is followed through the library."""


def wrong_passages(
    library: Library, text: Text, hit: Hit, spans: Sequence[Span], chosen: random.Random
) -> Iterator[str]:
    """What is wrong with them; `spans` are what the query finds in the folded text."""
    end = 0
    if not hit.passages and text.folded.text:
        yield f"{hit.id}: no passage"
    for passage in hit.passages:
        try:
            low, named = _place(text, passage)
        except (LookupError, ValueError) as error:
            yield f"{hit.id}: {passage} cannot be placed: {error}"
            continue
        high = low + len(passage.text)
        shown = tuple((low + first, low + last) for first, last in passage.marks)
        marks = text.covered(spans, low, high)
        if low < end:
            yield f"{hit.id}: two passages overlap at {low}"
        end = high
        if text.document.text[low:high] != passage.text:
            yield f"{hit.id}: {passage.text!r} does not stand at {low}"
        if shown != marks:
            yield f"{hit.id}: [{low}, {high}) is marked {shown}, not {marks}"
        if spans and not shown:
            yield f"{hit.id}: [{low}, {high}) shows nothing of what was found"
        if shown and named != (shown[0][0], shown[-1][1]):
            yield f"{hit.id}: {passage.address} names {named}, not first mark to last"
        if passage.paragraph != text.document.block_at(low):
            yield f"{hit.id}: not in paragraph {passage.paragraph}"
        if passage.page != text.document.page_at(named[0]):
            yield f"{hit.id}: not on page {passage.page}"
        if passage.url != passage_url(passage.address):
            yield f"{hit.id}: {passage.url} is not the page of {passage.address}"
        if not chosen.randrange(_RESOLVED_ONE_IN):
            resolved = library.resolve(passage.address)
            if (resolved.status, resolved.report.id, resolved.span) != (Found.SAME, hit.id, named):
                yield f"{hit.id}: {passage.address} leads to {resolved.span}, not {named}"


def _place(text: Text, passage: Passage) -> tuple[int, Span]:
    """Where a passage begins in the original, and the span of it that its address names."""
    address = parse_address(passage.address)
    if address.report != text.id:
        raise ValueError(address.report)
    first = int(text.solid[address.offset])
    last = int(text.solid[address.offset + address.length - 1])
    if passage.marks:
        return first - passage.marks[0][0], (first, last + 1)
    blanks = len(passage.text) - len(passage.text.lstrip())
    return first - blanks, (first, last + 1)
