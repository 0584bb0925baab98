"""Abolished regions: found and counted under what followed them, and still by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.collection import update
from indexer.config import Config
from indexer.engine import open_engine
from indexer.library import Library
from indexer.results import Sort
from tests.oracle import BruteForce, compare

FILED = {
    "宣武": "110104",
    "西城": "110102",
    "崇文": "110103",
    "北京": "110000",
    "沔阳": "422427",
    "大名": "132121",
    "国家": "100000",
    "重庆": "510200",
}


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Config:
    folder = tmp_path_factory.mktemp("reports")
    rows = ["file,region"]
    for name, code in FILED.items():
        (folder / f"{name}.txt").write_text(f"{name}的工作\n\n让群众少跑路。\n", encoding="utf-8")
        rows.append(f"{name}.txt,{code}")
    (folder / "metadata.csv").write_text("\n".join(rows), encoding="utf-8")
    config = Config(Path(tmp_path_factory.mktemp("index")), workers=1)
    update(config, [folder])
    return config


@pytest.fixture(scope="module")
def library(filed: Config) -> Library:
    return Library(filed)


def found(library: Library, typed: str = "群众少跑路", **filters: list[str]) -> set[str]:
    return {hit.title[:2] for hit in library.search(typed, **filters).hits}


def test_a_region_finds_and_counts_what_it_followed(library: Library):
    assert found(library, region=["西城区"]) == {"西城", "宣武"}
    assert found(library, region=["北京市"]) == {"北京", "西城", "宣武", "崇文"}
    assert found(library, region=["仙桃市"]) == {"沔阳"}
    assert found(library, region=["500000"]) == {"重庆"}
    counts = {value.value: value for value in library.search("群众少跑路").facets.region}
    assert (counts["110000"].count, counts["110102"].count, counts["110104"].count) == (4, 2, 1)
    assert (counts["110104"].label, counts["110104"].parent) == ("宣武区（今西城区）", "110102")
    assert counts["130400"].count == 1


def test_an_abolished_region_itself_finds_only_its_own_reports(library: Library):
    assert found(library, "群众少跑路 地区：宣武区") == {"宣武"}
    assert found(library, region=["110104"]) == {"宣武"}
    assert found(library, region=["四川省"]) == set()


def test_by_region_what_was_abolished_follows_what_it_became(library: Library):
    titles = [hit.title[:2] for hit in library.search("群众少跑路", sort=Sort.REGION).hits]
    assert titles == ["国家", "北京", "崇文", "西城", "宣武", "大名", "沔阳", "重庆"]


@pytest.mark.parametrize(
    "region", [[], ["西城区"], ["110104"], ["北京市", "420000"], ["133000"], ["none"]], ids=str
)
def test_counts_are_those_of_a_full_scan(filed: Config, library: Library, region: list[str]):
    search = library.request('"少跑路"', region=region, limit=100)
    assert compare(open_engine(filed), BruteForce(filed), search)[2] == []
