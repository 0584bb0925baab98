"""Texts and web pages made to break their reader."""

from __future__ import annotations

import gzip
from collections.abc import Callable

FILES: dict[str, Callable[[], bytes]] = {}
MANY = 1_000_000


def _file(make: Callable[[], bytes]) -> Callable[[], bytes]:
    FILES[make.__name__] = make
    return make


@_file
def line_of_fifty_megabytes():
    return ("让群众少跑路" * (3 * MANY)).encode()


@_file
def hundred_megabytes_of_nothing():
    return bytes(100 * MANY)


@_file
def five_million_line_ends():
    return b"\n" * (5 * MANY) + "终于有字".encode()


@_file
def five_million_characters_apart():
    return ("政\u3000" * (5 * MANY)).encode()


@_file
def numbers_without_end():
    return b"1." * (2 * MANY) + b"\n" + b"(" * MANY + b"\n" + ("（一" * 100_000).encode()


@_file
def headings_of_chinese_numbers():
    return "\n".join("一二三四五六七八九十百千万" * 400 + "、" for _ in range(500)).encode()


@_file
def dates_nearly():
    return ("2025年1月1" * (MANY // 4)).encode()


@_file
def bars_of_a_table():
    return b"|" * MANY + b"\n" + b"|-" * (MANY // 2) + b"\n" + (b"|a" * 50_000 + b"\n") * 4


@_file
def stars_and_hashes():
    return b"*" * MANY + b"\n" + b"#" * MANY + b" a\n" + b"_*" * MANY + b"\n<!--" * 20_000


@_file
def bytes_of_every_kind():
    return bytes(range(256)) * 4096


@_file
def half_of_every_surrogate():
    text = "政府工作报告" + "".join(map(chr, range(0xD800, 0xE000)))
    return b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass") * 20


@_file
def characters_of_32_bits_beyond_unicode():
    return b"\xff\xfe\x00\x00" + b"\xff\xff\xff\x7f" * MANY


@_file
def packed_text_under_a_false_name():
    return gzip.compress(bytes(1 << 28))


@_file
def page_nested_a_hundred_thousand_deep():
    return b"<!doctype html><html><body>" + b"<div>" * 100_000 + b"x" + b"</div>" * 100_000


@_file
def page_whose_cells_span_a_thousand_million():
    cell = b'<td colspan="1000000000" rowspan="1000000000">x</td>'
    return b"<html><body><table>" + (b"<tr>" + cell * 3 + b"</tr>") * 300 + b"</table>"


@_file
def page_of_tables_in_tables():
    return b"<html><body>" + b"<table><tr><td>a</td><td>" * 5_000 + b"x"


@_file
def page_of_a_million_tags():
    return b"<html><body>" + b"<b><i><p>x" * (MANY // 4)


@_file
def page_of_comments_never_closed():
    return b"<html><body>x" + b"<!--" * 200_000 + b"<![CDATA[" * 200_000


@_file
def page_with_entities_of_entities():
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return f"<?xml version='1.0'?><!DOCTYPE html [{names}]><html><body>&a9;</body></html>".encode()
