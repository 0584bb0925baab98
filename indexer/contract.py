"""The JSON that the command and the API give, as types: what the API's description is made from.

The descriptions are for people who write programs against it. They are marked by `told`, so that
the page can show them in another language.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from msgspec import Meta


def told(description: str) -> Meta:
    """A field's description: a Chinese sentence, which the page may translate."""
    return Meta(description=description)


Count = Annotated[int, Meta(ge=0)]
Offset = Annotated[int, Meta(ge=0)]


class UnsearchableJson(TypedDict):
    files: Annotated[Count, told("没有文字可查的文件数")]
    pages: Annotated[Count, told("读入的报告里没有文字可查的页数")]


class RegionValueJson(TypedDict):
    value: Annotated[str | None, told("地区代码；null 是未定")]
    label: Annotated[str, told("地区名称")]
    count: Annotated[Count, told("报告数，下级地区的也算在内")]
    parent: Annotated[str | None, told("上级地区的代码")]


class YearValueJson(TypedDict):
    value: Annotated[int | None, told("年份；null 是未定")]
    label: str
    count: Annotated[Count, told("报告数")]


class TopicValueJson(TypedDict):
    value: Annotated[str | None, told("主题代号；null 是未定")]
    label: Annotated[str, told("主题名称")]
    count: Annotated[Count, told("报告数")]


class FacetsJson(TypedDict):
    region: list[RegionValueJson]
    year: list[YearValueJson]
    topic: list[TopicValueJson]


class PassageJson(TypedDict):
    text: Annotated[str, told("摘录，从句子开头到句子末尾")]
    marks: Annotated[
        list[Annotated[list[Offset], Meta(min_length=2, max_length=2)]],
        told("要标出的字：[起, 止)，从 0 数起，按 text 的字符（Unicode 码点）计"),
    ]
    paragraph: Annotated[Offset, told("所在段落的序号，从 0 数起")]
    page: Annotated[int | None, told("原件的页码；没有分页的格式是 null")]
    ocr: Annotated[bool, told("文字由识别图片得出，可能有错字")]
    address: Annotated[str, told("段落地址")]
    url: Annotated[str, told("打开这一段的网址")]


class FactsJson(TypedDict):
    """What is known of a report, in a list of hits and of the report itself."""

    id: Annotated[str, told("报告的编号，由文件内容算出")]
    title: str
    region: Annotated[list[str], told("地区名称，从省级往下；未定时为空")]
    region_code: Annotated[str | None, told("行政区划代码（GB/T 2260）")]
    year: Annotated[int | None, told("报告所属的年份")]
    topics: Annotated[list[str], told("主题代号，最主要的在前")]
    issuer: Annotated[str | None, told("发文机关")]
    date: Annotated[str | None, told("成文或发布日期，如 2026-03-11")]
    kind: Annotated[str | None, told("文种")]


class CopyJson(TypedDict):
    id: str
    title: str
    format: Annotated[str, told("文件格式")]
    url: Annotated[str, told("打开报告的网址")]


class HitJson(FactsJson):
    matches: Annotated[Count, told("匹配次数，互相重叠的也分别计数")]
    missing: Annotated[list[str], told("没有一份报告包含全部的词时，这一份缺少的词")]
    score: Annotated[float, told("相关度，只在同一次检索里可以比较")]
    url: Annotated[str, told("打开报告的网址")]
    same_as: Annotated[int | None, told("与第几条同文；从 1 数起")]
    copies: Annotated[list[CopyJson], told("同文的其他报告")]
    passages: list[PassageJson]


class PartJson(TypedDict):
    query: Annotated[str, told("检索词的一部分")]
    reports: Annotated[Count, told("照现在的筛选条件，单独查它找到的报告数")]
    anywhere: Annotated[Count, told("不加筛选条件找到的报告数")]
    inside: Annotated[list[PartJson], told("它自己的各部分")]


class WithoutJson(TypedDict):
    what: Annotated[str, told("去掉的条件")]
    query: str
    reports: Annotated[Count, told("去掉之后找到的报告数")]


class MeantJson(TypedDict):
    query: Annotated[str, told("相近的、确实有的写法")]
    reports: Annotated[Count, told("照现在的筛选条件找到的报告数")]
    anywhere: Annotated[Count, told("不加筛选条件找到的报告数")]


class DiagnosisJson(TypedDict):
    parts: list[PartJson]
    without: list[WithoutJson]
    meant: list[MeantJson]
    unsearchable: UnsearchableJson


class UseJson(TypedDict):
    id: Annotated[str, told("报告的编号，由文件内容算出")]
    title: str
    format: Annotated[str, told("文件格式")]
    region: Annotated[list[str], told("地区名称，从省级往下；未定时为空")]
    region_code: Annotated[str | None, told("行政区划代码（GB/T 2260）")]
    year: Annotated[int | None, told("报告所属的年份")]
    date: Annotated[str | None, told("成文或发布日期，如 2026-03-11")]
    issuer: Annotated[str | None, told("发文机关")]
    times: Annotated[Count, told("这份报告里有几处")]
    passage: PassageJson


class WordingJson(TypedDict):
    key: Annotated[str, told("提法的编号，可以用作参数 wording")]
    text: Annotated[str | None, told("第一处的原文")]
    marks: list[list[Offset]]
    reports: Annotated[Count, told("报告数")]
    texts: Annotated[Count, told("不同的文本数")]
    times: Annotated[Count, told("共几处")]
    first: Annotated[int | None, told("最早的年份")]
    last: Annotated[int | None, told("最近的年份")]
    regions: list[RegionValueJson]
    uses: list[UseJson]


class WordingListJson(TypedDict):
    total: Annotated[Count, told("不同的提法数")]
    sentences: Annotated[Count, told("共几句")]
    reports: Annotated[Count, told("这些句子所在的报告数")]
    looked_at: Annotated[Count, told("看过的报告数；太多时只看一部分")]
    loose: Annotated[bool, told("没有一句含有要找的全部")]
    entries: list[WordingJson]


class SearchJson(TypedDict):
    query: Annotated[str, told("输入的检索词")]
    parsed: Annotated[str, told("检索词是怎样理解的，可以当作检索词再用")]
    problems: Annotated[list[str], told("检索词里没能照字面理解的地方")]
    total: Annotated[Count, told("找到的报告数")]
    texts: Annotated[Count, told("其中不同的文本数")]
    occurrences: Annotated[int | None, told("总共多少处；有不加引号的词时是 null")]
    unsearchable: UnsearchableJson
    facets: FacetsJson
    hits: list[HitJson]
    diagnosis: NotRequired[Annotated[DiagnosisJson, told("没有找到时：哪一部分没有，怎样能找到")]]
    wordings: NotRequired[Annotated[WordingListJson, told("view=wordings 时：各种提法")]]


class SuggestionJson(TypedDict):
    text: Annotated[str, told("建议的词语、机关或标题")]
    kind: Literal["title", "issuer", "phrase"]
    reports: Annotated[Count, told("有多少份报告")]
    query: Annotated[str, told("照它检索要写的检索词")]
    url: Annotated[str, told("打开它的网址")]


class SuggestionsJson(TypedDict):
    query: str
    suggestions: list[SuggestionJson]


class GroundJson(TypedDict):
    field: Annotated[str, told("哪一项信息")]
    value: str
    words: Annotated[str, told("依据的原文")]
    place: Annotated[str, told("原文在哪里")]
    file: Annotated[str, told("改定它的 metadata.csv")]
    row: Annotated[int, told("那个文件的第几行")]


class CopiesJson(TypedDict):
    """One citation in every form."""

    markdown: Annotated[str, told("引文、出处和链接")]
    plain: Annotated[str, told("同上，纯文字")]
    html: Annotated[str, told("同上，供 Word 等粘贴")]
    citation: Annotated[str, told("GB/T 7714-2015 的著录")]
    ris: str
    bibtex: str
    csljson: str


class SelectionJson(TypedDict):
    address: Annotated[str, told("段落地址")]
    url: Annotated[str, told("打开这一段的网址")]
    words: Annotated[str, told("这些字，不带空白")]
    text: Annotated[str, told("原文")]
    title: Annotated[str, told("报告的标题")]
    page: Annotated[int | None, told("原件的页码；没有分页的格式是 null")]
    search: Annotated[str | None, told("检索这些字的网址；太长时是 null")]
    copies: CopiesJson


class PageJson(TypedDict):
    number: Annotated[int, told("页码，从 1 数起")]
    status: Annotated[
        Literal["text", "scanned", "garbled", "mixed", "empty"],
        told("文字、扫描图片、乱码、文字与图片都有、空白"),
    ]
    characters: Annotated[Count, told("读到的字数，空白不算")]
    recognised: Annotated[bool, told("文字由识别图片得出，可能有错字")]


class BlockJson(TypedDict):
    start: Annotated[Offset, told("在全文里的起点：各段之间算一个字符")]
    kind: Literal["title", "heading", "paragraph", "row", "note", "aside"]
    level: Annotated[int, told("标题的层次：一、是 1，（一）是 2；不是标题为 0")]
    page: Annotated[int | None, told("开始的页码")]
    text: Annotated[str | None, told("文字；表格的一行是 null")]
    cells: Annotated[list[str] | None, told("表格一行的各格；别的段落是 null")]


class ReportJson(FactsJson):
    sha256: Annotated[str, told("文件内容的 SHA-256")]
    state: Annotated[
        Literal["current", "replaced", "withdrawn"],
        told("现行；原处已换成别的文件；文件已不在"),
    ]
    successor: Annotated[str | None, told("替换它的报告的编号")]
    paths: Annotated[list[str], told("文件所在的位置")]
    number: Annotated[str | None, told("发文字号")]
    grounds: Annotated[list[GroundJson], told("各项信息的依据")]
    format: Annotated[str, told("文件格式")]
    warnings: Annotated[list[str], told("读入时发现的问题")]
    pages: list[PageJson]
    blocks: Annotated[list[BlockJson], told("全文，一段一段")]


class NewerJson(TypedDict):
    id: Annotated[str, told("报告的编号，由文件内容算出")]
    addresses: Annotated[
        list[str] | None, told("那里的段落地址，没有就是空的；不知道原来是哪些字时是 null")
    ]


class PassageReportJson(ReportJson):
    found: Annotated[
        Literal["same", "moved", "ambiguous", "gone"],
        told("这些字还在原处；挪了位置；不止一处；不在了"),
    ]
    words: Annotated[str | None, told("这些字，不带空白；哪一次读出的文字里都没有时是 null")]
    span: Annotated[
        Annotated[list[Offset], Meta(min_length=2, max_length=2)] | None,
        told("在全文里的位置 [起, 止)；位置说不准时是 null"),
    ]
    places: Annotated[
        list[Annotated[list[Offset], Meta(min_length=2, max_length=2)]],
        told("不止一处时：可能是的各处"),
    ]
    newer: Annotated[NewerJson | None, told("替换它的报告里，这些字在哪里")]


class ProblemJson(TypedDict):
    """RFC 9457, with a name for programs beside it."""

    type: str
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: Annotated[str, told("出了什么问题，怎么办")]
    code: Annotated[str, told("问题的名称，供程序判断，如 unknown-region")]
    instance: NotRequired[str]
