"""What kind of document it is: by its title, and for rules by who passed them."""

from __future__ import annotations

import re

from indexer.metadata.evidence import Evidence
from indexer.vocabulary.kinds import Kind, kinds

_ENACTED = re.compile(
    r"人民代表大会(?:常务委员会)?[^\n。]{0,30}(?:通过|公布|修正|修订)|国务院令第|国务院\S{0,12}(?:通过|发布|公布|批准)"
)
_OPENING = 700
_RULES, _LAWS = "规章", "法规"


def find_kind(evidence: Evidence) -> Kind | None:
    """The kind that the title ends with, else the file name, else what the opening lines say.

    办法 and 规定 are rules of a department, unless a congress or the State Council passed them.
    """
    table = kinds()
    kind = (
        table.of_title(evidence.title)
        or table.of_title(evidence.stem)
        or table.of_opening(evidence.body[:_OPENING])
    )
    if kind and kind.label == _RULES and _ENACTED.search(evidence.preamble):
        return next(other for other in table.all if other.label == _LAWS)
    return kind
