"""Citing and exporting over HTTP."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from urllib.parse import unquote

import pytest
import rispy
from docx import Document

from indexer.addresses import address_in
from indexer.library import Library
from webapp import create_app

TODAY = date.today().isoformat()
BASE = "http://localhost"


@pytest.fixture
def address(town):
    document = town.library.report(town.new).document
    start = document.text.index("让群众少跑路、快办事".replace("快", "好"))
    return str(address_in(town.new, document.text, start, start + 10))


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("form", "media", "suffix", "says"),
    [
        (
            "gbt7714",
            "text/plain; charset=utf-8",
            "txt",
            "河南省人民政府.河南省人民政府2025年政府工作",
        ),
        ("text", "text/plain; charset=utf-8", "txt", "[R/OL].[2025]"),
        ("markdown", "text/markdown; charset=utf-8", "md", r"\[R/OL\]"),
        ("html", "text/html; charset=utf-8", "html", '<p lang="zh-CN">'),
        ("ris", "application/x-research-info-systems", "ris", "TY  - RPRT"),
        ("bibtex", "application/x-bibtex; charset=utf-8", "bib", "@techreport{tifa-"),
        ("csljson", "application/vnd.citationstyles.csl+json; charset=utf-8", "json", '"report"'),
    ],
)
def test_a_report_is_cited_in_every_format(client, town, form, media, suffix, says):
    answer = client.get(f"/r/{town.new}/cite?format={form}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media
    assert f"tifa-{town.new}.{suffix}" in answer.headers["Content-Disposition"]
    assert says in answer.text
    assert f"{BASE}/r/{town.new}" in answer.text


def test_a_passage_is_cited_with_its_words_and_link(client, town, address):
    answer = client.get(f"/r/{town.new}/cite?format=markdown&passage={address}")
    assert answer.text.startswith("> 让群众少跑路、好办事\n\n河南省人民政府.")
    assert answer.text.endswith(f"[{TODAY}\\].<{BASE}/p/{address}>.")


def test_all_forms_of_a_passage_come_at_once(client, town, address):
    forms = client.get(f"/api/passages/{address}/copies").json
    assert set(forms) == {"markdown", "plain", "html", "citation", "ris", "bibtex", "csljson"}
    assert forms["plain"] == f"让群众少跑路、好办事\n\n{forms['citation']}"
    (record,) = rispy.loads(forms["ris"])
    assert record["urls"] == [f"{BASE}/p/{address}"]
    whole = client.get(f"/api/reports/{town.new}/copies").json
    assert whole["plain"] == whole["citation"]


def test_links_begin_with_the_public_address(town, address):
    app = create_app(town.config, public_url="https://tifa.example/base")
    forms = app.test_client().get(f"/api/passages/{address}/copies").json
    assert f"https://tifa.example/base/p/{address}." in forms["citation"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/r/{new}/cite?format=pdf", 400),
        ("/r/0000000000/cite", 404),
        ("/r/{old}/cite?passage={address}", 404),
        ("/r/{new}/cite?passage={new}.1.5.00000000", 404),
        ("/api/passages/{new}.1.5.00000000/copies", 404),
        ("/api/passages/nonsense/copies", 404),
        ("/export?q=法治&format=pdf", 400),
        ("/export?format=csv", 400),
        ("/export?q=法治&format=csv&id=0000000000", 400),
        ("/export?q=法治&year=abc", 400),
    ],
)
def test_what_cannot_be_cited_or_exported_is_told(client, town, address, path, status):
    answer = client.get(path.format(new=town.new, old=town.old, address=address))
    assert answer.status_code == status
    expected = "application/problem+json" if path.startswith("/api") else "text/html"
    assert answer.mimetype == expected


def test_results_are_exported_as_they_stand(client, town):
    answer = client.get("/export?q=%22法治政府建设%22&format=csv&sort=newest")
    found = town.library.search('"法治政府建设"', sort="newest")
    assert [row["编号"] for row in rows(answer)] == [hit.id for hit in found.hits]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = unquote(re.search(r"filename\*=UTF-8''(\S+)", answer.headers["Content-Disposition"])[1])
    assert name == f"tifa-法治政府建设-{TODAY}.csv"


def test_only_the_chosen_are_exported_in_the_order_of_the_result(client, town):
    answer = client.get(f"/export?q=法治政府&format=csv&id={town.kept}")
    assert [row["编号"] for row in rows(answer)] == [town.kept]
    both = client.get(f"/export?q=法治政府&format=csv&id={town.kept}&id={town.new}")
    found = town.library.search("法治政府")
    assert [row["编号"] for row in rows(both)] == [hit.id for hit in found.hits]


def test_the_heading_says_what_was_searched_for_and_links_to_it(client):
    text = client.get("/export?q=法治政府&region=河南省&format=markdown&passages=1").text
    assert text.startswith("# 检索：法治政府\n\n地区：河南省\n\n共 2 篇报告")
    assert f"<{BASE}/?q=%E6%B3%95%E6%B2%BB%E6%94%BF%E5%BA%9C&region=410000>" in text


def test_the_page_of_results_offers_it(client, town):
    page = client.get("/?q=法治政府&sort=newest").text
    assert 'id="export-results" action="/export"' in page
    assert '<input type="hidden" name="sort" value="newest">' in page
    assert f'form="export-results" name="id" value="{town.new}"' in page


def test_collected_passages_come_as_one_file_with_their_notes(client, town, address):
    entries = [
        {"address": address, "note": "*要引*\n第二行"},
        {"address": "0000000000.1.5.00000000", "note": "别处的"},
        {"address": f"{town.new}.1.5.00000000"},
    ]
    text = client.post("/export/tray", json={"format": "markdown", "entries": entries}).text
    assert "> 让群众少跑路、好办事\n\n\\*要引\\*\n\n第二行\n\n河南省人民政府." in text
    assert "这里没有编号为 0000000000 的报告" in text
    assert "别处的" in text
    assert "这篇报告现在的文字里没有链接所指的那段话" in text
    docx = client.post("/export/tray", json={"format": "docx", "entries": entries})
    told = [paragraph.text for paragraph in Document(io.BytesIO(docx.data)).paragraphs]
    assert "让群众少跑路、好办事" in told
    assert "别处的" in told


def test_a_plain_form_hands_them_in_too(client, address):
    fields = {"format": "csv", "address": [address, address], "note": ["一", "=1+1"]}
    first, second = rows(client.post("/export/tray", data=fields))
    assert (first["引文"], first["备注"], second["备注"]) == ("让群众少跑路、好办事", "一", "'=1+1")
    listed = {"format": "csv", "entries": f'[{{"address": "{address}"}}]'}
    assert rows(client.post("/export/tray", data=listed))[0]["引文"] == "让群众少跑路、好办事"


def test_words_that_only_an_older_text_has_are_still_quoted(client, town):
    document = town.library.report(town.old).document
    start = document.text.index("快办事")
    address = address_in(town.old, document.text, start, start + 3)
    forms = client.get(f"/api/passages/{address}/copies").json
    assert forms["plain"].startswith("快办事\n\n")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ([], "不是 JSON 对象"),
        ({"entries": []}, "里面没有摘录"),
        ({"entries": [{"note": "x"}]}, "要有 address"),
        ({"entries": [{"address": "x", "note": 3}]}, "要有 address"),
        ({"entries": [{"address": "x", "note": "字" * 5001}]}, "超过 5000 字"),
        ({"entries": [{"address": "x"}] * 501}, "一次最多 500 条"),
        ({"format": "ris", "entries": [{"address": "x"}]}, "可用的有 markdown、docx、csv"),
    ],
)
def test_what_cannot_be_read_of_a_collection_is_told(client, body, told):
    answer = client.post("/export/tray", json=body)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert told in answer.json["detail"]


def test_other_sites_cannot_hand_in_a_form(client, address):
    fields = {"format": "csv", "address": address}
    for headers, status in (
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": BASE}, 200),
        ({}, 200),
    ):
        assert client.post("/export/tray", data=fields, headers=headers).status_code == status


def test_more_than_can_be_taken_is_refused(client):
    answer = client.post("/export/tray", data={"entries": "x" * 4_100_000})
    assert answer.status_code == 413


def test_a_report_tells_zotero_what_it_is(client, town):
    page = client.get(f"/r/{town.new}").text
    tags = dict(re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', page))
    assert tags == {
        "citation_title": "河南省人民政府2025年政府工作报告",
        "citation_author": "河南省人民政府",
        "citation_technical_report_institution": "河南省人民政府",
        "citation_publication_date": "2025",
        "citation_language": "zh",
        "citation_public_url": f"{BASE}/r/{town.new}",
    }


def test_a_pdf_names_its_file_and_a_document_its_number(samples_index):
    client = create_app(samples_index).test_client()
    found = Library(samples_index).search("将乐县 政府工作报告").hits[0]
    page = client.get(found.url).text
    assert f'<meta name="citation_pdf_url" content="{BASE}{found.url}/file">' in page


def test_a_page_shows_how_to_cite_the_report_or_the_words_that_its_link_means(
    client, town, address
):
    whole = client.get(f"/r/{town.new}").text
    assert "引用这份报告" in whole
    assert f"[R/OL].[2025][{TODAY}].{BASE}/r/{town.new}." in whole
    passage = client.get(f"/p/{address}").text
    assert "引用这段文字" in passage
    assert f"{BASE}/p/{address}." in passage
    assert f"/cite?format=ris&amp;passage={address}" in passage


@pytest.mark.parametrize("stop", [".", "。", "）"])
def test_a_link_opens_with_the_stop_that_stood_behind_it(client, town, address, stop):
    assert "链接所指的文字就在原处" in client.get(f"/p/{address}{stop}").text
    assert client.get(f"/r/{town.new}{stop}").status_code == 200
