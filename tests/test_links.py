"""Links keep their word, and the proof of it can fail: a sample of `tests.proofs.links`."""

from __future__ import annotations

import re

from indexer import library
from indexer.addresses import Compact, Found, Trace
from indexer.records import State
from tests.conftest import ROOT, SAMPLES
from tests.proofs.changing import CHANGES
from tests.proofs.following import fate, newest
from tests.proofs.links import prove

LINKS, SEED = 36, 1


def test_every_link_leads_to_its_words_or_says_what_became_of_them(tmp_path):
    proof = prove(tmp_path, [SAMPLES], LINKS, 1, SEED)
    assert proof.differences == []
    assert proof.landings == 0
    _, changed, *_, anew = map(proof.counts, proof.tallies)
    assert {"same", "moved", "ambiguous", "gone"} <= changed.keys()
    assert {"replaced", "withdrawn", "says so", "no more"} <= changed.keys()
    assert {"same", "unknown"} <= anew.keys()


def test_a_library_that_goes_by_places_alone_is_found_out(tmp_path, monkeypatch):
    def trusting(address, current, earlier=()):
        first = min(address.offset, len(Compact(current).text) - address.length)
        words = Compact(current).text[first : first + address.length]
        return Trace(Found.SAME, (Compact(current).span(first, address.length),), 1, words)

    monkeypatch.setattr(library, "trace", trusting)
    changes = [change for change in CHANGES if change.name == "read: text before"]
    proof = prove(tmp_path, [SAMPLES], 4, 1, SEED, changes)
    before, after, *_ = proof.tallies.values()
    assert [tally.landings for tally in before.values()] == [0]
    assert [tally.landings for tally in after.values()] == [4]


def test_the_browser_leaves_out_the_white_space_that_addresses_leave_out():
    script = (ROOT / "webapp" / "static" / "tray.js").read_text(encoding="utf-8")
    space = re.compile(re.search(r"const SPACE = /(.+)/g;", script)[1])
    characters = set(map(chr, range(0x110000)))
    assert {char for char in characters if space.fullmatch(char)} == {
        char for char in characters if not char.split()
    }


def test_what_became_of_a_file_is_told_by_what_stood_there_since():
    there = {"one.txt": ["a", "b", None, "a", "c"], "two.txt": [None, "d", None, None, None]}
    assert [fate(report, there) for report in "abcd"] == [
        (State.REPLACED, "c"),
        (State.REPLACED, "a"),
        (State.CURRENT, None),
        (State.WITHDRAWN, None),
    ]
    assert [newest(report, there) for report in "abcd"] == ["c", "c", None, None]
