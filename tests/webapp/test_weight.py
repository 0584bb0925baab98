"""What a page costs to open: bytes and requests, all told."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.config import Config
from indexer.library import Library
from webapp import create_app

LINK = r'link rel="(?:icon|stylesheet|modulepreload)"'
HEAD = re.compile(rf'<(?:{LINK}|script)[^>]* (?:href|src)="([^"]+)"')
IMPORT = re.compile(r'^import [^;]* from "\./([^"]+)";', re.MULTILINE)
PHRASE = "“法治政府建设”"


@dataclass(frozen=True)
class Weight:
    requests: int
    plain: int
    """Bytes without compression."""
    sent: int


@pytest.fixture(scope="module")
def samples(samples_index: Config) -> Flask:
    return create_app(samples_index)


def weigh(client: FlaskClient, path: str) -> Weight:
    """The page with its style, its scripts and what these import."""
    waiting, sizes = [path], {}
    while waiting:
        url = waiting.pop()
        if url in sizes:
            continue
        with client.get(url) as answer:
            assert answer.status_code == 200, url
            text = answer.text
        with client.get(url, headers={"Accept-Encoding": "gzip"}) as sent:
            sizes[url] = len(text.encode()), len(sent.data)
        if url == path:
            waiting.extend(HEAD.findall(text))
        elif url.endswith(".js"):
            waiting.extend(f"/static/{name}" for name in IMPORT.findall(text))
    plain, compressed = zip(*sizes.values(), strict=True)
    return Weight(len(sizes), sum(plain), sum(compressed))


@pytest.mark.parametrize(
    ("path", "requests", "plain", "sent"),
    [
        ("/", 6, 90_000, 28_000),
        (f"/?q={PHRASE}", 8, 130_000, 38_000),
        ("/?q=“服务”&view=wordings", 8, 130_000, 38_000),
        ("/r/{report}?q=“法治政府建设”", 9, 110_000, 36_000),
        ("/tray", 8, 75_000, 25_000),
        ("/help", 6, 75_000, 25_000),
    ],
)
def test_a_page_is_light(
    samples: Flask, samples_index: Config, path: str, requests: int, plain: int, sent: int
):
    report = Library(samples_index).search(PHRASE, sort="matches").hits[0].id
    weight = weigh(samples.test_client(), path.replace("{report}", report))
    assert weight.requests <= requests
    assert weight.plain <= plain
    assert weight.sent <= sent
