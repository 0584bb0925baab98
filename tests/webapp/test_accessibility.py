"""Every kind of page: axe-core's rules, the keyboard, narrow windows and large letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from indexer.config import Config
from indexer.library import Library
from tests.webapp.browsing import WIDE, served
from webapp import create_app
from webapp.correcting import Editing

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What a theme can change: both are the same page otherwise."""
RUN = """([place, rules]) => axe
    .run(place, { runOnly: rules, resultTypes: ["violations"] })
    .then(({ violations }) => violations.map(({ id, nodes }) =>
        [id, ...nodes.slice(0, 3).map((node) => `${node.html}\\n${node.failureSummary}`)]))"""
SMALLEST = 320
"""Pixels: 1,280 of them at 400 %, which WCAG 2.2 asks pages to fit (1.4.10)."""
PHRASE = "“法治政府建设”"
LANGUAGES = ("zh-CN", "en")


@dataclass(frozen=True)
class Kind:
    """A kind of page, and what is done on it before it is looked at.

    `place` is the part to look at where something lies over the rest.
    """

    path: str
    site: str = "samples"
    then: Callable[[Page], object] = lambda page: None
    place: str = "html"


def suggestions(page: Page) -> None:
    page.locator("#q").focus()
    page.keyboard.type("法治")
    expect(page.get_by_role("option").first).to_be_visible()


def recent(page: Page) -> None:
    page.goto(f"/?q={PHRASE}")
    page.goto("/")
    page.locator("#q").click()
    expect(page.get_by_role("option").first).to_be_visible()


def select(page: Page) -> None:
    with page.expect_response("**/api/passages/of?*"):
        page.locator("#sheet .paragraph").nth(1).click(click_count=3)
    expect(page.locator("#selection")).to_be_visible()


def collect(page: Page) -> None:
    page.goto(f"/?q={PHRASE}")
    page.locator(".keep").first.click()
    expect(page.locator("#tray-link .badge")).to_have_text("1")
    page.goto("/tray")
    expect(page.locator("#entries li")).to_have_count(1)


def opened(*summaries: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for summary in summaries:
            page.locator(f"{summary} > summary").first.click()

    return act


KINDS = {
    "home": Kind("/"),
    "suggestions": Kind("/", then=suggestions),
    "recent searches": Kind("/", then=recent),
    "help card": Kind("/?q=法治", then=opened("#card"), place="#card"),
    "results of words": Kind("/?q=政府&page=2"),
    "chosen facets": Kind(f"/?q={PHRASE}&region=410000&year=2020-2026"),
    "years opened": Kind("/?q=政府&open=2010-2019"),
    "export menu": Kind(f"/?q={PHRASE}", then=opened("#export-menu"), place="#export-menu"),
    "wordings": Kind("/?q=“服务”&view=wordings", then=opened(".uses")),
    "nothing found": Kind("/?q=“法治政府健设” 营商"),
    "report": Kind("/r/{report}?q=“法治政府建设”&m=1#m1"),
    "evidence and citation": Kind("/r/{report}", then=opened(".bases", ".cite")),
    "words selected": Kind("/r/{report}", then=select),
    "passage in its place": Kind("/p/{same}"),
    "passage moved": Kind("/p/{moved}"),
    "passage gone": Kind("/p/{gone}"),
    "replaced report": Kind("/r/{old}", "town", opened(".versions")),
    "withdrawn report": Kind("/r/{withdrawn}", "town"),
    "empty tray": Kind("/tray", "town"),
    "tray": Kind("/tray", then=collect),
    "what was not read": Kind("/failures", "town"),
    "all was read": Kind("/failures"),
    "help": Kind("/help"),
    "API": Kind("/api"),
    "correcting": Kind("/r/{report}/correct"),
    "correcting, saved here": Kind("/r/{new}/correct?year=1066", "town"),
    "no such report": Kind("/r/0000000000"),
    "asked wrongly": Kind("/?q=法治&year=20x5"),
    "first run": Kind("/", "nothing"),
}


@pytest.fixture(scope="module")
def names(samples_index: Config, town) -> dict[str, str]:
    """What stands in braces in the paths above."""
    library = Library(samples_index)
    hit = library.search(PHRASE, sort="matches").hits[0]
    same = hit.passages[0].url.removeprefix("/p/")
    report, offset, length, check = same.split(".")
    return {
        "report": hit.id,
        "same": same,
        "moved": f"{report}.{int(offset) + 1}.{length}.{check}",
        "gone": f"{report}.{offset}.{length}.{'0' * len(check)}",
        "old": town.old,
        "new": town.new,
        "withdrawn": town.withdrawn,
    }


@pytest.fixture(scope="module")
def sites(site: str, town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    nothing = Config(Path(tmp_path_factory.mktemp("nothing")) / "index", workers=1)
    with (
        served(create_app(town.config, editing=Editing())) as lived,
        served(create_app(nothing)) as empty,
    ):
        yield {"samples": site, "town": lived, "nothing": empty}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pages(browser: Browser, sites: dict[str, str], language: str) -> Iterator[dict[str, Page]]:
    """One page of each site, in the language the browser asks for."""
    contexts = {
        name: browser.new_context(base_url=address, viewport=WIDE, locale=language)
        for name, address in sites.items()
    }
    yield {name: context.new_page() for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_axe_finds_nothing_and_no_page_is_too_wide(
    pages: dict[str, Page], names: dict[str, str], language: str, kind: Kind
):
    page = pages[kind.site]
    page.goto(kind.path.format_map(names))
    kind.then(page)
    assert page.locator("html").get_attribute("lang") == language
    page.evaluate(Axe().axe_script)
    for scheme, rules in (("light", RULES), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(RUN, [kind.place, rules]) == [], scheme

    overflow = "document.documentElement.scrollWidth > innerWidth"
    page.set_viewport_size({"width": SMALLEST, "height": 640})
    assert not page.evaluate(overflow)
    page.set_viewport_size(WIDE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not page.evaluate(overflow)


# What the Tab key can reach, in the order in which it stands on the page.
REACHABLE = """() => {
    const all = document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex='0']");
    window.reachable = [...all].filter((one) => one.tabIndex >= 0 && !one.disabled
        && one.checkVisibility({ visibilityProperty: true })
        && !(one.type === "radio" && !one.checked));
    return reachable.length;
}"""
FOCUSED = """() => {
    const now = document.activeElement;
    const shown = [now, now.nextElementSibling, now.closest("label")].filter(Boolean);
    const ring = shown.some((one) => parseFloat(getComputedStyle(one).outlineWidth) >= 2
        && getComputedStyle(one).outlineStyle !== "none");
    const box = now.getBoundingClientRect();
    const top = document.elementFromPoint(
        Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1),
        Math.min(Math.max(box.y + box.height / 2, 0), innerHeight - 1));
    const covered = box.width > 1 && top?.closest("header.top") && !now.closest("header.top");
    return [reachable.indexOf(now), ring, Boolean(covered), now.outerHTML.slice(0, 120)];
}"""


@pytest.mark.parametrize("path", ["/", f"/?q={PHRASE}", "/r/{report}?q=“法治政府建设”"])
def test_the_tab_key_leads_through_all_there_is_in_its_order(
    page: Page, names: dict[str, str], path: str
):
    page.goto(path.format_map(names))
    number = page.evaluate(REACHABLE)
    assert number > 20
    for expected in range(min(number, 60)):
        page.keyboard.press("Tab")
        place, ring, covered, element = page.evaluate(FOCUSED)
        assert place == expected, element
        assert ring, element
        assert not covered, element


def test_the_first_link_leads_past_the_head_of_the_page(page: Page):
    page.goto(f"/?q={PHRASE}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
