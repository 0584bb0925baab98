"""The API gives what the library gives, and says in JSON what went wrong."""

from __future__ import annotations

import pytest


def test_the_answer_is_the_librarys(client, town):
    answer = client.get("/api/search?q=“法治政府建设”&region=河南省&year=2020-2025")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    expected = town.library.search("“法治政府建设”", region="410000", year="2020-2025").to_json()
    assert answer.json == expected
    assert (expected["total"], expected["occurrences"]) == (2, 3)


def test_pages_and_offsets_lead_through_the_same_hits(client):
    every = [hit["id"] for hit in client.get("/api/search?q=政府&limit=2").json["hits"]]
    assert len(every) == 2
    second = client.get("/api/search?q=政府&limit=1&offset=1").json["hits"]
    assert [hit["id"] for hit in second] == every[1:]
    assert client.get("/api/search?q=政府&page=2&per=10").json["hits"] == []


def test_modes_numbers_and_typed_filters_are_the_librarys(client, town):
    exact = client.get("/api/search?q=推进法治 政府&mode=exact").json
    assert exact == town.library.search("推进法治 政府", mode="exact").to_json()
    assert (exact["parsed"], exact["occurrences"]) == ('"推进法治 政府"', 3)
    cut = client.get("/api/search?q=“025年”").json
    assert cut["occurrences"] > 0
    assert client.get("/api/search?q=“025年”&whole=1").json["occurrences"] == 0
    typed = client.get("/api/search?q=法治 地区：安阳市").json
    assert (typed["total"], typed["parsed"], typed["problems"]) == (1, "法治", [])


def test_characters_are_written_as_themselves(client):
    assert "法治政府建设".encode() in client.get("/api/search?q=“法治政府建设”").data


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("q=法治&region=鼓楼区", "ambiguous-region"),
        ("q=法治&q=政府", "repeated"),
        ("q=法治&limit=1&limit=2", "repeated"),
        ("q=法治&limit=1_0", "bad-number"),
        ("q=法治&year=去年", "bad-year"),
        ("q=法治&year=3025", "bad-year"),
        ("q=法治&topic=占星", "unknown-topic"),
        ("q=法治&page=0", "bad-number"),
        ("q=法治&limit=-1", "bad-number"),
        ("q=法治&limit=1000000", "bad-number"),
        ("q=法治&offset=x", "bad-number"),
        ("q=法治&sort=best", "bad-choice"),
        ("q=法治&mode=best", "bad-choice"),
        ("q=法治&whole=best", "bad-choice"),
    ],
)
def test_a_bad_request_is_a_problem_document(client, query, code):
    answer = client.get(f"/api/search?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json(force=True)
    assert (problem["status"], problem["title"], problem["code"]) == (400, "Bad Request", code)
    assert problem["type"] == "about:blank"
    assert problem["detail"]


def test_nothing_indexed_is_503(empty_client):
    answer = empty_client.get("/api/search?q=法治")
    assert answer.status_code == 503
    assert answer.get_json(force=True)["code"] == "no-index"


def test_what_is_not_there_is_404_and_what_is_not_allowed_405(client):
    missing = client.get("/api/nothing")
    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")
    refused = client.post("/api/search")
    assert (refused.status_code, refused.mimetype) == (405, "application/problem+json")
    assert "GET" in refused.headers["Allow"]
