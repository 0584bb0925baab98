"""A search can be subscribed to, and made from the browser's address bar."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import feedparser
import pytest
from lxml import etree

from indexer.collection import update
from indexer.config import Config
from indexer.library import Library
from indexer.recorder import Recorder
from webapp import create_app

DAY = 24 * 3600
START = 1_700_000_000


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Reports that came on three days, the newest by its own date on the first of them."""
    folder = tmp_path_factory.mktemp("reports")
    config = Config(tmp_path_factory.mktemp("index"), workers=1)
    for number, year in enumerate((2025, 2021, 2023)):
        text = f"关于{year}年工作情况的报告\n\n政府工作<稳步>推进。\n\n某某市人民政府\n"
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
        update(config, [folder])
        recorder = Recorder.create(config.catalogue)
        with recorder.transaction():
            known = "SELECT report FROM paths WHERE path LIKE ?"
            recorder._sql.execute(
                f"UPDATE arrivals SET time = ? WHERE report IN ({known})",
                (START + number * DAY, f"%{year}.txt"),
            )
        recorder.close()
    # The index takes the times over when it is made from the catalogue.
    for path in config.segments.iterdir():
        path.unlink()
    update(config, [folder])
    return config


@pytest.fixture
def feed(collected):
    client = create_app(collected).test_client()

    def parsed(address):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
        return feedparser.parse(answer.data)

    return parsed


def test_what_came_last_is_first_whatever_its_own_date(feed):
    found = feed("/feed?q=政府")
    assert not found.bozo
    assert [entry.title[2:6] for entry in found.entries] == ["2023", "2021", "2025"]
    days = [datetime.fromisoformat(entry.updated) for entry in found.entries]
    first = datetime.fromtimestamp(START, UTC)
    assert days == [first + timedelta(days=number) for number in (2, 1, 0)]
    assert found.feed.updated == found.entries[0].updated


def test_an_entry_names_its_report_by_its_bytes(feed, collected):
    library = Library(collected)
    for entry in feed("/feed?q=“稳步”").entries:
        name = entry.id.partition("sha-256;")[2]
        sha256 = base64.urlsafe_b64decode(f"{name}=").hex()
        stored = library.report(entry.link.split("/r/")[1][:10])
        assert stored.sha256 == sha256
        assert entry.author


def test_the_words_looked_for_are_marked(collected):
    answer = create_app(collected).test_client().get("/feed?q=“稳步”")
    # feedparser would take the marks out.
    summaries = etree.fromstring(answer.data).iter("{http://www.w3.org/2005/Atom}summary")
    assert {summary.text for summary in summaries} == {
        "<p>政府工作&lt;<mark>稳步</mark>&gt;推进。</p>"
    }


def test_filters_are_those_of_the_search(feed):
    assert len(feed("/feed?q=政府&year=2021-2023").entries) == 2
    everything = feed("/feed")
    assert len(everything.entries) == 3
    nothing = feed("/feed?q=“没有这几个字”")
    assert (nothing.bozo, nothing.entries) == (False, [])


def test_the_order_is_offered_in_the_search_too(collected):
    library = Library(collected)
    hits = library.search("政府", sort="added").hits
    assert [hit.year for hit in hits] == [2023, 2021, 2025]


def test_the_results_page_tells_of_its_feed(client):
    page = client.get(f"/?q={quote('政府')}&year=2025&page=1").text
    assert 'type="application/atom+xml"' in page
    assert f'href="/feed?q={quote("政府")}&amp;year=2025"' in page


def test_browsers_are_told_how_to_search(client):
    page = client.get("/").text
    assert 'rel="search" type="application/opensearchdescription+xml"' in page
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    root = etree.fromstring(answer.data)
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{name}OpenSearchDescription"
    assert len(root.findtext(f"{name}ShortName")) <= 16
    templates = {url.get("type"): url.get("template") for url in root.iter(f"{name}Url")}
    assert templates["text/html"] == "http://localhost/?q={searchTerms}"
    for template in templates.values():
        path = template.removeprefix("http://localhost").replace("{searchTerms}", quote("政府"))
        assert client.get(path).status_code == 200
