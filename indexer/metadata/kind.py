"""What kind of document it is: by its title, and for rules by who passed them."""

from __future__ import annotations

import re

from indexer.metadata.evidence import Evidence
from indexer.metadata.finding import Finding, Place
from indexer.vocabulary.kinds import Kind, kinds

_ENACTED = re.compile(
    r"人民代表大会(?:常务委员会)?[^\n。]{0,30}(?:通过|公布|修正|修订)|国务院令第|国务院\S{0,12}(?:通过|发布|公布|批准)"
)
_OPENING = 700
_RULES, _LAWS = "规章", "法规"


def find_kind(evidence: Evidence) -> Finding[Kind] | None:
    """The kind that the title ends with, else the file name, else what the opening lines say.

    办法 and 规定 are rules of a department, unless a congress or the State Council passed them.
    """
    found = _told(evidence)
    if found and found.value.label == _RULES:
        enacted = _ENACTED.search(evidence.preamble)
        if enacted:
            law = next(other for other in kinds().all if other.label == _LAWS)
            return Finding(law, enacted[0], Place.TEXT)
    return found


def _told(evidence: Evidence) -> Finding[Kind] | None:
    table = kinds()
    for name, place in ((evidence.title, Place.TITLE), (evidence.stem, Place.FILE_NAME)):
        if kind := table.of_title(name):
            return Finding(kind, name, place)
    opening = evidence.body[:_OPENING]
    kind = table.of_opening(opening)
    if kind is None:
        return None
    return Finding(kind, next(said for said in kind.says if said in opening), Place.TEXT)
