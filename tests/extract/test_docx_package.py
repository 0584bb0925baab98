"""Word packages: odd ones that are read, and bad ones that say what is wrong with them."""

import io
import zipfile
from pathlib import Path

import pytest

from indexer.errors import DamagedError, EncryptedError, TooLargeError
from indexer.extract import docx, extract
from tests.word_files import W, level, lists, numbered, paragraph, word_file

NAME = Path("报告.docx")
TEXT = paragraph("各位代表：") + paragraph("现在，我代表市人民政府作政府工作报告。")


def texts(data):
    return [block.text for block in docx.read(NAME, data).blocks]


def rewritten(data, edit):
    """A package whose members went through `edit` (name, content) -> (name, content) or None."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for entry in old.namelist():
            kept = edit(entry, old.read(entry))
            if kept is not None:
                new.writestr(*kept)
    return result.getvalue()


def with_main(xml):
    return rewritten(
        word_file(TEXT), lambda name, old: (name, xml if name == "word/document.xml" else old)
    )


def document(inside, prologue=""):
    return f'{prologue}<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


@pytest.mark.parametrize("main", ["word/document2.xml", "word/文档.xml", "docs/main.xml"])
def test_the_main_part_may_have_any_name(main, tmp_path):
    path = tmp_path / "报告.docx"
    path.write_bytes(word_file(TEXT, main=main))
    assert extract(path).blocks[0].text == "各位代表："


def test_strict_documents_read_like_others():
    definition = level(0, "decimal", "%1.")
    footnotes = f'<w:footnote w:id="1">{paragraph("脚注")}</w:footnote>'
    body = numbered("甲") + paragraph("乙", before='<w:r><w:footnoteReference w:id="1"/></w:r>')
    parts = {"numbering": lists(definition), "footnotes": footnotes, "header": paragraph("页眉")}
    assert texts(word_file(body, parts=parts, strict=True)) == texts(word_file(body, parts=parts))


def test_parts_in_utf_16_are_read():
    xml = '<?xml version="1.0" encoding="UTF-16"?>' + document(TEXT)
    assert texts(with_main(xml.encode("utf-16")))[0] == "各位代表："


def test_names_of_parts_may_differ_in_case_and_slashes():
    data = word_file(numbered("甲") + paragraph("乙"), parts={"header": paragraph("页眉文字")})
    odd = rewritten(data, lambda name, old: (name.replace("word/", "Word\\"), old))
    assert texts(odd) == ["甲", "乙", "页眉文字"]


def test_a_missing_list_of_relationships_is_no_harm():
    data = rewritten(
        word_file(TEXT), lambda name, old: None if name == "_rels/.rels" else (name, old)
    )
    assert texts(data)[0] == "各位代表："


def test_a_damaged_part_beside_the_text_is_told():
    data = rewritten(
        word_file(TEXT, parts={"header": "", "styles": ""}),
        lambda name, old: (name, b"<w:hdr" if name == "word/header.xml" else old),
    )
    extraction = docx.read(NAME, data)
    assert len(extraction.blocks) == 2
    assert extraction.warnings[0].startswith("部件 word/header.xml 损坏（第 1 行不是合法的 XML")


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("", "不是合法的 XML"),
        (document(TEXT)[:-40], "不是合法的 XML"),
        (document("&nbsp;"), "不是合法的 XML"),
        ("<html/>", "不是 Word 正文"),
        (
            document("&x;", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
            "含有 DTD 声明",
        ),
        (document("&x;", '<!DOCTYPE w [<!ENTITY x "法治">]>'), "含有 DTD 声明"),
    ],
)
def test_a_text_that_is_no_xml_is_damaged(xml, reason):
    with pytest.raises(DamagedError, match=reason):
        docx.read(NAME, with_main(xml))


def test_a_package_without_a_text_says_so():
    data = rewritten(
        word_file(TEXT), lambda name, old: None if name == "word/document.xml" else (name, old)
    )
    with pytest.raises(DamagedError, match="没有正文部件"):
        docx.read(NAME, data)


def test_data_that_do_not_fit_the_directory_are_damaged():
    data = bytearray(word_file(TEXT))
    start = data.index(b"word/document.xml") + len("word/document.xml") + 20
    data[start : start + 20] = bytes(20)
    with pytest.raises(DamagedError, match="压缩数据"):
        docx.read(NAME, bytes(data))


def test_a_zip_with_a_password_is_encrypted():
    data = bytearray(word_file(TEXT))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 1)
    with pytest.raises(EncryptedError):
        docx.read(NAME, bytes(data))


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
NESTED = "<w:tbl><w:tr><w:tc>"


@pytest.mark.parametrize(
    "xml",
    [
        document(paragraph("&a9;"), f'<!DOCTYPE w [<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">{LAUGHS}]>'),
        document(NESTED * 33_000 + "</w:tc></w:tr></w:tbl>" * 33_000),
        document(paragraph("字" * 4_000_000)),
        document(paragraph("字") * 900_000),
    ],
    ids=["laughs", "nesting", "one text", "paragraphs"],
)
def test_what_is_beyond_measure_is_refused_before_it_is_read(xml):
    with pytest.raises(TooLargeError):
        docx.read(NAME, with_main(xml))


def test_many_headers_are_one_part_if_they_name_one():
    links = {f"h{number}": ("header", "header.xml") for number in range(3000)}
    data = word_file(TEXT, parts={"header": paragraph("页眉文字")}, links=links)
    assert texts(data)[2:] == ["页眉文字"]


def test_too_many_parts_are_refused():
    links = {f"h{number}": ("header", f"h{number}.xml") for number in range(2100)}
    files = {f"word/h{number}.xml": b"<x/>" for number in range(2100)}
    with pytest.raises(TooLargeError, match="部件"):
        docx.read(NAME, word_file(TEXT, links=links, files=files))


def ladder(count):
    """Styles each based on the next."""
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:basedOn w:val="S{n + 1}"/></w:style>'
        for n in range(count)
    )


MARK = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
PAGE = "<w:lastRenderedPageBreak/><w:t>字</w:t>"


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (NESTED * 80 + paragraph("深") + "</w:tc></w:tr></w:tbl>" * 80, {}),
        ("<w:p>" + "<w:ins>" * 240 + "<w:r><w:t>深</w:t></w:r>" + "</w:ins>" * 240 + "</w:p>", {}),
        (paragraph("字", properties='<w:pStyle w:val="S0"/>'), {"styles": ladder(5000)}),
        (f"<w:p>{MARK * 20_000}<w:r><w:t>字</w:t></w:r></w:p>", {}),
        (f"<w:p><w:r>{PAGE * 20_000}</w:r></w:p>", {}),
    ],
    ids=["tables", "insertions", "styles", "fields", "pages"],
)
def test_depth_and_number_are_no_trouble(body, parts):
    assert texts(word_file(body, parts=parts))


def test_styles_based_on_each_other_in_a_ring_end():
    ring = ladder(1).replace('"S1"', '"S0"')
    body = paragraph("字", properties='<w:pStyle w:val="S0"/>')
    assert texts(word_file(body, parts={"styles": ring})) == ["字"]
