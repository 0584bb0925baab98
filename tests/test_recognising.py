"""Pages without text are recognised after everything else, kept page by page, and once."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace

import pytest

from indexer import printing, recognising
from indexer.collection import update
from indexer.extract import ocr
from indexer.library import Library
from indexer.recorder import Recorder
from indexer.report import PageStatus
from indexer.workers import hash_of
from tests.conftest import SAMPLES
from tests.recognitions import keep, page_saying
from tests.scans import needs_ocr, photographs, scanned
from tests.two_reports import ids

SAID = page_saying("丙区民政局2023年工作总结", "新建养老机构五家，入住老人三百名。")
LETTER = "农业农村部关于扎实推进*.pdf"


@pytest.fixture
def scan(folder):
    return photographs(folder / "scan.pdf", 2)


@pytest.fixture
def mixed(folder):
    """A report of text with one page more, which is a picture."""
    return photographs(folder / "mixed.pdf", 1, front=next(SAMPLES.rglob("安阳市*.pdf")))


def known(config, path):
    with closing(Recorder.create(config.catalogue)) as recorder:
        return recorder.recognitions(hash_of(path), ocr.RECOGNITION_VERSION)


def nothing_to_do(function, items, *limits):
    assert list(items) == []
    return iter(())


def test_without_recognition_a_scan_is_listed_and_the_summary_says_how_to_read_it(
    folder, config, scan, monkeypatch, capsys
):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    summary = update(config, [folder])
    assert (summary.counts.reports, summary.unrecognised, summary.recognised) == (2, 1, 0)
    printing.summary(summary, config.index)
    said = capsys.readouterr().err
    assert said.count("pip install 'tifa-search[ocr]'") == 1
    assert "scan.pdf" in said


def test_what_was_seen_on_a_scan_is_searched_and_marked(folder, config, scan):
    update(config, [folder], recognise=False)
    keep(config, scan, {1: SAID, 2: page_saying("全年投入资金五百万元。")})
    summary = update(config, [folder], recognise=False)
    assert (summary.added, summary.recognised, summary.failures) == (1, 2, ())
    assert summary.unchanged == 2
    results = Library(config).search('"养老机构五家"')
    (hit,) = results.hits
    assert [passage.recognised for passage in hit.passages] == [True]
    assert results.to_json()["hits"][0]["passages"][0]["ocr"] is True
    assert (results.unsearchable.files, results.unsearchable.pages) == (0, 0)
    assert update(config, [folder], recognise=False).unchanged == 3


def test_of_a_report_only_the_pages_that_were_recognised_are_marked(folder, config, mixed):
    update(config, [folder], recognise=False)
    assert Library(config).search('"法治"').unsearchable.pages == 1
    last = len(Library(config).report(ids(config, '"文峰区"')[0]).document.pages)
    keep(config, mixed, {last: SAID})
    update(config, [folder], recognise=False)
    library = Library(config)
    (hit,) = library.search('"养老机构五家"').hits
    assert [passage.recognised for passage in hit.passages] == [True]
    (hit,) = library.search('"文峰区卫生健康委员会"').hits
    assert not any(passage.recognised for passage in hit.passages)
    pages = library.report(hit.id).document.pages
    assert [page.recognised for page in pages] == [False] * (last - 1) + [True]
    assert library.search('"法治"').unsearchable.pages == 0


def test_two_files_of_the_same_bytes_are_one_report(folder, config, scan):
    shutil.copy(scan, folder / "copy.pdf")
    update(config, [folder], recognise=False)
    keep(config, scan, {1: SAID, 2: page_saying()})
    summary = update(config, [folder], recognise=False)
    assert (summary.added, summary.same_bytes) == (1, 1)
    (report,) = ids(config, '"养老机构五家"')
    assert len(Library(config).report(report).paths) == 2


def test_pages_that_gave_nothing_are_not_looked_at_again(folder, config, scan, monkeypatch):
    update(config, [folder], recognise=False)
    keep(config, scan, {1: page_saying(), 2: None})
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    (failure,) = update(config, [folder]).failures
    assert "没有识别出文字" in failure.reason

    monkeypatch.setattr(recognising, "run_all", nothing_to_do)
    summary = update(config, [folder])
    assert (summary.failures, summary.unrecognised) == ((failure,), 0)


def test_where_recognition_fails_the_report_stays_and_its_page_is_listed(
    folder, config, mixed, monkeypatch
):
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    impatient = replace(config, seconds_per_page=0.01)
    summary = update(impatient, [folder])
    assert (summary.added, summary.recognised) == (3, 0)
    (failure,) = summary.failures
    assert failure.pages == 1
    assert list(known(config, mixed).values()) == [None]
    monkeypatch.setattr(recognising, "run_all", nothing_to_do)
    assert update(impatient, [folder]).failures == (failure,), "and it is not tried again"


def test_a_catalogue_made_before_there_was_recognition_is_taken_up(folder, config, scan):
    update(config, [folder], recognise=False)
    with closing(Recorder.create(config.catalogue)) as recorder:
        recorder._sql.execute("DROP TABLE recognitions")
    assert Library(config).search('"一百公里"').total == 1
    assert update(config, [folder], recognise=False).unrecognised == 1
    assert known(config, scan) == {}


def test_a_file_read_again_needs_no_second_look(folder, config, mixed):
    update(config, [folder], recognise=False)
    (report,) = ids(config, '"文峰区"')
    last = len(Library(config).report(report).document.pages)
    keep(config, mixed, {last: SAID})
    update(config, [folder], recognise=False)
    with closing(Recorder.create(config.catalogue)) as recorder, recorder.transaction():
        recorder.read_again(report)
    update(config, [folder], recognise=False)
    assert ids(config, '"养老机构五家"') == [report]


@needs_ocr
def test_a_scan_is_recognised_and_a_stop_loses_nothing(folder, config):
    source = next(SAMPLES.rglob(LETTER))
    scan = scanned(source, folder / "scan.pdf", range(5, 7), poor=True)

    def stop(step: str, done: int, total: int) -> None:
        if (step, done) == ("recognise", 1):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(config, [folder], progress=stop)
    assert len(known(config, scan)) == 1
    steps = []
    summary = update(config, [folder], progress=lambda *step: steps.append(step))
    assert ("recognise", 1, 1) in steps, "the page that is left"
    assert (summary.added, summary.recognised, summary.failures) == (1, 2, ())
    (report,) = ids(config, '"农业农村部"')
    document = Library(config).report(report).document
    assert {page.status for page in document.pages} == {PageStatus.SCANNED}
    assert all(page.recognised for page in document.pages)
    update(config, [folder], progress=lambda *step: steps.append(step))
    assert steps.count(("recognise", 1, 1)) == 1
