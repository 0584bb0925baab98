"""Folded text -> words; the only importer of jieba.

Chinese is cut by jieba's algorithm and dictionary: by `rjieba`, its port, which is some 25 times
as fast, or by jieba itself where the port is not to be had. They agree on Chinese text; they
differ on Latin letters, digits and punctuation, so those are cut here and only Chinese goes in.
What `cutter()` says is recorded in the index, which is rebuilt when it changes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from functools import cache

_RUN = re.compile(
    r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々]+)"
    r"|(?P<number>\d+(?:\.\d+)*)"
    r"|(?P<other>[^\W\d_\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇々]+)"
)

Cut = Callable[[str], list[str]]


@cache
def _cutters() -> tuple[str, Cut, Cut]:
    """Name, the plain cutter and the search-mode one, which adds the words inside long words."""
    try:
        import rjieba
    except ImportError:
        import jieba  # loading it reads a 5 MB dictionary: only where it is needed

        jieba.setLogLevel(logging.WARNING)
        return "jieba", jieba.lcut, jieba.lcut_for_search
    return "rjieba", rjieba.cut, rjieba.cut_for_search


def cutter() -> str:
    """What cuts: recorded in the index, so that a change of it is noticed."""
    return f"{_cutters()[0]}-1"


def words(folded: str) -> list[str]:
    """The words of a folded text in order; together they are its letters, digits and ideographs."""
    return list(_pieces(folded, _cutters()[1]))


def search_words(folded: str) -> list[str]:
    """As `words`, and after each long word's parts the word itself: what is indexed."""
    return list(_pieces(folded, _cutters()[2]))


def _pieces(folded: str, cut: Cut) -> Iterator[str]:
    for run in _RUN.finditer(folded):
        if run.lastgroup == "han":
            yield from cut(run.group())
        else:
            yield run.group()
