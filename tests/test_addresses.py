from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.addresses import (
    LONGEST_PASSAGE,
    MOST_PLACES,
    Address,
    Compact,
    Found,
    address_of,
    normalised_id,
    parse_address,
    report_id,
    trace,
)
from indexer.errors import BadAddressError

ID = "3277tn7crm"
TEXT = "一、总体情况\n全年共办理行政处罚案件19件，\n已全部履行到位。方便群\n众查阅。"


def address(words: str, text: str = TEXT) -> Address:
    return between(text, text.index(words), text.index(words) + len(words))


def between(text: str, start: int, end: int) -> Address:
    return address_of(ID, len(Compact(text[:start]).text), text[start:end])


def resolve(address: Address, current: str, earlier=()):
    """What became of the words, and their one place."""
    found = trace(address, current, earlier)
    return found.status, found.spans[0] if found.total == 1 else None


def test_an_id_never_changes():
    # Links in people's notes hold these: a change here breaks them all.
    assert report_id(hashlib.sha256(b"").hexdigest()) == "werc8gmrzg"
    assert report_id(hashlib.sha256("提法".encode()).hexdigest()) == "3vszf9gevc"


def test_a_passage_address_never_changes():
    assert str(address("行政处罚案件19件")) == f"{ID}.11.9.2fa2rrkz"
    assert str(address("群\n众")) == f"{ID}.31.2.e57t5ww4"


def test_an_id_copied_by_hand_is_understood():
    assert normalised_id(" 3277TN7CRM ") == ID
    assert normalised_id("OIl") == "011"


def test_an_address_leads_to_the_words():
    found, span = resolve(address("办理行政处罚"), TEXT)
    assert found is Found.SAME
    assert TEXT[slice(*span)] == "办理行政处罚"


def test_line_breaks_and_blanks_make_no_difference():
    named = address("方便群\n众查阅")
    found, span = resolve(named, TEXT.replace("\n", " \n　"))
    assert found is Found.SAME
    assert "".join(TEXT.replace("\n", " \n　")[slice(*span)].split()) == "方便群众查阅"


def test_words_that_moved_are_followed():
    later = "新增的一段。\n" + TEXT
    found, span = resolve(address("办理行政处罚"), later)
    assert found is Found.MOVED
    assert later[slice(*span)] == "办理行政处罚"


def test_words_that_stand_twice_elsewhere_are_not_guessed():
    assert resolve(address("办理行政处罚"), f"新增。{TEXT}{TEXT}") == (Found.AMBIGUOUS, None)


def test_words_that_are_gone_are_said_to_be_gone():
    later = TEXT.replace("处罚", "许可")
    assert resolve(address("办理行政处罚"), later) == (Found.GONE, None)
    assert resolve(address("办理行政处罚"), "") == (Found.GONE, None)


def test_an_earlier_extraction_tells_which_words_were_meant():
    later = "页眉\n" + TEXT
    named = address("办理行政处罚")
    assert resolve(named, later, [TEXT]) == resolve(named, later)


def test_what_stood_around_short_words_tells_which_are_meant():
    later = f"新增办理行政处罚事项。\n{TEXT}"
    found = trace(address("办理行政处罚"), later, [TEXT])
    assert (found.status, found.total) == (Found.MOVED, 1)
    assert found.spans[0][0] == later.rindex("办理行政处罚")
    unknown = trace(address("办理行政处罚"), later)
    assert (unknown.status, unknown.total) == (Found.AMBIGUOUS, 2)


def test_of_many_places_the_first_are_told_and_all_are_counted():
    found = trace(address("。"), "囗" * 100 + "增。" * 50)
    assert (found.status, found.total, len(found.spans)) == (Found.AMBIGUOUS, 50, MOST_PLACES)
    assert found.spans[0] == (101, 102)


def test_an_earlier_extraction_shows_the_words_that_are_gone():
    found = trace(address("群\n众查阅"), "别的文字", ["又一段文字", TEXT])
    assert (found.status, found.words, found.earlier) == (Found.GONE, "群众查阅", 1)
    assert TEXT[slice(*found.was)] == "群\n众查阅"


def test_earlier_extractions_are_not_read_where_the_words_are_in_their_place():
    assert trace(address("群\n众"), TEXT, iter(lambda: pytest.fail("read"), 0)).status is Found.SAME


@pytest.mark.parametrize("length", [1, 7, LONGEST_PASSAGE])
@pytest.mark.parametrize("shift", [-900, 900])
def test_words_known_by_their_check_only_are_found_far_away(length, shift):
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 6000))) + "\U00020bb7\U0001f600"
    named = address_of(ID, 1000, text[1000 : 1000 + length])
    later = text[:100] + "囗" * shift + text[100:] if shift > 0 else text[-shift:]
    found, span = resolve(named, later)
    assert (found, span) == (Found.MOVED, (1000 + shift, 1000 + shift + length))
    assert resolve(named, later[: 999 + length + shift]) == (Found.GONE, None)


def test_punctuation_that_a_link_dragged_along_is_left_behind():
    named = address("行政处罚案件19件")
    for behind in ("。", "，", "）。", ").", "」", '"'):
        assert parse_address(f"{named}{behind}") == named


@pytest.mark.parametrize(
    "typed", ["", ID, f"{ID}.1.2", f"{ID}.1.0.8zr6wn5b", f"{ID}.x.2.8zr6wn5b", "../etc/passwd"]
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(BadAddressError):
        parse_address(typed)


@given(st.text(alphabet="甲乙丙 \n", min_size=1, max_size=40), st.data())
def test_an_address_never_lands_on_other_words(text, data):
    compact = Compact(text)
    if not compact.text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = "".join(text[start:end].split())
    if not words:
        return
    address = parse_address(str(between(text, start, end)))
    other = data.draw(st.text(alphabet="甲乙丙 \n", max_size=40))
    found, span = resolve(address, other)
    places = [
        place
        for place in range(len(Compact(other).text))
        if Compact(other).text.startswith(words, place)
    ]
    if span is not None:
        assert "".join(other[slice(*span)].split()) == words
    assert found is (
        Found.SAME
        if address.offset in places
        else (Found.GONE, Found.MOVED, Found.AMBIGUOUS)[min(len(places), 2)]
    )
