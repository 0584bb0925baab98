"""`tifa extract`: what was read of a file, page by page, as text, as JSON, as a web page."""

from __future__ import annotations

import json
import re

import lxml.html
import pytest

from indexer.config import Config
from indexer.errors import UnreadableError
from indexer.inspection import as_html, as_json, as_text, is_whole, read_one
from indexer.report import (
    BARRIER,
    Block,
    BlockKind,
    Document,
    Format,
    Metadata,
    Page,
    PageStatus,
    Region,
    Report,
)

BLOCKS = (
    Block(BlockKind.TITLE, "政府工作报告", page=1),
    Block(BlockKind.HEADING, "一、总体<要求>", page=1, level=1),
    Block(BlockKind.PARAGRAPH, "让群众少跑路，让数据多跑路。", page=1, breaks=((7, 2),)),
    Block(BlockKind.ROW, f"{BARRIER}地区{BARRIER}2025{BARRIER}", page=2),
    Block(BlockKind.ROW, f"{BARRIER}安阳{BARRIER}12{BARRIER}", page=2),
    Block(BlockKind.NOTE, f"{BARRIER}据统计公报\x1b[31m。{BARRIER}", page=2),
    Block(BlockKind.ASIDE, "— 2 —", page=2),
)
PAGES = (
    Page(1, PageStatus.TEXT, 20),
    Page(2, PageStatus.MIXED, 15, recognised=True),
    Page(3, PageStatus.SCANNED, 0),
)
WARNING = "第 3 页没有文字层（扫描件），查不到其中的文字。"


def report(blocks=BLOCKS, pages=PAGES, warnings=(WARNING,), kind=Format.PDF):
    document = Document("政府工作报告", kind, blocks, pages, warnings)
    metadata = Metadata("政府工作报告", Region("410500", ("河南省", "安阳市")), 2025)
    return Report("id", "0" * 64, 100, document, metadata)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "报告.pdf"


def test_the_text_shows_every_page_with_its_state_and_every_block_with_its_kind(place):
    lines = list(as_text(report(), place))
    assert "格式：PDF，3 页，52 字" in lines
    assert f"注意：{WARNING}" in lines
    shown = lines[lines.index("—— 第 1 页：文字，20 字 ——") :]
    assert shown == [
        "—— 第 1 页：文字，20 字 ——",
        "[题目] 政府工作报告",
        "[标题 1] 一、总体<要求>",
        "[段落] 让群众少跑路，〔第 2 页〕让数据多跑路。",
        "",
        "—— 第 2 页：有文字，也有读不出的图片或字体，文字由识别图片（OCR）得出，15 字 ——",
        "[表格] 地区 | 2025",
        "[表格] 安阳 | 12",
        "[脚注] 据统计公报\N{REPLACEMENT CHARACTER}[31m。",
        "[附属] — 2 —",
        "",
        "—— 第 3 页：扫描件，没有文字层，0 字 ——",
    ]


def test_a_format_without_pages_is_shown_as_one(place):
    blocks = tuple(Block(block.kind, block.text, level=block.level) for block in BLOCKS[:2])
    lines = list(as_text(report(blocks, (), (), Format.DOC), place))
    assert lines[-2:] == ["[题目] 政府工作报告", "[标题 1] 一、总体<要求>"]
    assert "格式：DOC，由 LibreOffice 转换，14 字" in lines
    assert not any("——" in line for line in lines)


def test_the_json_keeps_its_contract(place):
    told = json.loads(json.dumps(as_json(report(), place)))
    assert set(told) == {
        *("path", "sha256", "bytes", "format", "title", "region", "year", "topics", "issuer"),
        *("date", "kind", "number", "grounds", "warnings", "pages", "blocks"),
    }
    assert told["pages"][2] == {
        "number": 3, "status": "scanned", "characters": 0, "recognised": False, "searchable": False,
    }  # fmt: skip
    assert told["blocks"][2] == {
        "kind": "paragraph", "level": 0, "page": 1, "breaks": [[7, 2]],
        "text": "让群众少跑路，让数据多跑路。", "cells": None,
    }  # fmt: skip
    assert told["blocks"][3]["cells"] == ["地区", "2025"]
    assert told["blocks"][3]["text"] is None


def test_the_web_page_needs_nothing_beside_itself_and_can_be_found_one_s_way_in(place):
    html = "".join(as_html(report(), place))
    page = lxml.html.document_fromstring(html)
    assert page.get("lang") == "zh-CN"
    assert not page.xpath("//script | //link | //img | //*[@src]")
    assert "http" not in re.sub("http-equiv", "", html)
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {f"#{one}" for one in ids} >= set(page.xpath("//nav//@href"))
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)
    assert len(page.xpath("//nav//li")) == 3
    assert page.xpath("//td/text()") == ["地区", "2025", "安阳", "12"]
    assert "一、总体<要求>" in page.text_content()
    assert "\x1b" not in html


def test_whole_is_what_has_no_warning_and_no_page_that_cannot_be_searched():
    assert is_whole(report(pages=PAGES[:1], warnings=()))
    assert not is_whole(report(pages=PAGES[:1]))
    assert not is_whole(report(warnings=()))


def test_what_is_no_file_is_refused(tmp_path):
    config = Config(tmp_path / "index")
    for path in (tmp_path / "没有.pdf", tmp_path):
        with pytest.raises(UnreadableError, match=r"打不开|不是普通文件"):
            read_one(path, config)


def test_the_command_shows_a_file_and_makes_no_index(tifa, folder, tmp_path):
    done = tifa("extract", folder / "first.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "[题目]" in done.stdout
    assert not (tmp_path / "ix").exists()
    told = json.loads(tifa("extract", folder / "first.txt", "--json").stdout)
    assert told["format"] == "txt"
    page = tifa("extract", folder / "first.txt", "--html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>\n")


def test_the_command_says_why_a_file_is_refused_and_what_is_read_in_part(tifa, tmp_path):
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    refused = tifa("extract", "坏.pdf")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "坏.pdf：" in refused.stderr
    assert "Traceback" not in refused.stderr
    (tmp_path / "半.txt").write_bytes("各位代表，现在报告工作。".encode() * 5 + b"\xff")
    assert tifa("extract", "半.txt").returncode == 1
    assert tifa("extract", "半.txt", "--json", "--html").returncode == 2
