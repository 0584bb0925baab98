"""China's administrative divisions: codes of GB/T 2260, names, and which lies in which.

`regions()` gives the table, loaded once. Abolished places stay nameable, since reports of
their time name them, and lead to those that followed; a code that changed its name answers to
the former one as well. Beside what the standard lists stand new areas and development zones
that have governments of their own in all but name.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.errors import AmbiguousRegionError, UnknownRegionError

COUNTRY = "100000"

_OTHER_NAMES = ("former", "alias")
_SEPARATORS = " \t　/\\>＞·・-－—、,，|"


@dataclass(frozen=True, slots=True)
class Place:
    """One place under one code. `parent` is None for provinces and for the whole country.

    `current` is False for what was abolished; `until` is the year of that, else None. `since` is
    the year it began, 1981 for all that is older than the source; None where that is unknown.
    """

    code: str
    name: str
    short: str
    parent: str | None
    current: bool
    until: int | None = None
    since: int | None = None
    listed: bool = True
    """False for what GB/T 2260 does not list: zones, new areas, the 兵团, Taiwan's cities."""
    followed_by: tuple[str, ...] = ()
    """Of what was abolished: the codes that came next, which may be abolished too."""


class Regions:
    """The places, by code and by name."""

    def __init__(
        self,
        places: Iterable[Place],
        former: Iterable[tuple[str, Place]] = (),
        aliases: Iterable[tuple[str, Place]] = (),
    ) -> None:
        """`former` holds (former full name, place) of codes that changed their name.

        `aliases` are names in use today beside the full one: 恩施州, 郑州高新区.
        """
        self._places = {place.code: place for place in places}
        full: defaultdict[str, list[str]] = defaultdict(list)
        short: defaultdict[str, list[str]] = defaultdict(list)
        for place in self._places.values():
            full[place.name].append(place.code)
            if place.short != place.name:
                short[place.short].append(place.code)
        for name, place in (*former, *aliases):
            if place.code not in full[name]:
                full[name].append(place.code)
        self._aliases = {(name, place.code) for name, place in aliases}
        self._full: Mapping[str, tuple[str, ...]] = {k: tuple(v) for k, v in full.items()}
        self._short: Mapping[str, tuple[str, ...]] = {k: tuple(v) for k, v in short.items()}

    @property
    def full_names(self) -> Mapping[str, tuple[str, ...]]:
        """Full names, former ones and aliases too, and the codes that bear or bore them."""
        return self._full

    @property
    def short_names(self) -> Mapping[str, tuple[str, ...]]:
        """Short names (安阳 for 安阳市) that differ from the full one, and their codes."""
        return self._short

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._places)

    def get(self, code: str) -> Place | None:
        return self._places.get(code)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes from the province down to and including `code`; () for an unknown one."""
        chain: list[str] = []
        place = self._places.get(code)
        while place is not None:
            chain.append(place.code)
            place = self._places.get(place.parent) if place.parent else None
        return tuple(reversed(chain))

    def names(self, code: str) -> tuple[str, ...]:
        """Full names from the province down: ("河南省", "安阳市", "北关区")."""
        return tuple(self._places[code].name for code in self.ancestors(code))

    def candidates(self, name: str) -> tuple[str, ...]:
        """Codes that a full name, else a short one, can mean, the likelier reading only.

        A place in force hides abolished ones of its name and those that bore it formerly; of
        several abolished ones within a province (one county, moved) the last counts.
        """
        codes = self._full.get(name) or self._short.get(name, ())
        codes = tuple(code for code in codes if self._is_called(code, name)) or codes
        current = tuple(code for code in codes if self._places[code].current)
        if current or len(codes) < 2:
            return current or codes
        last: dict[str, str] = {}
        for code in sorted(codes, key=lambda code: self._places[code].until or 0):
            last[code[:2]] = code
        return tuple(sorted(last.values()))

    def bearing(self, name: str, year: int) -> tuple[str, ...]:
        """Codes of the places that had this full name as their last one and existed in `year`."""
        places = [self._places[code] for code in self._full.get(name, ())]
        return tuple(
            place.code
            for place in places
            if place.name == name
            and (place.since or year) <= year
            and (place.until is None or year < place.until)
        )

    def _is_called(self, code: str, name: str) -> bool:
        return self._places[code].name == name or (name, code) in self._aliases

    def successors(self, code: str) -> tuple[str, ...]:
        """The places in force where an abolished one lies today, by code; () for any other."""
        found: set[str] = set()
        seen = {code}
        waiting = list(self._places[code].followed_by) if code in self._places else []
        while waiting:
            after = self._places.get(waiting.pop())
            if after is None or after.code in seen:
                continue
            seen.add(after.code)
            if after.current:
                found.add(after.code)
            else:
                waiting += after.followed_by
        return tuple(sorted(found))

    def resolve(self, text: str) -> str:
        """The code that a code, a full or short name, or a path like 河南省安阳市 means.

        Raises UnknownRegionError, or AmbiguousRegionError with the candidates' paths and codes.
        """
        wanted = text.strip(_SEPARATORS)
        if wanted in self._places:
            return wanted
        found = self._preferred(self._paths(wanted))
        if not found:
            raise UnknownRegionError(text)
        if len(found) > 1:
            raise AmbiguousRegionError(text, [self._described(code) for code in found])
        return found[0]

    def _paths(self, text: str) -> tuple[str, ...]:
        """Codes of places whose name ends `text`, what stands before naming places above them."""
        found: list[str] = []
        for split in range(len(text)):
            last = text[split:]
            if last not in self._full and last not in self._short:
                continue
            before = text[:split].rstrip(_SEPARATORS)
            if not before:
                return (*found, *self.candidates(last))
            above = set(self._paths(before))
            found += (
                code
                for code in (*self._full.get(last, ()), *self._short.get(last, ()))
                if code not in found and above.intersection(self.ancestors(code)[:-1])
            )
        return tuple(found)

    def _preferred(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Current before abolished; a province before its namesakes; a place before its parts."""
        current = tuple(code for code in codes if self._places[code].current) or codes
        provinces = tuple(code for code in current if code.endswith("0000"))
        if len(provinces) == 1:
            return provinces
        return tuple(
            code for code in current if not set(current).intersection(self.ancestors(code)[:-1])
        )

    def _described(self, code: str) -> str:
        return f"{''.join(self.names(code))}（{code}）"


@cache
def regions() -> Regions:
    """The table that ships with the package."""
    text = files(__package__).joinpath("regions.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    places = {row["code"]: _place(row) for row in rows if row["status"] not in _OTHER_NAMES}
    former, aliases = (
        [(row["name"], places[row["code"]]) for row in rows if row["status"] == status]
        for status in _OTHER_NAMES
    )
    return Regions(places.values(), former, aliases)


def _place(row: Mapping[str, str]) -> Place:
    return Place(
        code=row["code"],
        name=row["name"],
        short=row["short"],
        parent=row["parent"] or None,
        current=row["status"] != "abolished",
        until=int(row["until"]) if row["until"] else None,
        since=int(row["from"]) if row["from"] else None,
        listed=row["status"] != "zone",
        followed_by=tuple(row["successors"].split()),
    )
