"""`tifa export`: what a search finds, as a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar, Unpack
from urllib.parse import urlsplit

import click

from indexer.errors import BadChoiceError
from indexer.exporting.entries import Entry, of_passages, of_reports
from indexer.exporting.files import refuse_taken, write_whole
from indexer.exporting.finding import PAGE, every_hit
from indexer.exporting.heading import heading_of
from indexer.exporting.writing import Format, chunks
from indexer.library import Library
from indexer.options import Asked, config_of, index_option, search_options
from indexer.progress import shown_on
from indexer.requests import whole_number
from indexer.results import Hit

T = TypeVar("T")
OWN_PAGE = "http://127.0.0.1:8000"
"""Where `tifa serve` answers unless told otherwise."""
_MOST = 1_000_000


@click.command()
@search_options
@index_option
@click.option("--limit", default="1000", metavar="N", show_default=True, help="最多几篇。")
@click.option("--all", "everything", is_flag=True, help="全部结果，不管 --limit。")
@click.option("--passages", is_flag=True, help="一段一条；不加就是一篇报告一条。")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    help="格式；不写就看 --output 的后缀，再不然是 csv。",
)
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE|-",
    show_default=True,
    help="写到哪个文件；- 是标准输出。",
)
@click.option("--force", is_flag=True, help="文件已经有了也换掉。")
@click.option(
    "--public-url",
    envvar="TIFA_PUBLIC_URL",
    default=OWN_PAGE,
    metavar="URL",
    show_default=True,
    help="链接以什么开头；写 '' 就不带链接。也可用环境变量 TIFA_PUBLIC_URL。",
)
def export(
    query: tuple[str, ...],
    index: Path | None,
    limit: str,
    everything: bool,
    passages: bool,
    form: str | None,
    output: str,
    force: bool,
    public_url: str,
    **asked: Unpack[Asked],
) -> int:
    """把查到的报告或段落导出成文件。查询的写法和筛选同 tifa search。

    \b
    tifa export '"让群众少跑路"' -o 少跑路.csv
    tifa export '"让群众少跑路"' --passages -o 摘录.docx
    tifa export 行政执法 --year 2020-2025 --all --format ris -o 执法.ris

    \b
    csv       表格（UTF-8，Excel 可直接打开）    ris      EndNote、Zotero、NoteExpress
    jsonl     每行一个 JSON                      bibtex   LaTeX
    markdown  笔记：引文、出处、链接             gbt7714  参考文献表（GB/T 7714-2015）
    docx      Word                               text     纯文本

    写到一半出错或中断，不会留下残缺的文件。
    """
    target = None if output == "-" else Path(output)
    written = _format(form, target)
    begins = _begins(public_url)
    if target:
        refuse_taken(target, force=force)
    elif written is Format.DOCX and sys.stdout.isatty():
        raise click.UsageError("DOCX 不能显示在屏幕上：请用 --output 写明文件。")
    library = Library(config_of(index))
    most = _MOST if everything else whole_number("limit", limit, 0, _MOST)
    search = library.request(" ".join(query), **asked, limit=min(PAGE, most))
    first = library.run(search)
    total = min(most, max(0, first.total - search.offset))
    today = date.today()
    heading = heading_of(first, today)

    def absolute(path: str) -> str:
        return begins + path if begins else ""

    def entries(hits: Iterable[Hit]) -> Iterator[Entry]:
        return (of_passages if passages else of_reports)(hits, absolute, today)

    with shown_on(sys.stderr) as progress:
        hits = every_hit(library, search, first, most)
        counted = _counted(hits, lambda done: progress("export", done, total))
        pieces = chunks(written, heading, entries(counted))
        if target is None:
            _to_stdout(pieces)
        else:
            write_whole(target, pieces, force=force)
    if target:
        click.echo(f"导出了 {total} 篇报告，写入 {target}", err=True)
    if not everything and total < first.total - search.offset:
        click.echo(f"查到的共 {first.total} 篇；加 --all 导出全部。", err=True)
    return 0


def _format(form: str | None, target: Path | None) -> Format:
    """The one that was asked for, else the one that the file's suffix tells."""
    if form:
        return Format(form)
    suffix = target.suffix.lower().lstrip(".") if target else ""
    return next((known for known in Format if suffix in (known.suffix, known.value)), Format.CSV)


def _begins(public_url: str) -> str:
    """What links begin with, checked."""
    typed = public_url.strip().rstrip("/")
    if typed and not (urlsplit(typed).scheme in ("http", "https") and urlsplit(typed).netloc):
        raise BadChoiceError("public-url", public_url, ("http://… 或 https://… 的地址", "''"))
    return typed


def _counted(items: Iterable[T], told: Callable[[int], object]) -> Iterator[T]:
    for done, item in enumerate(items, start=1):
        yield item
        told(done)


def _to_stdout(pieces: Iterable[bytes]) -> None:
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
