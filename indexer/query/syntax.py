"""What was typed -> a query tree and the problems seen; never an exception.

    query  := both (OR both)*
    both   := item+
    item   := '-' item | NOT item | '(' query ')' | phrase | words

OR is also | and 或, NOT is also 非; they count only when they stand alone, so that 或者 and 非法
stay words. A minus or an opening bracket counts only where an item can begin: 国发(2018)41号
is words. Brackets may be of either width. A phrase stands in any of `QUOTES`, closed by its own
kind; everything inside is literal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.folding import fold_query
from indexer.query.nodes import QUOTES, And, Everything, Node, Not, Or, Phrase, Words
from indexer.results import Problem

MAX_DEPTH = 60
"""Brackets and negations inside one another; more is a mistake, and recursion has an end."""
MAX_LENGTH = 10_000
"""Characters of a query."""

_OR = frozenset({"OR", "|", "｜", "或"})
_NOT = frozenset({"NOT", "非"})
_AND = frozenset({"AND"})
_OPEN, _CLOSE = "(（", ")）"
_MINUS = "-－"

_UNCLOSED_QUOTE = "引号 %(quote)s 没有配对，后面的文字都按短语查找。"
_EMPTY_PHRASE = "引号里没有文字，已略去。"
_UNCLOSED_BRACKET = "括号没有配对，已在末尾补上。"
_STRAY_BRACKET = "多出的右括号 %(bracket)s 已略去。"
_EMPTY_BRACKETS = "括号里没有文字，已略去。"
_LONE_OPERATOR = "运算符 %(operator)s 缺少一边，已略去。"
_ONLY_OPERATOR = "查询里只有运算符 %(operator)s，按文字查找。"
_PUNCTUATION = "“%(text)s”里没有文字，已略去；要查标点请加引号。"
_ONLY_PUNCTUATION = "查询里只有标点，按短语查找。"
_TOO_DEEP = "括号或否定套得太深（超过 %(depth)s 层），里层的已略去。"
_TOO_LONG = "查询超过 %(length)s 个字，只用了前面的部分。"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, and in `problems` what of the query was not taken as it was typed."""

    tree: Node
    problems: tuple[Problem, ...]


def parse(text: str) -> Parsed:
    """The tree of a typed query; an empty one is `Everything`."""
    problems: list[Problem] = []
    if len(text) > MAX_LENGTH:
        problems.append(Problem(_TOO_LONG, {"length": str(MAX_LENGTH)}))
        text = text[:MAX_LENGTH]
    tokens = _tokens(text, problems)
    node = _Parser(tokens, problems).query()
    if node is None:
        node = _last_resort(text.strip(), tokens, problems)
    return Parsed(node, tuple(problems))


def _last_resort(text: str, tokens: Sequence[_Token], problems: list[Problem]) -> Node:
    """What a query without a single word is taken for."""
    operators = [token.text for token in tokens if token.kind == "operator"]
    if operators:
        problems[:] = [Problem(_ONLY_OPERATOR, {"operator": operators[0]})]
        return Words(operators[0]) if fold_query(operators[0]).isalnum() else Phrase(operators[0])
    quotes = {*QUOTES, *QUOTES.values()}
    literal = "".join(char for char in text if char not in quotes)
    if not fold_query(literal):
        return Everything()
    letters = "".join(char for char in literal if char.isalnum())
    if letters:
        return Words(letters)
    problems[:] = [Problem(_ONLY_PUNCTUATION)]
    return Phrase(literal)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """words, phrase, open, close, minus, operator"""
    text: str


def _tokens(text: str, problems: list[Problem]) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    open_brackets = 0
    while place < len(text):
        char = text[place]
        if char.isspace():
            place += 1
        elif char in QUOTES:
            end = text.find(QUOTES[char], place + 1)
            if end < 0:
                problems.append(Problem(_UNCLOSED_QUOTE, {"quote": char}))
                end = len(text)
            _add_phrase(text[place + 1 : end], tokens, problems)
            place = end + 1
        elif char in _OPEN:
            tokens.append(_Token("open", char))
            open_brackets += 1
            place += 1
        elif char in _CLOSE:
            if open_brackets:
                tokens.append(_Token("close", char))
                open_brackets -= 1
            else:
                problems.append(Problem(_STRAY_BRACKET, {"bracket": char}))
            place += 1
        elif char in _MINUS and place + 1 < len(text) and not text[place + 1].isspace():
            tokens.append(_Token("minus", char))
            place += 1
        else:
            end = _end_of_words(text, place)
            word = text[place:end]
            negated = bool(tokens) and tokens[-1].kind == "minus"
            is_operator = word in _OR | _NOT | _AND and not negated
            tokens.append(_Token("operator" if is_operator else "words", word))
            place = end
    return tokens


def _add_phrase(phrase: str, tokens: list[_Token], problems: list[Problem]) -> None:
    if fold_query(phrase):
        tokens.append(_Token("phrase", phrase))
    else:
        problems.append(Problem(_EMPTY_PHRASE))


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


# Brackets that hold neither blanks nor quotes are part of the words around them.
_INNER_BRACKETS = re.compile(r"[(（][^\s()（）" + re.escape("".join(QUOTES)) + r"]*[)）]")


class _Parser:
    """Recursive descent over tokens; each method returns None when nothing is left of its part."""

    def __init__(self, tokens: Sequence[_Token], problems: list[Problem]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0
        self._problems = problems

    def query(self) -> Node | None:
        """The whole query."""
        return self._alternatives()

    def _next(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _problem(self, message: str, **values: str) -> None:
        problem = Problem(message, values)
        if problem not in self._problems:
            self._problems.append(problem)

    def _alternatives(self) -> Node | None:
        found: list[Node] = []
        pending = ""
        while (token := self._next()) is not None and token.kind != "close":
            if token.kind == "operator" and token.text in _OR:
                self._place += 1
                if pending or not found:
                    self._problem(_LONE_OPERATOR, operator=token.text)
                pending = token.text
                continue
            node = self._together()
            if node is not None:
                found.append(node)
                pending = ""
        if pending and found:
            self._problem(_LONE_OPERATOR, operator=pending)
        return _joined(Or, found)

    def _together(self) -> Node | None:
        found: list[Node] = []
        while (token := self._next()) is not None:
            if token.kind == "close" or (token.kind == "operator" and token.text in _OR):
                break
            if token.kind == "operator" and token.text in _AND:
                self._place += 1
                continue
            node = self._item()
            if node is not None:
                found.append(node)
        return _joined(And, found)

    def _item(self) -> Node | None:
        token = self._next()
        if token is None:
            return None
        self._place += 1
        if token.kind == "phrase":
            return Phrase(token.text)
        if token.kind == "words":
            return self._words(token.text)
        if token.kind == "open":
            return self._group()
        return self._negation(token)

    def _words(self, text: str) -> Node | None:
        if any(char.isalnum() for char in fold_query(text)):
            return Words(text)
        self._problem(_PUNCTUATION, text=text)
        return None

    def _negation(self, token: _Token) -> Node | None:
        following = self._next()
        if following is None or (following.kind in ("close", "operator") and following.text in _OR):
            self._problem(_LONE_OPERATOR, operator=token.text)
            return None
        child = self._deeper(self._item)
        return Not(child) if child is not None else None

    def _group(self) -> Node | None:
        before = self._place
        node = self._deeper(self._alternatives)
        following = self._next()
        if following is None:
            self._problem(_UNCLOSED_BRACKET)
        else:
            empty = self._place == before
            self._place += 1
            if empty:
                self._problem(_EMPTY_BRACKETS)
        return node

    def _deeper(self, part: Callable[[], Node | None]) -> Node | None:
        self._depth += 1
        try:
            if self._depth <= MAX_DEPTH:
                return part()
            self._problem(_TOO_DEEP, depth=str(MAX_DEPTH))
            self._skip()
            return None
        finally:
            self._depth -= 1

    def _skip(self) -> None:
        """On to the bracket that closes the one we are in, or to the end."""
        depth = 0
        while (token := self._next()) is not None:
            if token.kind == "close":
                if not depth:
                    return
                depth -= 1
            elif token.kind == "open":
                depth += 1
            self._place += 1


def _joined(kind: type[And] | type[Or], nodes: Sequence[Node]) -> Node | None:
    """One node of several, flat: A (B C) is A B C."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, kind) else (node,))
    if len(flat) > 1:
        return kind(tuple(flat))
    return flat[0] if flat else None
