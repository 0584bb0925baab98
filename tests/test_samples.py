"""The sample reports are what the script makes, many of every kind, and worth searching."""

import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path

import docx
import pdfplumber
import pytest

from indexer.extract import extract
from indexer.metadata.overrides import read_overrides
from indexer.report import BlockKind

DATA = Path(__file__).resolve().parents[1] / "data"
REPORTS = DATA / "reports"
SUFFIXES = (".pdf", ".docx", ".txt", ".md")
PATHS = sorted(path for path in REPORTS.rglob("*") if path.suffix in SUFFIXES)
NAMES = [path.relative_to(REPORTS).as_posix() for path in PATHS]
MARKS = ("示例：本文为演示软件而编写，内容虚构", "示例：本文為演示軟件而編寫，內容虛構")


def make(out, seed):
    script = [sys.executable, "-W", "error", str(DATA / "make_samples.py"), "--out", str(out)]
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(script, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return {p.relative_to(out).as_posix(): p for p in out.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("made"), "1")


@pytest.fixture(scope="module")
def texts():
    """Every committed sample's text without white space; its blocks run on."""
    return {name: read(path) for name, path in zip(NAMES, PATHS, strict=True)}


@pytest.fixture(scope="module")
def listed():
    with (DATA / "samples" / "documents.toml").open("rb") as file:
        return tomllib.load(file)["document"]


def read(path):
    blocks = extract(path).blocks
    kept = (block.text for block in blocks if block.kind is not BlockKind.ASIDE)
    return re.sub(r"\s", "", "".join(kept))


def grams(text, size=12):
    """Runs of characters, figures left out: what two texts share but for their numbers."""
    plain = re.sub(r"[\d.%]+", "", text)
    return {plain[start : start + size] for start in range(len(plain) - size + 1)}


def test_the_script_makes_the_same_bytes_each_time(made, tmp_path):
    again = make(tmp_path, "2")
    assert made.keys() == again.keys()
    assert [n for n in made if made[n].read_bytes() != again[n].read_bytes()] == []


def test_the_committed_files_are_those_the_script_makes(made, texts):
    committed = {p.relative_to(REPORTS).as_posix() for p in REPORTS.rglob("*") if p.is_file()}
    assert committed == made.keys()
    plain = [name for name in made if not name.endswith((".pdf", ".docx"))]
    assert [n for n in plain if made[n].read_bytes() != (REPORTS / n).read_bytes()] == []
    # Other versions of the libraries may pack the same words in other bytes.
    packed = made.keys() - set(plain)
    assert [name for name in sorted(packed) if read(made[name]) != texts[name]] == []


def test_there_are_enough_of_every_format_place_year_and_subject(listed):
    assert [entry["path"] for entry in listed] == list(dict.fromkeys(e["path"] for e in listed))
    assert {entry["path"] for entry in listed} == set(NAMES)
    formats = Counter(Path(name).suffix for name in NAMES)
    assert min(formats[suffix] for suffix in (".pdf", ".docx", ".txt")) >= 8
    assert formats[".md"] == 2
    assert len({entry["province"] for entry in listed} - {"全国"}) >= 8
    assert {"国家", "省", "市", "县", "区", "县级市"} <= {entry["level"] for entry in listed}
    assert {entry["year"] for entry in listed} == set(range(2019, 2027))
    assert len({topic for entry in listed for topic in entry["topics"]}) >= 8
    kinds = {"law_report", "open_report", "work_report", "plan", "notice", "opinion", "regulation"}
    assert kinds <= {entry["kind"] for entry in listed}


def test_the_collection_stays_small():
    assert sum(path.stat().st_size for path in REPORTS.rglob("*") if path.is_file()) < 1_500_000


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_says_that_it_is_one_near_the_top(name, texts):
    assert any(mark in texts[name][:200] for mark in MARKS)
    assert "示例" in name


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_as_long_as_a_real_report(name, texts):
    assert 1500 <= len(texts[name]) <= 8000


@pytest.mark.parametrize("name", NAMES)
def test_no_slot_is_left_open(name, texts):
    assert not re.search(r"[{}【】]|\d{4}-:|None", texts[name])


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_comes_twice_in_a_report(name, texts):
    sentences = (s.strip("”") for s in re.split(r"[。！？；：]", texts[name]))
    counts = Counter(sentence for sentence in sentences if len(sentence) >= 12)
    assert counts
    assert [sentence for sentence, count in counts.items() if count > 1] == []


def test_no_two_reports_are_alike(texts):
    shingles = {name: grams(text) for name, text in texts.items()}
    alike = {
        (one, two): shared
        for one, two in combinations(shingles, 2)
        if (shared := overlap(shingles[one], shingles[two])) > 0.4
    }
    assert alike == {}


def overlap(one, two):
    """The part of the smaller text that stands in the other too."""
    return len(one & two) / min(len(one), len(two))


@pytest.mark.parametrize(
    ("wording", "first", "last", "least"),
    [
        ("最多跑一次", 2019, 2022, 3),
        ("一件事一次办", 2019, 2023, 4),
        ("高效办成一件事", 2023, 2026, 4),
        ("双随机、一公开", 2019, 2026, 6),
        ("跑路", 2019, 2026, 4),
    ],
)
def test_a_wording_can_be_traced_through_its_years(wording, first, last, least, texts, listed):
    users = [entry for entry in listed if wording in texts[entry["path"]]]
    assert len(users) >= least
    assert all(first <= entry["year"] <= last for entry in users)
    assert len({entry["province"] for entry in users}) >= 3


@pytest.mark.parametrize(
    ("name", "codec", "start"),
    [
        ("湖南省/浏阳市人民政府2019年法治政府建设情况报告（示例）.txt", "gb18030", b""),
        ("湖北省/宜昌市2019年政府工作报告（示例）.txt", "utf-16", b"\xff\xfe"),
        (
            "黑龙江省/讷河市人民政府2020年政府信息公开工作年度报告（示例）.txt",
            "utf-8",
            b"\xef\xbb\xbf",
        ),
        ("2025年/珠海市便利港澳居民办事若干措施（繁体，示例）.txt", "big5", b""),
    ],
)
def test_texts_come_in_the_encodings_that_are_about(name, codec, start):
    data = (REPORTS / name).read_bytes()
    assert data.startswith(start)
    assert "示例" in data.decode(codec)
    if not start:
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")


def test_page_breaks_and_line_wraps_cut_sentences():
    cut = (REPORTS / "浙江省/安吉县2026年政府工作报告（示例）.md").read_text("utf-8")
    assert len(re.findall(r"[一-龥]\n\n— \d+ —\n\n[一-龥]", cut)) >= 3
    wrapped = (REPORTS / "内蒙古自治区/赤峰市2021年政府工作报告（示例）.txt").read_text("utf-8")
    assert max(map(len, wrapped.splitlines())) == 36


def test_pdfs_embed_no_font_and_run_over_pages_with_numbers_and_tables():
    ruled, running = 0, 0
    for path in (path for path in PATHS if path.suffix == ".pdf"):
        with pdfplumber.open(path) as pdf:
            assert len(pdf.pages) >= 2
            feet = [page.extract_text_lines()[-1]["text"] for page in pdf.pages]
            assert [re.sub(r"\s", "", f) for f in feet] == [
                f"—{n}—" for n in range(1, len(feet) + 1)
            ]
            ruled += any(page.find_tables() for page in pdf.pages)
            heads = {page.extract_text_lines()[0]["text"] for page in pdf.pages}
            running += len(heads) == 1
            files = [objid for xref in pdf.doc.xrefs for objid in xref.get_objids()]
            assert not any("FontFile" in str(pdf.doc.getobj(objid)) for objid in files)
    assert ruled >= 2
    assert running == 1


def test_no_line_of_a_pdf_begins_with_a_mark_that_may_not():
    for path in (path for path in PATHS if path.suffix == ".pdf"):
        with pdfplumber.open(path) as pdf:
            lines = [line["text"] for page in pdf.pages for line in page.extract_text_lines()]
        assert [line for line in lines if line[0] in "，。、；：）》”"] == []


def test_docx_have_headings_tables_merged_cells_headers_and_footers():
    files = [docx.Document(path) for path in PATHS if path.suffix == ".docx"]
    headed = [f for f in files if any(p.style.name.startswith("Heading") for p in f.paragraphs)]
    merged = [f for f in files for t in f.tables if t._tbl.xpath(".//w:gridSpan[@w:val > 1]")]
    assert headed
    assert len(headed) < len(files)
    assert merged
    assert any(f.sections[0].header.paragraphs[0].text for f in files)
    assert all("—" in f.sections[0].footer.paragraphs[0].text for f in files)


def test_the_overrides_name_files_that_are_there():
    overrides = read_overrides(REPORTS / "metadata.csv")
    assert {row.file for row in overrides.rows} < set(NAMES)
    assert all(row.values for row in overrides.rows)
