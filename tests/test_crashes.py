"""A run that dies at any step leaves a state that answers, and the next run completes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.collection import update
from indexer.config import Config
from indexer.library import Library
from tests.conftest import ROOT, SAMPLES
from tests.proofs.crashes import answers

# Each step: the function before whose nth call the process dies as if by the power going.
STEPS = [
    ("indexer.recorder", "Recorder.add_report", 1),
    ("indexer.recorder", "Recorder.add_path", 12),
    ("indexer.recorder", "Recorder.all_metadata", 1),
    ("indexer.recorder", "Recorder.nothing_pending", 2),
    ("indexer.engine.embedded.arrays", "write", 1),
    ("indexer.engine.embedded.writer", "write_field", 2),
    ("whoosh.index", "TOC.write", 3),
    ("whoosh.index", "clean_files", 2),
]

DRIVER = """
import importlib, os, sys
from pathlib import Path
from indexer.collection import update
from indexer.config import Config

module, name, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
owner = importlib.import_module(module)
*outer, last = name.split(".")
for part in outer:
    owner = getattr(owner, part)
original = getattr(owner, last)
calls = 0

def dying(*arguments, **more):
    global calls
    calls += 1
    if calls == wanted:
        os._exit(9)
    return original(*arguments, **more)

if __name__ == "__main__":
    setattr(owner, last, dying)
    update(Config(Path(sys.argv[4]), workers=1, commit_every=5), [Path(sys.argv[5])])
"""


@pytest.fixture(scope="module")
def undisturbed(samples_index):
    return answers(Library(samples_index))


@pytest.mark.parametrize(("module", "name", "call"), STEPS, ids=lambda value: str(value))
def test_a_run_that_dies_loses_nothing(tmp_path, undisturbed, module, name, call):
    config = Config(tmp_path / "index", workers=2)
    driver = tmp_path / "driver.py"
    driver.write_text(DRIVER, encoding="utf-8")
    died = subprocess.run(
        [sys.executable, driver, module, name, str(call), config.index, SAMPLES],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        timeout=120,
    )
    assert died.returncode == 9, "the step was never reached"
    Library(config).search('"的"')
    update(config, [SAMPLES])
    assert answers(Library(config)) == undisturbed


# Whoosh leaves files open when it finds one of them missing or cut short.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "damage", [lambda p: p.unlink(), lambda p: p.write_bytes(p.read_bytes()[:-100])]
)
@pytest.mark.parametrize("pattern", ["*.npz", "*.trm", "*.pst", "*.toc"])
def test_a_damaged_index_file_is_mended_from_the_catalogue(
    tmp_path, samples_index, undisturbed, pattern, damage
):
    config = Config(tmp_path / "index", workers=1)
    shutil.copytree(samples_index.index, config.index)
    for path in Path(config.segments).glob(pattern):
        damage(path)
    update(config, [SAMPLES])
    assert answers(Library(config)) == undisturbed
