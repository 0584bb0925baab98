"""Word's older relatives -> DOCX, by LibreOffice where it is installed; then read as DOCX.

Each conversion has a profile and a folder of its own, so that several can run at once and none
leaves anything behind. The profile forbids macros and links: without it LibreOffice fetches the
pictures that a document names on other machines, and would run what it is told to.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

from indexer.errors import AbandonedError, DamagedError, EncryptedError, MissingProgramError
from indexer.extract import docx
from indexer.extract.packages import member
from indexer.report import Extraction, Format

SECONDS = 15.0
"""For one conversion: less than a worker has for a file, more than ten times what it takes."""

SUFFIXES = {Format.DOC: ".doc", Format.WPS: ".wps", Format.RTF: ".rtf", Format.ODT: ".odt"}

_SECTOR, _SMALL_SECTOR = 512, 64
_FIB = (0xA5EC, 0xA5DC)  # how the main stream begins: Word 97 and later, Word 6 and 95
_FIB_VERSIONS = 0x200
_FIB_ENCRYPTED = 1 << 8

_ENDINGS = (signal.SIGTERM,) if sys.platform == "win32" else (signal.SIGTERM, signal.SIGALRM)
_CPU_SECONDS = 60
_ADDRESS_SPACE = 4 << 30
"""LibreOffice maps 1.3 GB to convert a page; the limit is for what grows without end."""

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
)
_MISSING = (
    "读取{name}需要 LibreOffice，这台电脑上没有找到。请安装它（Debian、Ubuntu："
    "apt install libreoffice-writer-nogui；其他系统见 libreoffice.org）后再运行一次，"
    "或用 Word、WPS 另存为 .docx。"
)


def read(path: Path, data: bytes, kind: Format) -> Extraction:
    """The blocks of a document that LibreOffice converts.

    Raises MissingProgramError without LibreOffice, EncryptedError, DamagedError where it cannot
    open the file, AbandonedError after `SECONDS`, and what the reader of DOCX raises.
    """
    if _is_encrypted(data, kind):
        raise EncryptedError(path, "文件有密码。请用 Word 或 WPS 打开，去掉密码后另存。")
    program = converter()
    if program is None:
        raise MissingProgramError(path, _MISSING.format(name=f" {SUFFIXES[kind]} 文件"))
    converted = _converted(path, data, SUFFIXES[kind], program)
    return replace(docx.read(path, converted), format=kind)


def converter() -> str | None:
    """LibreOffice's command, where it is installed."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _is_encrypted(data: bytes, kind: Format) -> bool:
    """Whether it takes a password: a DOC says so in its FIB ([MS-DOC] 2.5.2), an ODT in its
    manifest (ODF 1.3 part 2, 3.4.1)."""
    if kind is Format.ODT:
        return b"encryption-data" in member(data, "META-INF/manifest.xml")
    if kind is Format.DOC:
        for start in range(_SECTOR, len(data) - _SECTOR, _SMALL_SECTOR):
            mark, version, flags = struct.unpack_from("<HHxxxxxxH", data, start)
            if mark in _FIB and version < _FIB_VERSIONS:
                return bool(flags & _FIB_ENCRYPTED)
    return False


def _converted(path: Path, data: bytes, suffix: str, program: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="tifa-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"in{suffix}"
        source.write_bytes(data)
        _set_up(folder / "profile")
        process = subprocess.Popen(
            [
                *_limited(program),
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                *("--headless", "--norestore", "--convert-to", "docx:Office Open XML Text"),
                *("--outdir", str(folder / "out"), str(source)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with _ended_with_us(process, folder):
            try:
                process.wait(SECONDS)
            except subprocess.TimeoutExpired as error:
                reason = f"LibreOffice 转换了 {SECONDS:.0f} 秒还没有完成，已放弃，下次再试。"
                raise AbandonedError(path, reason) from error
            finally:
                _kill(process)
        try:
            return (folder / "out" / "in.docx").read_bytes()
        except OSError as error:
            raise DamagedError(
                path, "LibreOffice 打不开，文件可能已损坏或有密码。请用 Word 或 WPS 另存为 .docx。"
            ) from error


def _set_up(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{place}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for place, name, value in _SETTINGS
    )
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _limited(program: str) -> list[str]:
    """The command under limits of its own: a worker's address space would not do for it."""
    if sys.platform == "win32":
        return [program]
    limits = f"ulimit -S -v {_ADDRESS_SPACE // 1024}; ulimit -t {_CPU_SECONDS}"
    return ["/bin/sh", "-c", f'{{ {limits}; }} 2>/dev/null; exec "$0" "$@"', program]


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End it and all that it started: soffice is a script, whose child does the work."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(command, capture_output=True, check=False)
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def _ended_with_us(process: subprocess.Popen[bytes], folder: Path) -> Iterator[None]:
    """Inside, being told to end, as a worker is after its time, ends the process first."""

    def end(number: int, _: FrameType | None) -> None:
        _kill(process)
        shutil.rmtree(folder, ignore_errors=True)
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    if threading.current_thread() is not threading.main_thread():
        yield  # signals are heard by the main thread only
        return
    before = {number: signal.signal(number, end) for number in _ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
