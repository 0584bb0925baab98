"""SQLite's FTS5 with its trigram tokenizer: exact phrases of three characters or more.

Shorter ones it cannot look up; they are looked for in every stored text, as its manual advises.
The reports found are kept in a temporary table, so that facets do not search again.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.benchmarks.contenders import FACETS, TOP, Answer, Contender, Query, Searcher
from tests.benchmarks.peers import MissingPeerError
from tests.benchmarks.synthetic import Collection

_SHORTEST = 3
_SCHEMA = """
CREATE VIRTUAL TABLE texts USING fts5(body, tokenize = 'trigram');
CREATE TABLE facets (facet TEXT, value TEXT, report INTEGER);
"""
_SNIPPET = "snippet(texts, 0, '[', ']', '…', 64)"


def _check() -> None:
    try:
        with sqlite3.connect(":memory:") as connection:
            connection.executescript(_SCHEMA)
    except sqlite3.OperationalError as error:
        raise MissingPeerError(f"this SQLite has no trigram tokenizer ({error})") from error


_check()


def _connect(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "fts5.sqlite")


def _build(collection: Collection, folder: Path) -> None:
    connection = _connect(folder)
    connection.executescript(_SCHEMA)
    with connection:
        for report in collection:
            number = report.number + 1
            connection.execute(
                "INSERT INTO texts (rowid, body) VALUES (?, ?)", (number, report.folded)
            )
            connection.executemany(
                "INSERT INTO facets VALUES (?, ?, ?)",
                [
                    (facet, value, number)
                    for facet, values in report.facets.items()
                    for value in values
                ],
            )
        connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        connection.execute("CREATE INDEX facets_by_report ON facets (facet, report, value)")
    connection.execute("ANALYZE")
    connection.close()


class _Fts5:
    def __init__(self, folder: Path) -> None:
        self._sql = _connect(folder)
        self._sql.execute("PRAGMA temp_store = MEMORY")
        self._sql.execute("CREATE TEMP TABLE found (report INTEGER PRIMARY KEY)")

    def answer(self, query: Query) -> Answer | None:
        if query.together:
            return None
        condition, values = _condition(query)
        self._sql.execute("DELETE FROM found")
        total = self._sql.execute(
            f"INSERT INTO found SELECT rowid FROM texts WHERE {condition}", values
        ).rowcount
        facets = {
            facet: dict(
                self._sql.execute(
                    "SELECT value, count(*) FROM found JOIN facets USING (report)"
                    " WHERE facet = ? GROUP BY value",
                    (facet,),
                )
            )
            for facet in FACETS
        }
        order = "rank" if "MATCH" in condition else "rowid"
        passages = self._sql.execute(
            f"SELECT {_SNIPPET} FROM texts WHERE {condition} ORDER BY {order} LIMIT {TOP}", values
        )
        return Answer(total, facets, passages=tuple(row[0] for row in passages))


def _condition(query: Query) -> tuple[str, list[str]]:
    """SQL and its values. All that is long enough goes into one MATCH."""
    if query.any and all(len(text) >= _SHORTEST for text in query.any):
        return "texts MATCH ?", [" OR ".join(map(_quoted, query.any))]
    if query.any:
        return " OR ".join(["instr(body, ?)"] * len(query.any)), list(query.any)
    long = [_quoted(text) for text in query.every if len(text) >= _SHORTEST]
    short = [text for text in query.every if len(text) < _SHORTEST]
    conditions = ["texts MATCH ?"] * bool(long)
    conditions += ["instr(body, ?)"] * len(short)
    conditions += ["NOT instr(body, ?)"] * len(query.none)
    values = [" AND ".join(long)] if long else []
    return " AND ".join(conditions), [*values, *short, *query.none]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _open(collection: Collection, folder: Path) -> Searcher:
    return _Fts5(folder)


PEER = Contender("fts5", _build, _open)
