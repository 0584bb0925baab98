"""What was read off a picture is marked wherever it is shown."""

from __future__ import annotations

import re

import pytest

from indexer.collection import update
from indexer.config import Config
from tests.conftest import SAMPLES
from tests.recognitions import keep, page_saying
from tests.scans import photographs
from webapp import create_app

SEARCH = "/?q=“养老机构五家”"


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """A report of text, with one page behind it that was recognised."""
    folder = tmp_path_factory.mktemp("scans")
    config = Config(tmp_path_factory.mktemp("index") / "ix", workers=1)
    path = photographs(folder / "mixed.pdf", 1, front=next(SAMPLES.rglob("安阳市*.pdf")))
    update(config, [folder], recognise=False)
    keep(config, path, {5: page_saying("丙区民政局2023年工作总结", "新建养老机构五家。")})
    update(config, [folder], recognise=False)
    return create_app(config).test_client()


def test_a_passage_says_so_to_eyes_and_ears(scanned):
    page = scanned.get(SEARCH).text
    (mark,) = re.findall(r'<span class="ocr" title="([^"]+)">OCR<span class="hidden">', page)
    assert "可能有错字" in mark
    assert 'class="ocr"' not in scanned.get("/?q=“文峰区”").text


def test_the_api_says_so(scanned):
    def marks(query: str) -> set[bool]:
        hits = scanned.get(f"/api/search?q={query}").json["hits"]
        return {passage["ocr"] for hit in hits for passage in hit["passages"]}

    assert (marks("“养老机构五家”"), marks("“文峰区”")) == ({True}, {False})


def test_the_report_names_its_pages_and_marks_where_they_begin(scanned):
    report = scanned.get("/api/search?q=“养老机构五家”").json["hits"][0]["url"]
    page = scanned.get(report).text
    assert "原件第 5 页的文字由识别图片（OCR）得出" in page
    assert re.findall(r'<a class="page ocr" id="page-(\d)"', page) == ["5"]
    assert 'aria-label="第 5 页，文字由识别图片（OCR）得出"' in page
    english = scanned.get(report, headers={"Accept-Language": "en"}).text
    assert "The text of page 5 was read off its picture (OCR)" in english
