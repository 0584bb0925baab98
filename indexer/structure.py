"""Blocks as a file gave them -> a document whose title, headings and sentences are settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from indexer.extract import SUFFIXES, marks
from indexer.extract.clean import strip
from indexer.report import BARRIER, Block, BlockKind, Document, Extraction

_LONGEST_TITLE = 120
_LONGEST_HEADING = 80
_OPENING = 30
_SEARCHED = 12
_CHINESE = re.compile("[\u4e00-\u9fff]")
_NOUN = re.compile(
    r"(?:报告|意见|通知|办法|条例|规定|决定|决议|方案|规划|纲要|公报|细则|[复来]?函|批复|通告|公告|通报|议案|命令|"
    r"解读|讲话|总结|计划|情况|措施|要点|指南|指引|规程|规则|规范|标准|目录|清单|公约|章程|制度|办法|建议|提案|"
    r"说明|答复|纪要|白皮书|贺词|致辞|摘要|预案|举措|政策|问答|工作|工程|行动)"
    r"(?:\s*[（(\[【〔][^）)\]】〕]*[）)\]】〕])*$"
)
_NO_TITLE = re.compile(
    r"[^一-鿿]*$"
    r"|.{0,40}(?:文件|公文处理笺|[会府局厅部院]文)$"
    r"|.{0,20}[〔\[［【（(]\s*\d{4}\s*[〕\]］】）)]\s*第?\s*\d*\s*号"
    r"|(?:特急|急件|加急|平急|机密|秘密|绝密|公开|内部|目录|目\s+录|签发人|索引号|发文|成文|主题分类|标题|附件)"
    r"|[-—–―－─]{2}|[（(].*[）)]$|\d{4}年\d{1,2}月\d{1,2}日"
)
_FROM = re.compile(r"(?:关于|对|在)")
_WRAPPERS = (
    re.compile(r"^\d{4}[_\-\s]+(?=\D)"),
    re.compile(r"_\d{1,3}$"),
    re.compile(r"[（(]\d{4}[-.]\d{1,2}[-.]\d{1,2}[）)]$"),
)
_SENTENCE_END = re.compile("(?:[。！？!?；;…]+[”’」』》）)\\]】〕\"']*)+|\n+")
_BLANKS = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])\s+(?=[^\x00-\x7f])")
_SPREAD = re.compile(r"(?<![^\s])[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff]){2,}(?![^\s])")
_WHITE = re.compile(r"\s+")


def structure(extraction: Extraction, path_name: str) -> Document:
    """The document of an extraction; `path_name` is the file's name, for want of a title.

    The title is what the format marks as one, else the first line that can be one with the
    lines that it was broken into (issuer, 关于…, rest); else the file's name where it says
    something; else the opening words of the text.
    """
    blocks = [_settled(block) for block in extraction.blocks]
    numbers = _title_blocks(extraction.blocks)
    for number in numbers:
        blocks[number] = replace(blocks[number], kind=BlockKind.TITLE, level=0)
    title = tidy("".join(f"{blocks[number].text} " for number in numbers), joined=len(numbers) > 1)
    return Document(
        title=_named(title, path_name) or _opening(blocks),
        format=extraction.format,
        blocks=tuple(blocks),
        pages=extraction.pages,
        warnings=extraction.warnings,
    )


def _settled(block: Block) -> Block:
    """A paragraph that is a heading made one, and a marked heading that is none unmade."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TITLE):
        return block
    if marks.is_heading(block.text):
        return replace(block, kind=BlockKind.HEADING, level=marks.numbering(block.text))
    marked = block.kind is not BlockKind.PARAGRAPH
    if marked and len(block.text) <= _LONGEST_HEADING and not _ends(block.text):
        return replace(block, kind=BlockKind.HEADING, level=_marked_level(block.level))
    return replace(block, kind=BlockKind.PARAGRAPH, level=0)


def _marked_level(depth: int) -> int:
    """Markdown and Word give the title depth 1 as often as not; 1 to 4 are ours."""
    return min(max(depth - 1, 1), 4)


def _ends(text: str) -> bool:
    return text.endswith(("。", "；", "！", "？", ";"))


def _title_blocks(blocks: Sequence[Block]) -> list[int]:
    """The numbers of the blocks that make up the title; [] for none."""
    front = [n for n, block in enumerate(blocks) if block.kind is not BlockKind.ASIDE][:_SEARCHED]
    marked = [n for n in front if blocks[n].kind is BlockKind.TITLE]
    if marked:
        return _run(blocks, front, marked[0], BlockKind.TITLE)
    letterhead: list[int] = []
    for n in front:
        block = blocks[n]
        if block.kind is BlockKind.HEADING and block.level == 1 and not marks.numbering(block.text):
            return _run(blocks, front, n, BlockKind.HEADING)
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or _is_text(block.text):
            break
        if _may_be_title(block.text):
            run = _run(blocks, front, n, block.kind)
            if len(run) > 1 or not marks.is_issuer(block.text):
                return run
            letterhead = letterhead or run  # a title only where no other follows
    return letterhead


def _run(blocks: Sequence[Block], front: Sequence[int], first: int, kind: BlockKind) -> list[int]:
    """The title that begins at `first`, with the lines that go on with it."""
    numbers = [first]
    for n in front[front.index(first) + 1 :]:
        text = "".join(blocks[number].text for number in numbers)
        following = blocks[n]
        if following.kind not in (kind, BlockKind.HEADING) or not _goes_on(text, following.text):
            break
        numbers.append(n)
    return numbers


def _goes_on(title: str, following: str) -> bool:
    """Whether `following` completes a title that is not whole without it."""
    if not _may_be_title(following) or len(title) + len(following) > _LONGEST_TITLE:
        return False
    if _FROM.match(following):
        return not _FROM.search(title) and not _NOUN.search(title)
    if _NOUN.search(title) or marks.is_issuer(following):
        return False
    return _NOUN.search(following) is not None and (
        marks.is_issuer(title) or _FROM.search(title) is not None or marks.ends_open(title)
    )


def _may_be_title(text: str) -> bool:
    """Short, Chinese, no sentence, no number, date, letterhead or salutation."""
    return (
        2 <= len(text) <= _LONGEST_TITLE
        and not _is_text(text)
        and not marks.numbering(text)
        and not marks.is_date(text)
        and not marks.is_salutation(text)
        and not _NO_TITLE.match(text)
        and BARRIER not in text
    )


def _is_text(text: str) -> bool:
    """Running text, before which a title must have stood."""
    return _ends(text) or ("。" in text and not text.startswith("《")) or marks.is_salutation(text)


def tidy(title: str, *, joined: bool = False) -> str:
    """A title in one piece: 政 府 工 作 报 告 and 关于 2025 年 without their blanks."""
    words = _SPREAD.sub(lambda found: _WHITE.sub("", found.group()), strip(title))
    words = _BLANKS.sub("", _WHITE.sub(" ", words))
    return _between_ideographs(words) if joined else words


def _between_ideographs(words: str) -> str:
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", words)


def _named(title: str, path_name: str) -> str:
    """The title; the file's name where there is none, or where it names the same more fully."""
    stem = _stem(path_name)
    if not title or (len(title) <= 8 and stem.endswith(title)):
        return stem if _CHINESE.search(stem) else title
    return title


def _stem(path_name: str) -> str:
    path = PurePath(path_name)
    stem = path.stem if path.suffix.lower() in SUFFIXES else path.name.rstrip(".")
    for wrapper in _WRAPPERS:
        stem = wrapper.sub("", stem)
    return tidy(stem)


def _opening(blocks: Sequence[Block]) -> str:
    """The first words of the text, cut at 30 characters."""
    texts = [b.text for b in blocks if b.kind is BlockKind.PARAGRAPH] or [b.text for b in blocks]
    text = tidy(next(iter(texts), "").replace(BARRIER, " "))
    return text if len(text) <= _OPENING else f"{text[:_OPENING]}…"


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open spans of the sentences of `text`, in order.

    A sentence ends after 。！？!?；;… with the quotation marks and brackets that close it, and
    at a line feed. White space around sentences is in no span; all else is in exactly one.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        piece = text[start:end]
        bare = piece.strip()
        if bare:
            lead = start + piece.index(bare)
            found.append((lead, lead + len(bare)))
        start = end
    return tuple(found)
