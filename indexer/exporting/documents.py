"""Entries as something to read: Markdown and plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.citing import readable
from indexer.citing.prose import citation_in_markdown, escaped, quote_in_markdown
from indexer.exporting.entries import Entry


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above: what this is, what was asked for and when, and a link to it, or ""."""

    title: str
    lines: tuple[str, ...] = ()
    link: str = ""


def markdown_chunks(heading: Heading, entries: Iterable[Entry]) -> Iterator[str]:
    """A heading each, its quotes, the remark on it, its citation."""
    yield f"# {_in_heading(heading.title)}\n"
    for line in heading.lines:
        yield f"\n{escaped(line)}\n"
    if heading.link:
        yield f"\n<{heading.link}>\n"
    for number, entry in enumerate(entries, start=1):
        yield f"\n## {number}. {_in_heading(entry.cited.source.title)}\n"
        for quote in quotes(entry):
            yield f"\n{quote_in_markdown(quote)}\n"
        for line in (entry.lost, *entry.note.splitlines()):
            if line.strip():
                yield f"\n{escaped(line.strip())}\n"
        if entry.reference:
            yield f"\n{citation_in_markdown(entry.cited)}\n"
        elif entry.cited.link:
            yield f"\n<{entry.cited.link}>\n"


def text_chunks(entries: Iterable[Entry]) -> Iterator[str]:
    """Quotes, the remark and the citation, a line of hyphens between one and the next."""
    for number, entry in enumerate(entries):
        parts = (
            *quotes(entry),
            entry.lost,
            entry.note.strip(),
            entry.reference or entry.cited.link,
        )
        yield ("\n----\n\n" if number else "") + "\n\n".join(filter(None, parts)) + "\n"


def list_chunks(entries: Iterable[Entry]) -> Iterator[str]:
    """A list of references in the order of number (9.1 of GB/T 7714-2015)."""
    for number, entry in enumerate(entries, start=1):
        yield f"[{number}] {entry.reference}\n"


def quotes(entry: Entry) -> Iterator[str]:
    """The words of a passage; of a report those of its passages."""
    if entry.cited.quote:
        yield entry.cited.quote
        return
    for passage in entry.passages:
        yield readable(passage.text)


def _in_heading(title: str) -> str:
    """A heading ends where its line does, and loses any # at its end."""
    return escaped(title).replace("#", "\\#")
