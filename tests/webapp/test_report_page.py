"""Links of blocks, what became of linked words, versions, whole addresses, small answers."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from html import unescape

import pytest
from click.testing import CliRunner

from indexer.addresses import Found, address_in, passage_url
from indexer.collection import update
from indexer.config import Config
from indexer.library import Library
from indexer.recorder import Recorder
from indexer.report import Report
from webapp import create_app
from webapp.serving import command


def bare(html: str) -> str:
    return "".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def link_to(library: Library, report: str, words: str) -> str:
    text = library.report(report).document.text
    start = text.index(words)
    return passage_url(address_in(report, text, start, start + len(words)))


def read_again(config: Config, library: Library, report: str, old: str, new: str) -> None:
    """As a later version of the extraction would: other words out of the same file."""
    stored = library.report(report)
    document = stored.document
    blocks = tuple(replace(block, text=block.text.replace(old, new)) for block in document.blocks)
    again = Report(
        stored.id, stored.sha256, stored.size, replace(document, blocks=blocks), stored.metadata
    )
    recorder = Recorder.create(config.catalogue)
    try:
        with recorder.transaction():
            recorder.add_report(again, stored.metadata, 1, 1)
    finally:
        recorder.close()


def test_every_block_outside_of_tables_has_a_link_to_its_own_words(samples_index):
    library = Library(samples_index)
    client = create_app(samples_index).test_client()
    hits = library.search("报告", limit=50).hits
    tables = 0
    for hit in hits[:12]:
        document = library.report(hit.id).document
        page = client.get(hit.url).text
        for number, offset, link in re.findall(
            r'id="p(\d+)" data-offset="(\d+)"><a class="hook" href="/p/([^"]+)"', page
        ):
            found = library.resolve(link)
            assert found.status is Found.SAME
            assert found.span
            words = document.text[slice(*found.span)]
            assert bare(words) == bare(document.blocks[int(number)].text)[:2000]
            assert found.address.offset == int(offset)
        rows = re.findall(r'<tr id="p(\d+)" data-offset="(\d+)">', page)
        tables += bool(rows)
        for number, offset in rows:
            before = document.text[: document.starts[int(number)]]
            assert len("".join(before.split())) == int(offset)
    assert tables


def test_the_versions_of_a_file_know_each_other(client, town):
    for report, other in ((town.old, town.new), (town.new, town.old)):
        page = client.get(f"/r/{report}").text
        versions = page[page.index('<details class="versions"') :].partition("</details>")[0]
        assert "2 个版本" in versions
        assert re.findall(r'href="/r/(\w+)"', versions) == [other]
        assert len(re.findall("aria-current", versions)) == 1
    assert 'class="versions"' not in client.get(f"/r/{town.kept}").text


def test_words_of_an_old_version_lead_to_the_same_words_of_the_new(client, town):
    kept = client.get(link_to(town.library, town.old, "全省优化营商环境")).text
    assert "链接所指的文字就在原处" in kept
    assert "这是旧版本" in kept
    (there,) = re.findall(rf'href="(/p/{town.new}[^"]*)#passage"', kept)
    assert town.library.resolve(there[3:]).status is Found.SAME
    changed = client.get(link_to(town.library, town.old, "快办事")).text
    assert re.search(r'id="passage"[^>]*>快办事<', changed)
    assert f"/p/{town.new}" not in changed
    assert f'href="/r/{town.new}"' in changed


def test_a_place_that_cannot_be_told_is_not_guessed(client, town):
    text = town.library.report(town.new).document.text
    one = link_to(town.library, town.new, "推进法治政府建设")
    report, offset, length, check = one[3:].split(".")
    page = client.get(f"/p/{report}.{int(offset) + 1}.{length}.{check}").text
    assert 'id="passage"' not in page
    places = page[page.index('<ol class="places">') :].partition("</ol>")[0]
    listed = [town.library.resolve(link) for link in re.findall(r"/p/([\w.]+)#passage", places)]
    assert len(listed) == text.count("推进法治政府建设") == 2
    assert {found.status for found in listed} == {Found.SAME}
    assert places.count("<mark>推进法治政府建设</mark>") == 2


def test_words_that_only_an_earlier_reading_had_are_shown_from_it(tmp_path, folder):
    config = Config(tmp_path / "index", workers=1)
    update(config, [folder])
    library = Library(config)
    report = library.search("报告").hits[0].id
    words = library.report(report).document.blocks[-1].text[:6]
    link = link_to(library, report, words)
    client = create_app(config).test_client()
    assert re.search(rf'id="passage"[^>]*>{re.escape(words)}<', client.get(link).text)
    read_again(config, library, report, words, "换成了别的")
    page = client.get(link).text
    assert "现在的文字里没有链接所指的那段话" in page
    assert f"<mark>{words}</mark>" in page[page.index('<blockquote class="was"') :]
    assert 'id="passage"' not in page


@pytest.mark.parametrize("path", ["/r/zzzzzzzzzz", "/p/zzzzzzzzzz.0.2.abcdefgh"])
def test_a_link_to_a_report_of_another_collection_says_so(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "这里没有这份报告" in answer.text
    assert "zzzzzzzzzz" in answer.text
    assert "tifa index" in answer.text


def test_what_is_selected_is_answered_with_every_copy_of_it(town):
    client = create_app(town.config, public_url="https://tifa.example.org").test_client()
    answer = client.get(f"/api/passages/of?report={town.kept}&start=30&length=12").json
    assert len(answer["words"]) == 12
    assert answer["url"] == f"https://tifa.example.org/p/{answer['address']}"
    assert answer["url"] in answer["copies"]["markdown"]
    assert answer["url"] in answer["copies"]["citation"]
    assert town.library.resolve(answer["address"]).status is Found.SAME
    assert client.get(answer["search"]).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("start=0&length=0", 400),
        ("start=-1&length=2", 400),
        ("start=0&length=x", 400),
        ("start=99999&length=2", 404),
    ],
)
def test_what_cannot_be_selected_is_refused(client, town, asked, status):
    answer = client.get(f"/api/passages/of?report={town.kept}&{asked}")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "typed",
    ["tifa.example.org", "ftp://example.org", "https://", "https://a.org/tifa", "http://a:x"],
)
def test_a_public_address_must_be_one(typed):
    result = CliRunner().invoke(command, ["--public-url", typed])
    assert result.exit_code == 2
    assert typed in result.output


def test_pages_scripts_and_styles_come_compressed_to_those_who_take_it(client):
    for path in ("/?q=法治", "/static/tifa.css"):
        with client.get(path) as answer:
            assert "Content-Encoding" not in answer.headers
            plain = answer.data
        with client.get(path, headers={"Accept-Encoding": "gzip, br"}) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert "Accept-Encoding" in answer.headers["Vary"]
            assert gzip.decompress(answer.data) == plain
            assert len(answer.data) * 2 < len(plain)
            tag = answer.headers.get("ETag")
    known = {"Accept-Encoding": "gzip", "If-None-Match": tag}
    with client.get("/static/tifa.css", headers=known) as answer:
        assert answer.status_code == 304


@pytest.mark.parametrize("wish", ["", "gzip;q=0", "br"])
def test_who_does_not_take_gzip_gets_none(client, wish):
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": wish}).headers
