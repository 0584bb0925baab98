"""`GET /api/suggest`, and what a page says where nothing is found."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from webapp import create_app


@pytest.fixture(scope="module")
def samples(samples_index):
    return create_app(samples_index).test_client()


def test_every_url_leads_to_as_many_reports_as_told(samples):
    for typed in ("营商", "fz", "人民政府", "将乐县", "政府 法"):
        answer = samples.get("/api/suggest", query_string={"q": typed, "limit": "8"}).get_json()
        assert answer["query"] == typed
        assert answer["suggestions"]
        for one in answer["suggestions"]:
            assert set(one) == {"text", "kind", "reports", "query", "url"}
            if one["url"].startswith("/r/"):
                assert one["reports"] == 1
                assert one["text"] in samples.get(one["url"]).text
                continue
            found = samples.get("/api/search?" + one["url"].partition("?")[2]).get_json()
            assert found["total"] == one["reports"], one


def test_filters_are_kept_and_counted_with(samples):
    asked = {"q": "法治", "region": "山东省", "sort": "newest", "page": "3"}
    answer = samples.get("/api/suggest", query_string=asked).get_json()
    phrases = [one for one in answer["suggestions"] if one["kind"] == "phrase"]
    assert phrases
    for one in phrases:
        assert one["url"].endswith("&region=370000&sort=newest") or "region=" in one["url"]
        found = samples.get("/api/search?" + one["url"].partition("?")[2]).get_json()
        assert found["total"] == one["reports"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(("limit=x", 400), ("limit=0", 400), ("limit=999", 400), ("mode=x", 400)),
        ("q=a&region=nowhere", 404),
    ],
)
def test_what_is_asked_wrongly_is_a_problem_in_chinese(samples, query, status):
    answer = samples.get(f"/api/suggest?{query}")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert re.search(r"[\u4e00-\u9fff]", answer.get_json()["detail"])


def test_without_an_index_the_answer_says_so(empty_client):
    assert empty_client.get("/api/suggest?q=政").status_code == 503


def test_a_page_without_results_says_what_was_meant_and_which_part_fails(samples):
    page = samples.get(f"/?q={quote('“营伤环境” 法治')}").text
    assert "是不是要找" in page
    assert "“营商环境” 法治" in page
    assert 'class="fails"' in page
    assert "各部分单独查" in page


def test_the_filter_in_the_way_can_be_taken_off(samples):
    page = samples.get("/?q=营商环境&region=370000&year=1999").text
    way = re.search(r'<a href="([^"]+)">去掉年份条件</a>\s*<span class="count">(\d+) ', page)
    assert way
    url = way[1].replace("&amp;", "&")
    assert samples.get("/api/search?" + url.partition("?")[2]).get_json()["total"] == int(way[2])


def test_where_no_report_has_all_words_only_what_was_meant_is_said(samples):
    page = samples.get("/?q=营伤环境").text
    assert "是不是要找" in page
    assert "各部分单独查" not in page
    assert 'class="hits"' in page


def test_the_api_diagnoses_an_answer_without_reports_only(samples):
    assert "diagnosis" not in samples.get("/api/search?q=法治").get_json()
    diagnosis = samples.get("/api/search?q=“营伤环境”").get_json()["diagnosis"]
    assert diagnosis["parts"][0]["reports"] == 0


@pytest.mark.parametrize(("path", "there"), [("/", True), ("/?q=法治", True), ("/help", False)])
def test_the_help_card_stands_beside_the_box(samples, path, there):
    page = samples.get(path).text
    assert ('id="card"' in page) is there
    for example in re.findall(r'<li><a href="(/\?[^"]+)"><code', page)[:3]:
        assert samples.get(example.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("query", ["标题：政府工做报告", "同句(法治 量子纠缠)", "机关：“人民正府”"])
def test_parts_are_shown_as_they_may_be_typed(samples, query):
    page = samples.get("/", query_string={"q": query}).text
    assert f">{query}<" in page
