"""Older formats, told by their content: converted by LibreOffice, or refused with what to do."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from indexer.errors import (
    AbandonedError,
    DamagedError,
    EncryptedError,
    ExtractionError,
    MissingProgramError,
)
from indexer.extract import extract, legacy
from indexer.processes import Limits, OutOfTimeError, run_all
from indexer.report import Format

RTF = rb"{\rtf1\ansi\ansicpg936\uc0 \u25919\u24220\u24037\u20316\u25253\u21578\par \u19968\par}"
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
NEEDS_IT = pytest.mark.skipif(legacy.converter() is None, reason="LibreOffice is not installed")

TABLE = {
    "legacy_doc/Word95.doc": (Format.DOC, "The quick brown fox"),
    "legacy_doc/HeaderFooterUnicode.doc": (Format.DOC, "This is a fairly simple word document"),
    "legacy_doc/footnote.doc": (Format.DOC, "TestFootnote"),
    "legacy_doc/ThreeColHeadFoot.doc": (Format.DOC, "This is a sample word document"),
    "legacy_doc/NoHeadFoot.doc": (Format.DOC, "It has two pages"),
    "legacy_doc/equation.doc": ("NoTextError", "没有文字"),
    "legacy_doc/FloatingPictures.doc": (Format.DOC, "Normal"),
    "legacy_wps/ShortLastBlock.wps": (Format.WPS, "List Management GIF"),
    "derived_from_gwr/2025年西藏政府工作报告.rtf": (Format.RTF, "西藏"),
    "ofd/999.ofd": (Format.OFD, "重庆增值税电子普通发票"),
    "ofd/allprotected.ofd": (Format.OFD, "你好呀，OFD Reader&Writer！"),
    "ofd/doc1File.ofd": (Format.OFD, "十年生死两茫茫，不思量，自难忘。"),
    "ofd/keyword.ofd": (Format.OFD, "鲁（2020）泰安市不动产证明第0014777号"),
    "ofd/namespace_no_std.ofd": (Format.OFD, "你好呀，OFD Reader&Writer！"),
    "ofd/no_page_container.ofd": (Format.OFD, "上海增值税电子普通发票"),
    "ofd/signout.ofd": (Format.OFD, "XX市政府文件处理"),
    "ofd/y.ofd": (Format.OFD, "勇立潮头 真抓实干"),
    "ofd/zsbk.ofd": (Format.OFD, "中华安保有限公司"),
    "ofd/拿来主义_page6.ofd": (Format.OFD, "中国一向是所谓“闭关主义”，自己不去，别人也不许来。"),
}
"""Every real file of these formats -> its format and something it says, or why it is refused."""


def told(path):
    try:
        return extract(path)
    except ExtractionError as error:
        return error


def test_the_table_names_every_file(corpus):
    suffixes = {*legacy.SUFFIXES.values(), ".ofd"}
    files = (path for path in (corpus / "docx").rglob("*") if path.suffix in suffixes)
    assert {path.relative_to(corpus / "docx").as_posix() for path in files} == TABLE.keys()


@NEEDS_IT
def test_every_real_file_is_read_or_refused_with_its_true_reason(corpus):
    paths = {corpus / "docx" / name: expected for name, expected in TABLE.items()}
    for path, outcome in run_all(told, list(paths), Limits(), 2):
        expected, words = paths[path]
        if isinstance(expected, Format):
            assert outcome.format is expected, path
            assert words in "\n".join(block.text for block in outcome.blocks), path
        else:
            assert type(outcome).__name__ == expected, path
            assert words in outcome.reason, path


@NEEDS_IT
def test_a_report_converted_says_what_its_docx_says(corpus):
    name = "2025年西藏政府工作报告"
    converted = extract(corpus / "docx" / "derived_from_gwr" / f"{name}.rtf")
    original = extract(corpus / "reports" / "provincial-2025" / f"{name}.docx")
    assert [block.text for block in converted.blocks] == [block.text for block in original.blocks]
    assert converted.warnings == ()


@NEEDS_IT
@pytest.mark.parametrize("name", ["报告.doc", "报告.txt", "报告", "报告.docx"])
def test_the_content_tells_the_format_and_not_the_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(RTF)
    found = extract(path)
    assert found.format is Format.RTF
    assert [block.text for block in found.blocks] == ["政府工作报告", "一"]


def test_without_libreoffice_the_reason_names_it(tmp_path, monkeypatch):
    monkeypatch.setattr(legacy, "converter", lambda: None)
    path = tmp_path / "报告.rtf"
    path.write_bytes(RTF)
    with pytest.raises(MissingProgramError, match=r"LibreOffice.*apt install"):
        extract(path)


@NEEDS_IT
def test_a_file_that_libreoffice_cannot_open_is_damaged(tmp_path, temporary):
    path = tmp_path / "报告.doc"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le")
    )
    with pytest.raises(DamagedError, match="LibreOffice"):
        extract(path)
    assert list(temporary.iterdir()) == []


@ON_LINUX
def test_a_conversion_that_takes_too_long_is_given_up(tmp_path, monkeypatch, temporary):
    monkeypatch.setattr(legacy, "converter", lambda: str(slow(tmp_path)))
    monkeypatch.setattr(legacy, "SECONDS", 0.5)
    path = tmp_path / "报告.rtf"
    path.write_bytes(RTF)
    with pytest.raises(AbandonedError, match="还没有完成"):
        extract(path)
    assert not is_alive(tmp_path)
    assert list(temporary.iterdir()) == []


@ON_LINUX
def test_a_worker_that_is_stopped_stops_the_conversion_too(tmp_path):
    path = slow(tmp_path).with_name("报告.rtf")
    path.write_bytes(RTF)
    (tmp_path / "temporary").mkdir()
    ((_, outcome),) = run_all(converting_slowly, [path], Limits(seconds=1), 1)
    assert isinstance(outcome, OutOfTimeError)
    assert not is_alive(tmp_path)
    assert list((tmp_path / "temporary").iterdir()) == []


def slow(folder):
    """A converter that never ends, and starts another process, whose number it writes down."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > '{folder}/number'\nwait\n")
    path.chmod(0o755)
    return path


def converting_slowly(path):
    os.environ["PATH"] = f"{path.parent}{os.pathsep}{os.environ['PATH']}"
    legacy.tempfile.tempdir = str(path.parent / "temporary")
    return extract(path)


def is_alive(folder):
    """Whether the process that the slow converter started runs; one that only waits to be
    buried by its new parent does not."""
    number = (folder / "number").read_text().strip()
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Where temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(legacy.tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize(("version", "mark"), [(0xC1, 0xA5EC), (0x101, 0xA5EC), (0x65, 0xA5DC)])
def test_a_document_with_a_password_is_told_before_it_is_converted(
    tmp_path, monkeypatch, version, mark
):
    def document(flags):
        fib = mark.to_bytes(2, "little") + version.to_bytes(2, "little") + bytes(6)
        stream = (fib + flags.to_bytes(2, "little")).ljust(512, b"\x00")
        header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00")
        return header + stream + "WordDocument".encode("utf-16-le").ljust(1024, b"\x00")

    path = tmp_path / "报告.doc"
    path.write_bytes(document(1 << 8))
    with pytest.raises(EncryptedError, match="密码"):
        extract(path)
    path.write_bytes(document(1 << 9))
    monkeypatch.setattr(legacy, "converter", lambda: None)
    assert isinstance(told(path), MissingProgramError)


def test_an_odt_with_a_password_is_told(tmp_path):
    path = tmp_path / "报告.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "secret")
        package.writestr("META-INF/manifest.xml", "<m><encryption-data/></m>")
    with pytest.raises(EncryptedError, match="密码"):
        extract(path)
