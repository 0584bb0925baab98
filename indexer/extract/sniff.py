"""What a file is, told from its bytes; its name says nothing certain."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from indexer.errors import DamagedError, EncryptedError, UnsupportedError
from indexer.extract.decode import decode
from indexer.report import Format

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024  # bytes in which readers look for the mark (ISO 32000-1, annex H, note 13)
_OTHERS = (
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"BM", "BMP 图片"),
    (b"II*\x00", "TIFF 图片"),
    (b"MM\x00*", "TIFF 图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"%!PS", "PostScript 文档"),
    (b"SQLite format 3", "数据库"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
)
_HTML = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*(?:<!doctype html|<html|<head|<\?xml[^>]*>\s*<html)", re.I | re.S
)
_CONTROLS = re.compile("[\x01-\x08\x0e-\x19\x1c-\x1f]")
_SAMPLE = 1 << 15
_PACKAGES = (
    ("OFD.xml", "OFD 版式文档"),
    ("xl/", "Excel 工作簿"),
    ("ppt/", "PowerPoint 演示文稿"),
    ("content.xml", "OpenDocument 文档"),
)
_CONVERT = "请用 Word 或 WPS 另存为 .docx，或导出为 PDF，再放回这里。"


def sniff(path: Path, data: bytes) -> Format:
    """The format of `data`. Raises UnsupportedError, EncryptedError or DamagedError."""
    if b"%PDF" in data[:_PDF_WITHIN]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _package(path, data)
    if data.startswith(_OLE):
        raise _ole_error(path, data)
    for magic, name in _OTHERS:
        if data.startswith(magic) and not _is_text(data):
            raise UnsupportedError(path, f"内容是{name}，不是文字文件。{_CONVERT}")
    if data.startswith(b"{\\rtf"):
        raise UnsupportedError(path, f"内容是 RTF 文档。{_CONVERT}")
    if _HTML.match(data[:4096]):
        raise UnsupportedError(
            path, "内容是网页（HTML），不是报告文件。请下载正文，或另存为 .txt。"
        )
    if not _is_text(data):
        raise DamagedError(path, "内容不是 PDF、DOCX 或文本，文件可能已损坏。请重新下载。")
    return Format.TEXT


def _is_text(data: bytes) -> bool:
    """Whether its beginning, decoded as well as may be, holds hardly a control character."""
    text = decode(data[:_SAMPLE]).text.replace("\x00", "")
    odd = len(_CONTROLS.findall(text)) + text.count("\ufffd")
    return odd <= 0.05 * len(text) + 2


def _package(path: Path, data: bytes) -> Format:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        # zipfile raises the last one for a directory that asks for a later version of the format.
        raise DamagedError(
            path, "DOCX 或压缩包的目录损坏，文件可能没有下载完整。请重新下载。"
        ) from error
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return Format.DOCX
    for part, name in _PACKAGES:
        if any(entry.startswith(part) or entry.endswith("/" + part) for entry in names):
            raise UnsupportedError(path, f"内容是{name}，暂不支持。{_CONVERT}")
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        raise DamagedError(path, "DOCX 里缺少正文部分。请用 Word 打开并重新保存。")
    raise UnsupportedError(path, "内容是压缩包。请解压后再放回这里。")


def _ole_error(path: Path, data: bytes) -> UnsupportedError | EncryptedError:
    """OLE 2 holds names of its streams as UTF-16: what they are tells the application."""
    if _stream("EncryptedPackage") in data:
        return EncryptedError(path, "文件有密码。请用 Word 打开，去掉密码后另存。")
    if _stream("WordDocument") in data:
        return UnsupportedError(path, f"内容是旧式 Word 文档（.doc）。{_CONVERT}")
    return UnsupportedError(path, f"内容是旧式 Office 文件，不是报告正文。{_CONVERT}")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")
