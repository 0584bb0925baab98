"""Word's lists: the number that stands, as printed, before each numbered paragraph.

A paragraph names a list (`num`), which takes its levels from a definition (`abstractNum`) and may
override them. A report whose 一、 and （二） were numbered by Word has them in no paragraph's text;
without them a quotation of its headings would not be found.

Lists of one definition count on from each other: a list that overrides a level's looks keeps
counting, one that overrides its start begins anew where it is first used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indexer.extract.docx.numbers import written
from indexer.extract.docx.symbols import symbol
from indexer.extract.docx.xml import Element, W, children, number, toggle, value

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LONGEST_TEXT = 255
_PARTING = "、。．，：；）〕】》"
"""Marks that end a number and hold their own room."""
_CUSTOM = re.compile(r"\s*(0*)1\b")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `text` holds %1 for the number of level 1; `style` numbers by it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: bool = True
    """A tab or a blank follows the number."""
    legal: bool = False
    """The numbers of other levels within it are written 1, 2, 3."""
    restarts_after: int | None = None
    """The level (from 1) after which it begins anew; 0 never, None after any above it."""
    style: str = ""
    font: str = ""
    """Of a bullet."""
    picture: bool = False
    """The bullet is a picture."""


@dataclass(frozen=True, slots=True)
class _List:
    """A list: whose count it keeps, its levels, the starts that are its own."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass
class Lists:
    """The lists of a document, and how far each has counted."""

    _definitions: Mapping[str, Element] = field(default_factory=dict)
    _links: Mapping[str, str] = field(default_factory=dict)
    """The name of a list style -> the definition that gives its levels."""
    _entries: Mapping[str, Element] = field(default_factory=dict)
    _read: dict[str, _List | None] = field(default_factory=dict)
    _levels: dict[str, Mapping[int, Level]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, key: str, depth: int) -> str:
        """The number of the next paragraph of a list, and the gap after it; may be empty."""
        found = self._list(key)
        level = None if found is None else found.levels.get(depth)
        if found is None or level is None:
            return ""
        counts = self._count(key, depth, found, level)
        if level.form == "bullet":
            text = _bullet(level)
        else:
            text = _PLACE.sub(lambda at: _number(int(at[1]) - 1, depth, found, counts), level.text)
        return f"{text} " if text.strip() and level.gap and text[-1] not in _PARTING else text

    def depth_of(self, key: str, style: str) -> int | None:
        """The level of a list that a paragraph style is tied to."""
        found = self._list(key)
        if found is None:
            return None
        return next((at for at, level in found.levels.items() if level.style == style), None)

    def _count(self, key: str, depth: int, found: _List, level: Level) -> dict[int, int]:
        counts = self._counts.setdefault(found.definition, {})
        for above in range(depth):
            # A level that was passed over counts as begun: 1.1 without a 1 before it; then 2.
            if above not in counts and above in found.levels:
                counts[above] = found.levels[above].start
        begins = depth in found.starts and (key, depth) not in self._begun
        self._begun.add((key, depth))
        if begins or depth not in counts:
            counts[depth] = level.start
        else:
            counts[depth] += 1
        for deeper in [at for at in counts if at > depth]:
            after = found.levels.get(deeper, level).restarts_after
            if after is None or depth < after:
                del counts[deeper]
        return counts

    def _list(self, key: str) -> _List | None:
        if key not in self._read:
            entry = self._entries.get(key)
            self._read[key] = None if entry is None else self._new(entry)
        return self._read[key]

    def _new(self, entry: Element) -> _List:
        name = value(entry.find(W + "abstractNumId")) or ""
        definition = self._definitions.get(name)
        linked = value(None if definition is None else definition.find(W + "numStyleLink"))
        name = self._links.get(linked or "", name)
        if name not in self._levels:
            definition = self._definitions.get(name)
            self._levels[name] = {} if definition is None else dict(_levels(definition))
        levels = dict(self._levels[name])
        starts: dict[int, int] = {}
        for override in entry.findall(W + "lvlOverride"):
            depth = number(value(override, "ilvl"), 0)
            whole, start = override.find(W + "lvl"), override.find(W + "startOverride")
            if whole is not None:
                levels[depth] = _level(whole)
            if start is not None:
                starts[depth] = number(value(start), 1)
                levels[depth] = replace(levels.get(depth, Level()), start=starts[depth])
        return _List(name, levels, starts)


def lists(root: Element | None) -> Lists:
    """What the numbering part defines."""
    if root is None:
        return Lists()
    definitions = {value(e, "abstractNumId") or "": e for e in root.iterfind(W + "abstractNum")}
    links = {
        style: name
        for name, element in definitions.items()
        if (style := value(element.find(W + "styleLink")))
    }
    entries = {value(e, "numId") or "": e for e in root.iterfind(W + "num")}
    return Lists(definitions, links, entries)


def _levels(definition: Element) -> list[tuple[int, Level]]:
    found = ((number(value(e, "ilvl"), 0), e) for e in definition.iterfind(W + "lvl"))
    return [(depth, _level(e)) for depth, e in found if 0 <= depth < LEVELS]


def _level(element: Element) -> Level:
    said = {part.tag: part for part in children(element)}
    fonts = element.find(f"{W}rPr/{W}rFonts")
    after = value(said.get(W + "lvlRestart"))
    return Level(
        start=number(value(said.get(W + "start")), 0),
        form=_form(said.get(W + "numFmt")),
        text=(value(said.get(W + "lvlText")) or "")[:_LONGEST_TEXT],
        gap=value(said.get(W + "suff")) != "nothing",
        legal=bool(toggle(said.get(W + "isLgl"))),
        restarts_after=None if after is None else number(after, 0),
        style=value(said.get(W + "pStyle")) or "",
        font=value(fonts, "hAnsi") or value(fonts, "ascii") or "",
        picture=W + "lvlPicBulletId" in said,
    )


def _form(element: Element | None) -> str:
    """The form's name; of a custom one its first number (001), which is all that is known of it."""
    form = value(element) or "decimal"
    if form == "custom":
        custom = _CUSTOM.match(value(element, "format") or "")
        return f"{custom[1]}1" if custom and custom[1] else "decimal"
    return form


def _bullet(level: Level) -> str:
    """What is drawn for a bullet; Word's own hollow one is the letter o."""
    if level.picture:
        return "•"
    return "◦" if level.text == "o" else "".join(symbol(level.font, ord(c)) for c in level.text)


def _number(at: int, depth: int, found: _List, counts: Mapping[int, int]) -> str:
    level = found.levels.get(at)
    if level is None or level.form == "bullet" or at > depth:
        return ""
    legal = found.levels[depth].legal and level.form != "decimalZero"
    return written(counts.get(at, level.start), "decimal" if legal else level.form)
