"""The search box in a real browser: suggestions, recent searches, the help card."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site, locale="zh-CN")
    context.request.get("/api/suggest?q=法")  # the first one looks through the collection
    yield context
    context.close()


def test_suggestions_are_chosen_with_the_keyboard(page: Page):
    page.goto("/")
    box = page.get_by_role("combobox", name="检索词")
    options = page.get_by_role("option")
    box.focus()
    page.keyboard.type("法治")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#status")).to_contain_text("上下键")

    page.keyboard.press("ArrowUp")  # from none to the last
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = box.get_attribute("aria-activedescendant")
    assert active == options.first.get_attribute("id")
    expect(box).to_have_value("法治")

    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(box).to_have_value("法治")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    told = int(re.sub(r"\D", "", options.first.locator(".count").inner_text()))
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_contain_text(f"{told} 份报告")
    expect(page.get_by_label("检索词", exact=True)).to_have_value("“法治”")


def test_enter_searches_for_what_is_typed_unless_something_is_chosen(page: Page):
    page.goto("/")
    page.locator("#q").focus()
    page.keyboard.type("法治")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_be_visible()
    expect(page.locator("#q")).to_have_value("法治")


def test_nothing_is_asked_while_characters_are_composed(page: Page):
    page.goto("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#q").focus()
    session = page.context.new_cdp_session(page)
    for letters in ("f", "fa", "fa zhi"):
        session.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
        page.wait_for_timeout(150)
    page.keyboard.press("ArrowDown")
    assert not [url for url in asked if "/api/suggest" in url]
    expect(page.locator("#suggestions")).to_be_hidden()
    session.send("Input.insertText", {"text": "法治"})
    expect(page.get_by_role("option").first).to_contain_text("法治")
    assert len([url for url in asked if "/api/suggest" in url]) == 1


def test_a_late_answer_does_not_replace_what_is_typed_by_now(page: Page):
    def answer(route):
        if "limit" in route.request.url and "q=%E6%B3%95&" in route.request.url:
            page.wait_for_timeout(400)
        route.continue_()

    page.goto("/")
    page.route("**/api/suggest*", answer)
    page.locator("#q").focus()
    page.keyboard.type("法")
    page.wait_for_timeout(150)
    page.keyboard.type("治政府")
    expect(page.get_by_role("option").first).to_contain_text("法治政府")
    page.wait_for_timeout(450)
    for text in page.get_by_role("option").all_inner_texts():
        assert "法治政府" in text


def test_recent_searches_stay_in_the_browser_and_can_be_removed(page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for query in ("法治", "营商环境", "“政府”"):
        page.goto(f"/?q={query}&region=370000")
    page.goto("/")
    asked.clear()
    box = page.locator("#q")
    box.click()
    options = page.get_by_role("option")
    expect(options).to_have_count(4)
    expect(options.first).to_contain_text("“政府”")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect(options).to_have_count(3)
    options.first.locator(".forget").click()
    expect(options).to_have_count(2)
    expect(options.first).to_contain_text("法治")
    assert not [url for url in asked if "/static/" not in url]
    options.first.click()
    expect(page).to_have_url(re.compile("region=370000$"))
    page.goto("/")
    box.click()
    page.get_by_text("清空最近检索").click()
    expect(page.locator("#suggestions")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('tifa.recent')") is None
    many = [{"q": f"第{n}次", "url": f"/?q={n}"} for n in range(30)]
    page.evaluate("kept => localStorage.setItem('tifa.recent', JSON.stringify(kept))", many)
    page.goto("/?q=法治")
    assert page.evaluate("JSON.parse(localStorage.getItem('tifa.recent')).length") == 20


def test_the_help_card_opens_closes_and_leads_to_results(page: Page):
    page.goto("/?q=法治")
    card = page.locator("#card")
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(card.locator("li a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(card.locator("li a").first).to_be_hidden()
    card.locator("summary").click()
    card.get_by_role("link", name="营商环境", exact=True).click()
    expect(page.locator("#q")).to_have_value("营商环境")


def test_by_touch_and_in_results_a_suggestion_keeps_the_filters(browser: Browser, site: str):
    context = browser.new_context(
        base_url=site, locale="zh-CN", has_touch=True, viewport={"width": 390, "height": 800}
    )
    try:
        page = context.new_page()
        page.goto("/?q=政府&region=370000")
        page.locator("#q").tap()
        page.locator("#q").fill("法治")
        option = page.get_by_role("option").first
        expect(option).to_be_visible()
        told = int(re.sub(r"\D", "", option.locator(".count").inner_text()))
        option.tap()
        expect(page).to_have_url(re.compile("region=370000"))
        expect(page.locator("#count")).to_contain_text(f"{told} 份报告")
    finally:
        context.close()


def test_without_scripts_the_box_is_a_plain_one(browser: Browser, site: str):
    context = browser.new_context(base_url=site, locale="zh-CN", java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto("/")
        page.get_by_role("searchbox", name="检索词").fill("“营伤环境” 法治")
        page.get_by_role("button", name="检索", exact=True).click()
        page.get_by_role("link", name="“营商环境” 法治").click()
        expect(page.locator(".hits > li").first).to_be_visible()
        page.locator("#card summary").click()
        expect(page.locator("#card li a").first).to_be_visible()
    finally:
        context.close()
