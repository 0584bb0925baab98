"""Where a link leads, by the library and on the page, held against where it should."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient

from indexer.addresses import MOST_PLACES, Found
from indexer.errors import UnknownReportError
from indexer.library import Library, Resolution
from indexer.records import State
from tests.proofs.following import Link, Truth

SAID = {
    Found.SAME: "就在原处",
    Found.MOVED: "还在，但已不在",
    Found.AMBIGUOUS: "无法断定是哪一处",
    Found.GONE: "现在的文字里没有",
}
STATES = {State.REPLACED: "这是旧版本", State.WITHDRAWN: "已经移走或删除"}
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_BETWEEN_CELLS = " │ "
"""Drawn where lists show table rows."""
_KINDS = ("cited", "was", "places", "notice")


@dataclass
class Tally:
    """What became of some links: how many ended how, and what is wrong with it."""

    links: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    landings: int = 0
    """Of the links, those that led to other words."""
    differences: list[str] = field(default_factory=list)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.links + other.links,
            self.counts + other.counts,
            self.landings + other.landings,
            self.differences + other.differences,
        )


class Page(HTMLParser):
    """What a passage's page shows, texts without white space."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cited = self.was = self.notices = ""
        self.places: list[str] = []
        self.links: list[str] = []
        self._within: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        kind = tag if tag == "mark" else next((k for k in _KINDS if k in classes), None)
        kinds = {kind for _, kind in self._within}
        if tag == "a" and "places" in kinds:
            self.places.append("")
        if tag == "a" and "notice" in kinds:
            self.links.append(given.get("href") or "")
        if tag not in _VOID:
            self._within.append((tag, kind))

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        kinds = {kind for _, kind in self._within}
        words = "".join(data.split())
        if "cited" in kinds:
            self.cited += words
        listed = "".join(data.replace(_BETWEEN_CELLS, " ").split())
        if {"was", "mark"} <= kinds:
            self.was += listed
        if {"places", "mark"} <= kinds:
            self.places[-1] += listed
        if "notice" in kinds:
            self.notices += words


def follow(
    link: Link, right: Truth | None, library: Library, client: FlaskClient | None, tally: Tally
) -> None:
    """Follow a link, and write down how it went; `right` is None where nobody can know it."""
    tally.links += 1
    landed: list[str] = []
    if right is None:
        tally.counts["unknown"] += 1
        wrong = [*_not_refused(link, library, client)]
    else:
        found = library.resolve(link.address)
        tally.counts[found.status.value] += 1
        tally.counts[right.state.value] += right.state is not State.CURRENT
        if found.newer:
            said = ("no more", "says so", "several times")[min(found.newer.total, 2)]
            tally.counts[said if found.newer.addresses is not None else "nobody knows"] += 1
        wrong = [*_wrong(link, right, found)]
        landed = [*_landed(link, found), *_landed_newer(link, found, library)]
        if client:
            response = client.get(f"/p/{link.address}")
            page = Page(response.text)
            wrong += _wrong_page(link, right, found, response.status_code, page)
            shown = (page.cited, page.was, *page.places)
            landed += [words for words in shown if words not in ("", link.words)]
    if link.address != link.right_address:
        wrong.append(f"is not {link.right_address}")
    wrong += [f"landed on {words[:40]}" for words in landed]
    tally.landings += bool(landed)
    name = f"{link.address} ({link.way}, {link.words[:20]})"
    tally.differences += [f"{name}: {line}" for line in wrong]


def _not_refused(link: Link, library: Library, client: FlaskClient | None) -> Iterator[str]:
    with suppress(UnknownReportError):
        yield f"resolved to {library.resolve(link.address).status}"
    if client:
        response = client.get(f"/p/{link.address}")
        if response.status_code != 404 or link.report not in response.text:
            yield f"the page says {response.status_code} without naming the report"


def _wrong(link: Link, right: Truth, found: Resolution) -> Iterator[str]:
    spans = (found.span,) if found.span else found.places
    if found.status is not right.status:
        yield f"is {found.status}, not {right.status}"
    if spans != right.spans[:MOST_PLACES] or found.total != len(right.spans):
        yield f"leads to {spans}, {found.total} places, not {right.spans}"
    if found.words != (link.words if right.known else None):
        yield f"means {found.words!r}"
    if (found.earlier.text if found.earlier else None) != right.was:
        yield "another earlier text than that which has the words"
    if (found.report.id, found.report.state) != (link.report, right.state):
        yield f"belongs to {found.report.id}, {found.report.state}, not {right.state}"
    newer = (found.newer.report, found.newer.total) if found.newer else (None, 0)
    if newer != (right.newer, right.there):
        yield f"newer is {newer}, not {right.newer, right.there}"


def _landed(link: Link, found: Resolution) -> Iterator[str]:
    """Other words that it leads to."""
    text = found.report.document.text
    for span in (found.span, *found.places):
        if span and (words := "".join(text[slice(*span)].split())) != link.words:
            yield words
    if found.earlier and found.was:
        words = "".join(found.earlier.text[slice(*found.was)].split())
        if words != link.words:
            yield words


def _landed_newer(link: Link, found: Resolution, library: Library) -> Iterator[str]:
    for address in (found.newer.addresses or ())[:3] if found.newer else ():
        there = library.resolve(str(address))
        if there.status is not Found.SAME or there.words != link.words:
            yield f"{there.words} of {address}"


def _wrong_page(
    link: Link, right: Truth, found: Resolution, status: int, page: Page
) -> Iterator[str]:
    if status != 200:
        yield f"the page's status is {status}"
    told = [said for said, words in SAID.items() if words in page.notices]
    if told != [right.status]:
        yield f"the page says {told}, not {right.status}"
    states = [state for state, words in STATES.items() if words in page.notices]
    if states != [right.state] and (states or right.state is not State.CURRENT):
        yield f"the page says {states}, not {right.state}"
    single = len(right.spans) == 1
    if page.cited != (link.words if single else ""):
        yield f"the page marks {page.cited[:40]!r}"
    listed = 0 if single else min(len(right.spans), MOST_PLACES)
    if page.places != [link.words] * listed:
        yield f"the page lists {page.places[:3]}, {len(page.places)} places, not {listed}"
    if page.was != (link.words if right.was and not single else ""):
        yield f"the page shows {page.was[:40]!r} of an earlier text"
    if right.newer and not any(
        url.startswith(f"/p/{right.newer}." if right.there else f"/r/{right.newer}")
        for url in page.links
    ):
        yield f"the page does not lead to {right.newer}: {page.links}"
