"""Why a PDF cannot be opened, as far as its bytes tell: what a person should do differs."""

from __future__ import annotations

_AGAIN = "请重新下载，或用阅读器另存一份。"
_TAIL = 2048
"""Within how many bytes of the end the end is marked; readers ask for 1024 (PDF 32000-1, H.3)."""


def why_damaged(data: bytes) -> str:
    """A sentence for people on a file that neither reader could open."""
    if b"/BrotliDecode" in data:
        return "PDF 文件用了 Brotli 压缩，目前还不能读。请用阅读器另存一份。"
    if b"%%EOF" not in data[-_TAIL:] and b"startxref" not in data[-_TAIL:]:
        return f"PDF 文件不完整，结尾缺失，多半没有下载完。{_AGAIN}"
    if b"/Kids" not in data and b"/ObjStm" not in data:
        return f"PDF 文件损坏，里面没有页面。{_AGAIN}"
    return f"PDF 文件损坏，找不到页面的目录。{_AGAIN}"


def why_no_page(count: int) -> str:
    """A sentence for people on a file that opened, and none of whose pages could be read."""
    return f"PDF 文件损坏，{count} 页都没有读出。{_AGAIN}"
