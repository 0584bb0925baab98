"""What was typed -> tokens: the signs of the query language, and where each counts as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.folding import fold_query
from indexer.messages import N_
from indexer.query.nodes import (
    QUOTES,
    Facet,
    FacetName,
    Field,
    FieldName,
    Leaf,
    Phrase,
    Scope,
    Words,
)
from indexer.results import Problem

OR = frozenset({"OR", "|", "｜", "或"})
NOT = frozenset({"NOT", "非"})
AND = frozenset({"AND"})
OPERATORS = OR | NOT | AND
SCOPES: Mapping[str, Scope] = {
    "同句": Scope.SENTENCE,
    "sentence": Scope.SENTENCE,
    "同段": Scope.PARAGRAPH,
    "paragraph": Scope.PARAGRAPH,
}
FIELDS: Mapping[str, FieldName] = {
    "title": FieldName.TITLE,
    "标题": FieldName.TITLE,
    "issuer": FieldName.ISSUER,
    "机关": FieldName.ISSUER,
    "发文机关": FieldName.ISSUER,
    "kind": FieldName.KIND,
    "类型": FieldName.KIND,
    "文种": FieldName.KIND,
}
FACETS: Mapping[str, FacetName] = {
    "region": "region",
    "地区": "region",
    "year": "year",
    "年份": "year",
    "topic": "topic",
    "主题": "topic",
}

_OPEN, _CLOSE = "(（", ")）"
_MINUS = "-－"
_QUOTE = re.escape("".join(QUOTES))
_PREFIX = re.compile(rf"([^\s:：()（）{_QUOTE}]{{1,8}})[:：](?=[^\s{_OPEN}{_CLOSE}\-－])")
_SCOPE = re.compile(rf"({'|'.join(SCOPES)})(?=[{_OPEN}])", re.IGNORECASE)
_ELLIPSIS = r"(?:\.{3,}|[…⋯]+)"
_GAP = re.compile(rf"{_ELLIPSIS}(?=\s*[{_QUOTE}])")
_ONLY_ELLIPSIS = re.compile(_ELLIPSIS)
# Brackets that hold neither blanks nor quotes are part of the words around them.
_INNER_BRACKETS = re.compile(rf"[(（][^\s()（）{_QUOTE}]*[)）]")

_UNCLOSED_QUOTE = N_("引号 %(quote)s 没有配对，后面的文字都按短语查找。")
_EMPTY_PHRASE = N_("引号里没有文字，已略去。")
_STRAY_BRACKET = N_("多出的右括号 %(bracket)s 已略去。")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    """words, phrase, gap, named, scope, open, close, minus, operator"""
    text: str
    node: Field | Facet | None = None
    """What a prefix and what follows it stand for; of the kind `named` only."""


def tokens(text: str, problems: list[Problem]) -> list[Token]:
    """The tokens of a query; what had to be mended is added to `problems`."""
    found: list[Token] = []
    place = 0
    open_brackets = 0
    while place < len(text):
        char = text[place]
        if char.isspace():
            place += 1
        elif char in QUOTES:
            phrase, place = _phrase(text, place, problems)
            if fold_query(phrase):
                found.append(Token("phrase", phrase))
            else:
                problems.append(Problem(_EMPTY_PHRASE))
        elif char in _OPEN:
            found.append(Token("open", char))
            open_brackets += 1
            place += 1
        elif char in _CLOSE:
            if open_brackets:
                found.append(Token("close", char))
                open_brackets -= 1
            else:
                problems.append(Problem(_STRAY_BRACKET, {"bracket": char}))
            place += 1
        elif char in _MINUS and place + 1 < len(text) and not text[place + 1].isspace():
            found.append(Token("minus", char))
            place += 1
        else:
            token, place = _text(text, place, found[-1].kind if found else "", problems)
            found.append(token)
    return found


def has_words(text: str) -> bool:
    """Whether there is a letter, a digit or an ideograph among the punctuation."""
    return any(char.isalnum() for char in fold_query(text))


def is_ellipsis(text: str) -> bool:
    return _ONLY_ELLIPSIS.fullmatch(text) is not None


def on_its_own(leaf: Leaf) -> Leaf:
    """A leaf whose prefix is gone: quoted, where without it the words would say something else."""
    text = leaf.text
    says_more = text in OPERATORS or text[0] in _MINUS or _SCOPE.match(text) or _named(text, 0, [])
    return Phrase(text) if says_more else leaf


def _text(text: str, place: int, before: str, problems: list[Problem]) -> tuple[Token, int]:
    """The token that begins at `place` without a sign of its own, and where it ends.

    `before` is the kind of the token before it.
    """
    if before == "phrase" and (gap := _GAP.match(text, place)):
        return Token("gap", gap[0]), gap.end()
    if scope := _SCOPE.match(text, place):
        return Token("scope", scope[0]), scope.end()
    if named := _named(text, place, problems):
        return named
    end = _end_of_words(text, place)
    word = text[place:end]
    is_operator = word in OPERATORS and before != "minus"
    return Token("operator" if is_operator else "words", word), end


def _named(text: str, place: int, problems: list[Problem]) -> tuple[Token, int] | None:
    """title:…, region:… with what follows it directly; None for any other text."""
    prefix = _PREFIX.match(text, place)
    name = fold_query(prefix[1]) if prefix else ""
    if prefix is None or not (name in FIELDS or name in FACETS):
        return None
    start = prefix.end()
    leaf: Leaf
    if text[start] in QUOTES:
        phrase, end = _phrase(text, start, problems)
        leaf, empty = Phrase(phrase), not fold_query(phrase)
    else:
        end = _end_of_words(text, start)
        leaf, empty = Words(text[start:end]), not has_words(text[start:end])
    if empty:
        return None
    node = Field(FIELDS[name], leaf) if name in FIELDS else Facet(FACETS[name], leaf)
    return Token("named", text[place:end], node), end


def _phrase(text: str, place: int, problems: list[Problem]) -> tuple[str, int]:
    """What stands in the quotes that open at `place`, and where it ends."""
    quote = text[place]
    end = text.find(QUOTES[quote], place + 1)
    if end < 0:
        problem = Problem(_UNCLOSED_QUOTE, {"quote": quote})
        if problem not in problems:
            problems.append(problem)
        end = len(text)
    return text[place + 1 : end], end + 1


def _end_of_words(text: str, place: int) -> int:
    """Where the words that begin at `place` end: a blank, a quote, or a bracket not their own."""
    while place < len(text):
        char = text[place]
        if char.isspace() or char in QUOTES or char in _CLOSE:
            break
        if char in _OPEN:
            own = _INNER_BRACKETS.match(text, place)
            if own is None:
                break
            place = own.end()
        else:
            place += 1
    return place
