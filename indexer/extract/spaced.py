"""Lines whose characters were set apart, 政 府 工 作 报 告, closed up.

Only where the whole line is set so: its words are single ideographs, perhaps with a mark or a
figure among them. Two characters set apart may be a name (王 凯), and stay.
"""

from __future__ import annotations

import re

from indexer.extract.clean import INVISIBLE
from indexer.extract.wraps import columns

_FEWEST = 4
_MARK = "，。、；：！？（）《》“”〈〉【】—…,.;:()%％"
_SINGLE = re.compile(f"[{_MARK}]*[\u3400-\u9fff〇○][{_MARK}]*")
_OTHER = re.compile(rf"[{_MARK}]*(?:[\d０-９]+[{_MARK}]*|[{_MARK}])")
_GAP = re.compile(f"[{INVISIBLE}]+")
_WORDS_APART = 2


def close_up(line: str) -> str:
    """`line`, stripped, without the blanks between its characters if it is set apart as a whole.

    A gap wider by two columns than the narrowest parts words, and leaves one blank.
    """
    if not _GAP.search(line[:6]):  # as nearly all lines
        return line
    words, gaps = _GAP.split(line), _GAP.findall(line)
    single = sum(_SINGLE.fullmatch(word) is not None for word in words)
    figures = sum(_OTHER.fullmatch(word) is not None for word in words)
    if single < max(_FEWEST, 0.5 * len(words)) or single + figures < len(words):
        return line
    widths = [columns(gap) for gap in gaps]
    apart = min(widths) + _WORDS_APART
    joints = ("" if width < apart else " " for width in widths)
    return words[0] + "".join(joint + word for joint, word in zip(joints, words[1:], strict=True))
