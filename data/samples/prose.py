"""Sections of prose: which sentences of a topic a report uses, and how they are set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from .banks import Document, Library, Section, Topic
from .drafts import Kind, Part, chinese, heading, paragraph
from .language import Voice, fill, fitting, least, pick, sample


@dataclass(frozen=True)
class Desk:
    """What a report is written with; the random numbers and used wordings go with the report."""

    document: Document
    library: Library
    voice: Voice
    random: Random
    worn: Counter[str]
    """How often each template has served in the reports written before and in this one."""
    used: set[str] = field(default_factory=set)

    @property
    def skeleton(self) -> Mapping[str, list[str]]:
        return self.library.skeletons[self.document.kind]

    @property
    def topics(self) -> list[Topic]:
        return [self.library.topics[key] for key in self.document.topics]

    def say(self, templates: Sequence[str], voice: Voice | None = None) -> str:
        """One of the templates, filled; a template serves once in a report."""
        voice = voice or self.voice
        fresh = [text for text in fitting(templates, voice.year) if text not in self.used]
        return fill(self._taken(fresh, 1)[0], voice, self.random)

    def several(
        self, templates: Sequence[str], count: int, voice: Voice | None = None
    ) -> list[str]:
        """Up to `count` of the templates in their order, filled; each serves once."""
        voice = voice or self.voice
        fresh = [text for text in fitting(templates, voice.year) if text not in self.used]
        return [fill(text, voice, self.random) for text in self._taken(fresh, count)]

    def _taken(self, fresh: Sequence[str], count: int) -> list[str]:
        chosen = least(self.random, fresh, count, self.worn.__getitem__)
        self.worn.update(chosen)
        self.used.update(chosen)
        return chosen

    def sections(self, topic: Topic, count: int) -> list[Section]:
        return sample(self.random, topic.sections, count)


def front(desk: Desk, mark: str) -> Iterator[Part]:
    """Masthead, number, title and the mark of a sample, as far as the document has them."""
    document = desk.document
    if document.style.masthead:
        yield Part(Kind.MASTHEAD, document.style.masthead)
    if document.number:
        yield Part(Kind.NUMBER, document.number)
    yield Part(Kind.TITLE, document.title)
    if document.occasion:
        yield Part(Kind.CAPTION, document.occasion)
    yield Part(Kind.MARK, mark)


def setting(desk: Desk, sentences: Sequence[str]) -> Iterator[Part]:
    """The sentences of one section: run on, counted off as 一是, or each on its own line."""
    manner = pick(desk.random, ("plain", "plain", "ordinal", "split", "numbered"))
    match manner:
        case "ordinal":
            counted = (f"{chinese(n)}是{text}" for n, text in enumerate(sentences, 1))
            yield paragraph("".join(counted))
        case "numbered":
            for number, text in enumerate(sentences, 1):
                yield paragraph(f"{number}.{text}")
        case "split" if len(sentences) > 3:
            yield paragraph("".join(sentences[:2]))
            yield paragraph("".join(sentences[2:]))
        case _:
            yield paragraph("".join(sentences))


def listed(opening: str, problems: Sequence[str]) -> Part:
    """Problems in one paragraph: 一是……；二是……。"""
    counted = (f"{chinese(n)}是{text}" for n, text in enumerate(problems, 1))
    return paragraph(f"{opening}{'；'.join(counted)}。")


def responsible(desk: Desk, topic: Topic) -> str:
    """Who leads and who helps, never twice the same in a report; empty for national issuers."""
    names = [fill(text, desk.voice, desk.random) for text in topic.departments]
    if not desk.voice.level.own or len(names) < 2:
        return ""
    lead, *others = names
    helpers = [*others, "、".join(others)] if len(others) > 1 else others
    orders = [f"（{lead}牵头，{helper}配合）" for helper in helpers]
    fresh = [order for order in orders if order not in desk.used]
    if not fresh:
        return ""
    chosen = pick(desk.random, fresh)
    desk.used.add(chosen)
    return chosen


def tasks(desk: Desk, level: int, start: int, per_topic: int, most: int) -> Iterator[Part]:
    """Headed sections of what is to be done, over all topics of the report."""
    number = start
    for topic in desk.topics:
        for section in desk.sections(topic, per_topic):
            yield heading(level, number, desk.say(section.headings))
            sentences = desk.several(section.todo, most)
            if desk.document.kind == "plan":
                sentences[-1] += responsible(desk, topic)
            yield from setting(desk, sentences)
            number += 1
