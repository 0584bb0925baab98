"""The whole way in a real browser: search, choose, open, step, follow a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

PHRASE = "“法治政府建设”"
HENAN = "410000"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site, viewport=WIDE, locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Iterator[Page]:
    """A browser in which scripts are turned off."""
    context = browser.new_context(
        base_url=site, viewport=WIDE, locale="zh-CN", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def search(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox", name="检索词").fill(words)
    page.get_by_role("button", name="检索").click()
    page.wait_for_selector("#count")


def choose(page: Page, region: str) -> None:
    """Tick a region, wherever the list of regions holds it."""
    box = page.locator(f"#region-{region}")
    more = page.locator("#more-region > summary")
    if not box.is_visible() and more.is_visible():
        more.click()
    box.click()


def in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    scrolled = page.locator("header.top").bounding_box()
    assert box
    assert scrolled
    return scrolled["height"] <= box["y"] and box["y"] + box["height"] <= WIDE["height"]


def cited(page: Page) -> str:
    """The words of the passage, which several lines of the report may hold."""
    return "".join("".join(page.locator(".cited").all_inner_texts()).split())


def total(page: Page) -> int:
    found = re.search(r"[0-9,]+", page.locator("#count").inner_text())
    assert found
    return int(found[0].replace(",", ""))


def test_from_words_to_the_very_words_that_a_link_names(page: Page, browser: Browser, site: str):
    search(page, PHRASE)
    every = total(page)
    assert every > 1

    box = page.locator(f"#region-{HENAN}")
    box.focus()
    box.press("Space")
    expect(page).to_have_url(re.compile(rf"/\?q={quote(PHRASE)}&region={HENAN}$"))
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    assert 0 < total(page) < every
    expect(page.locator(".chips")).to_contain_text("河南省")
    expect(page.locator("#status")).to_contain_text(f"{total(page)} 份报告")
    results = page.url
    passage = page.locator(".where").first.get_attribute("href")

    page.locator(".hits h2 a").first.click()
    counter = page.locator("#counter")
    count = int(counter.inner_text().split("/")[1])
    assert counter.inner_text() == f"– / {count}"
    page.keyboard.press("n")
    expect(counter).to_have_text(f"1 / {count}")
    assert in_view(page, "#m1")
    page.keyboard.press("p")
    expect(counter).to_have_text(f"{count} / {count}")
    page.get_by_role("link", name="下一处").click()
    expect(counter).to_have_text(f"1 / {count}")
    current = "".join(page.locator("mark.current").all_inner_texts())
    assert current.replace(" ", "") == "法治政府建设"
    stepped = page.url
    assert stepped.endswith("&m=1#m1")
    page.reload()
    expect(counter).to_have_text(f"1 / {count}")
    assert in_view(page, "#m1")
    page.get_by_role("link", name="回到结果").click()
    expect(page).to_have_url(results)

    assert passage
    fresh = browser.new_context(viewport=WIDE)
    try:
        other = fresh.new_page()
        other.goto(site + passage.split("?")[0])
        assert "法治政府建设" in cited(other)
        expect(other.locator(".notice.quiet")).to_be_attached()
        assert in_view(other, "#passage")
    finally:
        fresh.close()


def test_the_same_without_scripts(plain_page: Page):
    page = plain_page
    search(page, PHRASE)
    every = total(page)
    choose(page, HENAN)
    page.get_by_role("button", name="应用筛选").click()
    expect(page.locator(".chips")).to_contain_text("河南省")
    assert 0 < total(page) < every
    passage = page.locator(".where").first.get_attribute("href")

    page.locator(".hits h2 a").first.click()
    counter = page.locator("#counter")
    count = int(counter.inner_text().split("/")[1])
    page.get_by_role("link", name="下一处").click()
    expect(counter).to_have_text(f"1 / {count}")
    assert in_view(page, "#m1")
    page.get_by_role("link", name="上一处").click()
    expect(counter).to_have_text(f"{count} / {count}")
    page.get_by_role("link", name="回到结果").click()
    expect(page.locator(".chips")).to_contain_text("河南省")

    assert passage
    page.goto(passage.split("?")[0])
    assert "法治政府建设" in cited(page)
    assert in_view(page, "#passage")


def test_without_scripts_pages_turn_and_chips_come_off(plain_page: Page):
    page = plain_page
    page.goto("/?q=政府")
    assert total(page) > 10
    first = page.locator(".hits h2").first.inner_text()
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".paging [aria-current=page]")).to_have_text("2")
    assert page.locator(".hits h2").first.inner_text() != first
    page.get_by_role("link", name="上一页").click()
    expect(page.locator(".hits h2").first).to_have_text(first)
    page.locator("#sort").select_option("newest")
    page.get_by_role("button", name="应用", exact=True).click()
    expect(page.locator("#sort")).to_have_value("newest")
    page.goto(f"/?q=政府&region={HENAN}&year=2025")
    page.get_by_role("link", name="全部去掉").click()
    expect(page.locator(".chips")).to_have_count(0)


def test_choosing_inside_a_region_replaces_the_region(page: Page):
    page.goto(f"/?q=政府&region={HENAN}")
    branch = page.locator(f"#under-{HENAN}")
    branch.locator("> summary").click()
    city = branch.locator("input").first
    city.click()
    expect(page.locator(f"#region-{HENAN}")).not_to_be_checked()
    expect(page.locator(".chips li a:not(.clear)")).to_have_count(1)
    choose(page, HENAN)
    expect(page).to_have_url(re.compile(rf"region={HENAN}$"))
    expect(branch).to_have_attribute("open", "")


def test_the_mode_is_switched_in_place_and_kept(page: Page):
    page.goto("/")
    page.get_by_text("精确", exact=True).click()
    search_box = page.get_by_role("searchbox", name="检索词")
    search_box.fill("法治政府 建设")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=[^&]+&mode=exact$"))
    exact = total(page)
    page.get_by_text("模糊", exact=True).click()
    expect(page).to_have_url(re.compile(r"/\?q=[^&]+$"))
    assert total(page) > exact > 0


def test_without_scripts_the_mode_is_switched_by_the_search_button(plain_page: Page):
    plain_page.goto("/?q=法治政府 建设")
    words = total(plain_page)
    plain_page.get_by_text("精确", exact=True).click()
    plain_page.get_by_role("button", name="检索").click()
    assert 0 < total(plain_page) < words
    expect(plain_page.get_by_role("radio", name="精确")).to_be_checked()


def test_a_filter_that_is_typed_becomes_a_tick_that_can_be_taken_off(page: Page):
    page.goto("/?q=政府")
    every = total(page)
    page.get_by_role("searchbox").fill("政府 地区：河南省")
    page.locator("#whole").check()
    expect(page.get_by_role("searchbox")).to_have_value("政府")
    expect(page).to_have_url(re.compile(rf"region={HENAN}&whole=1$"))
    page.locator(f"#region-{HENAN}").click()
    expect(page.locator(".chips")).to_have_count(0)
    assert total(page) == every


def test_a_range_of_years_is_typed(page: Page):
    page.goto(f"/?q=政府&region={HENAN}&sort=newest")
    page.get_by_label("起始年份").fill("2024")
    page.get_by_label("截止年份").fill("2025")
    expect(page.get_by_label("起始年份")).to_have_value("2024")
    page.get_by_role("button", name="按起止年份筛选").click()
    expect(page.locator(".chips")).to_contain_text("2024–2025")
    chosen = rf"/\?q={quote('政府')}&region={HENAN}&year=2024-2025&sort=newest$"
    expect(page).to_have_url(re.compile(chosen))
    page.get_by_role("link", name="2024–2025").click()
    expect(page).to_have_url(re.compile(rf"region={HENAN}&sort=newest$"))


def test_a_range_of_years_is_typed_without_scripts(plain_page: Page):
    plain_page.goto(f"/?q=政府&region={HENAN}")
    plain_page.get_by_label("起始年份").fill("2024")
    plain_page.keyboard.press("Enter")
    expect(plain_page.locator(".chips")).to_contain_text("2024 年起")
    expect(plain_page).to_have_url(re.compile(rf"region={HENAN}&year=2024-2999$"))


def test_the_browsers_back_button_undoes_a_choice(page: Page):
    page.goto("/?q=政府")
    every = total(page)
    choose(page, HENAN)
    expect(page.locator(".chips")).to_contain_text("河南省")
    page.go_back()
    expect(page.locator(".chips")).to_have_count(0)
    assert total(page) == every
    expect(page.locator(f"#region-{HENAN}")).not_to_be_checked()


def test_the_address_bar_shows_the_canonical_address(page: Page):
    page.goto("/?sort=relevance&region=河南省&q=政府&per=10&year=")
    expect(page).to_have_url(re.compile(rf"/\?q={quote('政府')}&region={HENAN}$"))


def test_a_slash_leads_to_the_search_box(page: Page):
    page.goto("/help")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("/n")
    expect(page.get_by_role("searchbox")).to_have_value("/n")


def test_on_a_phone_filters_wait_in_a_drawer_and_nothing_overflows(browser: Browser, site: str):
    context = browser.new_context(base_url=site, viewport=NARROW, locale="zh-CN")
    try:
        page = context.new_page()
        page.goto(f"/?q={PHRASE}")
        box = page.locator(f"#region-{HENAN}")
        expect(box).to_be_hidden()
        page.locator("#drawer > summary").click()
        expect(box).to_be_visible()
        box.click()
        expect(page.locator(".chips")).to_contain_text("河南省")
        expect(box).to_be_visible()
        report = page.locator(".hits h2 a").first.get_attribute("href")
        for path in ("/", f"/?q={PHRASE}", report, "/failures", "/help", "/nothing"):
            page.goto(path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= NARROW["width"], path
    finally:
        context.close()


def test_marks_do_not_move_a_letter(page: Page):
    page.goto(f"/?q={PHRASE}")
    report = page.locator(".hits h2 a").first.get_attribute("href")
    assert report
    measure = """() => [...document.querySelectorAll('.sheet p')].map(
        (p) => [p.innerText, p.getBoundingClientRect().height])"""
    page.goto(report)
    assert page.locator("mark").count() > 0
    marked = page.evaluate(measure)
    page.goto(report.split("?")[0])
    assert page.locator("mark").count() == 0
    assert page.evaluate(measure) == marked


def test_nothing_is_asked_of_the_outside_or_refused_by_the_policy(page: Page, site: str):
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    search(page, PHRASE)
    page.locator(".hits h2 a").first.click()
    page.keyboard.press("n")
    page.goto("/help")
    assert asked
    assert [url for url in asked if not url.startswith(site)] == []
    assert said == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: str, scheme: str, language: str):
    context = browser.new_context(base_url=site, viewport=WIDE, color_scheme=scheme)
    try:
        page = context.new_page()
        page.goto(f"/?q={PHRASE}&region={HENAN}&lang={language}")
        report = page.locator(".hits h2 a").first.get_attribute("href")
        passage = page.locator(".where").first.get_attribute("href")
        assert report
        for path in (
            "/",
            f"/?q={PHRASE}&region={HENAN}&year=2020-2026",
            "/?q=政府&page=2",
            "/?q=“没有人这样说过”",
            f"{report}&m=1#m1",
            passage,
            "/failures",
            "/help",
            "/nothing",
            "/?q=法治&year=20x5",
        ):
            page.goto(path)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    finally:
        context.close()
