"""Imports run one way: webapp -> indexer; what is below knows nothing of what is above."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

VALUES = {"report", "results", "errors", "messages", "config", "folding"}
SOURCES = [*ROOT.glob("indexer/**/*.py"), *ROOT.glob("webapp/**/*.py")]


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def importers(package: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if any(name == package or name.startswith(f"{package}.") for name in imported(path))
    }


def test_the_core_knows_nothing_of_the_web():
    for package in ("webapp", "flask", "waitress", "flask_babel"):
        assert importers(package), package
        assert all(path.startswith("webapp/") for path in importers(package)), package


def test_whoosh_is_imported_only_by_the_embedded_engine():
    assert importers("whoosh")
    assert all(path.startswith("indexer/engine/embedded/") for path in importers("whoosh"))


@pytest.mark.parametrize(
    ("package", "owner"), [("jieba", "words"), ("rjieba", "words"), ("pypinyin", "pinyin")]
)
def test_each_of_these_is_imported_by_one_module(package, owner):
    assert importers(package) == {f"indexer/{owner}.py"}


@pytest.mark.parametrize("package", ["pdfplumber", "pdfminer", "docx"])
def test_file_formats_are_known_only_to_extraction(package):
    assert importers(package)
    assert all(path.startswith("indexer/extract/") for path in importers(package))


@pytest.mark.parametrize("name", sorted(VALUES))
def test_values_rest_on_nothing_but_each_other(name):
    ours = {
        module
        for module in imported(ROOT / "indexer" / f"{name}.py")
        if module.split(".")[0] == "indexer"
    }
    assert ours <= {f"indexer.{other}" for other in VALUES} | {"indexer.query.nodes"}


def test_only_the_command_and_the_web_stand_above_what_orders_the_steps():
    for below in ("extract", "structure", "metadata", "catalogue", "recorder", "engine", "query"):
        modules = [*ROOT.glob(f"indexer/{below}.py"), *ROOT.glob(f"indexer/{below}/**/*.py")]
        names = {path.relative_to(ROOT).as_posix() for path in modules}
        assert names
        assert not importers("indexer.collection") & names
        assert not importers("indexer.library") & names
