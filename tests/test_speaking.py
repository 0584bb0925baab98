"""What click says by itself is Chinese, too."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from indexer.speaking import LANGUAGE, TRANSLATIONS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--help"], "用法: "),
        (["serch"], "错误：没有命令 serch。"),
        (["search", "--regoin", "x"], "错误：没有选项 --regoin。 是不是 '--region'？"),
        (["search", "--mode"], "选项 --mode 后面要写出值。"),
        (["search", "--sort", "best"], "不能是 best，可用的有 'relevance'"),
        (["index", "--workers", "many"], "many 不是数字。"),
        (["status", "x"], "多出了参数（x）。"),
    ],
)
def test_help_and_mistakes_are_told_in_chinese(tifa, arguments, said):
    told = tifa(*arguments)
    assert said in told.stdout + told.stderr
    assert not re.search(r"Usage|Error|Options:|Try|No such", told.stdout + told.stderr)


def forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_compiled_sentences_are_the_written_ones():
    folder = TRANSLATIONS / LANGUAGE / "LC_MESSAGES"
    written, compiled = (
        {forms(message.id): forms(message.string) for message in catalogue if message.id}
        for catalogue in (
            read_po(io.BytesIO((folder / "messages.po").read_bytes()), locale=LANGUAGE),
            read_mo(io.BytesIO((folder / "messages.mo").read_bytes())),
        )
    )
    assert compiled == written
    assert all(map(all, written.values()))
