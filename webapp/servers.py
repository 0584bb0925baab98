"""The servers that the page runs on: gunicorn's processes, or waitress's threads on Windows.

One process answers one page at a time, whatever its threads, as Python has one lock: ten clients
got 80 result pages a second from one process of this kind, 150 from two (10,000 reports, 2 cores).
"""

from __future__ import annotations

import gc
import logging
import os
import socket
import sys
from collections.abc import Callable

from flask import Flask

THREADS = 4
"""Of a process: so many long answers, such as exports, may be under way beside each other."""
MOST_PROCESSES = 4
"""Each has parts of the index in memory of its own."""
_OBJECTS = 50_000
"""More than were made since, before garbage is looked for."""
_KEEP_ALIVE = 30
"""Seconds for which a browser's connection waits for its next request."""


def usual_processes() -> int:
    """One for each core, within reason."""
    return min(os.cpu_count() or 1, MOST_PROCESSES)


def run(make: Callable[[], Flask], listening: socket.socket, processes: int) -> None:
    """Serve until the process is told to end; every process makes its own application."""
    if sys.platform == "win32":
        _by_threads(make(), listening)
    else:
        _by_processes(make, listening, processes)


def _by_processes(make: Callable[[], Flask], listening: socket.socket, processes: int) -> None:
    from gunicorn.app.base import BaseApplication

    # gunicorn closes what it is given.
    descriptor = listening.detach()

    class Server(BaseApplication):  # type: ignore[misc] # not typed
        def load_config(self) -> None:
            for name, value in {
                "bind": f"fd://{descriptor}",
                "workers": processes,
                "threads": THREADS,
                "worker_class": "gthread",
                "keepalive": _KEEP_ALIVE,
                # A query may be long: the parser tells so, not the server.
                "limit_request_line": 0,
                "loglevel": "warning",
                "post_worker_init": settle,
            }.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return make()

    Server().run()


def settle(_: object = None) -> None:
    """Have the garbage collector leave alone a process that from now on only answers.

    All that is loaded by now stays: no need to look through it again and again. A page makes some
    20,000 objects that go with it by themselves: Python's own threshold of 700 would have it stop
    thirty times, for a tenth of a query's time.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS)


def _by_threads(app: Flask, listening: socket.socket) -> None:
    from waitress.server import create_server

    # That more ask at once than there are threads is nothing to tell.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    settle()
    create_server(app, sockets=[listening], threads=THREADS).run()
