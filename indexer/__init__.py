"""Tifa's core: from files to answers. It knows nothing of the web.

    import indexer
    library = indexer.open("data/index")
    for hit in library.search('"群众少跑路"', region="江苏省", year="2020-2025").hits:
        print(hit.title, hit.matches)

**A report's way** (`collection` orders the steps; each returns a new value):

    scanning      folders -> files
    planning      these, compared with what the catalogue knows -> what is to be done
    workers       runs the next three in processes of their own (`processes`)
    extract/      file -> blocks
    structure     blocks -> headings, paragraphs, sentences; `titles` finds the title, also
                  under the `menus` of a web page
    metadata/     document -> region, year, topics, issuer, date
    rules         metadata.csv files over what was found; `settling` brings them into force
    recorder      what each outcome of reading changes in the catalogue, batch by batch
    catalogue     SQLite: reports, texts, paths, failures; the truth (`storing`: values as bytes)
    engine/       the index, derived from the catalogue
    recognising   pages without text, once more: their pictures are read (OCR)

**A query's way** (`library` orders the steps):

    query/        what was typed -> a tree of frozen nodes
    requests      filters, mode, order and numbers as typed -> checked values
    engine/       tree + filters -> totals, facets, hits with their passages
    passages      a report's texts + what is looked for -> marked passages
    results       what comes out; the JSON of the command and the API
    wordings      the same by sentences: each wording once, and who has it (`sameness` says when
                  two sentences, or reports, are the same)
    suggesting    what could be meant by the beginning of a query, with its true figures
    diagnosing    why nothing was found: the part that fails, the filter in the way, what is
                  `nearest` to what stands nowhere; `explaining`: that in sentences

**Into notes:** `citing/` writes a report or some words of it as quote, citation (GB/T 7714-2015)
and link, RIS, BibTeX; `exporting/` writes what was found or collected as a file in eight formats.

**Putting it right:** `suspecting` tells which metadata is doubtful; `correcting` writes what a
person says into a metadata.csv and brings it into force; `tables` hands it out as a table and
takes it back.

**Afterwards:** `checking` looks whether all of it is as it was written, and mends the index;
`auditing` goes over the catalogue for it, row by row.

Used by both: `report`, `records` (what the catalogue gives) and `results` (values), `folding`
(text -> what is matched), `paired` (original and folded text side by side), `equals` (stretches of
an array), `words` (jieba), `pinyin` (how it is read aloud), `addresses` (ids, passage addresses),
`vocabulary/` (regions, topics, terms: data), `config`, `errors`, `messages` (sentences that can be
translated). `cli` is the `tifa` command, `options` what its commands share, `printing` what it
prints, `progress` how far a long step has come, `inspection` what was read of a single file,
`speaking` what click says.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.library import Library

__all__ = ["open"]


def open(path: str | Path | None = None) -> Library:
    """The index in `path` (else $TIFA_INDEX, else data/index), opened for searching.

    Raises NoIndexError if nothing has been indexed there.
    """
    # Worker processes import this package too, and have no use for the engine.
    from indexer.library import open_library

    return open_library(path)
