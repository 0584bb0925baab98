"""From the grounds of a report's metadata to the lines that the page shows of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from flask_babel import gettext

from indexer.records import StoredReport
from indexer.report import Ground, Place
from indexer.vocabulary.regions import regions
from webapp.language import Labels, Word


@dataclass(frozen=True, slots=True)
class Basis:
    """What a value was taken from: `words` as they stand `where`. `file` is a metadata.csv's path.

    `chinese` tells the value's language, where the page's own may be another. Topics have no
    words of their own: `terms` counts those that decided.
    """

    name: str
    value: str
    words: str
    terms: str
    where: str
    file: str = ""
    chinese: bool = True


def bases(stored: StoredReport, labels: Labels) -> tuple[Basis, ...]:
    """A line for every ground, in the order of the facts above them."""
    order = list(field_names())
    grounds = sorted(stored.grounds, key=lambda ground: order.index(ground.field))
    return tuple(_basis(ground, labels) for ground in grounds)


def field_names() -> dict[str, str]:
    """What a page calls the fields of a report's metadata, in the order in which it gives them."""
    return {
        "title": gettext("标题"),
        "region": gettext("地区"),
        "year": gettext("年份"),
        "topics": gettext("主题"),
        "kind": gettext("文种"),
        "issuer": gettext("发文机关"),
        "number": gettext("发文字号"),
        "date": gettext("日期"),
    }


def _basis(ground: Ground, labels: Labels) -> Basis:
    counted = ground.field == "topics" and ground.place is not Place.OVERRIDE
    value = _value(ground, labels)
    return Basis(
        name=field_names()[ground.field],
        value=value.text,
        words="" if counted or ground.words in (value.text, ground.value) else ground.words,
        terms=ground.words if counted else "",
        where="" if counted else _where(ground, labels.say),
        file=ground.file,
        chinese=value.chinese,
    )


def _value(ground: Ground, labels: Labels) -> Word:
    if not ground.value:
        return Word(labels.say("未定"), chinese=False)
    match ground.field:
        case "topics":
            return Word(labels.topic(ground.value), chinese=not labels.english)
        case "kind":
            return labels.kind(ground.value)
        case "region":
            names = " ".join(regions().names(ground.value))
            return Word(names or ground.value, chinese=True)
        case _:
            return Word(ground.value, chinese=True)


def _where(ground: Ground, say: Callable[[str], str]) -> str:
    match ground.place:
        case Place.TITLE:
            return say("标题")
        case Place.ISSUER:
            return say("发文机关")
        case Place.SIGNATURE:
            return say("落款")
        case Place.FILE_NAME:
            return say("文件名")
        case Place.FOLDER:
            return say("文件夹名")
        case Place.TEXT:
            return say("正文")
        case Place.OVERRIDE:
            name = PurePath(ground.file).name
            return say("由人改定：%(file)s 第 %(row)s 行") % {"file": name, "row": ground.row}
