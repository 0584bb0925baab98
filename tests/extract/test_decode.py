"""Whatever a text was saved as, its characters come back; what does not is told."""

import random

import pytest

from indexer.extract.txt.decode import decode
from tests.benchmarks.encodings import ENCODINGS, cuts, is_file_right, is_right, seed_texts

TEXT = (
    "现将二〇二五年法治政府建设情况报告如下，请予审议。全市生产总值增长5.2％，政务服务更加便民。\n"
    "全年办理行政许可1170件，群众满意度进一步提升，各项工作取得新的成效。\n"
)
TRADITIONAL = "現將2025年法治政府建設情況報告如下，請予審議。全市經濟增長，政務服務更加便民。\n"


def test_every_file_of_the_corpus_reads_as_its_manifest_says(corpus):
    rows = (corpus / "txt" / "manifest.tsv").read_text("utf-8").splitlines()[1:]
    wrong = [
        name
        for name, encoding, *_ in (row.split("\t") for row in rows)
        if not is_file_right((corpus / "txt" / name).read_bytes(), encoding)
    ]
    assert len(rows) == 21
    assert wrong == []


def test_pieces_of_real_reports_are_read_in_every_encoding(corpus):
    tried = list(cuts(seed_texts(corpus), 40, seed=7))
    assert {cut.name for cut in tried} == set(ENCODINGS)
    assert [cut.data for cut in tried if not is_right(cut)] == []


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-32-be"])
@pytest.mark.parametrize("size", range(24, 40))
def test_two_dozen_bytes_are_enough_wherever_they_end(encoding, size):
    data = TRADITIONAL.encode(encoding)[:size]
    assert decode(data).text.rstrip("\ufffd") == data.decode(encoding, "ignore")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16-le"])
def test_a_file_that_begins_in_mid_character_is_read_from_the_next(encoding):
    data = TEXT.encode(encoding)[1:]
    assert decode(data).text.lstrip("\ufffd") == TEXT[1:]
    assert "无法解读" in decode(data).warnings[0]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_one_bad_byte_costs_one_character_and_not_the_line(encoding):
    text = TRADITIONAL.replace("％", "")
    clean = text.encode(encoding)
    for seed in range(20):
        data = bytearray(clean)
        data[random.Random(seed).randrange(len(data) - 16)] = 0xFF
        decoded = decode(bytes(data))
        kept = decoded.text.replace("\ufffd", "")
        assert len(kept) >= len(text) - 2
        assert decoded.text.endswith("便民。\n")
        assert "无法解读" in decoded.warnings[0]


@pytest.mark.parametrize("order", [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-8", "big5")])
@pytest.mark.parametrize("between", ["\n", ""])
def test_two_encodings_in_one_file_are_both_read_and_told(order, between):
    text = TRADITIONAL.rstrip() if "big5" in order else TEXT.rstrip()
    data = between.join([text] * 4).encode(order[0]) + between.encode() + text.encode(order[1])
    decoded = decode(data)
    assert decoded.text == between.join([text] * 5)
    assert "两种编码" in decoded.warnings[0]


def test_the_encoding_that_a_file_names_is_believed_only_where_it_fits():
    data = TEXT.encode("gb18030")
    assert decode(data, "gb18030").text == TEXT
    assert decode(data, "utf-8").text == TEXT
    assert decode(data, "no such encoding").text == TEXT


def test_a_few_gbk_characters_that_are_utf8_by_chance_are_gbk():
    for text in ("展", "医师", "2025年医师", "联通"):
        assert decode(text.encode("gbk")).text == text


def test_text_that_is_not_chinese_is_read_by_what_chardet_names():
    text = "日本の政府は、来年度の予算案を閣議決定した。" * 3
    decoded = decode(text.encode("shift_jis"))
    assert decoded.text == text
    assert "不像中文" in decoded.warnings[0]


def test_signs_of_loss_before_saving_are_told_apart_from_loss_on_reading():
    warnings = decode((TEXT + "\ufffd" * 2).encode() + b"\xff" + TEXT.encode()).warnings
    assert warnings == (
        "有 1 处字节无法解读，已用 \ufffd 代替。",
        "原文件里已有 2 处 \ufffd，那里的字在保存之前就丢失了。",
    )


@pytest.mark.parametrize(
    ("true", "false", "told"),
    [
        ("utf-8", "gb18030", "UTF-8 被当作 GBK"),
        ("utf-8", "latin-1", "UTF-8 被当作西文"),
        ("utf-8", "cp1252", "UTF-8 被当作西文"),
        ("gb18030", "latin-1", "GBK 被当作西文"),
        ("gb18030", "cp950", "GBK 被当作 Big5"),
    ],
)
def test_text_that_was_spoiled_before_it_was_saved_is_told(true, false, told):
    spoiled = TEXT.encode(true).decode(false, "replace")
    assert told in decode(spoiled.encode()).warnings[-1]


def test_remains_of_spoiled_text_are_told():
    assert "锟斤拷" in decode(("报告锟斤拷锟斤拷" + TEXT).encode()).warnings[0]
    assert "乱码" in decode(("?" * 30 + TEXT).encode()).warnings[0]


def test_no_sound_report_is_called_spoiled(corpus):
    paths = [p for p in sorted((corpus / "reports").rglob("*")) if p.suffix in (".txt", ".md")]
    assert len(paths) > 400
    assert [path.name for path in paths[::4] if decode(path.read_bytes()).warnings] == []
