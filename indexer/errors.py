"""Everything that can go wrong, as one tree.

TifaError                     shown to a person as it is: says what happened and what to do
├── NoIndexError              nothing has been indexed in this place yet
├── CatalogueError            catalogue.sqlite, the one thing that cannot be made again, is damaged
├── IndexBusyError            another `tifa index` or `tifa check` is at work on this index
├── IndexDamagedError         the derived files do not fit the catalogue; indexing mends them
├── IndexVersionError         the index was made by a newer Tifa
├── FolderError               a folder or file named on the command line cannot be used
├── RequestError              a search cannot be carried out as asked
│   ├── EmptyQueryError       neither words nor a filter
│   ├── UnknownRegionError    no region of that code or name
│   ├── AmbiguousRegionError  several regions of that name
│   ├── UnknownTopicError     no topic of that key or label
│   ├── BadYearError          not a year, nor a range of years
│   ├── BadNumberError        a limit, offset or page number that is none
│   └── BadChoiceError        a word that is not among those offered
├── UnknownReportError        no report of that id in this collection
├── BadAddressError           not a passage address
├── OverridesError            metadata.csv cannot be used as it stands
└── ExtractionError           a file could not be read; recorded, and the run goes on
    ├── UnsupportedError      a kind of file that Tifa does not read
    │   └── MissingProgramError  … without a program that is not installed
    ├── EncryptedError        needs a password
    ├── DamagedError          broken, cut short, or not what its name says
    ├── TooLargeError         more bytes, pages or text than the limits allow
    ├── UnreadableError       the system did not let us read it
    ├── AbandonedError        took too long or too much; may well be read another time
    └── NoTextError           read, and without any text (a scan, or empty)
        └── NothingRecognisedError  … nor could any be read off the pictures of its pages
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class TifaError(Exception):
    """An error meant for a person; `str()` of it is the whole message, in Chinese."""


class NoIndexError(TifaError):
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        super().__init__(
            f"{directory} 里还没有索引。请先运行：tifa index 文件夹 --index {directory}"
        )


class CatalogueError(TifaError):
    def __init__(self, path: Path, detail: str) -> None:
        self.path = path
        super().__init__(
            f"{path} 打不开（{detail}）。请从备份恢复它；没有备份就换一个 --index 目录重新索引。"
        )


class IndexBusyError(TifaError):
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        super().__init__(f"另一个 tifa index 或 check 正在使用 {directory}，请等它结束后再运行。")


class IndexDamagedError(TifaError):
    def __init__(self, directory: Path, detail: str) -> None:
        self.directory = directory
        self.detail = detail
        super().__init__(
            f"{directory} 的索引文件不完整（{detail}）。"
            f"请运行 tifa index --index {directory}，"
            "它会从目录库重建，不需要重读原文件。"
        )


class IndexVersionError(TifaError):
    def __init__(self, directory: Path, found: int, known: int) -> None:
        self.directory = directory
        super().__init__(
            f"{directory} 由更新版本的 Tifa 建立（格式 {found}，本版本只认识到 {known}）。"
            "请升级 Tifa，或换一个 --index 目录重新建立。"
        )


class FolderError(TifaError):
    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}：{reason}")


class RequestError(TifaError):
    """A search that cannot be carried out as asked; a 400 on the page, exit status 2."""


class EmptyQueryError(RequestError):
    def __init__(self) -> None:
        super().__init__("请输入要查找的词语或“短语”，或至少选择一个地区、年份或主题。")


class UnknownRegionError(RequestError):
    def __init__(self, value: str) -> None:
        self.value = value
        super().__init__(
            f"没有这个地区：{value}。请用六位行政区划代码（如 410000）或名称（如 河南省、安阳市）。"
        )


class AmbiguousRegionError(RequestError):
    def __init__(self, value: str, candidates: Sequence[str]) -> None:
        self.value = value
        self.candidates = tuple(candidates)
        super().__init__(
            f"叫“{value}”的地区不止一个：{'、'.join(candidates)}。请改用代码，或写出上级地区。"
        )


class UnknownTopicError(RequestError):
    def __init__(self, value: str, known: Sequence[str]) -> None:
        self.value = value
        super().__init__(f"没有这个主题：{value}。可用的主题：{'、'.join(known)}。")


class BadYearError(RequestError):
    def __init__(self, value: str) -> None:
        self.value = value
        super().__init__(f"不是年份：{value}。请写 2025，或起止年份 2020-2025，早的在前。")


class BadNumberError(RequestError):
    def __init__(self, name: str, value: str, wanted: str) -> None:
        self.name = name
        self.value = value
        super().__init__(f"{name} 不能是 {value}：应为{wanted}。")


class BadChoiceError(RequestError):
    def __init__(self, name: str, value: str, choices: Sequence[str]) -> None:
        self.name = name
        self.value = value
        super().__init__(f"{name} 不能是 {value}：可用的有 {'、'.join(choices)}。")


class UnknownReportError(TifaError):
    def __init__(self, report: str) -> None:
        self.report = report
        super().__init__(f"这里没有编号为 {report} 的报告。请检查编号，或确认它属于别处的索引。")


class BadAddressError(TifaError):
    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(f"不是有效的段落地址：{address}。")


class OverridesError(TifaError):
    """metadata.csv cannot be used; `row` counts from 1, the heading being row 1."""

    def __init__(self, path: Path, row: int, column: str, reason: str) -> None:
        self.path = path
        self.row = row
        self.column = column
        self.reason = reason
        super().__init__(f"{path} 第 {row} 行“{column}”列：{reason}")


class ExtractionError(TifaError):
    """A file whose text could not be had. `reason` is for people; `page` counts from 1."""

    def __init__(self, path: Path, reason: str, page: int | None = None) -> None:
        self.path = path
        self.reason = reason
        self.page = page
        super().__init__(f"{path}：{reason}")

    def __reduce__(self) -> tuple[type[ExtractionError], tuple[Path, str, int | None]]:
        # Worker processes send these home by pickle, which would call __init__ with the message.
        return (type(self), (self.path, self.reason, self.page))


class UnsupportedError(ExtractionError):
    pass


class MissingProgramError(UnsupportedError):
    """It could be read with a program that is not installed; so it is tried at every run."""


class EncryptedError(ExtractionError):
    pass


class DamagedError(ExtractionError):
    pass


class TooLargeError(ExtractionError):
    pass


class UnreadableError(ExtractionError):
    pass


class AbandonedError(ExtractionError):
    pass


class NoTextError(ExtractionError):
    pass


class NothingRecognisedError(NoTextError):
    """It was recognised, too, and is not again before it changes."""
