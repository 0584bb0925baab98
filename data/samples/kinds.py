"""From a document of the list to its draft: one function for each kind of report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from . import tables
from .banks import Document, Library, Section, Topic, written
from .drafts import (
    MARK,
    TRADITIONAL_MARK,
    Draft,
    Kind,
    Part,
    chinese,
    day,
    heading,
    paragraph,
    table,
)
from .language import fill, pick, sample
from .prose import Desk, front, listed, setting, tasks


def drafts(documents: Sequence[Document], library: Library) -> Iterator[Draft]:
    """The whole reports; the same for the same documents and banks, on every machine.

    Later reports prefer what earlier ones left, so that no two are much alike; a document
    added at the end changes none before it.
    """
    worn: Counter[str] = Counter()
    for document in documents:
        desk = Desk(document, library, library.voice(document), Random(document.path), worn)
        parts = tuple(KINDS[document.kind](desk))
        yield Draft(document.title, document.issuer, document.date, parts)


def law_report(desk: Desk) -> Iterator[Part]:
    law = desk.library.topics["law"]
    own = [topic for topic in desk.topics if topic.key != "law"]
    yield from front(desk, MARK)
    yield paragraph(desk.say(desk.skeleton["opening"]))

    first, *others = desk.sections(law, 4)
    fields = [(t, s) for t in own for s in desk.sections(t, desk.document.sections)]
    reported: list[Section] = [first, *(section for _, section in fields), *others]
    yield heading(1, 1, desk.say(desk.skeleton["work"]))
    for number, section in enumerate(reported, 1):
        yield heading(2, number, desk.say(section.headings))
        yield from setting(desk, desk.several(section.done, 3 + (len(reported) < 8)))

    yield heading(1, 2, desk.say(desk.skeleton["problems"]))
    problems = desk.several(law.problems, 2)
    for topic in own:
        problems += desk.several(topic.problems, 1 + (len(own) == 1))
    yield listed(desk.say(desk.skeleton["problem_opening"]), problems)

    yield heading(1, 3, desk.say(desk.skeleton["plans"]))
    yield paragraph(desk.say(desk.skeleton["plan_opening"]))
    intended = [*sample(desk.random, reported, 3)]
    for number, section in enumerate(intended, 1):
        yield heading(2, number, desk.say(section.headings))
        yield paragraph("".join(desk.several(section.todo, 2)))
    yield _signature(desk)


def open_report(desk: Desk) -> Iterator[Part]:
    """The six parts that the form of the annual disclosure report prescribes."""
    openness = desk.library.topics["openness"]
    own = [topic for topic in desk.topics if topic.key != "openness"]
    yield from front(desk, MARK)
    yield paragraph(desk.say(desk.skeleton["opening"]))
    yield heading(1, 1, "总体情况")
    for number, section in enumerate(openness.sections, 1):
        yield heading(2, number, desk.say(section.headings))
        yield from setting(desk, desk.several(section.done, 4))
    yield heading(2, 6, desk.say(desk.skeleton["topic_heading"]))
    yield paragraph(desk.say(desk.skeleton["topic_opening"]))
    for topic in own:
        for section in desk.sections(topic, desk.document.sections):
            yield from setting(desk, desk.several(section.done, 4))
    yield heading(1, 2, "主动公开政府信息情况")
    yield tables.proactive(desk.random)
    yield heading(1, 3, "收到和处理政府信息公开申请情况")
    yield tables.applications(desk.random)
    yield heading(1, 4, "政府信息公开行政复议、行政诉讼情况")
    yield tables.reviews(desk.random)
    yield heading(1, 5, "存在的主要问题及改进情况")
    yield listed(desk.say(desk.skeleton["problem_opening"]), desk.several(openness.problems, 3))
    yield paragraph(desk.say(desk.skeleton["improve_opening"]))
    improved = sample(desk.random, openness.sections, 3)
    remedies = [text for section in improved for text in desk.several(section.todo, 1)]
    yield from setting(desk, remedies)
    yield heading(1, 6, "其他需要报告的事项")
    yield paragraph(desk.say(desk.skeleton["other"]))
    yield _signature(desk)


def work_report(desk: Desk) -> Iterator[Part]:
    """What was done is told of the year before; what is to be done, of the report's year."""
    skeleton, past = desk.skeleton, desk.voice.of(desk.voice.year - 1)
    yield from front(desk, MARK)
    yield paragraph(desk.say(skeleton["opening"]))
    yield heading(1, 1, desk.say(skeleton["review"]))
    yield paragraph(desk.say(skeleton["review_opening"]))
    for topic in desk.topics:
        for section in desk.sections(topic, max(desk.document.sections, _least(topic))):
            lead = desk.say(section.headings, past)
            done = desk.several(section.done, 4, past)
            yield paragraph(f"{lead}。{''.join(done)}")
    yield paragraph(desk.say(skeleton["thanks"]))
    troubled = sample(desk.random, desk.topics, 4)
    problems = "；".join(text for topic in troubled for text in desk.several(topic.problems, 1))
    yield paragraph(desk.say(skeleton["problems"]).replace("【问题】", problems))
    yield heading(1, 2, desk.say(skeleton["tasks"]))
    yield paragraph(desk.say(skeleton["tasks_opening"]))
    number = 0
    for topic in desk.topics:
        for section in desk.sections(topic, _least(topic)):
            number += 1
            yield heading(2, number, desk.say(section.headings))
            yield from setting(desk, desk.several(section.todo, 4))
    yield heading(1, 3, desk.say(skeleton["self_heading"]))
    yield paragraph("".join(desk.several(skeleton["self"], 5)))
    yield paragraph(desk.say(skeleton["closing"]))


def plan(desk: Desk) -> Iterator[Part]:
    skeleton = desk.skeleton
    yield from front(desk, MARK)
    yield paragraph(desk.say(skeleton["opening"]))
    yield heading(1, 1, "总体要求")
    yield heading(2, 1, "指导思想")
    yield paragraph(desk.say(skeleton["guide"]))
    yield heading(2, 2, "基本原则")
    for text in desk.several(skeleton["principles"], 4):
        yield paragraph(text)
    yield heading(2, 3, "主要目标")
    yield paragraph("".join(g for t in desk.topics for g in desk.several(t.goals, 2)))
    for topic in desk.topics:
        if topic.indicators:
            yield from _indicators(desk, topic)
    yield heading(1, 2, "重点任务")
    yield from tasks(desk, 2, 1, desk.document.sections, 5)
    yield heading(1, 3, "保障措施")
    chosen = _safeguards(desk, 4)
    for number, (name, text) in enumerate(chosen, 1):
        yield heading(2, number, name)
        yield paragraph(text)
    yield _signature(desk)


def notice(desk: Desk) -> Iterator[Part]:
    skeleton = desk.skeleton
    yield from front(desk, MARK)
    below = desk.voice.level.below
    yield Part(Kind.FLUSH, f"各{below}有关部门、各直属单位：")
    yield paragraph(desk.say(skeleton["opening"]))
    body = list(tasks(desk, 1, 1, desk.document.sections, 5))
    yield from body
    number = 1 + sum(part.kind is Kind.HEADING for part in body)
    yield heading(1, number, desk.say(skeleton["requirements_heading"]))
    yield from setting(desk, desk.several(skeleton["requirements"], 4))
    yield paragraph(desk.say(skeleton["closing"]))
    yield _signature(desk)


def opinion(desk: Desk) -> Iterator[Part]:
    """Numbered from （一） on, through all sections, as opinions of governments are."""
    skeleton = desk.skeleton
    yield from front(desk, MARK)
    yield paragraph(desk.say(skeleton["opening"]))
    yield heading(1, 1, "总体要求")
    goals = [text for topic in desk.topics for text in desk.several(topic.goals, 2)]
    yield paragraph(desk.say(desk.library.skeletons["plan"]["guide"]) + "".join(goals))
    number, item = 1, 0
    for topic in desk.topics:
        for section in desk.sections(topic, desk.document.sections):
            number += 1
            yield heading(1, number, desk.say(section.headings))
            for text in desk.several(section.todo, 5):
                item += 1
                yield paragraph(f"（{chinese(item)}）{text}")
    yield heading(1, number + 1, pick(desk.random, ("组织实施", "强化工作落实", "保障机制")))
    safeguards = _safeguards(desk, 3)
    for name, text in safeguards:
        item += 1
        yield paragraph(f"（{chinese(item)}）{name}。{text}")
    yield paragraph(desk.say(skeleton["closing"]))
    yield _signature(desk)


def regulation(desk: Desk) -> Iterator[Part]:
    """Chapters and articles of a text that was written whole; articles count through."""
    document = desk.document
    yield from front(desk, MARK)
    act = "通过" if document.issuer.endswith("委员会") else "公布"
    yield Part(Kind.CAPTION, f"（{day(document.date)}{document.issuer}{act}）")
    number = 0
    effective = day(document.effective or document.date)
    for place, chapter in enumerate(written(document.written or "")["chapter"], 1):
        if chapter["heading"]:
            yield Part(Kind.CAPTION, f"第{chinese(place)}章　{chapter['heading']}")
        for article in chapter["articles"]:
            number += 1
            first, *items = article.replace("{生效}", effective).split("\n")
            yield paragraph(f"第{chinese(number)}条　{first}")
            yield from map(paragraph, items)


def measures(desk: Desk) -> Iterator[Part]:
    """A text in traditional characters that was written whole."""
    yield from front(desk, TRADITIONAL_MARK)
    for text in written(desk.document.written or "")["paragraphs"]:
        body = text.lstrip("#=")
        if text.startswith("#"):
            yield Part(Kind.HEADING, body, len(text) - len(body))
        else:
            yield Part(Kind.FLUSH if text.startswith("=") else Kind.PARAGRAPH, body)
    yield _signature(desk)


def _safeguards(desk: Desk, count: int) -> list[tuple[str, str]]:
    """Names and texts of what is to make sure that a plan is carried out."""
    chosen = sample(desk.random, desk.library.skeletons["plan"]["safeguards"], count)
    return [(name, fill(text, desk.voice, desk.random)) for name, text in chosen]


def _least(topic: Topic) -> int:
    """Sections that no work report leaves out: the economy stands for two, growth and jobs."""
    return 2 if topic.key == "economy" else 1


def _indicators(desk: Desk, topic: Topic) -> Iterator[Part]:
    base, target = desk.document.year - 1, desk.voice.names["目标年"]
    yield Part(Kind.CAPTION, f"{topic.label}主要指标表")
    filled = [[fill(cell, desk.voice, desk.random) for cell in row] for row in topic.indicators]
    numbered = [[str(n), *row] for n, row in enumerate(filled, 1)]
    yield table(["序号", "指标", "单位", f"{base}年基数", f"{target}年目标", "属性"], numbered)


def _signature(desk: Desk) -> Part:
    return Part(Kind.SIGNATURE, f"{desk.document.issuer}\n{day(desk.document.date)}")


KINDS: Mapping[str, Callable[[Desk], Iterator[Part]]] = {
    "law_report": law_report,
    "open_report": open_report,
    "work_report": work_report,
    "plan": plan,
    "notice": notice,
    "opinion": opinion,
    "regulation": regulation,
    "measures": measures,
}
