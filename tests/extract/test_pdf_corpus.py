"""Every PDF of the real documents: what state its pages are in, or the true reason why not."""

from collections import Counter

import pytest

from indexer.errors import ExtractionError
from indexer.extract import extract
from indexer.extract.clean import clean, visible

# One letter a page: text, scanned, garbled, mixed, empty. Else the error and words of its reason.
OUTCOMES = {
    "chinese/GovDoc-CN_397": "ttttt",
    "chinese/Test": "tettt",
    "chinese/XiaoBiaoSong": "t",
    "chinese/demo-table-align-borders": "t",
    "chinese/demo-table-empty-cell": "ttttt",
    "chinese/issue-461-example": "t",
    "chinese/issue-67-example": 22 * "t",
    "chinese/issue-71-duplicate-chars": "tt",
    "chinese/issue-914-xmp-data": "t",
    "chinese/issue12823": "t",
    "chinese/issue19182": "t",
    "chinese/issue19360": "t",
    "chinese/issue2128r": "t",
    "chinese/issue4061": "t",
    "chinese/issue5874": "NoTextError: 1 页的文字层是乱码",
    "chinese/xbrl-001": "t",
    "cjk_other/issue16063": "t",
    "cjk_other/noembed-eucjp": "t",
    "cjk_other/noembed-identity": "t",
    "cjk_other/noembed-jis7": "t",
    "cjk_other/twotables": "t",
    "damaged/Brotli-Prototype-FileA": "DamagedError: Brotli",
    # Five letters and no PDF: a text.
    "damaged/bad1": "",
    "damaged/bad10": "t",
    "damaged/bad19": "t",
    "damaged/bad22": "t",
    # The object with the page's contents has lost its number.
    "damaged/bad25": "NoTextError: 都是空白",
    "damaged/bad31": "t",
    "damaged/bug1020226": "DamagedError: 结尾缺失",
    "damaged/bug1811668_reduced": "t",
    "damaged/issue15590": "DamagedError: 没有页面",
    "damaged/issue4573": "t",
    "damaged/issue9105_other": "DamagedError: 结尾缺失",
    "damaged/poppler-395-0-fuzzed": "DamagedError: 1 页都没有读出",
    # Its tree of pages leads back to itself.
    "damaged/x_Pages-tree-refs": "tg",
    "damaged/x_REDHAT-1531897-0": "DamagedError: 找不到页面的目录",
    "damaged/x_agstat": "t",
    "damaged/x_bug1011159": "t",
    "damaged/x_poppler-742-0-fuzzed": "DamagedError: 找不到页面的目录",
    "derived/397_empty_aes128": "ttttt",
    "derived/397_named_as_pdf_but_html": "UnsupportedError: 网页",
    "derived/397_no_tounicode": "NoTextError: 5 页的文字层是乱码",
    "derived/397_owner_aes256_noextract": "ttttt",
    "encrypted/aes-128-m": "EncryptedError: 密码",
    "encrypted/aes-128": "EncryptedError: 密码",
    "encrypted/copy-protected": "tt",
    "encrypted/encrypted_doc_no_id": "NoTextError: 1 页没有文字层",
    "encrypted/issue15893_reduced": "EncryptedError: 密码",
    "encrypted/issue3371": "EncryptedError: 密码",
    "encrypted/print_protection": "EncryptedError: 密码",
    "encrypted/r2-user-password": "EncryptedError: 密码",
    "encrypted/r4-aes-user-password": "EncryptedError: 密码",
    "encrypted/r4-aes-v2-no-key-length": "t",
    "encrypted/r5-empty-password": "t",
    "encrypted/r6-empty-password": "t",
    "encrypted/r6-owner-password": "t",
    "gwr_from_docx/2025年西藏政府工作报告": 20 * "t",
    "layout/attachment": "t",
    "layout/china": "t",
    "layout/direct_and_image": "ts",
    "layout/enormous": "NoTextError: 1 页没有文字层",
    "layout/image": "NoTextError: 1 页没有文字层",
    "layout/truetype_font_nomapping": "t",
}


def outcome(path):
    try:
        extraction = extract(path)
    except ExtractionError as error:
        return f"{type(error).__name__}: {error.reason}"
    return "".join(page.status[0] for page in extraction.pages)


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_file_is_read_or_refused_for_its_true_reason(corpus, name):
    said, expected = outcome(corpus / "pdf" / f"{name}.pdf"), OUTCOMES[name]
    kind, _, reason = expected.partition(": ")
    assert said == expected if not reason else said.startswith(kind) and reason in said


def test_the_table_has_every_file(corpus):
    paths = (corpus / "pdf").glob("*/*.pdf")
    assert {f"{path.parent.name}/{path.stem}" for path in paths} == set(OUTCOMES)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        # A title font that is not in the file.
        ("chinese/XiaoBiaoSong", "目录关于红军作战的原则"),
        # No fonts at all on its page.
        ("chinese/issue2128r", "浅谈校长的魅力"),
        # The page is turned.
        ("chinese/xbrl-001", "有效身份证件号码"),
        ("chinese/issue-461-example", "EDTA抗凝"),
        ("chinese/issue19360", "坚持社会主义核心价值体系"),
        ("cjk_other/noembed-jis7", "あいうえお"),
    ],
)
def test_fonts_and_pages_out_of_the_ordinary_are_read(corpus, name, words):
    blocks = extract(corpus / "pdf" / f"{name}.pdf").blocks
    assert words in visible("".join(block.text for block in blocks)).replace("\x1f", "")


def test_a_real_document_has_the_characters_of_its_true_text(corpus):
    true = Counter(visible(clean((corpus / "pdf/gold/GovDoc-CN_397.txt").read_text("utf-8"))))
    blocks = extract(corpus / "pdf/chinese/GovDoc-CN_397.pdf").blocks
    read = Counter(visible("".join(block.text for block in blocks)))
    assert read - true == Counter()
    # Whoever typed the true text ended its headings with full stops.
    assert set(true - read) <= {"。"}
