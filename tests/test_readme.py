"""The README's examples do what it says."""

from __future__ import annotations

import re
import shlex

import pytest

from indexer.query.syntax import parse
from tests.conftest import ROOT, run_tifa

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


SEARCHES = [
    line.partition("#")[0]
    for block in blocks("sh")
    for line in block.splitlines()
    if line.startswith("tifa search")
]


@pytest.mark.parametrize("command", SEARCHES)
def test_every_search_in_it_runs(samples_index, tmp_path, command):
    done = run_tifa(tmp_path, [*shlex.split(command)[1:], "--index", samples_index.index])
    assert (done.returncode, done.stderr) == (0, "")


def test_the_python_example_runs(samples_index, capsys):
    (example,) = blocks("python")
    exec(example.replace("data/index", str(samples_index.index)), {})
    assert re.match(r"[1-9]\d* [1-9]\d*\n", capsys.readouterr().out)


def test_every_query_in_it_is_understood_as_it_stands():
    table = README.partition("| typed | finds |")[2].partition("\n\n")[0]
    queries = re.findall(r"`([^`]+)`", "".join(re.findall(r"^\|(.*?)(?<!\\)\|", table, re.M)))
    assert len(queries) > 20
    for query in queries:
        assert parse(query.replace("\\|", "|")).problems == ()


def test_every_command_of_make_that_it_names_is_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", "".join(blocks("sh")), re.M):
        assert re.search(rf"^{target}:", makefile, re.M)


def test_every_picture_is_there():
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)
