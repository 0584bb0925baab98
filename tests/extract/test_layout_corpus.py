"""The layout rules on typeset files whose truth is known; the whole of them is measured by
`python -m tests.benchmarks.pdf_layout`."""

import pytest

from tests.benchmarks.pdf_layout import measure, read_pages, truth


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("twocol.pdf", 0.95),
        ("wzcol.pdf", 0.95),
        ("wztight.pdf", 0.995),
        ("gov.pdf", 0.995),
        ("provincial-2025/2025年西藏政府工作报告.pdf", 0.995),
    ],
)
def test_paragraphs_order_and_furniture_of_a_typeset_file(corpus, name, least):
    path = corpus / "typeset" / name
    figures = measure(read_pages(path), truth(path))
    assert figures.precision >= least
    assert figures.recall >= least
    assert figures.misplaced <= 0.001 * figures.characters
    assert figures.lost <= 0.001 * figures.characters
    assert figures.left <= 0.01 * figures.furniture
    assert figures.removed == 0
