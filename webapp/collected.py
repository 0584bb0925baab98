"""The passages that a request hands in: as JSON, or as the fields of a form."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from flask import json, request

from indexer.errors import BadCollectionError
from indexer.exporting.entries import Collected
from indexer.messages import N_, Message

LARGEST = 4_000_000
"""Bytes of a request: 500 long notes in Chinese as a form writes them."""
MOST = 500
LONGEST_NOTE = 5_000


def collected() -> tuple[str, tuple[Collected, ...]]:
    """The format asked for ("" for none) and the passages, in order; raises BadCollectionError.

    JSON: {"format": …, "entries": [{"address": …, "note": …}, …]}. A form: `format`, and either
    `entries`, that list as JSON, or `address` and `note`, each repeated.
    """
    if request.is_json:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise BadCollectionError(Message(N_("请求的内容不是 JSON 对象。")))
        return str(body.get("format") or ""), _read(body.get("entries"))
    form = request.form
    typed = form.get("entries", "")
    if typed:
        try:
            listed = json.loads(typed)
        except ValueError:
            raise BadCollectionError(Message(N_("entries 不是 JSON。"))) from None
        return form.get("format", ""), _read(listed)
    pairs = zip_longest(form.getlist("address"), form.getlist("note"), fillvalue="")
    listed = [{"address": address, "note": note} for address, note in pairs]
    return form.get("format", ""), _read(listed)


def _read(listed: Any) -> tuple[Collected, ...]:  # noqa: ANN401 # whatever JSON there was
    if not isinstance(listed, list) or not listed:
        raise BadCollectionError(Message(N_("里面没有摘录。请先收入几段，再导出。")))
    if len(listed) > MOST:
        sizes = {"count": len(listed), "most": MOST}
        many = Message(N_("共 %(count)s 条，一次最多 %(most)s 条。请分几次导出。"), sizes)
        raise BadCollectionError(many)
    return tuple(_item(item) for item in listed)


def _item(item: Any) -> Collected:  # noqa: ANN401 # whatever JSON there was
    held = item if isinstance(item, dict) else {}
    address, note = held.get("address"), held.get("note") or ""
    if not isinstance(address, str) or not isinstance(note, str):
        shape = Message(N_("每条摘录要有 address（段落地址），note（笔记）可以没有。"))
        raise BadCollectionError(shape)
    if len(note) > LONGEST_NOTE:
        most = {"most": LONGEST_NOTE}
        raise BadCollectionError(
            Message(N_("有一条笔记超过 %(most)s 字。请缩短，或分开写。"), most)
        )
    return Collected(address, note)
