"""Bodies that speak for the whole country, and those of their branches that speak for a place."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from indexer import vocabulary

_STATE = (
    r"国家(?!级|(?:卫生|森林|园林|文明|环保|生态|历史|食品)[\u4e00-\u9fff]{0,4}[城县镇乡区村市])"
    r"[\u4e00-\u9fff]{1,14}?(?:总局|局|委员会|[革委教科民体经计改]委|办公室|署|中心)(?!部)"
)
"""国家统计局, 国家卫生健康委员会, and not what strives to be a 国家卫生城市."""
_ENDS_OTHERWISE = r"(?![门分]|署[名前])"
"""财政部门, 公安部分: a word that goes on."""
_BRANCH = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:局|支行|分行|总部|办事处|专员办|特派办|特派员办|调查队|总队|海关|监管办|法院"
    r"|检察院|军区|委员会|中心|监察站|分署|管理处)"
)
"""How the names of local branches end: 国家税务总局|河北省|税务局."""
SEVERAL_PROVINCES = re.compile("(?:东北|华北|华东|华中|华南|中南|西北|西南)[\u4e00-\u9fff]{0,6}局")
"""What stands behind the body in the name of a branch for more than one province."""
_NO_BRANCHES = re.compile(r"国务院|中共中央|党中央|全国人|政务院|中央人民政府")

_ISSUED = re.compile(r"(?:[^。《》]|《[^》]*》){0,60}?(?:印发|公布|发布|编写|下发|出台|制定)")
_CITED = re.compile(r"贯彻|落实|根据|按照|依据|《[^》]*$")


@cache
def bodies() -> re.Pattern[str]:
    """Any of them, where it stands."""
    lines = files(vocabulary).joinpath("national.txt").read_text(encoding="utf-8").splitlines()
    listed = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    longest_first = "|".join(map(re.escape, sorted(listed, key=len, reverse=True)))
    return re.compile(rf"(?:{_STATE}|{longest_first}){_ENDS_OTHERWISE}")


def has_branches(body: str) -> bool:
    """Whether a place behind `body`, and the end of a branch's name, make it a local one."""
    return not _NO_BRANCHES.match(body)


def ends_branch(text: str, at: int) -> bool:
    """Whether what stands in `text` behind the place, from `at` on, makes it a branch's name."""
    return _BRANCH.match(text, at) is not None


def actor(text: str) -> str | None:
    """The national body that `text` tells, in its own words, to have issued something."""
    for match in bodies().finditer(text):
        if _ISSUED.match(text, match.end()) and not _CITED.search(text[: match.start()][-12:]):
            return match[0]
    return None
