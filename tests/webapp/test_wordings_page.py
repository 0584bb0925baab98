"""The page of wordings: the same search as the list of reports, seen another way."""

from __future__ import annotations

import re
from html import unescape

import pytest
from playwright.sync_api import expect

from indexer.library import Library
from webapp import create_app

ASKED = "/?q=“服务”&view=wordings"


def shown(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return unescape(answer.text)


def links(text, pattern):
    return re.findall(f'href="({pattern})"', text)


@pytest.fixture(scope="module")
def client(samples_index):
    return create_app(samples_index).test_client()


@pytest.fixture(scope="module")
def found(samples_index):
    library = Library(samples_index)
    return library.wordings(library.request("“服务”"))


def test_each_wording_says_how_often_and_opens_to_its_reports(client, found):
    text = shown(client, ASKED)
    assert f"{found.total} 种提法" in text
    assert f"出自 {found.reports} 份报告" in text
    assert f"共 {found.sentences} 句" in text
    passages = links(text, r"/p/[^\"]+")
    assert passages
    for url in passages[:5]:
        opened = shown(client, url.partition("#")[0])
        assert 'class="cited"' in opened


def test_the_two_views_lead_to_each_other_with_filters_and_facets(client):
    reports = shown(client, "/?q=“服务”&year=2020-2026")
    (there,) = links(reports, r"/\?[^\"]*view=wordings[^\"]*")[:1]
    wordings = shown(client, there)
    assert 'name="year"' in wordings
    assert '<input type="hidden" form="search" name="view" value="wordings">' in wordings
    back = [url for url in links(wordings, r"/\?[^\"]*") if "view=" not in url]
    assert any("year=2020-2026" in url for url in back)
    assert all("view=" not in url for url in links(reports, r"/p/[^\"]*"))


def test_an_order_page_or_wording_that_is_none_is_told(client, found):
    assert client.get(f"{ASKED}&page=9999").status_code == 404
    assert client.get("/?q=服务&view=pictures").status_code == 400
    assert client.get(f"{ASKED}&wording=nothing").status_code == 400
    assert "一份报告也没有" in shown(client, f"{ASKED}&wording={'0' * 16}")
    assert "请先写出要查的词语" in shown(client, "/?year=2025&view=wordings")
    assert "没有一句话含有" in shown(client, "/?q=“不会出现的词汇吧”&view=wordings")


def test_one_wording_has_an_address(client, found):
    entry = max(found.entries, key=lambda entry: entry.reports)
    text = shown(client, f"{ASKED}&wording={entry.key}")
    assert all(use.title in text for use in entry.uses)
    assert "全部提法" in text


def test_the_api_gives_wordings_beside_the_totals(client, found):
    answer = client.get("/api/search?q=“服务”&view=wordings&limit=2&offset=1").json
    assert answer["total"] == found.results.total
    assert answer["hits"] == []
    told = answer["wordings"]
    assert (told["total"], told["sentences"]) == (found.total, found.sentences)
    assert [entry["key"] for entry in told["entries"]] == [e.key for e in found.entries[1:3]]
    assert {"id", "title", "year", "times", "passage"} <= set(told["entries"][0]["uses"][0])


def test_in_a_browser_facets_narrow_wordings_in_place(page):
    page.goto(ASKED)
    before = page.locator("#count").inner_text()
    page.locator('.facets input[name="topic"]').first.check()
    page.wait_for_url(re.compile("topic=.*view=wordings"))
    assert page.locator("#count").inner_text() != before
    page.locator("article > .use > a").first.click()
    expect(page.locator("mark").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="报告", exact=True).click()
    assert "view=" not in page.url
    assert "topic=" in page.url


def test_without_scripts_it_works_as_well(plain_page):
    plain_page.goto(ASKED)
    plain_page.locator(".uses summary").first.click()
    link = plain_page.locator(".uses li a").first
    expect(link).to_be_visible()
    plain_page.select_option("#sort", "oldest")
    plain_page.locator(".order button").click()
    assert "sort=oldest" in plain_page.url
    assert "view=wordings" in plain_page.url
