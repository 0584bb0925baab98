"""The title of a report: which of its first blocks it stands in, and how it is written out.

`title_of` looks at the wording of the lines before the first running text. Above a title stand
mastheads, document numbers, decrees' numbers and a page's navigation; below it the meeting, the
speaker, the date. A title is often broken into several lines, the issuer on the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extract import marks
from indexer.extract.clean import strip
from indexer.menus import menu_lines
from indexer.report import BARRIER, Block, BlockKind

LONGEST = 120
"""Characters that a title has at most."""

_SEARCHED = 14
"""Blocks at the start among which the title is looked for."""
_MENUS = 60
"""Blocks at the start among which a page's menus stand."""
_DECREED = 15
"""Blocks after a decree's sentence within which the text that it decrees begins."""
_LINES = 3
"""Lines looked ahead for the one that ends a title."""
_WRAPPED = 10
"""Characters from which a line is so long that a title may have been broken after it."""
_REST = 12
"""Characters that the rest of a title has at most where its first part could be whole."""

_TRAIL = r"(?:\s*[（(\[【〔][^）)\]】〕]*[）)\]】〕]|[”》])*$"
_GENRES = (
    r"报告|意见|通知|办法|条例|规定|决定|决议|方案|规划|纲要|公报|细则|[复来]?函|批复|通告|公告|通报|议案|命令|"
    r"解读|讲话|总结|计划|措施|要点|指南|指引|规程|规则|规范|标准|目录|清单|公约|章程|制度|提案|"
    r"说明|答复|纪要|白皮书|贺词|致辞|摘要|预案|举措|问答|答记者问|年报|汇报|[^方办]法"
)
_GENRE = re.compile(rf"(?:{_GENRES}){_TRAIL}")
_NOUN = re.compile(rf"(?:{_GENRES}|建议|情况|政策|工作|工程|行动){_TRAIL}")
_NUMBER = r"[\d○〇零一二三四五六七八九十百]+"
_NO_TITLE = re.compile(
    r".{0,40}(?:文件|公文处理笺|[会府局厅部院]文)(?:[（(].{1,3}[）)])?$"
    r"|(?![^（(]{6,}[（(].*号\s*[）)]$).{0,20}[〔\[［【（(]\s*\d{4}\s*[〕\]］】）)]\s*第?\s*\d*\s*号"
    rf"|第?\s*{_NUMBER}\s*号$"
    r"|(?:特急|急件|加急|平急|机密|秘密|绝密)(?:\W.*)?$"
    r"|(?:目\s*录|签发人|索引号|发文|成文|主题分类|附件)"
    r"|(?!.{0,6}(?:解读|读懂|图解|问答))[一-鿿 \u3000]{2,8}[：:]"
    r"|[^<《]*[>›»]|.{0,20}(?:门户网站|政府网站?|日报社?|晚报)$"
    r"|(?:首页|公开|内部|(?:政务|政府信息|信息|主动|法定主动)公开(?:目录|指南|专栏|平台)?|通知公告|公告公示|公示公告"
    r"|政策(?:文件|法规|解读)?|(?:重要|规范性|行政规范性|其他)文件|规划计划|计划总结|工作动态|法律法规)$"
    r"|[-—–―－─]{2}|[（(].*[）)]$|\d{4}年\d{1,2}月\d{1,2}日"
)
_CHINESE = re.compile("[一-鿿]")
_MASTHEAD = re.compile(
    rf"[^《》]{{2,30}}令(?:[（(〔\[【]\s*\d{{4}}\s*[）)〕\]】])?\s*(?:第?\s*{_NUMBER}\s*号)?$"
    rf"|[^《》]{{4,30}}(?:委员会|人民代表大会|人民政府)公告\s*(?:第?\s*{_NUMBER}\s*号)?$"
    r"|[^《》]{2,20}(?:人民政府|国务院|委员会)公报$"
)
_FROM = re.compile(r"(?:关于|对|在)")
_SENT = re.compile(r"(?:印发|转发|批转|公布|发布|下达|废止|修改|修订)")
_SENT_WHOLE = re.compile(r"的[^的]{1,6}$|》$")
_ABOUT_WHOLE = re.compile(
    rf"(?:意见|通知|报告|决定|决议|通告|公告|函|批复|通报|讲话|解读){_TRAIL}|的[^的]{{0,6}}(?:{_GENRES}){_TRAIL}"
)
_ABOUT_IT = re.compile(r"的?(?:政策)?(?:解读|问答|解读问答|起草说明|说明)")
_SUFFIX = re.compile(
    r"[（(](?:\d{4}\s*年?度?(?:\s*[—－\-~～至]+\s*\d{4}\s*年?)?"
    r"|.{0,8}(?:试行|暂行|草案|修订|修正|征求意见|送审|讨论|摘要|节选|全文|[版稿批])[^）)]{0,3})[）)]"
)
_ITSELF = re.compile(
    r"\d{4}年|[一-鿿]{2,6}?(?:[省县州盟旗]|自治区|市(?!场)|区(?!域))|中共|国务院|中华人民共和国"
)
_OCCASION = re.compile(
    r"\s*(?:[（(][^（()）]*\d{4}年\d{1,2}月\d{1,2}日[^（()）]*[）)]|[（(][^（()）]*会议上?[）)]"
    r"|[—―─-]{2,}\s*\d{4}年.*(?:会议|大会)上?)\s*[一-鿿 \u3000]{0,20}$"
)
"""The meeting, or the adoption, printed behind a title in one line, perhaps with the speaker."""
_DECREE = re.compile(
    r"[^《。]{0,60}《([^》]{4,80})》[^。《》]{0,4}[已业][^。]{0,70}(?:通过|批准|同意)"
)
_OUTER = str.maketrans("〈〉", "《》")
_OPEN_PAIRS = ("《》", "（）", "()", "“”", "〈〉")
_BLANKS = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])\s+(?=[^\x00-\x7f])")
_AT_MARKS = re.compile(r"\s+(?=[《（〈“”》）〉、])|(?<=[《（〈“”》）〉、])\s+")
_NUMBERED = re.compile(
    r"^[一-鿿]{2,10}\s*[〔﹝\[【［（(]\s*\d{4}\s*[〕﹞\]】］）)]\s*第?\s*\d+\s*号\s*(?=[一-鿿《]{4})"
    r"|(?<=[一-鿿》])\s*[（(]\s*[一-鿿]{2,10}\s*[〔﹝\[【［]\s*\d{4}\s*[〕﹞\]】］]\s*第?\s*\d+\s*号\s*[）)]$"
)
"""The document's number, printed before or behind the title in one line."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""What a font or an editor keeps for itself and no other shows."""
_CUT = re.compile(r"\s*\.{3,}$")
_SPREAD = re.compile(r"(?<![^\s])[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff]){2,}(?![^\s])")
_WHITE = re.compile(r"\s+")


def title_of(blocks: Sequence[Block]) -> tuple[str, tuple[int, ...]]:
    """The title and the numbers of the blocks it stands in; ("", ()) for none.

    A decree may name the text that it puts in force without that text having a heading of its
    own: then there is a title, and no block.
    """
    front = _front(blocks)
    run = _styled(blocks, front[:_SEARCHED])
    if not run:
        run, name = _found(blocks, front)
        if name:
            return tidy(name), ()
    return _OCCASION.sub("", tidy(_joined([blocks[n].text for n in run]))), tuple(run)


def _front(blocks: Sequence[Block]) -> list[int]:
    """The numbers of the blocks that are the report's own, without a page's menus and tables."""
    asides = {n for n, block in enumerate(blocks) if block.kind is BlockKind.ASIDE}
    texts = [block.text for block in blocks[:_MENUS]]
    about = {n for n in range(1, len(texts)) if texts[n - 1].endswith("》")}
    # 政策解读 is a column of many sites, and ends a title that begins with 《…》 above it.
    menus = menu_lines(texts, asides) - {n for n in about if _ABOUT_IT.fullmatch(texts[n])}
    return [n for n in range(len(blocks)) if n not in asides and n not in menus]


def _joined(lines: Sequence[str]) -> str:
    """Lines as one: with a blank only where two Latin words meet."""
    text = ""
    for line in lines:
        meet = text[-1:].isascii() and line[:1].isascii() and text and line
        text += f" {line}" if meet else line
    return text


def _styled(blocks: Sequence[Block], front: Sequence[int]) -> list[int]:
    """The title that the format marks as one."""
    for n in front:
        if blocks[n].kind is BlockKind.TITLE and _may_be_marked(blocks[n].text):
            return _run(blocks, front, n)
    return []


def _may_be_marked(text: str) -> bool:
    return not (marks.numbering(text) or _NO_TITLE.match(text) or _MASTHEAD.match(text))


def _found(blocks: Sequence[Block], front: Sequence[int]) -> tuple[list[int], str]:
    """The first lines that read like a title; else the name of what a decree puts in force."""
    plain: list[int] = []
    letterhead: list[int] = []
    passed = -1
    for n in front[:_SEARCHED]:
        block = blocks[n]
        if block.kind is BlockKind.HEADING and block.level == 1 and _may_be_marked(block.text):
            return _run(blocks, front, n), ""
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or is_text(block.text):
            if decree := _DECREE.match(block.text):
                return _decreed(blocks, front, n, decree[1].translate(_OUTER))
            break
        if n <= passed or not _may_be_title(block.text):
            continue
        run = _run(blocks, front, n)
        passed = run[-1]
        whole = "".join(blocks[number].text for number in run)
        if len(run) == 1 and (_MASTHEAD.match(whole) or marks.is_issuer(whole)):
            letterhead = letterhead or run
        elif _NOUN.search(whole):
            return run, ""
        else:
            plain = plain or run
    return plain or letterhead, ""


def _decreed(
    blocks: Sequence[Block], front: Sequence[int], at: int, name: str
) -> tuple[list[int], str]:
    bare = _WHITE.sub("", name)
    for n in front[front.index(at) + 1 :][:_DECREED]:
        if _WHITE.sub("", blocks[n].text) == bare:
            return [n], ""
    return [], name


def _run(blocks: Sequence[Block], front: Sequence[int], first: int) -> list[int]:
    """The title that begins at `first`, with the lines that go on with it."""
    kinds = (blocks[first].kind, BlockKind.HEADING)
    following: list[int] = []
    if _MASTHEAD.match(blocks[first].text):
        return [first]
    for n in front[front.index(first) + 1 :]:
        if blocks[n].kind not in kinds:
            break
        following.append(n)
    numbers = [first]
    while following:
        text = "".join(blocks[n].text for n in numbers)
        step = _step(text, [blocks[n].text for n in following[:_LINES]])
        if not step:
            break
        numbers += following[:step]
        following = following[step:]
    return numbers


def _step(title: str, ahead: Sequence[str]) -> int:
    """How many of the lines ahead go on with the title; 0 if it ends."""
    if _SUFFIX.fullmatch(ahead[0]) and len(title) > 3:
        return 1
    if title.endswith("》") and _ABOUT_IT.fullmatch(ahead[0]):
        return 1
    if not _is_fragment(title, ahead[0]):
        return 0
    if _open(title) or marks.begins_closing(ahead[0]) or ahead[0].startswith("的"):
        return 1
    if _FROM.match(ahead[0]):
        return int(not _FROM.search(title) and not _NOUN.search(title))
    if _is_whole(title):
        return 0
    rest = ""
    for number, line in enumerate(ahead, 1):
        if not _is_fragment(title + rest, line) or marks.is_issuer(line) or _FROM.match(line):
            break
        rest += line
        if _NOUN.search(rest):
            return number if _completes(title, rest) else 0
    return 0


def _is_whole(title: str) -> bool:
    """Whether `title` ends as its kind of title does: 关于印发…的通知, 关于…的意见, …条例."""
    if _SENT.search(title):
        return _SENT_WHOLE.search(title) is not None
    if _FROM.search(title):
        return _ABOUT_WHOLE.search(title) is not None
    return _GENRE.search(title) is not None


def _completes(title: str, rest: str) -> bool:
    """Whether `rest`, which ends as titles do, is the end of `title`, which is not whole."""
    named = _NOUN.search(title) is not None
    if marks.is_issuer(title):
        return True
    if named and _SENT.search(title):
        return _SENT_WHOLE.search(rest) is not None
    if _FROM.search(title):
        return not named or _ABOUT_WHOLE.search(rest) is not None
    if not _GENRE.search(rest) or _ITSELF.match(rest):
        return False
    return len(rest) <= _REST if named else len(title) >= _WRAPPED


def _is_fragment(title: str, line: str) -> bool:
    """A line that may belong to a title above it; it may begin with a bracket."""
    return len(title) + len(line) <= LONGEST and (
        _may_be_title(line)
        or (
            line.startswith(("（", "(", "》", "的"))
            and not line.endswith(("）", ")"))
            and not is_text(line)
        )
    )


def _open(text: str) -> bool:
    return any(text.count(pair[0]) > text.count(pair[1]) for pair in _OPEN_PAIRS)


def _may_be_title(text: str) -> bool:
    """Short, Chinese, no sentence, no number, date, letterhead or salutation."""
    return (
        2 <= len(text) <= LONGEST
        and _CHINESE.search(text) is not None
        and not is_text(text)
        and not marks.numbering(text)
        and not marks.is_date(text)
        and not _NO_TITLE.match(text)
        and BARRIER not in text
    )


def is_text(text: str) -> bool:
    """Running text, before which a title must have stood."""
    return (
        text.endswith(("。", "；", "！", "？", ";"))
        or ("。" in text and not text.startswith("《"))
        or marks.is_salutation(text)
    )


def tidy(title: str) -> str:
    """A title in one piece: 政 府 工 作 报 告 and 关于 2025 年 without their blanks."""
    own = _PRIVATE.sub("", strip(title))
    own = _NUMBERED.sub("", own)
    words = _SPREAD.sub(lambda found: _WHITE.sub("", found.group()), own)
    words = _AT_MARKS.sub("", _BLANKS.sub("", _WHITE.sub(" ", words)))
    return _CUT.sub("…", words)
