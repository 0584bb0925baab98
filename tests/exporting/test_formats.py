"""Every format, read back by something that is not ours."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date

import bibtexparser
import pytest
import rispy
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from indexer.exporting.documents import Heading
from indexer.exporting.entries import Entry, of_passages, of_reports
from indexer.exporting.tables import COLUMNS
from indexer.exporting.writing import Format, chunks
from indexer.report import Region
from indexer.results import Hit, Passage

TODAY = date(2026, 11, 22)
HEADING = Heading("检索：“群众”", ("共 2 篇报告",), "https://tifa.example/?q=x")


def absolute(path: str) -> str:
    return f"https://tifa.example{path}"


def hit(
    number: int = 0, title: str = "某县2024年政府工作报告", text: str = "让群众少跑路。"
) -> Hit:
    passage = Passage(text, ((0, 1),), 3, 2, True, f"{number:010}.3.7.abcdefgh", f"/p/{number}")
    region = Region("410503", ("河南省", "安阳市", "北关区"))
    return Hit(
        id=f"{number:010}",
        text="",
        title=title,
        region=region,
        year=2024,
        topics=("health",),
        issuer="某县人民政府、某局",
        date="2024-03-05",
        kind="政府工作报告",
        matches=2,
        score=1.5,
        url=f"/r/{number:010}",
        passages=(passage, replace(passage, page=None, recognised=False)),
        number="某政发〔2024〕1号",
    )


def written(form: Format, entries: Iterable[Entry]) -> bytes:
    return b"".join(chunks(form, HEADING, entries))


def reports(*hits: Hit) -> Iterator[Entry]:
    return of_reports(hits or (hit(),), absolute, TODAY)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_row_of_csv_tells_all_that_is_known_of_a_report():
    data = written(Format.CSV, reports())
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = rows(data)
    assert tuple(row) == COLUMNS
    assert row == {
        "编号": "0000000000",
        "标题": "某县2024年政府工作报告",
        "地区": "河南省/安阳市/北关区",
        "地区代码": "410503",
        "年份": "2024",
        "主题": "卫生健康",
        "文种": "政府工作报告",
        "发文机关": "某县人民政府、某局",
        "发文字号": "某政发〔2024〕1号",
        "日期": "2024-03-05",
        "匹配处数": "2",
        "引文": "让群众少跑路。\n让群众少跑路。",
        "页码": "2",
        "OCR": "",
        "备注": "",
        "链接": "https://tifa.example/r/0000000000",
        "报告链接": "https://tifa.example/r/0000000000",
        "引用格式": "某县人民政府,某局.某县2024年政府工作报告:某政发〔2024〕1号[R/OL].(2024-03-05)"
        "[2026-11-22].https://tifa.example/r/0000000000.",
    }


def test_passages_have_a_row_each_with_page_and_link_of_their_own():
    first, second = rows(written(Format.CSV, of_passages([hit()], absolute, TODAY)))
    assert (first["页码"], first["OCR"], second["页码"], second["OCR"]) == ("2", "OCR", "", "")
    assert first["链接"] == "https://tifa.example/p/0"
    assert ".2024:2(2024-03-05)[2026-11-22]." in first["引用格式"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝", "＋", "－", "＠"])
def test_no_cell_of_csv_can_be_taken_for_a_formula(start):
    (row,) = rows(written(Format.CSV, reports(hit(title=f"{start}cmd|' /C calc'!A0"))))
    assert row["标题"].startswith("'")
    assert row["标题"][1:] == f"{start.strip()}cmd|' /C calc'!A0"


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_one_row_and_one_line(title, text):
    entries = list(reports(hit(title=title, text=text), hit(1)))
    first, second = rows(written(Format.CSV, entries))
    assert second["编号"] == "0000000001"
    assert first["标题"].removeprefix("'") == entries[0].cited.source.title.removeprefix("'")
    lines = [json.loads(line) for line in written(Format.JSONL, entries).decode().splitlines()]
    assert [line["title"] for line in lines] == [entry.cited.source.title for entry in entries]


def test_a_line_of_json_has_the_names_of_the_api():
    (line,) = written(Format.JSONL, reports()).decode().splitlines()
    kept = json.loads(line)
    assert kept["region_code"] == "410503"
    assert kept["topics"] == ["health"]
    assert kept["url"] == "https://tifa.example/r/0000000000"
    assert [passage["page"] for passage in kept["passages"]] == [2, None]
    assert kept["passages"][0]["marks"] == [[0, 1]]


def test_ris_and_bibtex_hold_a_record_each():
    entries = list(reports(hit(1), hit(2)))
    records = rispy.loads(written(Format.RIS, entries).decode())
    assert [record["id"] for record in records] == ["tifa-0000000001", "tifa-0000000002"]
    read = bibtexparser.loads(written(Format.BIBTEX, entries).decode())
    assert [entry["ID"] for entry in read.entries] == ["tifa-0000000001", "tifa-0000000002"]


def test_a_list_of_references_is_numbered():
    first, second = written(Format.GBT7714, reports(hit(1), hit(2))).decode().splitlines()
    assert first.startswith("[1] 某县人民政府,某局.")
    assert second.startswith("[2] ")


def test_word_opens_the_docx_with_headings_quotes_and_marks():
    data = written(Format.DOCX, reports(hit(text="让群众<少>跑\n路&。"), hit(1)))
    document = Document(io.BytesIO(data))
    told = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert told[:2] == [("Title", "检索：“群众”"), ("Normal", "共 2 篇报告")]
    assert told[3] == ("Heading 1", "1. 某县2024年政府工作报告")
    assert told[4:6] == [("Quote", "让群众<少>跑"), ("Quote", "路&。")]
    marked = [run.text for run in document.paragraphs[4].runs if run.bold]
    assert marked == ["让"]
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert 'w:instr="HYPERLINK &quot;https://tifa.example/r/0000000000&quot;"' in xml or (
        """w:instr='HYPERLINK "https://tifa.example/r/0000000000"'""" in xml
    )
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


@pytest.mark.parametrize("form", Format)
def test_the_same_results_give_the_same_file(form):
    assert written(form, reports()) == written(form, reports())


@pytest.mark.parametrize("form", [Format.CSV, Format.DOCX])
def test_two_thousand_reports_take_no_more_memory_than_one_hundred(form):
    def peak(count: int) -> int:
        entries = of_reports((hit(number) for number in range(count)), absolute, TODAY)
        tracemalloc.start()
        size = sum(map(len, chunks(form, HEADING, entries)))
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > count * 10
        return used

    few = peak(100)
    assert peak(2_000) < few + 500_000
