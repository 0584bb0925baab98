"""`serve` opens the page on a port, or says why it cannot."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from indexer.errors import TifaError
from webapp.serving import PortError, address, serve


def test_a_port_in_use_is_named_with_what_to_do(town):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=f"{port} 已被占用.*--port") as caught:
            serve(town.config, "127.0.0.1", port)
    assert isinstance(caught.value, TifaError)


def test_a_host_that_is_none_is_refused(town):
    with pytest.raises(PortError, match="--host"):
        serve(town.config, "no such host", 8000)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("报告.local", "http://报告.local:8000/"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(host, shown):
    assert address(host, 8000) == shown


def test_the_command_serves_the_page_and_says_where(town):
    command = [sys.executable, "-m", "indexer", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--index", town.config.index], stdout=subprocess.PIPE, encoding="utf-8"
    )
    try:
        url = re.search(r"http://\S+?/", process.stdout.readline())[0]
        with urlopen(url, timeout=20) as page:
            assert "Tifa" in page.read().decode()
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_who_lets_others_edit_is_warned(town, host, warned):
    command = [sys.executable, "-m", "indexer", "serve", "--port", "0", "--edit", "--host", host]
    process = subprocess.Popen(
        [*command, "--index", town.config.index],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        url = re.search(r"http://\S+?/", process.stdout.readline())[0]
        with urlopen(f"{url}r/{town.new}/correct", timeout=20) as page:
            assert 'name="token"' in page.read().decode()
    finally:
        process.terminate()
        _, told = process.communicate(timeout=20)
    assert ("--edit" in told) == warned
