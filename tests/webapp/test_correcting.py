"""The evidence on a report's page, and correcting it there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from filelock import FileLock
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from indexer.collection import update
from indexer.config import Config
from indexer.library import Library
from tests.webapp.browsing import served
from webapp import create_app
from webapp.correcting import Editing


@pytest.fixture
def place(tmp_path: Path) -> Config:
    """A folder with one report, indexed."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "报告.txt").write_text(
        "安阳市教育局2025年工作总结\n\n全年新增公办学位三千个，入学难题进一步缓解。\n", "utf-8"
    )
    config = Config(tmp_path / "ix", workers=1)
    update(config, [reports])
    return config


@pytest.fixture
def report(place: Config) -> str:
    return Library(place).search('"三千个"').hits[0].id


@pytest.fixture
def rules(place: Config) -> Path:
    return place.index.parent / "reports" / "metadata.csv"


@pytest.fixture
def reader(place: Config) -> FlaskClient:
    return create_app(place).test_client()


@pytest.fixture
def editor(place: Config) -> FlaskClient:
    return create_app(place, editing=Editing(frozenset({"tifa.example"}))).test_client()


def values(client: FlaskClient, report: str, **changed: str) -> dict[str, object]:
    """What the form holds, as a browser would send it, with some values changed."""
    page = client.get(f"/r/{report}/correct").text
    sent: dict[str, object] = dict(re.findall(r'<input [^>]*name="(\w+)" value="([^"]*)"', page))
    sent["topics"] = re.findall(r'name="topics" value="([^"]+)" checked', page)
    return {**sent, **changed}


def test_the_report_page_tells_what_its_facts_were_taken_from(reader, report):
    page = reader.get(f"/r/{report}").text
    evidence = re.search(r'<details class="bases">.*?</details>', page, re.DOTALL)[0]
    assert re.search(
        r"年份</span> <span[^>]*>2025</span>\s*<span[^>]*> <span>标题</span>", evidence
    )
    assert re.search(r"河南省 安阳市</span>\s*<span[^>]*><q[^>]*>安阳市[^<]*</q>", evidence)
    assert f'href="/r/{report}/correct"' in evidence


def test_without_edit_the_page_gives_the_line_and_saves_nothing(reader, report, rules):
    sent = values(reader, report, year="2019", region="北关区", title='题，"引"')
    page = reader.get(f"/r/{report}/correct", query_string=sent)
    assert page.status_code == 200
    assert "报告.txt,&#34;题，&#34;&#34;引&#34;&#34;&#34;,河南省安阳市北关区,2019" in page.text
    assert "file,title,region,year" in page.text
    assert str(rules) in page.text
    assert "tifa serve --edit" in page.text
    refused = reader.post(f"/r/{report}/correct", data=sent)
    assert refused.status_code == 403
    assert "tifa serve --edit" in refused.text
    assert not rules.exists()


def test_with_edit_it_is_saved_and_in_force_at_once(editor, report, rules, place):
    sent = values(editor, report, year="2019", do="save")
    done = editor.post(f"/r/{report}/correct", data=sent)
    assert done.status_code == 303
    assert "已经保存" in editor.get(done.location).text
    assert "2019" in rules.read_text("utf-8-sig")
    assert Library(place).search("", year="2019").total == 1
    page = editor.get(f"/r/{report}").text
    assert "由人改定：metadata.csv 第 2 行" in page
    # Taken back by writing what had been found.
    assert "自动找到的是：" in editor.get(f"/r/{report}/correct").text
    editor.post(f"/r/{report}/correct", data=values(editor, report, year="2025", do="save"))
    assert "由人改定" not in editor.get(f"/r/{report}").text


def test_looking_at_the_line_saves_nothing(editor, report, rules):
    page = editor.post(f"/r/{report}/correct", data=values(editor, report, year="2019", do="show"))
    assert page.status_code == 200
    assert ",2019," in page.text
    assert not rules.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "rebound.example", "Origin": "http://rebound.example"},
    ],
)
def test_a_request_from_elsewhere_is_refused(editor, report, rules, headers):
    sent = values(editor, report, year="2019", do="save")
    refused = editor.post(f"/r/{report}/correct", data=sent, headers=headers)
    assert refused.status_code == 403
    assert not rules.exists()


@pytest.mark.parametrize("token", ["", "x", "令牌"])
def test_a_form_that_this_server_did_not_give_is_refused(editor, report, rules, token):
    sent = values(editor, report, year="2019", token=token)
    assert editor.post(f"/r/{report}/correct", data=sent).status_code == 403
    assert not rules.exists()


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "tifa.example"])
def test_the_server_s_own_names_are_trusted(editor, report, rules, host):
    headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    sent = values(editor, report, year="2019", do="save")
    assert editor.post(f"/r/{report}/correct", data=sent, headers=headers).status_code == 303


def test_a_wrong_value_comes_back_beside_its_field_with_all_that_was_typed(editor, report, rules):
    sent = values(editor, report, year="去年", region="北关区", do="save")
    page = editor.post(f"/r/{report}/correct", data=sent)
    assert page.status_code == 400
    assert re.search(r'id="h-year">.*不是年份：去年', page.text)
    assert 'value="北关区"' in page.text
    assert not rules.exists()


def test_while_an_index_run_is_under_way_it_says_so_and_keeps_what_was_typed(
    editor, report, rules, place
):
    sent = values(editor, report, year="2019", do="save")
    with FileLock(place.lock):
        page = editor.post(f"/r/{report}/correct", data=sent)
    assert page.status_code == 409
    assert "请等它结束" in page.text
    assert 'value="2019"' in page.text
    assert not rules.exists()


def test_what_cannot_be_corrected_is_told(reader, editor, report, rules):
    assert reader.get("/r/0000000000/correct").status_code == 404
    rules.write_text("file,year\n报告.txt,去年\n", encoding="utf-8")
    sent = values(editor, report, year="2019", do="save")
    page = editor.post(f"/r/{report}/correct", data=sent)
    assert page.status_code == 400
    assert "第 2 行“year”列" in page.text


def test_a_report_as_large_as_a_flood_is_not_read(editor, report):
    sent = values(editor, report, title="长" * 100_000)
    assert editor.post(f"/r/{report}/correct", data=sent).status_code == 413


def test_in_a_browser_a_correction_goes_from_the_report_to_its_facts(
    browser: Browser, place: Config, report: str
):
    with served(create_app(place, editing=Editing())) as own:
        context = browser.new_context(base_url=own, locale="zh-CN")
        page = context.new_page()
        page.goto(f"/r/{report}")
        page.locator(".bases > summary").click()
        page.get_by_role("link", name="更正这些信息").click()
        page.get_by_label("年份").fill("去年")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_label("年份")).to_have_attribute("aria-invalid", "true")
        page.get_by_label("年份").fill("2019")
        page.get_by_label("教育", exact=True).uncheck()
        page.get_by_label("水利", exact=True).check()
        page.get_by_role("button", name="只看要写的一行").click()
        expect(page.locator("#copied")).to_contain_text(",2019,水利,")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("status").filter(has_text="已经保存")).to_be_visible()
        page.get_by_role("link", name="回到报告").click()
        expect(page.locator(".about-report dl")).to_contain_text("2019")
        expect(page.locator(".about-report dl")).to_contain_text("水利")
        context.close()
