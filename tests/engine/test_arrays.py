"""Mapped files are had at hand without harm."""

from __future__ import annotations

import mmap
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.embedded import arrays

PAGES = 3000
CUT_SHORT = """
import os, sys
import numpy as np
from indexer.engine.embedded import arrays
array = np.load(sys.argv[1], mmap_mode="r").view(np.ndarray)
os.truncate(sys.argv[1], 4096)
arrays.populate(array)
print("alive")
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "array.npy"
    np.save(path, np.ones(PAGES * mmap.PAGESIZE, dtype=np.uint8))
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a page's state in this way")
def test_every_page_of_a_mapped_array_is_at_hand(path):
    array = np.load(path, mmap_mode="r").view(np.ndarray)
    arrays.populate(array)
    assert _mapped_kilobytes(path) >= PAGES * mmap.PAGESIZE // 1024


def test_a_file_that_can_no_longer_be_read_does_not_kill_the_process(path):
    run = subprocess.run(
        [sys.executable, "-c", CUT_SHORT, str(path)], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, "alive\n"), run.stderr


def _mapped_kilobytes(path):
    """How much of a file this process has in its own page table."""
    lines = iter(Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines())
    for line in lines:
        if str(path) in line:
            return next(int(row.split()[1]) for row in lines if row.startswith("Rss:"))
    return 0
