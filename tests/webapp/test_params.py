"""One search, one address: reading an address and writing it are inverse."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import uri_to_iri

from indexer.errors import BadNumberError, BadYearError, RequestError
from indexer.query.nodes import And, Phrase, Words
from indexer.results import Filters, Mode, Search, Sort, Years
from webapp.params import PER_PAGE, SearchParams

words = st.text(max_size=20).map(str.strip)
values = st.lists(words.filter(bool), max_size=4).map(lambda found: tuple(sorted(set(found))))
searches = st.builds(
    SearchParams,
    q=words,
    region=values,
    year=values,
    topic=values,
    mode=st.sampled_from(Mode),
    whole=st.booleans(),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 1_000_000),
    per=st.sampled_from(PER_PAGE),
)


def read(url: str) -> SearchParams:
    return SearchParams.from_args(MultiDict(parse_qsl(urlsplit(url).query, keep_blank_values=True)))


@given(searches)
def test_an_address_reads_back_as_the_search_it_was_written_from(params):
    assert read(params.url()) == params


@given(searches, st.randoms(use_true_random=False))
def test_the_order_of_parameters_does_not_matter(params, random):
    pairs = list(params.to_pairs())
    random.shuffle(pairs)
    assert SearchParams.from_args(MultiDict(pairs)).url() == params.url()


def test_parameters_stand_in_a_fixed_order_and_defaults_are_left_out():
    params = read(
        "/?per=20&topic=law&year=2025&region=none&region=410000&sort=relevance&q=+法治+&page=1"
        "&mode=words&whole=0"
    )
    assert (
        uri_to_iri(params.url()) == "/?q=法治&region=410000&region=none&year=2025&topic=law&per=20"
    )
    params = read("/?sort=newest&whole=1&mode=exact&year=2025&q=法治")
    assert uri_to_iri(params.url()) == "/?q=法治&year=2025&mode=exact&whole=1&sort=newest"


def test_empty_and_repeated_values_count_for_nothing():
    assert read("/?q=&region=&region=410000&region=410000&year=&page=&per=&sort=") == SearchParams(
        region=("410000",)
    )


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("from=2020&to=2025", "2020-2025"),
        ("from=2025&to=2020", "2020-2025"),
        ("from=２０２０&to=2025年", "2020-2025"),
        ("from=2025&to=2025", "2025"),
        ("from=2020&to=", "2020-2999"),
        ("from=+&to=2020", "1000-2020"),
    ],
)
def test_a_range_that_a_form_gives_joins_the_years(typed, years):
    assert read(f"/?q=法治&year=none&{typed}") == read(f"/?q=法治&year=none&year={years}")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("from=20x0&to=2025", "20x0"),
        ("from=2020&to=明年", "明年"),
        ("from=none", "none"),
        ("to=999", "999"),
    ],
)
def test_a_range_that_is_none_is_refused(typed, said):
    with pytest.raises(BadYearError, match=said):
        read(f"/?q=法治&{typed}")


def test_nothing_asked_for_is_nothing_to_search():
    assert not read("/?page=3&per=20&sort=newest")
    assert read("/?q=法治")
    assert read("/?year=none")


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=1.5", "page=" + "9" * 5000])
def test_a_page_that_is_no_page_is_refused(query):
    with pytest.raises(BadNumberError, match="page"):
        read(f"/?q=法治&{query}")


@pytest.mark.parametrize(
    "query", ["per=0", "per=11", "per=x", "sort=best", "mode=loose", "whole=yes"]
)
def test_what_is_not_offered_is_refused(query):
    with pytest.raises(RequestError):
        read(f"/?q=法治&{query}")


def test_choosing_and_dropping_values_begins_at_the_first_page():
    params = read("/?q=法治&region=410000&region=130000&topic=law&page=4")
    assert params.without("region", "130000") == read("/?q=法治&region=410000&topic=law")
    assert params.narrowed_to("year", ["2025"]) == read(
        "/?q=法治&region=410000&region=130000&year=2025&topic=law"
    )
    assert params.everywhere() == read("/?q=法治")


def test_a_settled_search_names_values_as_the_library_does():
    params = read("/?q=法治&region=河南省&year=2020-2025&year=none&topic=法治")
    filters = Filters(("410000",), (Years(2020, 2025), None), ("law",))
    assert params.settled(Search("法治", Words("法治"), filters=filters)) == read(
        "/?q=法治&region=410000&year=2020-2025&year=none&topic=law"
    )


def test_filters_typed_among_the_words_move_to_parameters_of_their_own():
    params = read("/?q=“法治” 或者 region:河南省&sort=newest")
    tree = And((Phrase("法治"), Words("或者")))
    found = Search(params.q, tree, filters=Filters(("410000",)), lifted=True)
    assert params.settled(found) == read('/?q="法治" 或者&region=410000&sort=newest')
    as_typed = Search(params.q, tree, filters=Filters())
    assert params.settled(as_typed) == params


def test_another_search_keeps_all_but_the_words_the_page_and_the_mode_beside_them():
    params = read("/?q=法治&region=410000&mode=exact&whole=1&sort=newest&page=2&per=20")
    assert dict(params.carried) == {
        "region": "410000", "whole": "1", "sort": "newest", "per": "20",
    }  # fmt: skip
