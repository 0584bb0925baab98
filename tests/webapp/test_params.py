"""One search, one address: reading an address and writing it are inverse."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import uri_to_iri

from indexer.errors import BadNumberError, RequestError
from indexer.results import Filters, Sort, Years
from webapp.params import PER_PAGE, SearchParams

words = st.text(max_size=20).map(str.strip)
values = st.lists(words.filter(bool), max_size=4).map(lambda found: tuple(sorted(set(found))))
searches = st.builds(
    SearchParams,
    q=words,
    region=values,
    year=values,
    topic=values,
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
    )
    assert (
        uri_to_iri(params.url()) == "/?q=法治&region=410000&region=none&year=2025&topic=law&per=20"
    )


def test_empty_and_repeated_values_count_for_nothing():
    assert read("/?q=&region=&region=410000&region=410000&year=&page=&per=&sort=") == SearchParams(
        region=("410000",)
    )


def test_nothing_asked_for_is_nothing_to_search():
    assert not read("/?page=3&per=20&sort=newest")
    assert read("/?q=法治")
    assert read("/?year=none")


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=1.5", "page=" + "9" * 5000])
def test_a_page_that_is_no_page_is_refused(query):
    with pytest.raises(BadNumberError, match="page"):
        read(f"/?q=法治&{query}")


@pytest.mark.parametrize("query", ["per=0", "per=11", "per=x", "sort=best"])
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
    assert params.settled(filters) == read(
        "/?q=法治&region=410000&year=2020-2025&year=none&topic=law"
    )
