"""`tifa serve`: the page on a port of this machine."""

from __future__ import annotations

import errno
import socket
import sys
import webbrowser
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import click

from indexer.config import Config
from indexer.errors import TifaError
from indexer.options import config_of, index_option
from webapp import create_app
from webapp.correcting import Editing
from webapp.servers import run, usual_processes

# Windows says it in its own numbers: WSAEADDRINUSE and WSAEACCES.
_IN_USE = (errno.EADDRINUSE, 10048)
_FORBIDDEN = (errno.EACCES, 10013)
_EVERYWHERE = ("0.0.0.0", "::")
_OPEN_TO_ALL = (
    "注意：--edit 和 --host {host} 一起用，能连上这台机器的人都可以改动 metadata.csv。"
    "只给自己用请去掉 --host。"
)


class PortError(TifaError):
    """The address cannot be served at. `port` is the one that was asked for."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        self.host = host
        self.port = port
        super().__init__(f"不能在 {host}:{port} 打开服务：{reason}")


def serve(
    config: Config,
    host: str,
    port: int,
    *,
    open_browser: bool = False,
    public_url: str = "",
    edit: bool = False,
    processes: int = 1,
) -> None:
    """Serve until Ctrl+C. Port 0 takes any free one. Raises PortError.

    Copied links begin with `public_url`, if there is one: see `create_app`. With `edit` all who
    reach the page may correct what is known of reports.
    """
    # Opened here and not by waitress, which leaves it open when it cannot be bound.
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(where[:2], family=family)
    except (socket.gaierror, UnicodeError) as error:
        raise PortError(host, port, "没有这个地址，请检查 --host。") from error
    except OSError as error:
        raise PortError(host, port, _reason(error, port)) from error
    with listening:
        editing = Editing(_names(host, public_url)) if edit else None
        make = partial(create_app, config, at_hand=True, public_url=public_url, editing=editing)
        url = address(host, listening.getsockname()[1])
        print(f"Tifa 已经就绪：{url}（按 Ctrl+C 结束）", flush=True)
        if edit and not _is_local(host):
            print(_OPEN_TO_ALL.format(host=host), file=sys.stderr, flush=True)
        if open_browser:
            webbrowser.open(url)
        run(make, listening, processes)


def _is_local(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _names(host: str, public_url: str) -> frozenset[str]:
    """The names under which the server is meant to be reached."""
    return frozenset(name for name in (host, urlsplit(public_url).hostname) if name)


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    if host in _EVERYWHERE:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _reason(error: OSError, port: int) -> str:
    if error.errno in _IN_USE:
        other = 8001 if port == 8000 else 8000
        return f"端口 {port} 已被占用。请关掉占用它的程序，或换一个：tifa serve --port {other}"
    if error.errno in _FORBIDDEN:
        return "系统不允许使用这个端口。请换一个大于 1024 的端口，如 --port 8000"
    return f"{error.strerror or error}。请检查 --host 与 --port"


def _public(context: click.Context, option: click.Parameter, typed: str) -> str:
    """What was typed, without a slash at its end; raises BadParameter."""
    if not typed:
        return ""
    try:
        parts = urlsplit(typed.strip())
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole:
        raise click.BadParameter(f"{typed} 不是网址，应写成 https://tifa.example.org 这样。")
    if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise click.BadParameter(
            f"{typed} 只能写到域名和端口为止（如 {parts.scheme}://{parts.hostname}）："
            "网页的地址都从域名的根开始。"
        )
    return f"{parts.scheme}://{parts.netloc}"


@click.command()
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option(
    "--port", default=8000, type=click.IntRange(0, 65535), show_default=True, help="端口。"
)
@click.option("--open", "open_browser", is_flag=True, help="同时打开浏览器。")
@click.option(
    "--public-url",
    envvar="TIFA_PUBLIC_URL",
    default="",
    metavar="URL",
    callback=_public,
    help="复制出去的链接以此开头，如 https://tifa.example.org；不写则用读者浏览器里的地址。"
    "也可用环境变量 TIFA_PUBLIC_URL。",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=usual_processes,
    help="几个进程一起服务（默认等于核数，至多 4；Windows 上总是一个）。",
)
@click.option("--edit", is_flag=True, help="可以在报告页上更正地区、年份等，存入 metadata.csv。")
def command(
    index: Path | None,
    host: str,
    port: int,
    open_browser: bool,
    public_url: str,
    processes: int,
    edit: bool,
) -> int:
    """在本机打开检索网页。"""
    serve(
        config_of(index),
        host,
        port,
        open_browser=open_browser,
        public_url=public_url,
        edit=edit,
        processes=processes,
    )
    return 0
