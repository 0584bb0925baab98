"""RIS, BibTeX and CSL-JSON, as the libraries of others read them."""

from __future__ import annotations

import json
import re

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from indexer.citing import WRITERS, Citation, Source
from tests.citing.cases import CASES, LINK, RARER, READ_ON, Case

ALL = [*CASES, *RARER]
RIS_TYPES = {"R": "RPRT", "A": "GOVDOC", "S": "STAND", "EB": "ELEC"}
# What TeX makes of the commands that are used.
TEX = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    **{f"\\{char}": char for char in "#$%&_"},
}
LINES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40
).map(lambda text: " ".join(text.split()))
TITLES = LINES.filter(bool)


def read_tex(text: str) -> str:
    commands = "|".join(map(re.escape, sorted(TEX, key=len, reverse=True)))
    return re.sub(commands, lambda found: TEX[found[0]], text)


def ris_of(cited: Citation) -> dict[str, object]:
    (entry,) = rispy.loads(WRITERS["ris"](cited))
    return entry


def bibtex_of(cited: Citation) -> dict[str, str]:
    parser = bibtexparser.bparser.BibTexParser(interpolate_strings=False)
    (entry,) = parser.parse(WRITERS["bibtex"](cited)).entries
    return entry


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.what)
def test_ris_is_read_back_field_by_field(case: Case):
    source, entry = case.source, ris_of(case.citation)
    kind = "STAT" if "条例" in source.title or source.kind == "规章" else None
    mark = re.search(r"\[(R|A|S|EB)(?:/OL)?\]", case.expected)[1]
    assert entry.pop("type_of_reference") == (kind if kind and mark == "EB" else RIS_TYPES[mark])
    year = case.source.published or case.source.estimated
    expected = {
        "id": "tifa-x",
        "title": source.title,
        "authors": list(source.issuers) or None,
        "year": str(year) if year else None,
        "date": source.date.replace("-", "/") if source.date else None,
        ("note" if mark == "EB" else "issn"): source.number,
        "start_page": case.pages.split("-")[0] or None,
        "end_page": case.pages.split("-")[1] if "-" in case.pages else None,
        "urls": [case.link] if case.link else None,
        "access_date": "2026/11/22" if case.link else None,
        "language": "zh" if re.search("[一-鿿]", source.title) else "en",
    }
    assert entry == {name: value for name, value in expected.items() if value is not None}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.what)
def test_bibtex_is_read_back_field_by_field(case: Case):
    source, entry = case.source, bibtex_of(case.citation)
    mark, carrier = re.search(r"\[(R|A|S|EB)(/OL)?\]", case.expected).groups()
    year = source.published or source.estimated
    expected = {
        "ENTRYTYPE": "techreport" if mark == "R" else "misc",
        "ID": "tifa-x",
        "author": " and ".join(f"{{{body}}}" for body in source.issuers) or None,
        "title": source.title,
        "institution": "、".join(source.issuers) or None if mark == "R" else None,
        "number": source.number,
        "year": str(year) if year else None,
        "date": source.date,
        "pages": case.pages.replace("-", "--") or None,
        "url": case.link or None,
        "urldate": "2026-11-22" if case.link else None,
        "langid": "chinese" if re.search("[一-鿿]", source.title) else "english",
        "mark": mark,
        "medium": "OL" if carrier else None,
    }
    read = {name: read_tex(value) for name, value in entry.items()}
    assert read == {name: value for name, value in expected.items() if value is not None}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.what)
def test_a_second_reader_of_bibtex_takes_each_body_for_one_name(case: Case):
    (entry,) = parse_string(WRITERS["bibtex"](case.citation), "bibtex").entries.values()
    names = [str(person) for person in entry.persons.get("author", [])]
    assert names == [f"{{{body}}}" for body in case.source.issuers]
    assert read_tex(entry.fields["title"]) == case.source.title


@settings(max_examples=50)
@given(
    title=TITLES,
    bodies=st.lists(TITLES, max_size=3),
    quote=st.lists(TITLES, min_size=1, max_size=3),
)
def test_nothing_in_a_text_breaks_a_record(title, bodies, quote):
    source = Source("x", title, tuple(bodies), None, "2024-03-05", 2024, "通知")
    cited = Citation(source, "tifa-x", LINK, READ_ON, "\n".join(quote), "3")
    ris = WRITERS["ris"](cited)
    (record,) = rispy.loads(ris)
    assert record["title"] == title
    assert record.get("authors", []) == bodies
    assert record["notes"] == [" ".join(quote)]
    assert len(re.findall(r"^[A-Z][A-Z0-9]  - ", ris, re.M)) == len(ris.split("\r\n")) - 2
    entry = bibtex_of(cited)
    assert read_tex(entry["title"]) == title
    assert read_tex(entry["annote"]) == " ".join(quote)
    assert read_tex(entry.get("author", "")) == " and ".join(f"{{{body}}}" for body in bodies)
    (item,) = json.loads(WRITERS["csljson"](cited))
    assert (item["title"], item["note"]) == (title, "\n".join(quote))
    assert [author["literal"] for author in item.get("author", [])] == bodies


def test_keys_are_the_same_for_ever_and_differ_between_passages_of_one_report():
    source = Source("abc", "题")
    records = {
        WRITERS["bibtex"](Citation(source, key, LINK, READ_ON)).partition(",")[0]
        for key in ("tifa-abc", "tifa-abc-1-2-xyz", "tifa-abc-12-xyz")
    }
    assert records == {"@misc{tifa-abc", "@misc{tifa-abc-1-2-xyz", "@misc{tifa-abc-12-xyz"}
