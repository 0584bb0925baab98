"""Facets in a real browser: a tree that opens, a range that is drawn, chips, the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from indexer.collection import update
from indexer.config import Config
from indexer.vocabulary.regions import regions
from tests.webapp.browsing import NARROW, WIDE, served
from webapp import create_app

YEARS = (1954, 1996, 1998, *range(2009, 2026))
HENAN, ANYANG = "410000", "410500"


@pytest.fixture(scope="module")
def broad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page over some seventy short reports of as many counties: its address."""
    folder = tmp_path_factory.mktemp("broad")
    tree = regions()
    counties = [code for code in tree.codes if tree.get(code).current and code[4:] != "00"]
    chosen = [*[code for code in counties if code.startswith("4105")], "110104", *counties[::60]]
    rows = ["file,region,year"]
    for number, code in enumerate(chosen):
        (folder / f"{number}.txt").write_text(f"第{number}份\n\n政府工作。", encoding="utf-8")
        rows.append(f"{number}.txt,{code},{YEARS[number % len(YEARS)]}")
    (folder / "metadata.csv").write_text("\n".join(rows), encoding="utf-8")
    config = Config(tmp_path_factory.mktemp("index"), workers=1)
    update(config, [folder])
    with served(create_app(config)) as address:
        yield address


def opened(browser: Browser, broad: str, **more: object) -> Page:
    context = browser.new_context(base_url=broad, locale="zh-CN", **({"viewport": WIDE} | more))
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto("/?q=政府")
    return page


@pytest.fixture
def page(browser: Browser, broad: str) -> Iterator[Page]:
    page = opened(browser, broad)
    yield page
    page.context.close()


def total(page: Page) -> int:
    found = re.search(r"[0-9,]+", page.locator("#count").inner_text())
    assert found
    return int(found[0].replace(",", ""))


def counted(box: Locator) -> int:
    """The number beside a tick."""
    text = box.locator("xpath=..").locator(".count").inner_text()
    return int(text.replace(",", ""))


def drag(page: Page, first: str, last: str) -> None:
    start, end = (
        page.locator(f".period:has(#year-{year})").bounding_box() for year in (first, last)
    )
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 30)
    page.mouse.down()
    page.mouse.move(end["x"] + 5, end["y"] + 30, steps=5)
    expect(page.locator("#bars-told")).to_contain_text(f"{first}–{last} 年")
    page.mouse.up()


def test_the_tree_opens_level_by_level_and_keeps_what_is_open(page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert page.locator("#facet-region input").count() < 40
    province = page.locator(f"#region-{HENAN}")
    item = page.locator("li", has=province).last
    item.locator("> .twist").press("Enter")
    expect(page.locator(f"#under-{HENAN}")).to_have_attribute("open", "")
    expect(page.locator(f"#under-{HENAN} > summary")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/\?q=[^&]+$"))
    assert len([url for url in asked if "?q=" in url]) == 1

    city = page.locator(f"#region-{ANYANG}")
    city.press("ArrowRight")
    inside = page.locator(f"#under-{ANYANG} input")
    expect(inside.first).to_be_visible()
    assert sum(counted(box) for box in inside.all()) == counted(city) > 5

    # Several at once; each leaves the rest as it stands.
    for number, box in enumerate(inside.all()[:3]):
        box.check()
        expect(page.locator(".chips li a:not(.clear)")).to_have_count(number + 1)
        expect(page.locator(f"#under-{ANYANG}")).to_have_attribute("open", "")
    assert total(page) == 3
    expect(page.locator("#status")).to_contain_text("3 份报告")

    # The whole takes the place of its parts, and the other way round.
    city.check()
    expect(page).to_have_url(re.compile(rf"&region={ANYANG}$"))
    assert total(page) == counted(city)
    expect(city).to_be_focused()
    inside.first.check()
    expect(page).not_to_have_url(re.compile(rf"&region={ANYANG}$"))
    expect(city).not_to_be_checked()
    assert total(page) == counted(inside.first)
    city.check()
    expect(page).to_have_url(re.compile(rf"&region={ANYANG}$"))
    expect(city).to_be_focused()
    city.press("ArrowLeft")
    expect(page.locator(f"#under-{ANYANG}")).not_to_have_attribute("open", "")
    city.press("ArrowLeft")
    expect(province).to_be_focused()


def test_a_chip_comes_off_in_place_and_the_way_back_restores_what_was(page: Page):
    page.goto(f"/?q=政府&region={HENAN}&year=2010-2025")
    page.evaluate("window.same = true")
    page.locator(f"li:has(> label > #region-{HENAN}) > .twist").click()
    expect(page.locator(f"#under-{HENAN}")).to_be_visible()
    both = total(page)
    page.locator(".chips a", has_text="2010").click()
    expect(page.locator(".chips li a:not(.clear)")).to_have_count(1)
    expect(page.locator("#count")).to_be_focused()
    assert total(page) > both
    page.get_by_role("link", name="全部去掉").click()
    expect(page.locator(".chips")).to_have_count(0)
    page.go_back()
    page.go_back()
    expect(page.locator(".chips")).to_contain_text("2010–2025")
    assert total(page) == both
    expect(page.locator("#year-2010-2025")).to_be_checked()
    expect(page.locator(f"#under-{HENAN}")).to_have_attribute("open", "")
    page.go_forward()
    expect(page.locator(".chips li a:not(.clear)")).to_have_count(1)
    assert page.evaluate("window.same") is True

    # Also from another page.
    page.locator(".hits h2 a").first.click()
    page.go_back()
    expect(page.locator(f"#under-{HENAN}")).to_have_attribute("open", "")


def test_a_range_of_years_is_drawn_by_pointer_and_by_keyboard(page: Page):
    page.locator("#year-2022").focus()
    page.keyboard.press("Space")
    expect(page.locator(".chips")).to_contain_text("2022")
    expect(page.locator("#year-2022")).to_be_focused()

    drag(page, "2023", "2025")
    expect(page).to_have_url(re.compile(r"&year=2023-2025$"))
    drawn = total(page)
    expect(page.locator(".period.in")).to_have_count(3)
    expect(page.locator("#facet-year input[value='2023-2025']")).to_be_checked()

    page.locator("#year-2021").focus()
    page.keyboard.down("Shift")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#status")).to_contain_text("2021–2022 年")
    page.keyboard.up("Shift")
    expect(page).to_have_url(re.compile(r"&year=2021-2022$"))
    expect(page.locator("#year-2022")).to_be_focused()

    page.locator(".period:has(#year-2023)").click()
    expect(page).to_have_url(re.compile(r"&year=2021-2022&year=2023$"))
    page.locator(".period:has(#year-2025)").click(modifiers=["Shift"])
    expect(page).to_have_url(re.compile(r"&year=2023-2025$"))
    assert total(page) == drawn

    page.get_by_label("起始年份").fill("1990")
    page.get_by_label("截止年份").fill("1999")
    page.get_by_role("button", name="按起止年份筛选").click()
    expect(page.locator(".chips")).to_contain_text("1990–1999")
    expect(page.locator("#year-from")).to_have_value("")


def test_decades_open_to_years_and_close_again(page: Page):
    labels = [bar.get_attribute("aria-label") for bar in page.locator(".bars input").all()]
    assert [re.sub(" 年，.*", "", label or "") for label in labels][:4] == [
        "1950–1959",
        "1990–1999",
        "2000–2009",
        "2010–2019",
    ]
    expect(page.locator(".period.gap")).to_have_count(1)
    page.get_by_role("link", name="1990年代").click()
    expect(page.locator("#year-1998")).to_be_attached()
    page.locator(".period:has(#year-1998)").click()
    expect(page).to_have_url(re.compile(r"&year=1998$"))
    expect(page.locator("#year-1996")).to_be_attached()
    page.get_by_role("link", name="全部年代").click()
    expect(page.locator("#year-1996")).to_have_count(0)
    expect(page.get_by_role("checkbox", name=re.compile("^1998 "))).to_be_checked()


def test_a_finger_draws_a_range_in_the_drawer_and_sees_what_it_finds(browser: Browser, broad: str):
    page = opened(browser, broad, viewport=NARROW, has_touch=True, is_mobile=True)
    try:
        page.locator("#drawer > summary").tap()
        first, last = (page.locator(f".period:has(#year-{year})") for year in (2021, 2024))
        first.scroll_into_view_if_needed()
        places = [first.bounding_box(), last.bounding_box()]
        touch = page.context.new_cdp_session(page)
        for kind, place in (("Start", places[0]), ("Move", places[1]), ("End", None)):
            points = [{"x": place["x"] + 8, "y": place["y"] + 30}] if place else []
            touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
        expect(page).to_have_url(re.compile(r"&year=2021-2024$"))
        expect(page.locator(".see")).to_have_text(f"看 {total(page)} 份报告")
        page.locator(".see").click()
        expect(page.locator("#drawer")).not_to_have_attribute("open", "")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    finally:
        page.context.close()


def test_without_scripts_links_open_what_is_closed(browser: Browser, broad: str):
    page = opened(browser, broad, java_script_enabled=False)
    try:
        page.locator(f"li:has(> label > #region-{HENAN}) > .twist").click()
        page.locator(f"li:has(> label > #region-{ANYANG}) > .twist").click()
        page.get_by_role("link", name="1990年代").click()
        inside = page.locator(f"#under-{ANYANG} input")
        expected = counted(page.locator(f"#region-{ANYANG}"))
        for box in inside.all():
            box.check()
        page.get_by_role("button", name="应用筛选").click()
        expect(page.locator(f"#under-{ANYANG}")).to_have_attribute("open", "")
        expect(page.locator("#year-1998")).to_be_attached()
        assert total(page) == expected
        page.get_by_role("link", name="全部去掉").click()
        page.locator(".period:has(#year-2025)").click()
        page.get_by_role("button", name="应用筛选").click()
        expect(page.locator(".chips")).to_contain_text("2025")
    finally:
        page.context.close()
