"""The parameters that several operations of the API share."""

from __future__ import annotations

from typing import Annotated, Literal

from flask_babel import lazy_gettext
from msgspec import Meta

from indexer.addresses import LONGEST_PASSAGE
from indexer.results import UNDECIDED, Mode
from indexer.vocabulary.topics import topics
from webapp.openapi import Parameter

_ID = Annotated[str, Meta(pattern="^[0-9a-hjkmnp-tv-z]{10}$")]
_ADDRESS = Annotated[
    str, Meta(pattern=r"^[0-9a-hjkmnp-tv-z]{10}\.[0-9]{1,9}\.[0-9]{1,9}\.[0-9a-hjkmnp-tv-z]{8}$")
]
_REGION = Annotated[str, Meta(pattern=f"^([0-9]{{6}}|{UNDECIDED})?$")]
_YEAR = Annotated[str, Meta(pattern=f"^([12][0-9]{{3}}(-[12][0-9]{{3}})?|{UNDECIDED})?$")]
_MODE: object = Literal[tuple(map(str, Mode))]
_TOPICS: object = list[Literal[("", UNDECIDED, *topics().keys)]]  # type: ignore[misc] # the vocabulary is data

QUERY = Parameter(
    "q", str, lazy_gettext("检索词，写法同网页上的检索框；不写就只按筛选条件"), "“发展”"
)
WHAT = (
    QUERY,
    Parameter(
        "region",
        list[_REGION],
        lazy_gettext(
            "行政区划代码，可以有几个，包括下级地区；不重名的地方也可以写名称。none 是未定"
        ),
        "",
    ),
    Parameter(
        "year",
        list[_YEAR],
        lazy_gettext("年份，或起止年份如 2020-2025；可以有几个。none 是未定"),
        "2020-2026",
    ),
    Parameter("topic", _TOPICS, lazy_gettext("主题代号，可以有几个。none 是未定"), ""),
    Parameter(
        "mode", _MODE, lazy_gettext("words：不加引号的字按词查；exact：整个当作一个短语"), "words"
    ),
    Parameter(
        "whole", Literal["0", "1"], lazy_gettext("1：数字要完整，5亿元 不算 15亿元 里的"), "0"
    ),
)
"""What to search for and where: for every operation that takes a search."""

REPORT = Parameter("id", _ID, lazy_gettext("报告的编号"), "0123456789", in_path=True)
PASSAGE = Parameter(
    "address",
    _ADDRESS,
    lazy_gettext("段落地址：编号.起点.字数.校验；最多 %(most)s 字", most=LONGEST_PASSAGE),
    "0123456789.0.4.00000000",
    in_path=True,
)


def at_most(highest: int, lowest: int = 0) -> object:
    """The type of a whole number within bounds."""
    return Annotated[int, Meta(ge=lowest, le=highest)]
