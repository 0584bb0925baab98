"""Every word of the page is in the English catalogue, and the compiled one is up to date."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from lxml import etree, html
from lxml.html import HtmlElement

import indexer
import webapp

CORE, HOME = Path(indexer.__file__).parent, Path(webapp.__file__).parent
CATALOGUE = HOME / "translations" / "en" / "LC_MESSAGES"
CHINESE = re.compile("[\u4e00-\u9fff]")
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
SPOKEN = (
    "errors.py", "requests.py", "correcting.py", "query/syntax.py", "query/tokens.py",
    "metadata/cells.py", "metadata/overrides.py",
)  # fmt: skip
"""Modules of the core whose sentences pages show."""
OF_THE_CORE = {"N_": None, "told": None}
OF_THE_PAGE = DEFAULT_KEYWORDS | {"lazy_gettext": None, "say": None}


@pytest.fixture(scope="module")
def english():
    return read_po(io.BytesIO((CATALOGUE / "messages.po").read_bytes()), locale="en")


def words(catalogue: Catalog) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(message, translation) of every entry, each in all its forms."""
    return {(_forms(message.id), _forms(message.string)) for message in catalogue if message.id}


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.fixture(scope="module")
def wanted() -> set[str | tuple[str, ...]]:
    return {
        message
        for folder, keywords in ((HOME, OF_THE_PAGE), (CORE, OF_THE_CORE))
        for _, _, message, _, _ in extract_from_dir(folder, METHODS, keywords=keywords)
        if message
    }


def test_every_message_is_translated_and_none_is_left_over(wanted, english):
    assert wanted
    assert {message.id for message in english if message.id} == wanted


@pytest.mark.parametrize("name", SPOKEN)
def test_every_sentence_of_what_a_page_may_show_is_marked_for_translation(name):
    tree = ast.parse((CORE / name).read_text(encoding="utf-8"))
    aside = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "N_":
            aside += call.args
    passed = set(map(id, aside))
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    said = [text for text in texts if isinstance(text.value, str) and "。" in text.value]
    assert len(passed & set(map(id, said))) > 0
    assert [text.value for text in said if id(text) not in passed] == []


def test_no_translation_is_empty_or_fuzzy_or_chinese(english):
    for message in english:
        if not message.id:
            continue
        strings = _forms(message.string)
        assert all(strings), message.id
        assert not message.fuzzy, message.id
        bare = [re.sub(r"[“”「」、]", "", text) for text in strings]
        assert not re.search(r"[\u4e00-\u9fff]", "".join(bare)), message.id


def test_translations_fill_in_the_same_places(english):
    for message in english:
        if not message.id:
            continue
        ids = _forms(message.id)
        strings = _forms(message.string)
        places = {
            tuple(sorted(set(re.findall(r"%\(\w+\)[sd]|{\w*}", text)))) for text in (*ids, *strings)
        }
        assert len(places) == 1, message.id


def test_the_compiled_catalogue_is_the_written_one(english):
    compiled = read_mo(io.BytesIO((CATALOGUE / "messages.mo").read_bytes()))
    assert words(compiled) == words(english)
    assert compiled.plural_expr == english.plural_expr


def test_the_browser_may_wish_for_english(client):
    page = client.get("/help", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert '<html lang="en">' in page
    assert "How to search" in page


@pytest.mark.parametrize("wish", [None, "zh-CN,zh;q=0.9", "fr", "zh-TW"])
def test_chinese_comes_first(client, wish):
    page = client.get("/help", headers={"Accept-Language": wish} if wish else {}).text
    assert '<html lang="zh-CN">' in page
    assert "怎样查" in page


def test_the_switch_is_remembered_and_leads_back(client):
    chinese = client.get("/?q=法治").text
    assert 'href="/?q=%E6%B3%95%E6%B2%BB&amp;lang=en"' in chinese
    assert '<html lang="en">' in client.get("/?q=法治&lang=en").text
    remembered = client.get("/?q=法治").text
    assert '<html lang="en">' in remembered
    assert 'href="/?q=%E6%B3%95%E6%B2%BB&amp;lang=zh"' in remembered


def chinese_words(page: str) -> Iterator[tuple[str, str]]:
    """(element, text) of what a page says in Chinese without saying so."""
    body = html.fromstring(page).find("body")
    for element in body.iter(etree.Element):
        pieces = [(element, element.text), (element.getparent(), element.tail)]
        pieces += [(element, element.get(name)) for name in ("placeholder", "title", "alt")]
        for owner, text in pieces:
            if not text or not CHINESE.search(text) or Path(text).suffix in FILES:
                continue
            if not _language(owner).startswith("zh"):
                yield owner.tag, text.strip()


def _language(element: HtmlElement) -> str:
    return element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")


FILES = (".txt", ".pdf", ".csv")
PLACES = (
    "/", "/?q=“法治政府建设”", "/?q=法治 群众&region=410000&year=none", "/?q=“法治”&view=wordings",
    "/?q=占星术", "/?q=“少跑路”&region=110000", "/r/{new}", "/r/{new}?q=法治", "/r/{old}",
    "/r/{withdrawn}", "/failures", "/help", "/tray", "/api", "/nothing", "/r/{kept}/correct",
    "/r/{kept}/correct?title=报告&year=123", "/?q=()", "/?q=法治&per=7", "/?q=法治&page=9",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_an_english_page_marks_whatever_is_chinese(client, town, place):
    page = client.get(place.format(**vars(town)), headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in page
    assert list(chinese_words(page)) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("/?q=法治&region=火星", "There is no region 火星."),
        ("/?q=法治&topic=占星", "There is no topic 占星. The topics are: "),
        ("/?q=法治&per=7", "per cannot be 7: it should be one of 10, 20, 50."),
        ("/?q=法治&page=0", "page cannot be 0: it should be a whole number from 1 to 1000000."),
        ("/?q=法治&sort=best", "choose from relevance, newest, oldest"),
        ("/?q=法治 地区：火星", "was not used as a filter but searched for as text. There is no"),
        ("/?q=法治 ）", "The closing bracket ） had no opening one and was left out."),
        ("/r/0000000000", "There is no report with the id 0000000000 here."),
        ("/p/0.0.0", "Not a passage address: 0.0.0."),
    ],
)
def test_what_the_core_says_is_translated(client, place, said):
    assert said in client.get(f"{place}{'&' if '?' in place else '?'}lang=en").text


def test_topics_are_named_in_the_language_of_the_page(client):
    assert "Public health" not in client.get("/?q=法治&topic=占星").text
    assert not re.search("The topics are: .*[一-鿿]", client.get("/?topic=x&lang=en").text)


def test_the_api_refuses_in_the_language_of_the_request(client):
    url = "/api/search?q=法治&region=火星"
    assert client.get(url).json["detail"].startswith("没有这个地区：火星。")
    wish = {"Accept-Language": "en"}
    assert client.get(url, headers=wish).json["detail"].startswith("There is no region 火星.")
    assert client.get("/api/nothing").json["detail"] == "请检查地址是否完整，或回到首页重新检索。"


def test_answers_are_the_same_in_every_language(client):
    url = "/api/search?q=法治 ）&region=410000"
    assert client.get(url, headers={"Accept-Language": "en"}).json == client.get(url).json


def test_kinds_of_documents_have_english_names(client, town):
    assert "Government work report" in client.get(f"/r/{town.new}?lang=en").text
    assert "Government work report" in client.get("/?q=法治&lang=en").text


def test_english_counts_agree_in_number(client):
    page = client.get("/?q=“营商环境”&region=410500&lang=en").text
    assert "1 report" in page
    assert "1 reports" not in page
    assert "Filters" in page
