"""How far a long step has come: a bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never, TextIO

from tqdm import tqdm

from indexer.collection import Progress

_STEPS = {
    "read": ("读取", "份", 1),
    "recognise": ("识别", "页", 1),
    "index": ("建索引", "份", 1),
    "texts": ("核对目录库", "份", 1),
    "export": ("导出", "篇", 1),
    "segments": ("核对索引文件", "MB", 1_000_000),
}
"""Of each step its name, what its progress is counted in, and how many of those told that is."""

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def shown_on(stream: TextIO) -> Iterator[Progress]:
    """A callback that shows progress on `stream` in the way that suits it."""
    display = _Bars(stream) if stream.isatty() else _Lines(stream)
    try:
        yield display
    finally:
        display.close()


class _Bars:
    """One bar a step, with rate and time left."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bars: dict[str, tqdm[Never]] = {}

    def __call__(self, step: str, done: int, total: int) -> None:
        name, unit, many = _STEPS[step]
        if step not in self._bars:
            self._bars[step] = tqdm(
                desc=name, total=total // many, unit=unit, file=self._stream, dynamic_ncols=True
            )
        bar = self._bars[step]
        bar.update(done // many - bar.n)
        if done == total:
            self._bars.pop(step).close()  # the same step may be taken once more

    def close(self) -> None:
        for bar in self._bars.values():
            bar.close()


class _Lines:
    """A line now and then, and one when a step is done."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun: dict[str, float] = {}
        self._said = time.monotonic()

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        begun = self._begun.setdefault(step, now)
        if done < total and now - self._said < _SECONDS_BETWEEN_LINES:
            return
        self._said = now
        name, unit, many = _STEPS[step]
        seconds = now - begun
        rate = done / seconds if seconds else 0.0
        left = f"，约剩 {(total - done) / rate:.0f} 秒" if rate and done < total else ""
        speed = f"，每秒 {rate / many:.1f} {unit}" if rate else ""
        reached = f"{done // many}/{total // many}"
        print(f"{name} {reached}{speed}{left}", file=self._stream, flush=True)
        if done == total:
            del self._begun[step]

    def close(self) -> None:
        """Nothing is left open."""
