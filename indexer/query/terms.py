"""What of a query is looked for as text: the strings that are counted and marked.

The engine counts and the passages mark the same strings, so that the number beside a report is
the number of places one can step through on its page.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.folding import fold_query
from indexer.query.nodes import And, InOrder, Leaf, Node, Or, Phrase, Within, wanted_leaves
from indexer.query.questions import content
from indexer.words import query_words

_DATE = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
)
_MONTHS, _DAYS, _TWO_DIGITS = 12, 31, 10
_DIGITS = frozenset("0123456789")
_JOINTS = frozenset(".,")


def marked_terms(tree: Node) -> tuple[str, ...]:
    """The folded strings of a query, each once, in the order of the query."""
    terms = (term for leaf in wanted_leaves(tree) for term in leaf_terms(leaf))
    return tuple(dict.fromkeys(terms))


@lru_cache(1000)
def leaf_terms(leaf: Leaf) -> tuple[str, ...]:
    """The folded strings of one leaf: a phrase whole, words one by one, a date in every spelling.

    Single ideographs among longer words (的, 年) and question words are not worth a mark.
    """
    folded = fold_query(leaf.text)
    if isinstance(leaf, Phrase):
        return (folded,)  # what is quoted is literal, a date too
    if _is_date(folded):
        return variants(folded)
    pieces = tuple(
        dict.fromkeys(word for stretch in content(folded) for word in query_words(stretch))
    )
    return tuple(piece for piece in pieces if len(piece) > 1) or pieces


def needed(leaf: Leaf) -> tuple[tuple[str, ...], ...]:
    """The folded strings that a place must hold to hold the leaf: of each tuple any one.

    For where words are looked for as strings: sentences, paragraphs, titles.
    """
    folded = fold_query(leaf.text)
    if isinstance(leaf, Phrase):
        return ((folded,),)
    if _is_date(folded):
        return (variants(folded),)
    return tuple((word,) for word in dict.fromkeys(query_words(folded))) or ((folded,),)


def told_by(leaf: Leaf) -> tuple[tuple[str, ...], ...]:
    """The strings that a sentence must hold to be about the leaf: of each tuple any one.

    As `needed`, but for words that are not worth a mark.
    """
    if isinstance(leaf, Phrase) or _is_date(fold_query(leaf.text)):
        return (leaf_terms(leaf),)
    return tuple((term,) for term in leaf_terms(leaf))


def variants(folded: str) -> tuple[str, ...]:
    """A folded date in every spelling, the given one first; anything else alone.

    2026-03-11, 2026/3/11, 2026.3.11, 2026年3月11日, 2026年03月11日. A numeric spelling that
    ends in a lone digit counts only as typed: as a string, 2026.3.1 stands in 2026.3.15 too.
    """
    date = _date(folded)
    if date is None:
        return (folded,)
    year, month, day = date
    spellings = [folded]
    for joint in "-/.":
        spellings.append(f"{year}{joint}{month:02}{joint}{day:02}")
        if day >= _TWO_DIGITS:
            spellings.append(f"{year}{joint}{month}{joint}{day}")
    spellings += [f"{year}年{month}月{day}日", f"{year}年{month:02}月{day:02}日"]
    return tuple(dict.fromkeys(spellings))


def touches_number(folded_text: str, start: int, end: int) -> bool:
    """Whether [start, end) of a folded text cuts a number in two: 5亿元 in 15亿元, 2.5亿元.

    It begins (or ends) with a digit, and a digit, or a digit with . or , between, stands
    directly before (or after) it.
    """
    if folded_text[start] in _DIGITS and _ends_in_digit(folded_text[max(0, start - 2) : start]):
        return True
    after = folded_text[end : end + 2]
    return folded_text[end - 1] in _DIGITS and _ends_in_digit(after[::-1])


def only_phrases(tree: Node) -> bool:
    """Whether occurrences of the query can be counted exactly: its text is phrases on their own."""
    leaves = tuple(wanted_leaves(tree))
    return bool(leaves) and all(isinstance(leaf, Phrase) for leaf in leaves) and not _has_near(tree)


def _has_near(node: Node) -> bool:
    """Whether text counts only near other text somewhere."""
    match node:
        case InOrder() | Within():
            return True
        case And(children) | Or(children):
            return any(_has_near(child) for child in children)
        case _:
            return False


def _ends_in_digit(before: str) -> bool:
    """The last character is a digit, or it is . or , and the one before it is a digit."""
    if before[-1:] in _JOINTS:
        before = before[:-1]
    return before[-1:] in _DIGITS


def _is_date(folded: str) -> bool:
    return _date(folded) is not None


def _date(folded: str) -> tuple[str, int, int] | None:
    """Year, month and day; None for what is no date, like 2026-13-11."""
    match = _DATE.fullmatch(folded)
    if match is None:
        return None
    month, day = int(match[3] or match[5]), int(match[4] or match[6])
    return (match[1], month, day) if 1 <= month <= _MONTHS and 1 <= day <= _DAYS else None
