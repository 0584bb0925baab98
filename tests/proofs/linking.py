"""Random passages of reports, linked in every way that there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from flask.testing import FlaskClient

from indexer.addresses import LONGEST_PASSAGE, address_of
from indexer.library import Library
from indexer.query.nodes import Phrase
from tests.proofs.changing import UNKNOWN_TEXT, another_reading
from tests.proofs.following import Link, Text, id_of
from tests.proofs.keeping import Change, World
from webapp import create_app

_LENGTHS = ((1, 1), (2, 4), (4, 12), (12, 40), (40, 200), (200, LONGEST_PASSAGE))
_PHRASES = (2, 12)
_HOOK = re.compile(r'class="hook" href="/p/([^"]+)"')


def links(world: World, paths: Mapping[Path, Change], number: int) -> Iterator[Link]:
    """So many links, as many into each of the reports at these paths."""
    library, client = Library(world.config), create_app(world.config).test_client()
    texts = {}
    for path, change in paths.items():
        texts[path] = world.texts[id_of(path.read_bytes())][-1]
        if change.name == UNKNOWN_TEXT:
            texts[path] = another_reading(world, path)
    for count in range(number):
        path = list(paths)[count % len(paths)]
        report, text = id_of(path.read_bytes()), texts[path]
        way = count // len(paths) % 5
        if paths[path].name == UNKNOWN_TEXT or way > 2:
            yield _cut(world, report, text)
        elif way == 0:
            yield _searched(world, library, report, text) or _cut(world, report, text)
        elif way == 1:
            yield _hooked(world, client, report, text)
        else:
            yield _selected(world, client, report, text)


def _stretch(world: World, text: Text) -> tuple[int, int]:
    shortest, longest = world.chosen.choice(_LENGTHS)
    length = min(world.chosen.randint(shortest, longest), len(text.bare))
    return world.chosen.randint(0, len(text.bare) - length), length


def _cut(world: World, report: str, text: Text) -> Link:
    start, length = _stretch(world, text)
    first, end = text.span(start, length)
    address = address_of(report, start, text.text[first:end])
    return Link(str(address), report, start, text.bare[start : start + length], "cut out")


def _searched(world: World, library: Library, report: str, text: Text) -> Link | None:
    """A passage of a result, if something there is can be searched for."""
    length = world.chosen.randint(*_PHRASES)
    start = world.chosen.randint(0, len(text.bare) - length)
    phrase = text.bare[start : start + length]
    if not phrase.isalnum():
        return None
    hits = {hit.id: hit for hit in library.search(str(Phrase(phrase)), limit=100).hits}
    if report not in hits:
        return None
    passage = world.chosen.choice(hits[report].passages)
    marked = passage.text[passage.marks[0][0] : passage.marks[-1][1]]
    words = "".join(marked.split())
    return Link(passage.address, report, int(passage.address.split(".")[1]), words, "result")


def _hooked(world: World, client: FlaskClient, report: str, text: Text) -> Link:
    """A paragraph's own link, if the report is more than tables."""
    there = _HOOK.findall(client.get(f"/r/{report}").text)
    if not there:
        return _cut(world, report, text)
    address = world.chosen.choice(there)
    start, length = map(int, address.split(".")[1:3])
    return Link(address, report, start, text.bare[start : start + length], "paragraph")


def _selected(world: World, client: FlaskClient, report: str, text: Text) -> Link:
    start, length = _stretch(world, text)
    asked = {"report": report, "start": start, "length": length}
    answer = client.get("/api/passages/of", query_string=asked)
    address = answer.json["address"] if answer.json else answer.status
    return Link(address, report, start, text.bare[start : start + length], "selected")
