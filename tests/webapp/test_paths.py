"""A file is shown by its path from the indexed folder on."""

from __future__ import annotations

import pytest

from webapp.paths import within


@pytest.mark.parametrize(
    ("path", "folders", "shown"),
    [
        ("/srv/data/reports/河南省/a.pdf", ["/srv/data/reports"], "reports/河南省/a.pdf"),
        ("/srv/reports/a.pdf", ["/srv", "/srv/reports"], "reports/a.pdf"),
        ("/srv/reports/a.pdf", ["/srv/report", "/home"], "/srv/reports/a.pdf"),
        ("/srv/reports/a.pdf", ["/srv/reports/a.pdf"], "a.pdf"),
        ("/a.pdf", ["/"], "a.pdf"),
    ],
)
def test_the_path_begins_with_the_innermost_folder(path, folders, shown):
    assert within(path, folders) == shown


def test_pages_do_not_tell_where_the_server_keeps_its_files(client, town):
    (folder,) = town.library.folders()
    for address in (f"/r/{town.new}", "/failures"):
        page = client.get(address).text
        assert folder not in page
        assert f"{folder.rpartition('/')[2]}/" in page
