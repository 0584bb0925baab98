"""What a file is, told from its bytes; its name says nothing certain."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.errors import DamagedError, EncryptedError, UnsupportedError
from indexer.extract.packages import member, opened
from indexer.extract.txt.decode import decode
from indexer.report import Format

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024  # bytes in which readers look for the mark (ISO 32000-1, annex H, note 13)
_ARCHIVE = "请解压后再放回这里。"
_PICTURE = "请先做文字识别（OCR），或换成有文字的版本。"
_NO_REPORT = "请检查是不是放错了文件。"
_OTHERS = (
    (b"\x89PNG", "PNG 图片", _PICTURE),
    (b"\xff\xd8\xff", "JPEG 图片", _PICTURE),
    (b"GIF8", "GIF 图片", _PICTURE),
    (b"BM", "BMP 图片", _PICTURE),
    (b"II*\x00", "TIFF 图片", _PICTURE),
    (b"MM\x00*", "TIFF 图片", _PICTURE),
    (b"Rar!", "RAR 压缩包", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", _ARCHIVE),
    (b"\x1f\x8b", "gzip 压缩包", _ARCHIVE),
    (b"%!PS", "PostScript 文档", "请另存为 PDF，再放回这里。"),
    (b"SQLite format 3", "数据库", _NO_REPORT),
    (b"MZ", "程序", _NO_REPORT),
    (b"\x7fELF", "程序", _NO_REPORT),
)
_CONTROLS = re.compile("[\x01-\x08\x0e-\x19\x1c-\x1f]")
_SAMPLE = 1 << 15
_HEAD = 1 << 10
_RTF = b"{\\rtf"
_WORD_XML = b'<?mso-application progid="Word.Document"?>'  # Word 2003: XML in one file
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_OFD = "OFD.xml"  # GB/T 33190-2016, 7.2: the entry of every package
_WORD_TEXT = re.compile(r"word/document\d*\.xml")
_WORD_TYPE = re.compile(  # of the part with the text, whatever its name
    rb"(?:wordprocessingml\.(?:document|template)|ms-word\.\w+\.macroEnabled\w*)\.main\+xml"
)
_TYPES = "[Content_Types].xml"
_PACKAGES = (
    ("xl/", "Excel 工作簿"),
    ("ppt/", "PowerPoint 演示文稿"),
    ("content.xml", "OpenDocument 表格或演示文稿"),
)
_CONVERT = "请用 Word 或 WPS 另存为 .docx，或导出为 PDF，再放回这里。"


def sniff(path: Path, data: bytes) -> Format:
    """The format of `data`. Raises UnsupportedError, EncryptedError or DamagedError."""
    if b"%PDF" in data[:_PDF_WITHIN]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _package(path, data)
    if data.startswith(_OLE):
        return _ole(path, data)
    for magic, name, advice in _OTHERS:
        # "MZ" may begin a text, but no text holds the bytes of the others.
        if data.startswith(magic) and not (magic.isascii() and _is_text(data)):
            raise UnsupportedError(path, f"内容是{name}，不是文字文件。{advice}")
    if data.startswith(_RTF):
        return Format.RTF
    if _WORD_XML in data[:_HEAD]:
        return Format.DOC
    if not _is_text(data):
        raise DamagedError(path, "内容不是 PDF、DOCX 或文本，文件可能已损坏。请重新下载。")
    return Format.TEXT


def _is_text(data: bytes) -> bool:
    """Whether its beginning, decoded as well as may be, holds hardly a control character."""
    text = decode(data[:_SAMPLE]).text.replace("\x00", "")
    odd = len(_CONTROLS.findall(text)) + text.count("\ufffd")
    return odd <= 0.05 * len(text) + 2


def _package(path: Path, data: bytes) -> Format:
    with opened(path, data) as package:
        names = package.namelist()
    kind = data[:_HEAD].partition(_OPEN_DOCUMENT)[2]  # ODF 1.3 part 2, 3.3: stored, and first
    plain = (name.replace("\\", "/").lower() for name in names)
    if any(_WORD_TEXT.fullmatch(name) for name in plain) or _WORD_TYPE.search(member(data, _TYPES)):
        return Format.DOCX
    if _OFD in names:
        return Format.OFD
    if kind.startswith(b"text"):
        return Format.ODT
    for part, name in _PACKAGES:
        if any(entry.startswith(part) or entry.endswith("/" + part) for entry in names):
            raise UnsupportedError(path, f"内容是{name}，暂不支持。{_CONVERT}")
    if _TYPES in names and any(name.startswith("word/") for name in names):
        raise DamagedError(path, "DOCX 里缺少正文部分。请用 Word 打开并重新保存。")
    raise UnsupportedError(path, f"内容是压缩包。{_ARCHIVE}")


def _ole(path: Path, data: bytes) -> Format:
    """OLE 2 holds names of its streams as UTF-16: what they are tells the application."""
    if _stream("EncryptedPackage") in data:
        raise EncryptedError(path, "文件有密码。请用 Word 打开，去掉密码后另存。")
    if _stream("WordDocument") in data:
        return Format.DOC
    if _stream("MatOST") in data:
        return Format.WPS
    raise UnsupportedError(path, f"内容是旧式 Office 文件，不是报告正文。{_CONVERT}")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")
