"""A collection that has lived, and the page over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from indexer.collection import update
from indexer.config import Config
from indexer.library import Library
from tests.conftest import rewrite
from tests.webapp.browsing import ARGUMENTS, WIDE, served
from webapp import create_app

HENAN_2024 = """\
河南省人民政府2024年政府工作报告

各位代表：现在，我代表省人民政府，向大会报告工作。

一、2023年工作回顾

推进法治政府建设，让群众少跑路。全省优化营商环境，<b>A&B</b>示范区落地。

二、2024年工作安排

继续推进法治政府建设，让群众少跑路、快办事。
"""
HENAN_2025 = HENAN_2024.replace("2024", "2025").replace("2023", "2024").replace("快办事", "好办事")
ANYANG = """\
安阳市人民政府2025年政府工作报告

一、工作回顾

深入推进法治政府建设，持续优化营商环境，深化医药卫生体制改革。
"""
HEBEI = """\
河北省人民政府2023年政府工作报告

一、工作回顾

全面推进乡村振兴，粮食产量稳定，加快教育强省建设。让群众少跑路。
"""


@dataclass(frozen=True)
class Town:
    """A collection in which one file was replaced, one was removed and one cannot be read."""

    config: Config
    library: Library
    old: str
    new: str
    withdrawn: str
    kept: str


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    reports = tmp_path_factory.mktemp("reports")
    config = Config(tmp_path_factory.mktemp("index"), workers=1)
    (reports / "河南.txt").write_text(HENAN_2024, encoding="utf-8")
    (reports / "安阳.txt").write_text(ANYANG, encoding="utf-8")
    (reports / "河北.txt").write_text(HEBEI, encoding="utf-8")
    (reports / "坏的.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    update(config, [reports])
    library = Library(config)
    before = {hit.title[:2]: hit.id for hit in library.search("政府工作报告").hits}
    rewrite(reports / "河南.txt", HENAN_2025)
    (reports / "河北.txt").unlink()
    update(config, [reports], prune=True)
    after = {hit.title[:2]: hit.id for hit in library.search("政府工作报告").hits}
    return Town(config, library, before["河南"], after["河南"], before["河北"], after["安阳"])


@pytest.fixture(scope="session")
def app(town: Town) -> Flask:
    return create_app(town.config)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def empty_client(tmp_path: Path) -> FlaskClient:
    return create_app(Config(tmp_path / "nothing", workers=1)).test_client()


@pytest.fixture(scope="session")
def site(samples_index: Config) -> Iterator[str]:
    """The samples served on a free port: the address, without a slash at its end."""
    with served(create_app(samples_index)) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
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
