"""What a report is about: its title, its purpose, and how much of its text is on each subject.

The text is taken passage by passage; each is shared out among the topics that its terms tell of, so
that neither one word repeated nor a list of everything carries the day. A title says what an
ordinary document is about; of the rest, a topic must hold a good part of the text. A government's
work report has one title for all subjects: there the headings, and the openings of paragraphs, say
what its parts are about, and every subject with a marked part of its own counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import log2

from indexer.folding import fold
from indexer.metadata.evidence import Evidence
from indexer.metadata.finding import Finding, Place
from indexer.metadata.topic_terms import (
    Hit,
    body_terms,
    divided,
    names_office,
    title_terms,
    told,
    weigh,
)
from indexer.report import BARRIER
from indexer.vocabulary.topics import TITLE_WEIGHT, topics

MOST = 6
"""Topics that one document carries at most."""
MOST_OF_WORK_REPORT = 10
"""Topics that a government's work report carries at most."""

_LEAST = 0.35
"""The score below which a text is not about a subject; a telling term in the title makes 1."""
_SHARE = 0.4
"""The share of the best topic's score that another must reach."""
_MARKED_PART = 0.045
"""The score in a work report, whose all topics make 2, that stands for a part of its own."""
_FIELD = 0.2
"""The share of the text from which on it is the field of a document on a cross-cutting subject."""
_QUALIFIER = 0.7
"""What a term in a title counts that only qualifies another: 机动车 in 机动车排气污染防治."""
_TITLE_ONLY, _BORNE_OUT = 0.5, 0.08
"""What a title's term counts of whose topic the text says nothing; the share that is enough."""
_PURPOSE = 0.4
_OFFICE_IN_TITLE = 0.5
_TELLING = 4.0
"""The weight of terms from which on a passage counts in full."""
_SHOWN = 5
"""Terms named as having decided."""

_WORK_REPORT = "政府工作报告"
_ISSUED_BY = re.compile(
    r"^[^《》]{0,80}?(?:厅|部|局|委|委员会|办公室|政府|小组|国务院|常委会|残联)(?=关于|印发|转发|令)"
)
_AIM = re.compile(r"为[^。]{6,220}?(?:制定|结合|根据|依照|依据)")
_AIM_WITHIN = 1500
_CHAPTER = re.compile(r"^第[^章]{1,3}章")
_LIABILITY = re.compile(r"^第[^章]{1,3}章(?:法律责任|罚则|附则|奖励与处罚|奖惩)")
_MARKED = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、是]|第[一二三四五六七八九十]+[,、]")
_MARK = 3.0
"""What the opening of a numbered part counts beside that of another paragraph."""
_OPENING = 30
_LONG, _PIECE = 300, 120
"""A paragraph longer than the first is taken in pieces of whole sentences of about the second."""
_AND = "和与及、暨·"


@dataclass(frozen=True)
class _Reading:
    """Topics by where they stand: in the title (0 to 1), purpose, text and openings (1 in all)."""

    title: Mapping[str, float]
    aim: Mapping[str, float]
    body: Mapping[str, float]
    openings: Mapping[str, float]
    title_counts: Counter[int]
    body_counts: Counter[int]


def find_topics(evidence: Evidence, kind: str | None = None) -> tuple[Finding[str], ...]:
    """The topics, the strongest first, each with the terms that told and their counts; () if none.

    `kind` is the label of the kind of document. The place is the title where it alone decides.
    """
    return topics_of(evidence.title, evidence.body, kind)


def topics_of(title: str, body: str, kind: str | None = None) -> tuple[Finding[str], ...]:
    """The topics of a title and a body (lines), the strongest first."""
    read = _read(title, body)
    if kind == _WORK_REPORT and read.openings:
        chosen = _chosen(_scores_of_parts(read), lambda _: _MARKED_PART)[:MOST_OF_WORK_REPORT]
        return tuple(Finding(key, _words(key, read), Place.TEXT) for key, _ in chosen)
    scores = _scores(read)
    least = max(_LEAST, max(scores.values(), default=0.0) * _SHARE)
    fields = _fields(scores, read)
    chosen = _chosen(scores, lambda key: 0.0 if key in fields else least)[:MOST]
    return tuple(
        Finding(
            key,
            _words(key, read),
            Place.TITLE if read.title.get(key, 0.0) >= least else Place.TEXT,
        )
        for key, _ in chosen
    )


def _chosen(scores: Mapping[str, float], least: Callable[[str], float]) -> list[tuple[str, float]]:
    """Topics with their scores, the strongest first, without those below what each must reach."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [(key, score) for key, score in ranked if score >= least(key)]


def _fields(scores: Mapping[str, float], read: _Reading) -> frozenset[str]:
    """The fields that a document on a cross-cutting subject is about: enforcement, in health."""
    crossing = {topic.key for topic in topics().all if topic.cross_cutting}
    if not scores or max(scores, key=lambda key: scores[key]) not in crossing:
        return frozenset()
    return frozenset(
        key for key, share in read.body.items() if share >= _FIELD and key not in crossing
    )


def _scores(read: _Reading) -> dict[str, float]:
    return {
        key: read.title.get(key, 0.0) * _borne_out(read.body.get(key, 0.0), bool(read.body))
        + _PURPOSE * read.aim.get(key, 0.0)
        + read.body.get(key, 0.0)
        for key in {*read.title, *read.aim, *read.body}
    }


def _borne_out(share: float, has_text: bool) -> float:
    """What a title's word counts of which the text has little to say."""
    return 1.0 if not has_text else _TITLE_ONLY + (1 - _TITLE_ONLY) * min(1.0, share / _BORNE_OUT)


def _scores_of_parts(read: _Reading) -> dict[str, float]:
    usual = {topic.key: topic.work_report for topic in topics().all}
    return {
        key: (read.body.get(key, 0.0) + read.openings.get(key, 0.0)) * usual[key]
        for key in {*read.body, *read.openings}
    }


def _read(title: str, body: str) -> _Reading:
    named = _ISSUED_BY.sub("", fold(title))
    title_hits = tuple(title_terms().find(named))
    mass: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    counts: Counter[int] = Counter()
    for passage, is_first in _passages(body):
        hits = body_terms().subjects(passage)
        if not hits:
            continue
        counts.update(hit.term for hit in hits)
        strength = weigh(hits)
        mass.update(divided(strength, len(passage) * min(1, sum(strength.values()) / _TELLING)))
        if is_first:
            end = _opening(passage)
            weight = _MARK if _MARKED.match(passage) else 1.0
            opened.update(divided(weigh(tuple(h for h in hits if h.end <= end)), weight))
    aim = _AIM.search(fold(body[:_AIM_WITHIN]))
    return _Reading(
        _titled(named, title_hits),
        _shares(weigh(body_terms().subjects(aim[0]))) if aim else {},
        _shares(mass),
        _shares(opened),
        Counter(hit.term for hit in title_hits),
        counts,
    )


def _titled(title: str, hits: tuple[Hit, ...]) -> dict[str, float]:
    """How far the title names each topic, 1 for outright."""
    found: dict[str, float] = {}
    for number, hit in enumerate(hits):
        share = _OFFICE_IN_TITLE if names_office(title, hit.end) else 1.0
        joined = title[hit.end : hit.end + 1] in _AND
        if not joined and any(_overrules(later, hit) for later in hits[number + 1 :]):
            share *= _QUALIFIER
        for key, weight in hit.weights.items():
            found[key] = max(found.get(key, 0.0), share * weight / TITLE_WEIGHT)
    return found


def _overrules(later: Hit, hit: Hit) -> bool:
    return max(later.weights.values()) >= TITLE_WEIGHT and not later.weights.keys() & hit.weights


def _passages(body: str) -> Iterator[tuple[str, bool]]:
    """(folded passage, whether it begins a paragraph), without chapters on penalties."""
    passed_over = False
    for line in fold(body.replace("\n", BARRIER)).split(BARRIER):
        if _CHAPTER.match(line):
            passed_over = _LIABILITY.match(line) is not None
        if passed_over or not line:
            continue
        if len(line) <= _LONG:
            yield line, True
        else:
            yield from _pieces(line)


def _pieces(line: str) -> Iterator[tuple[str, bool]]:
    start = 0
    while start < len(line):
        stop = line.find("。", min(start + _PIECE, len(line)))
        end = stop + 1 if stop >= 0 else len(line)
        yield line[start:end], start == 0
        start = end


def _opening(passage: str) -> int:
    ends = (passage.find(mark) for mark in "。;")
    return min([end for end in ends if end >= 0] + [_OPENING])


def _shares(amounts: Mapping[str, float]) -> dict[str, float]:
    whole = sum(amounts.values())
    return {key: amount / whole for key, amount in amounts.items()} if whole else {}


def _words(key: str, read: _Reading) -> str:
    """法治政府 12、行政执法 5: the terms that told most, with how often they stand there."""
    count: Counter[str] = Counter()
    weight: dict[str, float] = {}
    for terms, counts in (
        (title_terms(), read.title_counts),
        (body_terms(), read.body_counts),
    ):
        for weighs, term, often in told(key, terms, counts):
            count[term] += often
            weight[term] = max(weight.get(term, 0.0), weighs)
    best = sorted(count, key=lambda term: (-weight[term] * log2(1 + count[term]), term))
    return "、".join(f"{term} {count[term]}" for term in best[:_SHOWN])
