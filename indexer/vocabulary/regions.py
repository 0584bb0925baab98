"""China's administrative divisions: codes of GB/T 2260, names, and which lies in which.

`regions()` gives the table, loaded once. Abolished places stay nameable, since reports of
their time name them, and lead to those that followed; a code that changed its name answers to
the former one as well. Beside what the standard lists stand new areas and development zones
that have governments of their own in all but name.

Reports are counted and found by `Regions.lineage`: where a place lies in the tree of today.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile

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
        self._lineages: dict[str, tuple[str, ...]] = {}

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

    def lineage(self, code: str) -> tuple[str, ...]:
        """The codes under which a report of `code` counts, from the province down to itself.

        For a place in force these are its ancestors. An abolished one hangs under what followed
        it: the deepest place in force, of its own level or above, that holds all its successors.
        Where these are scattered it stays under its old parent, if that is in force and still
        holds some of them.
        """
        known = self._lineages.get(code)
        if known is None:
            known = self._lineages[code] = self._lineage(code)
        return known

    def _lineage(self, code: str) -> tuple[str, ...]:
        place = self._places.get(code)
        if place is None or place.current:
            return self.ancestors(code)
        chains = [self.ancestors(after) for after in self.successors(code)]
        home = tuple(above for above in _shared(chains) if _level(above) <= _level(code))
        old = self.lineage(place.parent) if place.parent else ()
        stays = place.parent is not None and any(place.parent in chain for chain in chains)
        if home[: len(old)] != old and (stays or not home):
            home = old
        return (*home, code)

    def label(self, code: str) -> str:
        """The name of a place, and of an abolished one what lies there now: 宣武区（今西城区）.

        Where that bears the same name, what the place belonged to tells them apart.
        """
        place = self._places[code]
        if place.current:
            return place.name
        after = [self._places[code] for code in self.successors(code)]
        names = list(dict.fromkeys(each.name for each in after))
        home = self.lineage(code)[:-1]
        if home and any(_level(each.code) > _level(code) for each in after):
            return f"{place.name}（今属{self._places[home[-1]].name}）"
        if not names:
            return f"{place.name}（已撤销）"
        if names != [place.name]:
            return f"{place.name}（今{'、'.join(names)}）"
        above = self._places[place.parent].name if place.parent else ""
        if above and any(each.parent != place.parent for each in after):
            return f"{place.name}（原属{above}）"
        return f"{place.name}（原代码 {code}）"

    def path(self, code: str) -> tuple[str, ...]:
        """Labels from the province down, on the map of today: ("北京市", "宣武区（今西城区）")."""
        followed = self.successors(code)
        above = [place for place in self.lineage(code)[:-1] if place not in followed]
        return (*map(self.label, above), self.label(code)) if code in self._places else ()

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


def _level(code: str) -> int:
    """1 for provinces, 2 for prefectures, 3 for counties, by GB/T 2260's zeros."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def _shared(chains: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What all chains begin with."""
    shared = takewhile(lambda codes: len(set(codes)) == 1, zip(*chains, strict=False))
    return tuple(codes[0] for codes in shared)


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
