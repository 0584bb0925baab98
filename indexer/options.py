"""Options that commands share, so that they mean the same everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import click

from indexer.config import INDEX_VARIABLE, Config, index_directory
from indexer.results import Mode, Sort

Command = TypeVar("Command", bound=Callable[..., Any])


class Asked(TypedDict):
    """What `search_options` hands to a command besides the query; named as `Library.request`."""

    region: tuple[str, ...]
    year: tuple[str, ...]
    topic: tuple[str, ...]
    mode: str
    whole_numbers: bool
    sort: str
    offset: str


_SEARCH = (
    click.argument("query", nargs=-1, metavar="QUERY"),
    click.option("--region", multiple=True, metavar="REGION", help="地区代码或名称，可重复。"),
    click.option("--year", multiple=True, metavar="YEAR", help="2025 或 2020-2025，可重复。"),
    click.option("--topic", multiple=True, metavar="TOPIC", help="主题，可重复。"),
    click.option(
        "--mode",
        type=click.Choice([mode.value for mode in Mode]),
        default=Mode.WORDS.value,
        show_default=True,
        help="words：不带引号的按词查找（模糊）；exact：整个查询当作一个短语（精确）。",
    ),
    click.option("--whole-numbers", is_flag=True, help="数字要完整：5亿元 不算 15亿元 里的。"),
    click.option(
        "--sort",
        type=click.Choice([order.value for order in Sort]),
        default=Sort.RELEVANCE.value,
        show_default=True,
        help="排序。",
    ),
    click.option("--offset", default="0", metavar="N", show_default=True, help="跳过前几篇。"),
)


def index_option(command: Command) -> Command:
    """`--index DIR`, the same for every command."""
    return click.option(
        "--index",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=f"索引所在的目录（默认取 ${INDEX_VARIABLE}，再默认 data/index）。",
    )(command)


def search_options(command: Command) -> Command:
    """What is searched for, in which order, and from which hit on: the query, and `Asked`."""
    for option in reversed(_SEARCH):
        command = option(command)
    return command


def config_of(index: Path | None) -> Config:
    """The index that the option, the environment or the default names."""
    return Config(index_directory(index, os.environ))
