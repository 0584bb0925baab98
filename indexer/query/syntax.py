"""What was typed -> a query tree and the problems seen; never an exception.

    query  := both (OR both)*
    both   := item+
    item   := '-' item | NOT item | '(' query ')' | scope '(' leaf+ ')' | prefix leaf
            | phrase ('…' phrase)* | words
    leaf   := phrase | words

OR is also | and 或, NOT is also 非; they count only when they stand alone, so that 或者 and 非法
stay words. A minus, an opening bracket, a scope or a prefix counts only where an item can begin:
国发(2018)41号 is words. Brackets may be of either width. A phrase stands in any of `QUOTES`,
closed by its own kind; everything inside is literal. `tokens` holds the scopes and prefixes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.folding import fold_query
from indexer.messages import N_
from indexer.query.nodes import (
    QUOTES,
    And,
    Everything,
    Facet,
    Field,
    InOrder,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Within,
    Words,
)
from indexer.query.tokens import (
    AND,
    OR,
    SCOPES,
    Token,
    has_words,
    is_ellipsis,
    on_its_own,
    tokens,
)
from indexer.results import Mode, Problem

MAX_DEPTH = 60
"""Brackets and negations inside one another; more is a mistake, and recursion has an end."""
MAX_LENGTH = 10_000
"""Characters of a query."""

_QUOTES = frozenset({*QUOTES, *QUOTES.values()})

_ANOTHER = ["gap", "phrase"]

_UNCLOSED_BRACKET = N_("括号没有配对，已在末尾补上。")
_EMPTY_BRACKETS = N_("括号里没有文字，已略去。")
_LONE_OPERATOR = N_("运算符 %(operator)s 缺少一边，已略去。")
_ONLY_OPERATOR = N_("查询里只有运算符 %(operator)s，按文字查找。")
_PUNCTUATION = N_("“%(text)s”里没有文字，已略去；要查标点请加引号。")
_ONLY_PUNCTUATION = N_("查询里只有标点，按短语查找。")
_LONE_GAP = N_("省略号 %(text)s 的两边都要是加引号的短语，已略去。")
_NESTED = N_("%(scope)s的括号里只能是词和短语，其中的别的写法没有照办。")
_TOO_DEEP = N_("括号或否定套得太深（超过 %(depth)s 层），里层的已略去。")
_TOO_LONG = N_("查询超过 %(length)s 个字，只用了前面的部分。")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, and in `problems` what of the query was not taken as it was typed."""

    tree: Node
    problems: tuple[Problem, ...]


def parse(text: str, mode: Mode = Mode.WORDS) -> Parsed:
    """The tree of a typed query; an empty one is `Everything`."""
    problems: list[Problem] = []
    if len(text) > MAX_LENGTH:
        problems.append(Problem(_TOO_LONG, {"length": str(MAX_LENGTH)}))
        text = text[:MAX_LENGTH]
    if mode is Mode.EXACT and fold_query(text) and not _QUOTES.intersection(text):
        return Parsed(Phrase(text.strip()), tuple(problems))
    found = tokens(text, problems)
    node = _Parser(found, problems).query()
    if node is None:
        node = _last_resort(text.strip(), found, problems)
    return Parsed(node, tuple(problems))


def _last_resort(text: str, found: Sequence[Token], problems: list[Problem]) -> Node:
    """What a query without a single word is taken for."""
    operators = [token.text for token in found if token.kind == "operator"]
    if operators:
        problems[:] = [Problem(_ONLY_OPERATOR, {"operator": operators[0]})]
        return Words(operators[0]) if fold_query(operators[0]).isalnum() else Phrase(operators[0])
    literal = "".join(char for char in text if char not in _QUOTES)
    if not fold_query(literal):
        return Everything()
    letters = "".join(char for char in literal if char.isalnum())
    if letters:
        return Words(letters)
    problems[:] = [Problem(_ONLY_PUNCTUATION)]
    return Phrase(literal)


class _Parser:
    """Recursive descent over tokens; each method returns None when nothing is left of its part."""

    def __init__(self, tokens: Sequence[Token], problems: list[Problem]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0
        self._problems = problems

    def query(self) -> Node | None:
        """The whole query."""
        return self._alternatives()

    def _next(self) -> Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _problem(self, message: str, **values: str) -> None:
        problem = Problem(message, values)
        if problem not in self._problems:
            self._problems.append(problem)

    def _alternatives(self) -> Node | None:
        found: list[Node] = []
        pending = ""
        while (token := self._next()) is not None and token.kind != "close":
            if token.kind == "operator" and token.text in OR:
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
            if token.kind == "close" or (token.kind == "operator" and token.text in OR):
                break
            if token.kind == "operator" and token.text in AND:
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
        match token.kind:
            case "phrase":
                return self._phrases(Phrase(token.text))
            case "words" | "gap":
                return self._words(token.text)
            case "named":
                return token.node
            case "scope":
                return self._within(token.text)
            case "open":
                return self._group()
            case _:
                return self._negation(token)

    def _words(self, text: str) -> Node | None:
        if has_words(text):
            return Words(text)
        self._problem(_LONE_GAP if is_ellipsis(text) else _PUNCTUATION, text=text)
        return None

    def _phrases(self, first: Phrase) -> Node:
        """A phrase, and those that stand behind it with a gap between."""
        found = [first]
        while [token.kind for token in self._tokens[self._place : self._place + 2]] == _ANOTHER:
            found.append(Phrase(self._tokens[self._place + 1].text))
            self._place += 2
        return InOrder(tuple(found)) if len(found) > 1 else first

    def _within(self, name: str) -> Node | None:
        """The bracket that follows, its words and phrases near one another."""
        self._place += 1
        node = self._group()
        if node is None:
            return None
        leaves = tuple(_leaves(node))
        plain = node.children if isinstance(node, And) else (node,)
        if plain != leaves:
            self._problem(_NESTED, scope=name)
        return Within(SCOPES[name.lower()], leaves) if leaves else node

    def _negation(self, token: Token) -> Node | None:
        following = self._next()
        if following is None or (following.kind in ("close", "operator") and following.text in OR):
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


def _leaves(node: Node) -> Iterator[Leaf]:
    """The words and phrases of a node that are wanted somewhere, without what binds them."""
    match node:
        case Words() | Phrase():
            yield node
        case InOrder(phrases):
            yield from phrases
        case Within(_, leaves):
            yield from leaves
        case Field(_, leaf) | Facet(_, leaf):
            yield on_its_own(leaf)
        case And(children) | Or(children):
            for child in children:
                yield from _leaves(child)
        case Not() | Everything():
            pass


def _joined(kind: type[And] | type[Or], nodes: Sequence[Node]) -> Node | None:
    """One node of several, flat: A (B C) is A B C."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, kind) else (node,))
    if len(flat) > 1:
        return kind(tuple(flat))
    return flat[0] if flat else None
