"""Choosing results and exporting them in a real browser, with scripts and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from indexer.library import Library


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_ticked_results_are_what_is_exported(site, browser, samples_index, scripts):
    hits = Library(samples_index).search("营商环境").hits
    context = browser.new_context(base_url=site, java_script_enabled=scripts, locale="zh-CN")
    page = context.new_page()
    page.goto("/?q=营商环境")
    page.locator("input.pick").nth(2).check()
    page.locator("input.pick").nth(0).check()
    page.locator("#export-menu > summary").click()
    if scripts:
        expect(page.locator("#export-what")).to_have_text("只导出勾选的 2 份")
    with page.expect_download() as download:
        page.locator("#export-menu button[value=gbt7714]").click()
    written = Path(download.value.path()).read_text(encoding="utf-8")
    assert download.value.suggested_filename.startswith("tifa-营商环境-")
    if scripts:
        page.keyboard.press("Escape")
        assert page.locator("#export-menu").get_attribute("open") is None
    context.close()
    first, second = written.splitlines()
    assert first.endswith(f"{site}{hits[0].url}.")
    assert second.endswith(f"{site}{hits[2].url}.")
