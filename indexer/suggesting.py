"""What could be meant by the beginning of a query: titles, issuers and phrases of the collection.

A **phrase** is what authors themselves set apart: a run of ideographs that stands between two
punctuation marks, or in a heading, in two reports or more; and each word that the index holds of
so many. So none begins or ends inside a word, as the frequent strings of a suffix array do, and
nothing has to be learnt. Of a large collection a part is looked through; which phrases there are
depends on it, the figures do not: those of what is offered are counted in the committed state that
the answer is from, like any search.

The table is derived and only in memory. One that an earlier commit left is used until the next is
there: what it offers is counted anew, and dropped if nothing holds it any more.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from math import inf, log

from indexer.engine import Wording
from indexer.folding import fold_query
from indexer.query.nodes import Everything, Field, FieldName, Phrase
from indexer.query.syntax import parse
from indexer.requests import joined, lifted
from indexer.results import Filters, Mode
from indexer.suggestion_table import Entries, Table, table_of

LONGEST = 40
"""Characters of what is typed, beyond which nothing is offered."""

_PAUSE = 0.001
"""Seconds in which searches have the interpreter for themselves."""
_LOOKED_AT = 60
"""Entries that match, of which the best are offered."""
_LATIN = re.compile(r"[a-z' ]+")
_BETWEEN = re.compile("[' ]")
_SAME = 0.9
"""A phrase in so large a part of the reports of one inside it says the same, more fully."""
_OPENINGS = '"“「『＂〝'
_NO_FILTERS = Filters()
_OTHERS = 2
"""Issuers, and titles, that are offered beside phrases, if there are enough of all."""
_TRIED = 6
"""Of either, how many are looked at for some that the filters let through."""


class Kind(StrEnum):
    PHRASE = "phrase"
    ISSUER = "issuer"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on: `query` finds exactly `reports` reports, under the filters asked for.

    `report` is the id of the one that has a title, where only one has.
    """

    text: str
    kind: Kind
    reports: int
    query: str
    report: str | None = None


class Suggesting:
    """Tables of a collection that changes; safe to share between threads."""

    def __init__(self, wording: Callable[[], Wording], *, in_background: bool) -> None:
        self._wording = wording
        self._in_background = in_background
        self._table: Table | None = None
        self._making = threading.Lock()

    def table(self) -> Table | None:
        """The table of the newest commit; in the background the one there is, None for none."""
        wording = self._wording()
        held = self._table
        if held is not None and held.state == wording.state:
            return held
        if not self._in_background:
            with self._making:
                self._make(wording)
        elif self._making.acquire(blocking=False):
            threading.Thread(target=self._make_and_release, args=(wording,), daemon=True).start()
        return self._table

    @property
    def at_hand(self) -> Table | None:
        """A table that is there already, be it of an earlier commit."""
        return self._table

    def _make(self, wording: Wording) -> None:
        if self._table is None or self._table.state != wording.state:
            self._table = table_of(wording, _PAUSE if self._in_background else 0.0)

    def _make_and_release(self, wording: Wording) -> None:
        try:
            self._make(wording)
        finally:
            self._making.release()

    def suggest(
        self,
        typed: str,
        limit: int,
        filters: Filters = _NO_FILTERS,
        mode: Mode = Mode.WORDS,
        *,
        whole_numbers: bool = False,
    ) -> tuple[Suggestion, ...]:
        """What could be meant by what is typed; nothing while there is no table yet.

        Raises NoIndexError.
        """
        table = self.table()
        if table is None:
            return ()
        before, last = ("", typed) if mode is Mode.EXACT else _parted(typed)
        asked = _Asked(before, _opened(last), self._wording(), filters, whole_numbers)
        return asked.suggestions(table, limit)


def _parted(typed: str) -> tuple[str, str]:
    """What is typed but for its last part, and that."""
    parts = typed.split()
    if not parts or typed[-1].isspace():
        return typed, ""
    return " ".join(parts[:-1]), parts[-1]


def _opened(last: str) -> str:
    """The folded text of what may be a phrase not yet closed."""
    return fold_query(last.lstrip(_OPENINGS))


@dataclass(frozen=True)
class _Asked:
    """What is typed last, what stands before it, and against what it is held."""

    before: str
    folded: str
    wording: Wording
    filters: Filters
    whole_numbers: bool

    def suggestions(self, table: Table, limit: int) -> tuple[Suggestion, ...]:
        """Phrases, then issuers, then titles that it is a part of, in letters or in sound.

        What stands before it, as the first words of two, is kept and counted with.
        """
        if len(self.folded) > LONGEST or not any(map(str.isalnum, self.folded)):
            return ()
        phrases = self.phrases(table.phrases)
        if self.before:
            return tuple(phrases[:limit])
        issuers = self.names(FieldName.ISSUER, table, limit)
        titles = self.names(FieldName.TITLE, table, limit)
        chosen = phrases[: max(limit - len(issuers[:_OTHERS]) - len(titles[:_OTHERS]), 1)]
        chosen += issuers[: max(_OTHERS, limit - len(chosen) - len(titles))]
        return tuple((chosen + titles)[:limit])

    def phrases(self, entries: Entries) -> list[Suggestion]:
        """The most telling first, those that begin with what is typed counting twice.

        Telling is what stands in many reports but not in all, and what others are made with:
        法治 (法治政府, 法治化, …) rather than 附则 or 发展.
        """
        offered: list[tuple[float, Suggestion]] = []
        everything = self.wording.total(Everything(), self.filters)
        for entry, begins in self._found(entries):
            text = entries.texts[entry]
            query = f"{self.before} “{text}”".lstrip()
            reports = self._counted(query) if self.before else self._holding(text)
            if reports:
                rarity = log((everything + 1) / reports)
                worth = reports * rarity * entries.weights[entry] * (1 + begins)
                first = text == self.folded
                offered.append((inf if first else worth, _phrase(text, reports, query)))
        offered.sort(key=lambda one: (-one[0], len(one[1].text)))
        ranked = [one for _, one in offered]
        return [
            one for one in ranked if one.text == self.folded or not _said_by_another(one, ranked)
        ]

    def names(self, name: FieldName, table: Table, most: int) -> list[Suggestion]:
        """Issuers or titles, in the order of the table."""
        entries, kind = _NAMES[name](table)
        offered: list[Suggestion] = []
        for number, _ in self._found(entries)[:_TRIED]:
            text, report = entries.texts[number], None
            reports = self.wording.total(Field(name, Phrase(text)), self.filters)
            if not reports or len(offered) == most:
                continue
            if self.wording.state == table.state:
                # Only then does a number name the same report.
                entry = self.wording.entry(entries.numbers[number])
                metadata = entry.metadata
                text = metadata.title if kind is Kind.TITLE else metadata.issuer or text
                report = entry.report if kind is Kind.TITLE and reports == 1 else None
            offered.append(Suggestion(text, kind, reports, _field_query(kind, text), report))
        return offered

    def _found(self, entries: Entries) -> list[tuple[int, bool]]:
        """Entries that match, each once, and whether from their beginning."""
        matching = entries.holding(self.folded)
        if _LATIN.fullmatch(self.folded):
            matching = chain(matching, entries.sounding(_BETWEEN.sub("", self.folded)))
        found: dict[int, bool] = {}
        for entry, place in islice(matching, _LOOKED_AT):
            found.setdefault(entry, place == 0)
        return list(found.items())

    def _holding(self, text: str) -> int:
        return self.wording.total(Phrase(text), self.filters)

    def _counted(self, query: str) -> int:
        tree, typed, _ = lifted(parse(query).tree)
        filters = joined(self.filters, typed)
        return self.wording.total(tree, filters, whole_numbers=self.whole_numbers)


def _phrase(text: str, reports: int, query: str) -> Suggestion:
    return Suggestion(text, Kind.PHRASE, reports, query)


def _said_by_another(one: Suggestion, offered: Iterable[Suggestion]) -> bool:
    return any(
        one.text in other.text and one.text != other.text and other.reports >= _SAME * one.reports
        for other in offered
    )


_NAMES: dict[FieldName, Callable[[Table], tuple[Entries, Kind]]] = {
    FieldName.ISSUER: lambda table: (table.issuers, Kind.ISSUER),
    FieldName.TITLE: lambda table: (table.titles, Kind.TITLE),
}
_PREFIXES = {Kind.ISSUER: "机关", Kind.TITLE: "标题"}


def _field_query(kind: Kind, text: str) -> str:
    return f"{_PREFIXES[kind]}：{Phrase(text)}"
