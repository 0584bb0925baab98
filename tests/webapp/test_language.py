"""Every word of the page is in the English catalogue, and the compiled one is up to date."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import webapp

HOME = Path(webapp.__file__).parent
CATALOGUE = HOME / "translations" / "en" / "LC_MESSAGES"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]


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
    keywords = DEFAULT_KEYWORDS | {"say": None}
    return {
        message
        for _, _, message, _, _ in extract_from_dir(HOME, METHODS, keywords=keywords)
        if message
    }


def test_every_message_is_translated_and_none_is_left_over(wanted, english):
    assert wanted
    assert {message.id for message in english if message.id} == wanted


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
            tuple(sorted(set(re.findall(r"%\(\w+\)[sd]", text)))) for text in (*ids, *strings)
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


def test_english_counts_agree_in_number(client):
    page = client.get("/?q=“营商环境”&region=410500&lang=en").text
    assert "1 report" in page
    assert "1 reports" not in page
    assert "Filters" in page
