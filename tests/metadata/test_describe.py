"""Real reports: what is found about them as a whole."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path, PurePath

import pytest

from indexer.extract import extract
from indexer.metadata import describe
from indexer.metadata.topic import MOST_OF_WORK_REPORT
from indexer.report import Metadata
from indexer.structure import structure

DATA = Path(__file__).resolve().parents[2] / "data"
SAMPLES = tomllib.loads((DATA / "samples" / "documents.toml").read_text("utf-8"))["document"]


def described(folder: Path, name: str) -> Metadata:
    path = folder / name
    return describe(structure(extract(path), path.name), PurePath(name)).metadata


def test_the_report_of_a_districts_health_commission(corpus):
    found = described(corpus / "seeds", "000_b2f050a60310ffe3.txt")
    assert found.region is not None
    assert (found.region.code, found.region.names) == ("410503", ("河南省", "安阳市", "北关区"))
    assert (found.year, found.date, found.kind) == (2025, "2026-03-11", "工作报告")
    assert found.issuer == "北关区卫生健康委员会"
    assert {"health", "rule-of-law-government"} <= set(found.topics)


def test_a_report_without_title_or_date(corpus):
    found = described(corpus / "seeds", "004_c2d4a07ef93a68fc.txt")
    assert found.region is not None
    assert (found.region.code, found.region.names) == ("130300", ("河北省", "秦皇岛市"))
    assert (found.year, found.date) == (2025, None)
    assert found.issuer == "秦皇岛市卫生健康委员会"
    assert {"health", "rule-of-law-government"} <= set(found.topics)


@pytest.fixture
def works(corpus):
    """(row of the manifest, what was found) of every government work report."""
    with (corpus / "reports" / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [(row, described(corpus, row["path"])) for row in rows if row["genre"] == "政府工作报告"]


def test_a_work_report_belongs_to_its_government_and_the_year_it_was_given(works):
    assert works
    for row, found in works:
        assert found.region is not None, row["path"]
        assert found.region.names == (row["region"],), row["path"]
        assert found.year == int(row["year"]), row["path"]
        assert found.kind == "政府工作报告", row["path"]


def test_a_work_report_that_touches_everything_still_has_few_topics(works):
    assert works
    for row, found in works:
        assert 1 <= len(found.topics) <= MOST_OF_WORK_REPORT, row["path"]


@pytest.mark.parametrize(
    ("name", "names", "year", "kind", "topic"),
    [
        ("上海市慈善条例(2021-09-28).md", ("上海市",), 2021, "法规", "civil-affairs"),
        (
            "驻马店市城市绿化条例(2018-06-28).md",
            ("河南省", "驻马店市"),
            2018,
            "法规",
            "urban-construction",
        ),
        ("失业保险条例(1999-01-22).md", ("全国",), 1999, "法规", "social-security"),
        (
            "宁波市宗教活动场所管理办法(2021-08-12).md",
            ("浙江省", "宁波市"),
            2021,
            "法规",
            "ethnic-religion",
        ),
    ],
)
def test_regulations(corpus, name, names, year, kind, topic):
    path = corpus / "reports" / "regulations" / name
    if not path.exists():
        pytest.skip(f"{name} is not in the corpus")
    found = described(path.parent, name)
    assert found.region is not None
    assert (found.region.names, found.year, found.kind) == (names, year, kind)
    assert topic in found.topics


@pytest.mark.parametrize("entry", SAMPLES, ids=lambda entry: entry["path"])
def test_a_sample_is_described_as_it_was_written(entry):
    path = DATA / "reports" / entry["path"]
    found = described(path.parent, path.name)
    assert found.region is not None
    assert (found.title, found.issuer, found.date, found.year) == (
        entry["title"],
        entry["issuer"],
        entry["date"],
        entry["year"],
    )
    assert (found.region.names[0], found.region.names[-1]) == (entry["province"], entry["place"])
