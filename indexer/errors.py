"""Everything that can go wrong, as one tree.

TifaError                     shown to a person as it is: says what happened and what to do
├── NoIndexError              nothing has been indexed in this place yet
├── CatalogueError            catalogue.sqlite, the one thing that cannot be made again, is damaged
├── IndexBusyError            another `tifa index` or `tifa check` is at work on this index
├── IndexDamagedError         the derived files do not fit the catalogue; indexing mends them
├── IndexVersionError         the index was made by a newer Tifa
├── FolderError               a folder or file named on the command line cannot be used
├── ChangedMeanwhileError     the index was written to while all results were being read
├── RequestError              a search cannot be carried out as asked
│   ├── EmptyQueryError       neither words nor a filter
│   ├── UnknownRegionError    no region of that code or name
│   ├── AmbiguousRegionError  several regions of that name
│   ├── UnknownTopicError     no topic of that key or label
│   ├── BadYearError          not a year, nor a range of years
│   ├── BadNumberError        a limit, offset or page number that is none
│   ├── BadChoiceError        a word that is not among those offered
│   ├── BadWordingError       not the key of a wording
│   ├── NotAmongResultsError  a report was chosen that the search does not find
│   ├── BadCollectionError    what was collected cannot be read, or is too much
│   └── RepeatedError         several values where there can be one
├── UnknownReportError        no report of that id in this collection
├── BadAddressError           not a passage address
│   └── LostWordsError        an address whose words no text of the report has any more
├── OverridesError            metadata.csv cannot be used as it stands
├── BadCellError              a value that metadata.csv cannot give a report
├── CorrectionError           what a report is cannot be settled so, or not written down
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

from indexer.messages import N_, Message, Value

LOST_WORDS = N_("这篇报告现在的文字里没有链接所指的那段话，也没有留下旧的文字。")


class TifaError(Exception):
    """An error meant for a person; `str()` of it is the whole message, in Chinese.

    `message` is the same before its places are filled in, for other languages.
    """

    def __init__(self, message: str | Message, **values: Value) -> None:
        self.message = Message(message, values) if isinstance(message, str) else message
        super().__init__(str(self.message))


class NoIndexError(TifaError):
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        super().__init__(
            N_("%(index)s 里还没有索引。请先运行：tifa index 文件夹 --index %(index)s"),
            index=str(directory),
        )


class CatalogueError(TifaError):
    def __init__(self, path: Path, detail: str) -> None:
        self.path = path
        super().__init__(
            N_(
                "%(path)s 打不开（%(detail)s）。"
                "请从备份恢复它；没有备份就换一个 --index 目录重新索引。"
            ),
            path=str(path),
            detail=detail,
        )


class IndexBusyError(TifaError):
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        super().__init__(
            N_("另一个 tifa index 或 check 正在使用 %(index)s，请等它结束后再运行。"),
            index=str(directory),
        )


class IndexDamagedError(TifaError):
    def __init__(self, directory: Path, detail: str | Message) -> None:
        self.directory = directory
        self.detail = str(detail)
        super().__init__(
            N_(
                "%(index)s 的索引文件不完整（%(detail)s）。"
                "请运行 tifa index --index %(index)s，它会从目录库重建，不需要重读原文件。"
            ),
            index=str(directory),
            detail=detail,
        )


class IndexVersionError(TifaError):
    def __init__(self, directory: Path, found: int, known: int) -> None:
        self.directory = directory
        super().__init__(
            N_(
                "%(index)s 由更新版本的 Tifa 建立（格式 %(found)s，本版本只认识到 %(known)s）。"
                "请升级 Tifa，或换一个 --index 目录重新建立。"
            ),
            index=str(directory),
            found=found,
            known=known,
        )


class ChangedMeanwhileError(TifaError):
    def __init__(self) -> None:
        super().__init__(N_("导出时索引正好更新了，结果前后不一。请再导出一次。"))


class FolderError(TifaError):
    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(N_("%(path)s：%(reason)s"), path=str(path), reason=reason)


class RequestError(TifaError):
    """A search that cannot be carried out as asked; a 400 on the page, exit status 2."""


class EmptyQueryError(RequestError):
    def __init__(self) -> None:
        super().__init__(N_("请输入要查找的词语或“短语”，或至少选择一个地区、年份或主题。"))


class UnknownRegionError(RequestError):
    def __init__(self, value: str) -> None:
        self.value = value
        super().__init__(
            N_(
                "没有这个地区：%(value)s。"
                "请用六位行政区划代码（如 410000）或名称（如 河南省、安阳市）。"
            ),
            value=value,
        )


class AmbiguousRegionError(RequestError):
    def __init__(self, value: str, candidates: Sequence[str]) -> None:
        self.value = value
        self.candidates = tuple(candidates)
        super().__init__(
            N_("叫“%(value)s”的地区不止一个：%(candidates)s。请改用代码，或写出上级地区。"),
            value=value,
            candidates=self.candidates,
        )


class UnknownTopicError(RequestError):
    def __init__(self, value: str, known: Sequence[str]) -> None:
        self.value = value
        super().__init__(
            N_("没有这个主题：%(value)s。可用的主题：%(known)s。"), value=value, known=tuple(known)
        )


class BadYearError(RequestError):
    def __init__(self, value: str) -> None:
        self.value = value
        super().__init__(N_("不是年份：%(value)s。请写 2025，或起止年份 2020-2025。"), value=value)


class BadNumberError(RequestError):
    """`wanted` says what it should be, and follows 应为."""

    def __init__(self, name: str, value: str, wanted: Message) -> None:
        self.name = name
        self.value = value
        super().__init__(
            N_("%(name)s 不能是 %(value)s：应为%(wanted)s。"), name=name, value=value, wanted=wanted
        )


class BadChoiceError(RequestError):
    def __init__(self, name: str, value: str, choices: Sequence[str]) -> None:
        self.name = name
        self.value = value
        super().__init__(
            N_("%(name)s 不能是 %(value)s：可用的有 %(choices)s。"),
            name=name,
            value=value,
            choices=tuple(choices),
        )


class BadWordingError(RequestError):
    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(N_("不是有效的提法编号：%(key)s。请从“提法”列表里的链接打开。"), key=key)


class NotAmongResultsError(RequestError):
    def __init__(self, report: str) -> None:
        self.report = report
        super().__init__(
            N_("选中的报告 %(report)s 不在这次检索的结果里。请刷新结果页，再选一次。"),
            report=report,
        )


class BadCollectionError(RequestError):
    def __init__(self, reason: Message) -> None:
        super().__init__(N_("摘录没能导出：%(reason)s"), reason=reason)


class RepeatedError(RequestError):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(N_("%(name)s 只能有一个值，请留下一个。"), name=name)


class UnknownReportError(TifaError):
    def __init__(self, report: str) -> None:
        self.report = report
        super().__init__(
            N_("这里没有编号为 %(report)s 的报告。请检查编号，或确认它属于别处的索引。"),
            report=report,
        )


class BadAddressError(TifaError):
    def __init__(self, address: str, message: Message | None = None) -> None:
        self.address = address
        super().__init__(
            message or Message(N_("不是有效的段落地址：%(address)s。"), {"address": address})
        )


class LostWordsError(BadAddressError):
    def __init__(self, address: str) -> None:
        lost = Message(N_("%(lost)s可以引用整篇报告。"), {"lost": Message(LOST_WORDS)})
        super().__init__(address, lost)


class OverridesError(TifaError):
    """metadata.csv cannot be used; `row` counts from 1, the heading being row 1."""

    def __init__(self, path: Path, row: int, column: str, reason: str | Message) -> None:
        self.path = path
        self.row = row
        self.column = column
        self.reason = str(reason)
        super().__init__(
            N_("%(path)s 第 %(row)s 行“%(column)s”列：%(reason)s"),
            path=str(path),
            row=row,
            column=column,
            reason=reason,
        )


class BadCellError(TifaError):
    """A value that a field of the metadata cannot have."""


class CorrectionError(TifaError):
    """A correction that cannot be made; `field` is the one with a wrong value, "" for none."""

    def __init__(self, field: str, reason: Message) -> None:
        self.field = field
        super().__init__(reason)


class ExtractionError(TifaError):
    """A file whose text could not be had. `reason` is for people; `page` counts from 1."""

    def __init__(self, path: Path, reason: str, page: int | None = None) -> None:
        self.path = path
        self.reason = reason
        self.page = page
        super().__init__(N_("%(path)s：%(reason)s"), path=str(path), reason=reason)

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
