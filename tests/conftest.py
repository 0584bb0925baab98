"""What tests share: the real documents, indexes of them on disk, the command in a subprocess."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from indexer.collection import update
from indexer.config import INDEX_VARIABLE, Config
from tests.two_reports import FIRST, SECOND

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
SAMPLES = ROOT / "data" / "reports"

# Same input, same result, on every machine; machines differ in speed.
settings.register_profile(
    "tifa",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("tifa")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents; tests that need it are skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("the real documents (shared/corpus beside the checkout) are not here")
    return CORPUS


@pytest.fixture(scope="session")
def samples_index(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """An index of the samples."""
    config = Config(tmp_path_factory.mktemp("samples") / "index", workers=2)
    update(config, [SAMPLES])
    return config


@pytest.fixture(scope="session")
def corpus_index(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """An index of the seeds and of all real reports."""
    config = Config(tmp_path_factory.mktemp("corpus") / "index", workers=2)
    update(config, [corpus / "seeds", corpus / "reports"])
    return config


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two reports, first.txt and second.txt."""
    place = tmp_path / "reports"
    place.mkdir()
    (place / "first.txt").write_text(FIRST, encoding="utf-8")
    (place / "second.txt").write_text(SECOND, encoding="utf-8")
    return place


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Where an index of that folder may be made."""
    return Config(tmp_path / "index", workers=1)


@pytest.fixture
def tifa(tmp_path: Path) -> Run:
    """Run the command as a user does, in a folder of its own; its index is `ix` there."""
    return lambda *arguments, **more: run_tifa(tmp_path, arguments, **more)


def rewrite(path: Path, text: str) -> None:
    """Write so that the file's time differs, however coarse the system's clock."""
    path.write_text(text, encoding="utf-8")
    later = path.stat().st_mtime_ns + 10_000_000_000
    os.utime(path, ns=(later, later))


def run_tifa(
    folder: Path, arguments: Sequence[object], **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command in a subprocess, in `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "indexer", *map(str, arguments)],
        cwd=folder,
        env=os.environ | {INDEX_VARIABLE: "ix", "PYTHONIOENCODING": "utf-8"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
