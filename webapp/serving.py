"""`tifa serve`: the page on a port of this machine."""

from __future__ import annotations

import errno
import gc
import socket
import webbrowser
from pathlib import Path

import click
from waitress.server import create_server

from indexer.cli import config_of, index_option
from indexer.config import Config
from indexer.errors import TifaError
from webapp import create_app

THREADS = 8

# Windows says it in its own numbers: WSAEADDRINUSE and WSAEACCES.
_IN_USE = (errno.EADDRINUSE, 10048)
_FORBIDDEN = (errno.EACCES, 10013)
_EVERYWHERE = ("0.0.0.0", "::")


class PortError(TifaError):
    """The address cannot be served at. `port` is the one that was asked for."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        self.host = host
        self.port = port
        super().__init__(f"不能在 {host}:{port} 打开服务：{reason}")


def serve(config: Config, host: str, port: int, *, open_browser: bool = False) -> None:
    """Serve until Ctrl+C. Port 0 takes any free one. Raises PortError."""
    # Opened here and not by waitress, which leaves it open when it cannot be bound.
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(where[:2], family=family)
    except (socket.gaierror, UnicodeError) as error:
        raise PortError(host, port, "没有这个地址，请检查 --host。") from error
    except OSError as error:
        raise PortError(host, port, _reason(error, port)) from error
    with listening:
        app = create_app(config, at_hand=True)
        # All that is loaded by now stays: no need to look through it for garbage again and again.
        gc.freeze()
        server = create_server(app, sockets=[listening], threads=THREADS)
        url = address(host, listening.getsockname()[1])
        print(f"Tifa 已经就绪：{url}（按 Ctrl+C 结束）", flush=True)
        if open_browser:
            webbrowser.open(url)
        server.run()


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


@click.command()
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option(
    "--port", default=8000, type=click.IntRange(0, 65535), show_default=True, help="端口。"
)
@click.option("--open", "open_browser", is_flag=True, help="同时打开浏览器。")
def command(index: Path | None, host: str, port: int, open_browser: bool) -> int:
    """在本机打开检索网页。"""
    serve(config_of(index), host, port, open_browser=open_browser)
    return 0
