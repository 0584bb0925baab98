"""A web page -> blocks: what a browser shows of it, in the order of its source.

Block elements part paragraphs, h1 to h6 are headings, a table of data gives rows; a table that
only lays the page out (it holds another table, long text, or one column) is read as if it were
not there. What stands in navigation, and what is hardly more than links, is an aside, like the
lines that `aside` tells by their wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import lxml.etree
import lxml.html
from lxml.etree import _Element as Element

from indexer.extract.clean import clean, strip, visible
from indexer.extract.lines import join, read_lines
from indexer.report import BARRIER, Block, BlockKind

_BEGIN = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(r"\s*<(?:p|div|table|span|section|article|h[1-6]|center|font)\b", re.I)
_CLOSING = re.compile(r"</(?:p|div|td|span|h[1-6]|center|font)\s*>|<br\s*/?>", re.I)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})|<\?xml[^>]{0,80}?encoding=[\"']([\w-]{2,20})",
    re.I,
)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "cp950"}
_DECLARATION = re.compile(r"^[\s\ufeff]*<\?xml[^>]*>")

_DROPPED = frozenset(
    {
        *("head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object"),
        *("embed", "audio", "video", "canvas", "map", "datalist", "input", "rt", "rp"),
    }
)
_ASIDE = frozenset(
    ("nav", "footer", "aside", "menu", "form", "button", "select", "textarea", "dialog")
)
_ASIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|crumbs?|breadcrumbs?|footer|foot|sidebar|toolbar|share|bshare"
    r"|copyright|pagination|pager|dqwz|location|xgwz|relate[ds]?|qrcode|ewm)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK = _ASIDE.union(
    ("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl"),
    ("dt", "fieldset", "figcaption", "figure", "header", "hgroup", "hr", "html", "legend", "li"),
    ("main", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot"),
    ("th", "thead", "tr", "ul"),
    _HEADINGS,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINE_END = re.compile("\r\n?|\n")
_BREAK = "\u2028"
"""A line break of the page, while line ends are those of its source."""
_SITE = re.compile(r"\s*(?:[|｜]|_+|\s[-–—]\s|--).*$")
_LONG_CELL = 400
_LINKED = 0.7
_ERROR = re.compile(
    r"\b(?:40[0-9]|50[0-4])\b|(?:页面?|网页|文件|信息|内容|链接|站点)[^。]{0,8}(?:不存在|找不到|失效|删除)"
    r"|找不到|无法(?:访问|找到|显示)|拒绝访问|(?:请|先)登录|输入验证码|服务器错误|启用\s*JavaScript"
    r"|Not Found|Forbidden|Bad Gateway|Unavailable|Access Denied|Server Error|enable JavaScript",
    re.IGNORECASE,
)
_ERROR_UP_TO = 200
_QUOTED = 30
_SHORT = 60
_KEPT = re.compile(r"附[件表图录]|《")
"""A line of links that belongs to the report all the same: what is attached, what is cited."""


def is_html(text: str) -> bool:
    """Whether `text` is a web page, or a piece of one from its first tag to its last."""
    head = text[:4096]
    if _BEGIN.match(head):
        return True
    ends = text[-100:].rstrip().endswith(">")
    return ends and _FRAGMENT.match(head) is not None and len(_CLOSING.findall(head)) >= 2


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page names; for a subset the one that pages in it really have."""
    found = _CHARSET.search(data[:4096])
    if found is None:
        return None
    name = (found[1] or found[2]).decode("ascii").lower()
    return _SUPERSETS.get(name, name)


def error_page(blocks: Sequence[Block]) -> str | None:
    """What a page says that is no report but the answer that there is none; None for others."""
    words = " ".join(strip(block.text) for block in blocks).replace(BARRIER, " ")
    if len(words) > _ERROR_UP_TO or not _ERROR.search(words):
        return None
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks of a web page, and sentences for people about what was lost of it."""

    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()


def read_page(source: str) -> Page:
    """What the page shows; no blocks where that is nothing."""
    text = strip(_DECLARATION.sub("", source).replace("\x00", ""))
    # huge_tree: else what is nested 256 deep is left out without a word.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError:  # no element, no text
        return Page(())
    title = _title(root)
    _drop_unseen(root)
    blocks = [block for piece in _pieces(root) for block in _blocks(piece)]
    cut = any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)
    warnings = ("网页的层次太深，更深处的内容没有读到。",) if cut else ()
    return Page(tuple(_titled(blocks, title)), warnings)


def _title(root: Element) -> str:
    """The title in the page's head: that of the article where it is named, else the page's."""
    named = [
        meta.get("content", "")
        for meta in root.iter("meta")
        if (meta.get("name") or "").lower() == "articletitle"
    ]
    titles = named or [_SITE.sub("", element.text_content()) for element in root.iter("title")]
    return strip(clean(_BLANKS.sub(" ", titles[0]))) if titles else ""


def _drop_unseen(root: Element) -> None:
    for element in list(root.iter()):
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        if (element.tag in _DROPPED or hidden) and element.getparent() is not None:
            element.drop_tree()


@dataclass(frozen=True, slots=True)
class _Around:
    """What a piece of text stands in."""

    aside: bool = False
    heading: int = 0
    link: bool = False
    lines: bool = False
    """Line ends in the source are line ends on the page."""

    def inside(self, element: Element, half: int) -> _Around:
        """`half` of the page's characters: what holds more is the page, whatever its name."""
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        own = element.tag in _ASIDE or _ASIDE_NAME.search(name) is not None
        return _Around(
            self.aside or (own and len(visible(element.text_content())) < half),
            _HEADINGS.get(element.tag, self.heading),
            self.link or element.tag == "a",
            self.lines or element.tag == "pre",
        )


@dataclass(slots=True)
class _Piece:
    """Text between two edges of block elements, and how much of it is links."""

    around: _Around
    text: str = ""
    linked: int = 0

    def add(self, text: str | None, around: _Around) -> None:
        shown = _LINE_END.sub(_BREAK, text or "") if around.lines else text or ""
        self.text += shown
        self.linked += len(visible(shown)) * around.link


def _blank(found: re.Match[str]) -> str:
    """A blank; nothing where only the source's line was wrapped between two ideographs."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return "" if "\n" in found.group() and before > "\u2e7f" and after > "\u2e7f" else " "


def _pieces(root: Element) -> Iterator[_Piece | Block]:
    """The page's text, parted at every edge of a block element, and the rows of its tables.

    Without recursion: pages nest as deep as their makers like.
    """
    half = len(visible(root.text_content())) // 2
    stack = [_Around()]
    piece = _Piece(stack[0])
    walk = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        data = event == "start" and element.tag == "table" and _is_data(element)
        if event == "start":
            stack.append(stack[-1].inside(element, half))
        else:
            stack.pop()
        if element.tag in _BLOCK:
            yield piece
            piece = _Piece(stack[-1])
        if data:
            yield from _rows(element, stack[-1].aside)
            walk.skip_subtree()
        elif event == "start":
            piece.add(_BREAK if element.tag == "br" else element.text, stack[-1])
        else:
            piece.add(element.tail, stack[-1])
    yield piece


def _blocks(piece: _Piece | Block) -> list[Block]:
    if isinstance(piece, Block):
        return [piece]
    around, size = piece.around, len(visible(piece.text))
    links = piece.linked > _LINKED * size and size < _SHORT and not _KEPT.match(piece.text.strip())
    if around.aside or (links and not around.heading):
        kind = BlockKind.ASIDE
    else:
        kind = BlockKind.HEADING if around.heading else BlockKind.PARAGRAPH
    level = around.heading if kind is BlockKind.HEADING else 0
    return [Block(kind, line.text, level=level) for line in join(read_lines(_lines(piece.text)))]


def _lines(text: str) -> list[str]:
    return _BLANKS.sub(_blank, text).split(_BREAK)


def _is_data(table: Element) -> bool:
    """Rows and columns of short texts; not a table that lays out a page."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return False
    rows = [row.xpath("./td|./th") for row in table.iter("tr")]
    longest = max((len(visible(cell.text_content())) for row in rows for cell in row), default=0)
    return len(rows) > 1 and max(map(len, rows)) > 1 and longest <= _LONG_CELL


def _rows(table: Element, aside: bool) -> Iterator[Block]:
    """Caption and rows as they stand; a merged cell is in the first of its rows."""
    for part in table.iter("caption", "tr"):
        cells = [_cell(cell) for cell in part.xpath("./td|./th")]
        if part.tag == "caption" and _cell(part):
            yield Block(BlockKind.ASIDE if aside else BlockKind.PARAGRAPH, _cell(part))
        elif aside and any(cells):
            yield Block(BlockKind.ASIDE, " ".join(filter(None, cells)))
        elif any(cells):
            yield Block(BlockKind.ROW, BARRIER.join(("", *cells, "")))


def _cell(cell: Element) -> str:
    """The text of a cell on one line; its paragraphs stand apart by a blank."""
    pieces = (piece for piece in _pieces(cell) if isinstance(piece, _Piece))
    lines = (strip(clean(line)) for piece in pieces for line in _lines(piece.text))
    return " ".join(filter(visible, lines))


def _titled(blocks: Sequence[Block], title: str) -> Iterator[Block]:
    """`blocks` with the page's title among them: marked where it stands, else put first."""
    bare = visible(title)
    found = next((n for n, block in enumerate(blocks) if _may_be(block, bare)), None)
    headed = any(block.kind is BlockKind.HEADING and block.level == 1 for block in blocks)
    if found is None and bare and blocks and not headed and not _ERROR.search(title):
        yield Block(BlockKind.TITLE, title)
    for number, block in enumerate(blocks):
        yield Block(BlockKind.TITLE, block.text) if number == found else block


def _may_be(block: Block, title: str) -> bool:
    said = visible(block.text)
    return block.kind is not BlockKind.ROW and len(said) > 3 and said == title
