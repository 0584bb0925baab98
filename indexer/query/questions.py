"""Whole questions: what of them an answer can be expected to say."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.words import query_words

QUESTION_WORDS = frozenset(
    (
        *("谁", "什么", "啥", "哪", "哪些", "哪个", "哪里", "哪儿", "哪种", "哪位", "何"),
        *("何时", "何地", "何处", "何种", "何人", "何以", "几", "几个", "多少", "多久", "多大"),
        *("怎", "怎么", "怎样", "怎么样", "怎么办", "如何", "为什么", "为何", "为啥"),
        *("是否", "能否", "可否", "是不是", "有没有", "能不能", "会不会", "要不要"),
        *("吗", "呢", "么", "吧", "请问"),
    )
)
"""They ask, and an answer does not repeat them: interrogative pronouns, particles and A-not-A
forms, closed classes of the grammars (黄伯荣、廖序东《现代汉语》: 疑问代词, 语气词, 正反问).
"""

_LETTERS = re.compile(r"[^\W_]")


@lru_cache(1000)
def content(folded: str) -> tuple[str, ...]:
    """A folded query without its question words: the stretches between them.

    战国史模式主打哪两个模式 -> 战国史模式主打, 两个模式. A query of nothing else stays whole.
    """
    stretches = [""]
    end = 0
    for word in query_words(folded):
        start = folded.index(word, end)
        stretches[-1] += folded[end:start]
        end = start + len(word)
        if word in QUESTION_WORDS:
            stretches.append("")
        else:
            stretches[-1] += word
    stretches[-1] += folded[end:]
    kept = tuple(stretch for stretch in stretches if _LETTERS.search(stretch))
    return kept or (folded,)
