"""Why a file was not read is told in English too, where all of the stored sentence is known."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import ROOT
from webapp.language import labels
from webapp.reasons import reason

SOURCES = (
    *sorted(ROOT.glob("indexer/extract/**/*.py")),
    *(ROOT / "indexer" / name for name in ("workers.py", "recognising.py", "scanning.py")),
)
CHINESE = re.compile("[\u4e00-\u9fff]")
PATTERN = re.compile(r"[\\\[\]]")
FILLED = "7"
PUT_TOGETHER = ("文档7。", "第 7 页7。", "读取{name}需要", "读它所需的内存超过上限7。")
"""Sentences whose parts are Chinese; they are tried below, filled in."""
NO_REASONS = {"没有这个文件夹。", "请检查路径。", "超过上限，不像是报告。"}
"""Said of what was typed to the command; part of a sentence."""


@pytest.fixture
def told(app: Flask):
    def in_english(text: str) -> str:
        with app.test_request_context("/?lang=en"):
            return reason(text, labels()).text

    return in_english


def sentences() -> Iterator[str]:
    """Every sentence for people in the sources, with 7 for what is filled in."""
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: written(node.value, {})
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name)
        }
        whole = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
        parts = {id(part) for node in whole for part in ast.walk(node)} - {id(n) for n in whole}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in parts:
                for sentence in re.findall("[^。]+。", written(node, constants)):
                    if CHINESE.search(sentence) and not PATTERN.search(sentence):
                        yield sentence


def written(node: ast.expr, constants: dict[str, str]) -> str:
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(values):
            return "".join(written(value, constants) for value in values)
        case ast.FormattedValue(ast.Name(name)):
            return constants.get(name) or FILLED
        case ast.FormattedValue():
            return FILLED
        case _:
            return ""


def test_every_sentence_of_reading_is_known(told):
    found = {text for text in sentences() if not text.startswith(PUT_TOGETHER)}
    assert len(found) > 80
    assert {text for text in found if CHINESE.search(told(text))} == NO_REASONS


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (
            "第 3、5-8 页没有文字层（扫描件），查不到其中的文字。；第 9 页已损坏，没有读出。",
            "Without a text layer (scanned), so that it cannot be searched: page 3, 5-8. "
            "Damaged and not read: page 9.",
        ),
        (
            "共 4 页，其中3 页没有文字层（扫描件），1 页的文字层是乱码或已损坏。",
            "Of 4 pages, 3 have no text layer (scanned) and 1 have a garbled or damaged one.",
        ),
        ("第 2 页的图片里没有识别出文字。", "No text was recognised in the picture of page 2."),
        ("文档只有图片，没有文字。", "The document holds pictures only and no text."),
        ("文档是空白的，没有文字。", "The document is empty."),
        (
            "DOCX 文件损坏：正文部件 word/document.xml 第 2 行不是合法的 XML（bad）。",
            "The DOCX file is damaged: in the main part word/document.xml, line 2 is not valid "
            "XML (bad).",
        ),
        (
            "内容是PNG 图片，不是文字文件。",
            "It is a PNG picture and not a text.",
        ),
        (
            "文字像是乱码（UTF-8 被当作 GBK 解读过），请换一份原文件。",
            "The text looks garbled (UTF-8 once read as GBK): put another copy of the original in "
            "its place.",
        ),
        (
            "读取 .doc 文件需要 LibreOffice，这台电脑上没有找到。",
            "Reading .doc files takes LibreOffice, which was not found on this computer.",
        ),
        (
            "读它所需的内存超过上限（2 GB）。请拆分后再放回。",
            "Reading it needs more memory than the limit (2 GB). Split it and put it back.",
        ),
        (
            "读取程序两次崩溃（Killed）：文件已损坏，或所需内存超过上限。请重新下载，或另存一份。",
            "Reading it crashed twice (Killed): the file is damaged, or needs more memory than the "
            "limit. Download it again, or save it anew.",
        ),
        ("", ""),
    ],
)
def test_what_is_filled_in_is_told_too(told, text, english):
    assert told(text) == english


def test_a_reason_that_is_not_known_stays_as_it_is(app: Flask):
    text = "文件有密码。此外还有从前的说法。"
    with app.test_request_context("/?lang=en"):
        assert reason(text, labels()).text == text
        assert reason(text, labels()).chinese


def test_a_chinese_page_tells_it_as_it_was_written(app: Flask):
    with app.test_request_context("/"):
        assert reason("文件有密码。", labels()).text == "文件有密码。"


def test_the_list_of_failures_is_in_english(client, town):
    page = client.get("/failures?lang=en").text
    (failure,) = town.library.failures()
    assert Path(failure.path).name in page
    assert "PDF file" in page
    assert failure.reason not in page
