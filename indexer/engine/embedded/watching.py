"""Whether a directory of segments has a newer commit, without listing it for every query."""

from __future__ import annotations

import time
from pathlib import Path

from indexer.engine.embedded.schema import newest_state, toc_path

SETTLED = 2_000_000_000
"""Nanoseconds after which a directory's time of change tells a change from the next.

File systems keep it to some milliseconds, FAT to two seconds. One that was changed more recently
is listed again, as git does with files that are newer than its index ("racy git").
"""


class Watch:
    """Tells the newest commit; not to be shared between threads without a lock."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._seen: tuple[int, ...] = ()
        self._generation = -1
        self._toc = directory

    def newest_state(self) -> tuple[int, int] | None:
        """As `schema.newest_state`."""
        try:
            directory = self._directory.stat()
            # A commit puts its table of contents into the directory under a new name.
            seen = (directory.st_ino, directory.st_mtime_ns, directory.st_ctime_ns)
            if seen == self._seen:
                return self._generation, self._toc.stat().st_mtime_ns
        except OSError:
            return newest_state(self._directory)
        state = newest_state(self._directory)
        if state and time.time_ns() - directory.st_mtime_ns > SETTLED:
            self._seen, self._generation = seen, state[0]
            self._toc = toc_path(self._directory, state[0])
        return state
