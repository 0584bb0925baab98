"""What state a page is in: text, scanned, garbled, mixed or empty.

Two signs tell a text layer that does not say what is printed. The first is the file's own: the
share of characters whose font has no way to Unicode (a quarter and more on bad pages, 4 % and
less on good ones). The second is what the characters are: fonts that map to the wrong places
give plausible ideographs that nobody uses. Of the ideographs of a good page 34 % and more are
among the 500 most frequent (a page of reports never has less than 64 %), of a bad one 4 % and
less by chance; 13 % where the wrong places are those of everyday characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.extract.clean import unify, visible
from indexer.extract.common import is_frequent
from indexer.report import PageStatus

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""

_JUDGED_FROM = 50
"""Ideographs that it takes to judge by how frequent they are."""
_LOST_GOOD, _LOST_BAD = 0.04, 0.25
_FREQUENT_LEAST, _FREQUENT_GOOD = 0.2, 0.35
_LOST_LEAST = 20
"""Fewer lost characters are bullets and ornaments, whatever their share."""
_IDEOGRAPH = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
# No font that says what it prints maps to these: private use, no character, a replaced one.
_NOTHING = re.compile("[\ue000-\uf8ff\ufffd\ufffe\uffff\x00-\x08\x0e-\x1f]")
_LARGE = 0.3
"""The share of a page from which a picture on it counts as a page's content, not as a seal,
an emblem or a signature; a seal of 4.5 cm on A4 covers 3 %."""
_PICTURES = 200
_BESIDE = 0.1
"""A picture with more than this share of a page's text on it is that text's background."""


def page_status(
    mapped: str, unmapped: str, *, pictures: bool = False, uncovered: bool = False
) -> PageStatus:
    """The state of a page that says `mapped`, and `unmapped` in fonts without a way to Unicode.

    `pictures` tells whether there are any, `uncovered` whether a large one stands beside the
    text (`large_picture`).
    """
    mapped, unmapped = visible(unify(mapped)), visible(unify(unmapped))
    if not mapped and not unmapped:
        return PageStatus.SCANNED if pictures else PageStatus.EMPTY
    lost = _lost(mapped, unmapped)
    share = lost / (len(mapped) + len(unmapped))
    if _frequent(mapped) < _FREQUENT_LEAST or (share >= _LOST_BAD and not _is_good(mapped)):
        return PageStatus.GARBLED
    in_part = share > _LOST_GOOD and lost >= _LOST_LEAST
    return PageStatus.MIXED if in_part or uncovered else PageStatus.TEXT


def large_picture(
    pictures: Iterable[Box], glyphs: Sequence[tuple[float, float]], size: tuple[float, float]
) -> bool:
    """Whether pictures take up much of the page beside the text: not under it, as backgrounds do.

    A scan may be cut into strips, so they are taken together. `glyphs` holds the middles of the
    characters; `size` is the page's, in points.
    """
    shown = [box for box in pictures if box[2] > box[0] and box[3] > box[1]][:_PICTURES]
    if sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in shown) < _LARGE * size[0] * size[1]:
        return False
    on = sum(any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in shown) for x, y in glyphs)
    return on <= max(_BESIDE * len(glyphs), _JUDGED_FROM)


def _lost(mapped: str, unmapped: str) -> int:
    """How many characters are not what is printed.

    Some files lack the map and are right all the same, their codes being Unicode's.
    """
    return len(_NOTHING.findall(mapped)) + (0 if _is_good(unmapped) else len(unmapped))


def _is_good(text: str) -> bool:
    return len(_IDEOGRAPH.findall(text)) >= _JUDGED_FROM and _frequent(text) >= _FREQUENT_GOOD


def _frequent(text: str) -> float:
    """The share of frequent ideographs among the ideographs; 1 where it tells nothing.

    Japanese and Korean write few ideographs, and others.
    """
    ideographs = _IDEOGRAPH.findall(text)
    if len(ideographs) < _JUDGED_FROM or len(ideographs) < 2 * len(_KANA_OR_HANGUL.findall(text)):
        return 1.0
    return sum(map(is_frequent, ideographs)) / len(ideographs)
