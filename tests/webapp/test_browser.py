"""The whole way in a real browser: search, choose, open, step, follow a link."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import Browser, Page, expect

from tests.webapp.browsing import NARROW, cited, in_view

PHRASE = "“法治政府建设”"
HENAN = "410000"


def search(page: Page, words: str) -> None:
    page.goto("/")
    page.locator("#q").fill(words)
    page.get_by_role("button", name="检索").click()
    page.wait_for_selector("#count")


def choose(page: Page, region: str) -> None:
    """Tick a region, wherever the list of regions holds it."""
    box = page.locator(f"#region-{region}")
    more = page.locator("#more-region > summary")
    if not box.is_visible() and more.is_visible():
        more.click()
    box.click()


def total(page: Page) -> int:
    found = re.search(r"[0-9,]+", page.locator("#count").inner_text())
    assert found
    return int(found[0].replace(",", ""))


def test_from_words_to_a_match_and_back(page: Page, site: str):
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
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
    # Nothing is asked of the outside, and the policy refuses nothing.
    assert [url for url in asked if not url.startswith(site)] == []
    assert said == []


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


def test_the_mode_is_switched_in_place_and_kept(page: Page):
    page.goto("/")
    page.get_by_text("精确", exact=True).click()
    search_box = page.locator("#q")
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
    page.locator("#q").fill("政府 地区：河南省")
    page.locator("#whole").check()
    expect(page.locator("#q")).to_have_value("政府")
    expect(page).to_have_url(re.compile(rf"region={HENAN}&whole=1$"))
    page.locator(f"#region-{HENAN}").click()
    expect(page.locator(".chips")).to_have_count(0)
    assert total(page) == every


def test_a_range_of_years_is_typed_without_scripts(plain_page: Page):
    plain_page.goto(f"/?q=政府&region={HENAN}")
    plain_page.get_by_label("起始年份").fill("2024")
    plain_page.keyboard.press("Enter")
    expect(plain_page.locator(".chips")).to_contain_text("2024 年起")
    expect(plain_page).to_have_url(re.compile(rf"region={HENAN}&year=2024-2999$"))


def test_the_address_bar_shows_the_canonical_address(page: Page):
    page.goto("/?sort=relevance&region=河南省&q=政府&per=10&year=")
    expect(page).to_have_url(re.compile(rf"/\?q={quote('政府')}&region={HENAN}$"))


def test_a_slash_leads_to_the_search_box(page: Page):
    page.goto("/help")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("/n")
    expect(page.locator("#q")).to_have_value("/n")


def test_on_a_phone_filters_wait_in_a_drawer(browser: Browser, site: str):
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


def test_a_print_has_the_query_the_day_the_filters_and_full_links(page: Page, site: str):
    page.goto(f"/?q={PHRASE}&year=2020-2026")
    hit = page.locator(".hits h2 a").first
    report = (hit.get_attribute("href") or "").split("?")[0]
    page.emulate_media(media="print")
    told = page.locator("p.printed").inner_text()
    assert told.startswith(page.url)
    assert re.search(r"\d{4}-\d{2}-\d{2}$", told)
    expect(page.locator("#q")).to_be_visible()
    expect(page.locator(".chips")).to_contain_text("2020–2026")
    behind = "one => getComputedStyle(one, '::after').content"
    assert hit.evaluate(behind) == f'" {site}{report}"'
    assert f"{site}/p/" in page.locator(".where").first.evaluate(behind)
    for control in (".facets", ".order", ".tabs", ".keep", ".pick"):
        expect(page.locator(control).first).to_be_hidden()
