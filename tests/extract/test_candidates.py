"""Which files are taken for reports, and what is said of those that are none."""

import zipfile
from pathlib import Path

import pytest

from indexer.errors import (
    DamagedError,
    EncryptedError,
    NoTextError,
    TooLargeError,
    UnreadableError,
    UnsupportedError,
)
from indexer.extract import extract, is_candidate
from indexer.report import Format

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def utf16(name):
    return name.encode("utf-16-le")


@pytest.mark.parametrize(
    "name",
    [
        *("报告.pdf", "报告.PDF", "报告.docx", "报告.txt", "报告.md", "a.markdown", "a.Text"),
        *("报告.doc", "报告.wps", "报告.rtf", "报告.odt", "报告.ofd", "报告.html"),
        *("没有后缀的报告", "规划实施方案》的通.", "实施方案》《", "2023年增长5.2个百分点的报告"),
    ],
)
def test_reports_are_told_by_a_known_suffix_or_by_none(name):
    assert is_candidate(Path("文件夹") / name)


@pytest.mark.parametrize(
    "name",
    [
        *("表.xlsx", "图.png", "表.tsv", "表.csv", "metadata.csv", "报告.v2"),
        *("README.md", "Readme", ".hidden.txt", "~$报告.docx"),
    ],
)
def test_other_files_are_passed_over(name):
    assert not is_candidate(Path(name))


def test_the_content_decides_and_not_the_suffix(tmp_path, docx_file):
    path = docx_file("政府工作报告").rename(tmp_path / "报告.pdf")
    assert extract(path).format is Format.DOCX
    text = tmp_path / "没有后缀的报告"
    text.write_text("各位代表：\n现在报告工作。", encoding="utf-8")
    assert extract(text).format is Format.TEXT


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (b"", NoTextError, "空"),
        (b" \r\n\t\n", NoTextError, "没有文字"),
        (b"\xef\xbb\xbf", NoTextError, "没有文字"),
        (OLE + bytes(512) + utf16("EncryptedPackage"), EncryptedError, "密码"),
        (OLE + bytes(512), UnsupportedError, "Office"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, UnsupportedError, "图片"),
        (b"\x1f\x8b\x08" + bytes(1000), UnsupportedError, "解压"),
        (b"<!DOCTYPE html><html><body>404</body></html>", UnsupportedError, "网页"),
        (b"PK\x03\x04 cut short", DamagedError, "损坏"),
        (b"%PDF-1.7\nnothing more", DamagedError, "PDF"),
        (bytes(range(1, 32)) * 40, DamagedError, "损坏"),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_its_reason(tmp_path, content, error, told):
    path = tmp_path / "报告.docx"
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        extract(path)
    assert type(caught.value) is error
    assert told in caught.value.reason
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("part", "told"),
    [("xl/workbook.xml", "Excel"), ("content.xml", "OpenDocument"), ("a.txt", "压缩包")],
)
def test_packages_of_other_kinds_are_named(tmp_path, part, told):
    path = tmp_path / "报告.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, "<x/>")
    with pytest.raises(UnsupportedError, match=told):
        extract(path)


def test_a_word_package_without_its_parts_is_damaged(tmp_path):
    path = tmp_path / "报告.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<not closed")
    with pytest.raises(DamagedError) as caught:
        extract(path)
    assert caught.value.__cause__ is not None


def test_a_file_that_is_not_there_is_unreadable(tmp_path):
    with pytest.raises(UnreadableError, match="不允许读取"):
        extract(tmp_path / "没有.txt")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text("字" * 1000, encoding="utf-8")
    with pytest.raises(TooLargeError, match="上限"):
        extract(path, max_bytes=100)
