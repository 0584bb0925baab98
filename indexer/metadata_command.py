"""`tifa metadata`: what is known of the reports, what of it is doubtful, and settling it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import click

from indexer.catalogue import Catalogue
from indexer.correcting import correct_all
from indexer.errors import FolderError
from indexer.exporting.files import refuse_taken, write_whole
from indexer.metadata.cells import FIELDS
from indexer.options import config_of, index_option
from indexer.records import Described
from indexer.report import Place
from indexer.settling import NAMES
from indexer.suspecting import Suspect, suspects
from indexer.tables import as_table, changes

STANDARD = "-"
"""Standard output, or input."""
_PLACES = {
    Place.TITLE: "标题",
    Place.ISSUER: "发文机关",
    Place.SIGNATURE: "落款",
    Place.FILE_NAME: "文件名",
    Place.FOLDER: "文件夹名",
    Place.TEXT: "正文",
    Place.OVERRIDE: "由人改定",
}


@click.command()
@index_option
@click.option("--suspect", is_flag=True, help="只看信息可疑的：未定的、依据弱的、互相矛盾的。")
@click.option("--export", metavar="FILE|-", help="写成 CSV，可以用表格软件改；- 是标准输出。")
@click.option("--force", is_flag=True, help="文件已经有了也换掉。")
@click.option(
    "--import", "back", metavar="FILE|-", help="读回改过的 CSV，把改动存入 metadata.csv。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def metadata(
    index: Path | None,
    suspect: bool,
    export: str | None,
    force: bool,
    back: str | None,
    as_json: bool,
) -> int:
    """查看报告的地区、年份、主题等是怎样定的，找出可疑的，成批更正。

    \b
    tifa metadata                             各项定了多少，依据在哪里
    tifa metadata --suspect                   哪些可疑，为什么
    tifa metadata --suspect --export 待定.csv   写成表格；用表格软件改
    tifa metadata --import 待定.csv             读回来：改动存入 metadata.csv，立即生效

    导出的表也可以直接作为 metadata.csv 放进报告的文件夹，那样表里写的全部定下来，
    不再随识别规则变化。空格子不改；写 - 是未定；note 列给人看，不读。
    """
    if back and (suspect or export or as_json):
        raise click.UsageError("--import 不能和别的选项一起用。")
    if export and as_json:
        raise click.UsageError("--export 和 --json 只能选一个。")
    if export and export != STANDARD:
        refuse_taken(Path(export), force=force)
    config = config_of(index)
    with closing(Catalogue.open(config.catalogue)) as catalogue:
        if back:
            changed = changes(Path(back), _read(back), catalogue)
        everything = sorted(catalogue.all_metadata(), key=lambda known: known.paths)
        folders = catalogue.folders()
    if back:
        done = correct_all(config, changed)
        _imported(len(done), sorted({str(made.file) for made in done}))
        return 0
    doubtful = tuple(suspects(everything, date.today())) if suspect else ()
    if export:
        rows = [(each.known, _reasons(each)) for each in doubtful]
        table = as_table(rows if suspect else ((known, "") for known in everything), folders)
        _write(export, table, len(rows) if suspect else len(everything), force=force)
    elif as_json:
        found = [_json(each) for each in doubtful] if suspect else _counts(everything)
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif suspect:
        click.echo("\n".join(_listed(doubtful, len(everything))))
    else:
        click.echo("\n".join(_overview(everything)))
    return 0


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
    except OSError as error:
        raise FolderError(Path(name), f"读不了（{error.strerror}）。请检查路径。") from error


def _write(name: str, table: bytes, reports: int, *, force: bool) -> None:
    if name == STANDARD:
        sys.stdout.buffer.write(table)
        sys.stdout.buffer.flush()
        return
    write_whole(Path(name), [table], force=force)
    click.echo(f"写了 {reports} 篇报告的信息：{name}。改好后：tifa metadata --import {name}")


def _imported(reports: int, files: Sequence[str]) -> None:
    if not reports:
        click.echo("表里写的和现在的一样，没有要改的。")
        return
    click.echo(f"更正了 {reports} 篇报告，存入 {'、'.join(files)}，已经生效。")


def _reasons(suspect: Suspect) -> str:
    return "；".join(doubt.reason for doubt in suspect.doubts)


def _listed(doubtful: Sequence[Suspect], total: int) -> Iterator[str]:
    if not doubtful:
        yield f"{total} 篇报告的信息都没有发现可疑之处。"
        return
    for each in doubtful:
        yield _plain(f"{each.known.report}  {each.known.paths[0]}")
        for doubt in each.doubts:
            yield _plain(f"    {NAMES[doubt.field]}：{doubt.reason}")
    fields = Counter(field for each in doubtful for field in {d.field for d in each.doubts})
    said = "，".join(f"{NAMES[field]} {fields[field]}" for field in FIELDS if fields[field])
    yield f"{total} 篇报告里有 {len(doubtful)} 篇可疑：{said}。"
    yield "要改：tifa metadata --suspect --export 待定.csv，改好后 tifa metadata --import 待定.csv"


def _overview(reports: Sequence[Described]) -> Iterator[str]:
    yield f"{len(reports)} 篇报告："
    for field, counts in _counts(reports).items():
        places = "、".join(f"{_PLACES[Place(place)]} {n}" for place, n in counts["from"].items())
        said = f"（{places}）" if places else ""
        yield f"{NAMES[field]}：已定 {counts['decided']}{said}，未定 {counts['undecided']}"
    yield "可疑的：tifa metadata --suspect"


def _counts(reports: Sequence[Described]) -> dict[str, dict[str, Any]]:
    """By field: how many are decided, and where that was read off."""
    found: dict[str, dict[str, Any]] = {}
    for field in FIELDS:
        decided = [known for known in reports if getattr(known.metadata, field) not in (None, ())]
        places = Counter(
            place.value
            for known in decided
            for place in {ground.place for ground in known.grounds if ground.field == field}
        )
        found[field] = {
            "decided": len(decided),
            "undecided": len(reports) - len(decided),
            "from": dict(places.most_common()),
        }
    return found


def _json(suspect: Suspect) -> dict[str, Any]:
    known = suspect.known
    return {
        "id": known.report,
        "path": known.paths[0],
        "title": known.metadata.title,
        "doubts": [{"field": doubt.field, "reason": doubt.reason} for doubt in suspect.doubts],
    }


def _plain(text: str) -> str:
    """Without what a terminal would obey: a file can be named anything."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
