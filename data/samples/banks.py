"""Reads the TOML files: sentences by topic, skeletons by kind, and the list of documents."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .language import LEVELS, Phrase, Voice

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Section:
    """One subject of a topic: headings to choose from, what was done, what is to be done."""

    headings: tuple[str, ...]
    done: tuple[str, ...]
    todo: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    label: str
    departments: tuple[str, ...]
    sections: tuple[Section, ...]
    problems: tuple[str, ...]
    goals: tuple[str, ...]
    indicators: tuple[tuple[str, ...], ...]
    """Rows of name, unit, base, target, nature."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the file is written, where that is not the usual way of its format."""

    encoding: str = "utf-8"
    newline: str = "\n"
    wrap: int | None = None
    """Characters after which a line of text is broken, mid-sentence."""
    page: int | None = None
    """Characters after which a page of a converted PDF ends, mid-sentence."""
    running: str | None = None
    styled: bool = True
    """Whether headings of a DOCX carry Word's heading styles."""
    masthead: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One report of the list; `path` is under the output folder, `date` ISO 8601."""

    path: str
    kind: str
    province: str
    place: str
    level: str
    issuer: str
    own: str
    year: int
    date: str
    title: str
    topics: tuple[str, ...]
    sections: int = 3
    subject: str | None = None
    genre: str = "方案"
    target: int | None = None
    number: str | None = None
    occasion: str | None = None
    """Where and when a speech was given; stands under its title."""
    written: str | None = None
    effective: str | None = None
    style: Style = Style()


@dataclass(frozen=True)
class Library:
    topics: Mapping[str, Topic]
    skeletons: Mapping[str, Mapping[str, Any]]
    phrases: tuple[Phrase, ...]

    def voice(self, document: Document) -> Voice:
        """The issuer of a document speaking of the document's year."""
        level = LEVELS[document.level]
        above = "自治区" if level.above == "省" and "自治区" in document.province else level.above
        names = {
            "地": document.place,
            "机关": document.issuer,
            "本机关": document.own,
            "主题": document.subject or self.topics[document.topics[0]].label,
            "目标年": str(document.target or document.year + 1),
            "文种": document.genre,
            "全市": level.whole,
            "我市": level.ours,
            "市": level.own,
            "上级": above,
            "县区": level.below,
            "局": level.bureau,
        }
        return Voice(document.province, level, document.year, names, self.phrases)


def load_library() -> Library:
    topics = [_topic(_read(path)) for path in sorted((HERE / "banks").glob("*.toml"))]
    phrases = tuple(
        Phrase(
            slot=entry["slot"],
            text=entry["text"],
            first=entry.get("from", 0),
            last=entry.get("until", 9999),
            provinces=tuple(entry.get("provinces", ())),
        )
        for entry in _read(HERE / "phrases.toml")["phrase"]
    )
    return Library(
        topics={topic.key: topic for topic in topics},
        skeletons=_read(HERE / "skeletons.toml"),
        phrases=phrases,
    )


def load_documents() -> list[Document]:
    return [
        Document(
            **{
                **entry,
                "topics": tuple(entry["topics"]),
                "style": Style(**entry.get("style", {})),
            }
        )
        for entry in _read(HERE / "documents.toml")["document"]
    ]


def written(name: str) -> dict[str, Any]:
    """A text that was written whole: the chapters of a regulation, or paragraphs."""
    return _read(HERE / "written" / f"{name}.toml")


def _topic(data: Mapping[str, Any]) -> Topic:
    return Topic(
        key=data["key"],
        label=data["label"],
        departments=tuple(data.get("departments", ())),
        sections=tuple(
            Section(tuple(entry["heading"]), tuple(entry["done"]), tuple(entry["todo"]))
            for entry in data["section"]
        ),
        problems=tuple(data["problems"]),
        goals=tuple(data.get("goals", ())),
        indicators=tuple(tuple(row) for row in data.get("indicators", ())),
    )


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
