"""The `tifa` command.

Exit status: 0 all went well; 1 done, but some files failed, a folder was missing or empty and
nothing was withdrawn from it, or a check found something wrong; 2 not done.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import EntryPoints, entry_points
from pathlib import Path
from typing import Unpack
from urllib.parse import urlsplit

import click

from indexer import checking, inspection, printing
from indexer.collection import Progress, update
from indexer.config import Config
from indexer.diagnosing import answer_json, diagnose
from indexer.errors import TifaError
from indexer.explaining import explained
from indexer.exporting.command import export
from indexer.library import Library
from indexer.metadata_command import metadata
from indexer.options import Asked, Command, config_of, index_option, search_options
from indexer.progress import shown_on
from indexer.speaking import speak_chinese

PARTLY, NOT_DONE = 1, 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; what is a person's mistake ends in a sentence, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows another in its place rather than fail.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    speak_chinese()
    try:
        status = tifa.main(arguments, standalone_mode=False)
    except TifaError as error:
        status = _refused(str(error))
    except click.exceptions.Abort:
        status = _refused("已中断。")
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except sqlite3.DatabaseError as error:
        status = _refused(f"catalogue.sqlite 读写失败：{error}")
    except OSError as error:
        status = _refused(f"系统不允许：{error}")
    except Exception:
        # A mistake of ours, to be reported; but 1 would say that the work was done.
        traceback.print_exc()
        status = NOT_DONE
    sys.exit(status)


def _refused(message: str) -> int:
    click.echo(f"错误：{message}", err=True)
    return NOT_DONE


@contextmanager
def _interruptible(progress: Progress) -> Iterator[Progress]:
    """Ctrl+C that a library swallowed on its way is heard at the next step."""
    heard = False

    def hear(*_: object) -> None:
        nonlocal heard
        heard = True
        raise KeyboardInterrupt

    def pass_on(step: str, done: int, total: int) -> None:
        if heard:
            raise KeyboardInterrupt
        progress(step, done, total)

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield pass_on
    finally:
        signal.signal(signal.SIGINT, before)


def _json_option(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON。")(command)


class _Commands(click.Group):
    """The commands here, and those that packages on top of this one bring by entry point.

    `tifa serve` belongs to the web application, which imports this package and not the reverse.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        return [*super().list_commands(context), *(point.name for point in _more_commands())]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        known = super().get_command(context, name)
        if known is not None:
            return known
        return next((point.load() for point in _more_commands() if point.name == name), None)


def _more_commands() -> EntryPoints:
    return entry_points(group="tifa.commands")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name="tifa-search", prog_name="tifa", message="%(prog)s %(version)s", help="显示版本。"
)
def tifa() -> None:
    """Tifa 提法：在政府报告里逐字查找提法，按地区、年份、主题筛选。

    先 tifa index 文件夹，再 tifa serve 打开网页，或 tifa search 查询。
    """


@tifa.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@index_option
@click.option("--prune", is_flag=True, help="文件夹不见了或变空了，也撤下其中的报告。")
@click.option(
    "--no-ocr", is_flag=True, help="不识别扫描页和乱码页（装了 tifa-search[ocr] 才会识别）。"
)
@click.option("--workers", type=click.IntRange(min=1), help="读取文件的进程数（默认等于核数）。")
@click.option("-v", "--verbose", is_flag=True, help="列出 metadata.csv 改定的每一处。")
def index(
    paths: tuple[Path, ...],
    index: Path | None,
    prune: bool,
    no_ocr: bool,
    workers: int | None,
    verbose: bool,
) -> int:
    """读取文件夹里的 PDF、DOCX、OFD、TXT、MD、网页报告，建立或更新索引。

    装了 LibreOffice 也读 DOC、WPS、RTF、ODT。单个文件读出了什么，用 tifa extract 查看。

    不写 PATH 就更新所有索引过的文件夹。没有变动的文件不会重读；删去的文件退出检索，
    但旧链接仍可打开。退出状态：0 全部成功，1 有文件读不出，
    或有文件夹不见了、变空了而没有撤下其中的报告（都会列出），2 没有完成。
    """
    config = config_of(index)
    if workers:
        config = Config(config.index, workers=workers)
    try:
        with shown_on(sys.stderr) as shown, _interruptible(shown) as progress:
            summary = update(config, paths, prune=prune, recognise=not no_ocr, progress=progress)
    except KeyboardInterrupt:
        click.echo("\n已停止。已读完的都已保存；再运行同一条命令就接着做。", err=True)
        return NOT_DONE
    printing.summary(summary, config.index, verbose=verbose)
    return PARTLY if summary.failures or summary.kept else 0


@tifa.command()
@search_options
@index_option
@click.option("--limit", default="10", metavar="N", show_default=True, help="最多几篇。")
@click.option("--wordings", is_flag=True, help="按提法归并：同样的句子算一条，列出用它的报告。")
@_json_option
def search(
    query: tuple[str, ...],
    index: Path | None,
    limit: str,
    wordings: bool,
    as_json: bool,
    **asked: Unpack[Asked],
) -> int:
    """查询。带引号的短语逐字查找；不带引号的按词查找，各词都要出现。

    \b
    tifa search '"让群众少跑路"'
    tifa search '行政执法 -罚款' --region 河南省 --year 2020-2025
    tifa search '"数字政府" OR "智慧政务"' --sort newest
    tifa search '"群众少跑路"' --wordings

    \b
    法治政府 建设              各词都要出现
    "法治政府建设"             一字不差；“ ” 「 」 『 』 也可以
    法治 OR 德治               其一即可；也可写 或 |
    法治 -罚款                 不含后面的；也可写 NOT 非
    (教育 OR 医疗) 改革        先算括号里的
    "建立" … "机制"            依次出现在同一句里；也可写 ...
    同句(群众 满意)            都在同一句里；sentence( )
    同段("教育" "医疗")        都在同一段里；paragraph( )
    标题：行动计划             标题里有；机关：、类型： 同样（title: issuer: kind:）
    地区：河南省               等于 --region；年份：、主题： 同样（region: year: topic:）
    2026-03-11                 一个日期的各种写法

    未定的地区、年份、主题写作 none。
    """
    library = Library(config_of(index))
    request = library.request(" ".join(query), **asked, limit=limit)
    if wordings:
        found = library.wordings(request)
        if as_json:
            _print_json(found.to_json())
        else:
            printing.wordings(found)
        return 0
    results = library.run(request)
    if as_json:
        _print_json(answer_json(library, results))
    else:
        printing.results(results)
        if results.relaxed or not results.total:
            click.echo("\n".join(explained(diagnose(library, results.search))))
    return 0


tifa.add_command(export)
tifa.add_command(metadata)


@tifa.command()
@click.argument("report", metavar="ID")
@index_option
@_json_option
def show(report: str, index: Path | None, as_json: bool) -> int:
    """显示一篇报告的信息和全文。ID 也可以是段落地址，或网页上的链接。"""
    library = Library(config_of(index))
    name = _named(report)
    resolution = library.resolve(name) if "." in name else None
    stored = resolution.report if resolution else library.report(name)
    if resolution:
        printing.found(resolution)
    if as_json:
        _print_json(printing.report_json(stored, resolution))
    else:
        printing.report(stored, resolution.span if resolution else None)
    return 0


@tifa.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@_json_option
@click.option("--html", is_flag=True, help="输出一个自成一体的网页。")
def extract(file: Path, as_json: bool, html: bool) -> int:
    """显示从一个文件读出了什么，逐页列出，供人判断；不建立索引。

    每页写明状态（文字、扫描件、乱码、空白），每段写明种类（题目、标题、段落、表格、脚注、
    附属），没有读出的写明原因。限制与 tifa index 相同。退出状态：0 全部读出，
    1 只读出一部分，2 读不出（写明原因）。

    \b
    tifa extract 报告.pdf
    tifa extract 报告.pdf --html > 报告.html
    """
    if as_json and html:
        raise click.UsageError("--json 和 --html 只能选一个。")
    report = inspection.read_one(file, config_of(None))
    if as_json:
        _print_json(inspection.as_json(report, file))
    elif html:
        click.echo("".join(inspection.as_html(report, file)), nl=False)
    else:
        click.echo("\n".join(inspection.as_text(report, file)))
    return 0 if inspection.is_whole(report) else PARTLY


@tifa.command()
@index_option
@_json_option
def status(index: Path | None, as_json: bool) -> int:
    """显示收录了多少、哪些文件读不出或只读出一部分。"""
    library = Library(config_of(index))
    if as_json:
        _print_json(printing.status_json(library))
    else:
        printing.status(library)
    return PARTLY if library.failures() else 0


@tifa.command()
@index_option
@click.option("--repair", is_flag=True, help="重写损坏或缺少的索引文件，并标出要重读的报告。")
@_json_option
def check(index: Path | None, repair: bool, as_json: bool) -> int:
    """核对目录库和索引的每一个字节：是否仍和写入时一样，两者是否一致。

    不加 --repair 什么也不改，只读的索引也可以核对。--repair 从目录库重写损坏、缺少或
    落后的索引文件，不读原文件；目录库里损坏的文字要靠原文件恢复：加 --repair 后再运行
    tifa index，原文件还在的会重读。退出状态：0 没有问题，1 有问题（修好了的也算，
    都会列出），2 没有完成。
    """
    with shown_on(sys.stderr) as progress:
        found = checking.check(config_of(index), repair=repair, progress=progress)
    if as_json:
        _print_json(printing.checked_json(found))
    else:
        printing.checked(found)
    return PARTLY if found.faults else 0


def _named(pasted: str) -> str:
    """The id or address in a link to a report, its file or a passage; else what was given."""
    try:
        path = urlsplit(pasted).path.rstrip("/")
    except ValueError:
        return pasted
    return path.removesuffix("/file").rpartition("/")[2] or pasted


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
