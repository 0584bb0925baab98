"""From words typed to words cited, and back by the link: in a real browser."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from indexer.config import Config
from indexer.library import Library
from indexer.report import Format
from indexer.results import Hit
from tests.webapp.browsing import NARROW, WIDE, bare, cited, clipboard, in_view

PHRASE = "“法治政府建设”"

SELECT = """([first, from, last, to]) => {
    const blocks = [...document.querySelectorAll("#sheet [data-offset]")];
    const point = (block, ahead) => {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        let node = walker.nextNode();
        for (; node.length < ahead; node = walker.nextNode()) ahead -= node.length;
        return [node, ahead];
    };
    const range = document.createRange();
    range.setStart(...point(blocks[first], from));
    range.setEnd(...point(blocks[last], to));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


@pytest.fixture(scope="module")
def library(samples_index: Config) -> Library:
    return Library(samples_index)


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """One that may use the clipboard, as a person's may."""
    context = browser.new_context(base_url=site, viewport=WIDE, locale="zh-CN")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture
def narrow_page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site, viewport=NARROW, locale="zh-CN", has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def bar(page: Page, name: str):
    return page.locator("#selection").get_by_role("button", name=name, exact=True)


def paragraph(page: Page, number: int):
    return page.locator("#sheet .paragraph").nth(number)


def select_paragraph(page: Page, number: int) -> str:
    """As three clicks select it; the words, without white space."""
    with page.expect_response("**/api/passages/of?*"):
        paragraph(page, number).click(click_count=3)
    expect(page.locator("#selection")).to_be_visible()
    return bare(paragraph(page, number).text_content() or "")


def some_report(library: Library, kind: Format) -> Hit:
    """The one of that format that has most to mark."""
    hits = library.search(PHRASE, sort="matches", limit=50).hits
    return next(hit for hit in hits if library.report(hit.id).document.format is kind)


def test_the_whole_way(page: Page, browser: Browser, site: str):
    page.goto("/")
    page.locator("#q").fill(PHRASE)
    page.keyboard.press("Enter")
    page.wait_for_selector("#count")
    box = page.locator("[id^=region-]").first
    box.click()
    expect(page.locator(".chips")).to_be_visible()
    with page.expect_navigation():
        page.locator(".hits h2 a").first.click()
    page.keyboard.press("n")
    expect(page.locator("#counter")).to_have_text(re.compile(r"^1 / \d+$"))
    expect(page.locator("#status")).to_have_text(re.compile(r"^第 1 处，共 \d+ 处$"))

    words = select_paragraph(page, 2)
    bar(page, "引文").click()
    expect(page.locator("#status")).to_have_text("已复制")
    markdown = clipboard(page)
    quoted = [line.removeprefix(">") for line in markdown.splitlines() if line.startswith(">")]
    assert bare("".join(quoted)) == words
    assert "[R/OL" in markdown.replace("\\", "")
    (link,) = set(re.findall(rf"{re.escape(site)}/p/[\w.]*\w", markdown))

    bar(page, "链接").click()
    expect(page.locator("#selection output")).to_have_text("已复制")
    assert clipboard(page) == link
    bar(page, "出处").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('[R/OL]')")
    assert link in clipboard(page)

    fresh = browser.new_context(viewport=WIDE, locale="zh-CN")
    try:
        elsewhere = fresh.new_page()
        elsewhere.goto(link)
        assert cited(elsewhere) == words
        assert in_view(elsewhere, "#passage")
        expect(elsewhere.locator(".notice").first).to_contain_text("就在原处")
    finally:
        fresh.close()


def test_what_is_pasted_into_word_is_formatted(page: Page, library: Library):
    page.goto(some_report(library, Format.TEXT).url)
    words = select_paragraph(page, 1)
    bar(page, "Word").click()
    expect(page.locator("#status")).to_have_text("已复制")
    html = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            return (await item.getType("text/html")).text();
        }"""
    )
    quote = re.search(r"<blockquote.*?</blockquote>", html, re.DOTALL)
    assert quote
    assert bare(re.sub("<[^>]+>", "", quote[0])) == words


@pytest.mark.parametrize("kind", [Format.PDF, Format.DOCX])
def test_any_selection_has_the_address_of_those_very_words(
    page: Page, library: Library, kind: Format
):
    """Over paragraphs, tables, marks and the numbers of pages, which are no part of the text."""
    hit = some_report(library, kind)
    document = library.report(hit.id).document
    page.goto(f"{hit.url}?q=的")
    assert page.locator("#sheet mark").count() > 5
    chosen = random.Random(5)
    # Notes lose the barriers around them, rows are shown cell by cell: the texts differ in
    # white space only.
    texts = page.locator("#sheet [data-offset]").evaluate_all("all => all.map(e => e.textContent)")
    assert [bare(text) for text in texts] == [bare(block.text) for block in document.blocks]
    for _ in range(5):
        first = chosen.randrange(len(texts) - 1)
        last = chosen.randrange(first, min(first + 6, len(texts)))
        start = chosen.randrange(max(1, len(texts[first]) // 2))
        end = chosen.randrange(len(texts[last]) // 2 + 1, len(texts[last]) + 1)
        with page.expect_response("**/api/passages/of?*") as answered:
            page.evaluate(SELECT, [first, start, last, end])
        passage = answered.value.json()
        cut = [*texts[first : last + 1]]
        cut[-1] = cut[-1][:end]
        cut[0] = cut[0][start:]
        assert passage["words"] == bare("".join(cut))
        resolved = library.resolve(passage["address"])
        assert resolved.span
        assert bare(document.text[slice(*resolved.span)]) == passage["words"]
        expect(page.locator("#selection output")).to_have_text("")


def test_by_keyboard_alone(page: Page, library: Library):
    page.goto(some_report(library, Format.TEXT).url)
    sign = paragraph(page, 1).locator(".hook")
    sign.focus()
    href = sign.get_attribute("href")
    page.keyboard.press("c")
    expect(bar(page, "链接")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("已复制")
    assert urlsplit(clipboard(page)).path == href
    page.keyboard.press("Escape")
    expect(page.locator("#selection")).to_be_hidden()
    expect(sign).to_be_focused()
    assert page.evaluate("getSelection().isCollapsed")


def test_what_was_selected_is_searched_for(page: Page, library: Library):
    page.goto(some_report(library, Format.TEXT).url)
    with page.expect_response("**/api/passages/of?*"):
        page.evaluate(SELECT, [3, 2, 3, 14])
    link = page.locator("#selection").get_by_role("link", name="检索")
    expect(link).to_be_visible()
    link.click()
    page.wait_for_selector("#count")
    assert page.locator(".hits > li").count() >= 1


def test_copying_works_where_the_browser_gives_no_clipboard(page: Page, library: Library):
    """As on plain http anywhere but on this machine."""
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })"
    )
    page.goto(some_report(library, Format.TEXT).url)
    words = select_paragraph(page, 1)
    bar(page, "引文").click()
    expect(page.locator("#status")).to_have_text("已复制")
    # The selection is as it was, so that the next button copies the same words.
    assert bare(page.evaluate("getSelection().toString()")) == words
    page.locator("#q").focus()
    page.keyboard.press("Control+V")
    assert words[:30] in bare(page.locator("#q").input_value())


def test_a_text_that_was_read_anew_meanwhile_is_noticed(page: Page, library: Library):
    def other(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"words": "别的文字"})

    page.route("**/api/passages/of?*", other)
    page.goto(some_report(library, Format.TEXT).url)
    page.evaluate(SELECT, [3, 2, 3, 14])
    expect(page.locator("#selection output")).to_contain_text("请刷新")


def test_finding_in_a_report_keeps_the_place(page: Page, library: Library):
    page.goto(some_report(library, Format.PDF).url)
    page.locator(".outline li a").last.click()
    expect(page.locator(".outline [aria-current]")).to_have_count(1)
    place = page.evaluate("scrollY")
    assert place > 0
    page.keyboard.press("f")
    page.locator("#within-q").fill("的")
    page.keyboard.press("Enter")
    expect(page.locator("#counter")).to_have_text(re.compile(r"^\d+ / \d+$"))
    assert abs(page.evaluate("scrollY") - place) < WIDE["height"]
    assert page.url.split("?")[1].startswith("q=%E7%9A%84")
    found = page.locator("mark.current").first.bounding_box()
    assert found
    assert 0 < found["y"] < WIDE["height"]
    before = page.locator("#counter").inner_text()
    page.keyboard.press("Enter")
    assert page.locator("#counter").inner_text() != before


def test_the_tray_goes_along_from_search_to_search(page: Page):
    page.goto(f"/?q={PHRASE}")
    shown = page.locator(".passages li p")
    texts = [bare(shown.nth(number).inner_text()) for number in (0, 1)]
    with page.context.expect_page() as opened:
        page.evaluate("open('/help')")
    other = opened.value
    for number in (0, 1):
        page.locator(".keep").nth(number).click()
        expect(page.locator(".keep").nth(number)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#tray-link .badge")).to_have_text("2")
    expect(other.locator("#tray-link .badge")).to_have_text("2")
    other.close()

    page.goto("/?q=“群众”")
    with page.expect_navigation():
        page.locator(".hits h2 a").first.click()
    texts.append(select_paragraph(page, 1))
    bar(page, "收入摘录").click()
    expect(page.locator("#tray-link .badge")).to_have_text("3")

    page.locator("#tray-link").click()
    quotes = page.locator("#entries blockquote")
    expect(quotes).to_have_count(len(texts))
    assert [bare(text) for text in quotes.all_text_contents()] == texts
    page.locator("#entries textarea").nth(2).fill("比较各地的写法")
    page.locator("#entries li").nth(2).get_by_role("button", name="上移").click()
    page.locator("#entries li").first.get_by_role("button", name="取出").click()
    page.get_by_role("button", name="放回刚取出的").click()
    page.locator("#entries li").first.get_by_role("button", name="取出").click()
    page.reload()
    order = [texts[2], texts[1]]
    expect(quotes).to_have_count(len(order))
    assert [bare(text) for text in quotes.all_text_contents()] == order
    expect(page.locator("#entries textarea").first).to_have_value("比较各地的写法")

    with page.expect_download() as started:
        page.get_by_role("button", name="Markdown", exact=True).click()
    exported = started.value.path().read_text(encoding="utf-8")
    assert exported.index("比较各地的写法") > 0
    places = [exported.index(text[:12]) for text in order]
    assert places == sorted(places)
    page.get_by_role("button", name="全部复制").click()
    expect(page.locator("#status")).to_have_text("已复制")
    assert "比较各地的写法" in clipboard(page)


def test_on_a_phone_the_outline_opens_and_the_bar_is_at_hand(narrow_page: Page, library: Library):
    page = narrow_page
    page.goto(some_report(library, Format.PDF).url)
    page.locator(".to-outline").tap()
    entry = page.locator(".outline li a").nth(1)
    entry.tap()
    expect(entry).to_be_hidden()
    page.evaluate(SELECT, [3, 0, 3, 5])
    expect(page.locator("#selection")).to_be_visible()
    box = page.locator("#selection").bounding_box()
    assert box
    assert box["y"] > NARROW["height"] / 2
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_without_scripts_everything_but_the_tray_works(plain_page: Page, library: Library):
    page = plain_page
    hit = some_report(library, Format.TEXT)
    page.goto(hit.url)
    words = bare(paragraph(page, 1).text_content() or "")
    page.goto(paragraph(page, 1).locator(".hook").get_attribute("href") or "")
    assert cited(page) == words
    page.locator("#within-q").fill("的")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert cited(page) == words
    assert page.locator("#sheet mark").count() > 3
    page.get_by_role("link", name="下一处").click()
    assert page.url.endswith("m=1#m1")
    expect(page.locator("#selection")).to_be_hidden()
    expect(page.locator("#tray-link")).to_be_hidden()
    page.goto("/tray")
    expect(page.get_by_text("要开启 JavaScript 才能用")).to_be_visible()
