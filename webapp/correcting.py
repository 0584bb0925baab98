"""Correcting what was found of a report: the line for metadata.csv, and saving it where allowed.

Saving needs `tifa serve --edit`. A request to save must come from this very page: it carries the
token that the form was given, and names this server as its origin and as its host, by an address
or a name that is this server's own (a foreign name may have been pointed at it: DNS rebinding).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from indexer.addresses import report_url
from indexer.correcting import Correction, correct, correction
from indexer.errors import CorrectionError, IndexBusyError, OverridesError
from indexer.library import Library
from indexer.metadata.cells import FIELDS, cells_of
from indexer.records import StoredReport
from indexer.vocabulary.kinds import kinds
from indexer.vocabulary.topics import topics
from webapp.evidence import field_names
from webapp.language import Labels, labels, said
from webapp.list_pages import Option
from webapp.pages import CorrectingPage, Entry, ErrorPage, Proposal
from webapp.params import SearchParams
from webapp.views import render

_MOST_BYTES = 64 * 1024
"""Of a form that is sent."""
_OWN_NAMES = frozenset({"localhost"})


@dataclass(frozen=True, slots=True)
class Editing:
    """That corrections may be saved; `hosts` are names of this server, `token` this run's own."""

    hosts: frozenset[str] = frozenset()
    token: str = field(default_factory=secrets.token_urlsafe)


def blueprint(library: Library, editing: Editing | None) -> Blueprint:
    """The page that corrects a report of `library`; without `editing` it only shows the line."""
    pages = Blueprint("correcting", __name__)

    @pages.get("/r/<report>/correct")
    def show(report: str) -> ResponseReturnValue:
        stored = library.report(report)
        asked = _typed(request.args) if "title" in request.args else None
        return _shown(library, stored, editing, asked, saved="saved" in request.args)

    @pages.post("/r/<report>/correct")
    def save(report: str) -> ResponseReturnValue:
        request.max_content_length = _MOST_BYTES
        if refusal := _refusal(editing):
            return _refused(refusal)
        stored = library.report(report)
        asked = _typed(request.form)
        if request.form.get("do") == "show":
            return _shown(library, stored, editing, asked)
        try:
            done = correct(library.config, stored.id, asked)
        except IndexBusyError:
            busy = gettext("现在没有保存：正在建立或核对索引。请等它结束后再点一次“保存”。")
            return _shown(library, stored, editing, asked, busy), HTTPStatus.CONFLICT
        except (CorrectionError, OverridesError) as error:
            page = _shown(library, stored, editing, asked, _said(error), _field(error))
            return page, HTTPStatus.BAD_REQUEST
        if done is None:
            return _shown(library, stored, editing, asked)
        return redirect(url_for("correcting.show", report=stored.id, saved=1), HTTPStatus.SEE_OTHER)

    return pages


def _refusal(editing: Editing | None) -> str:
    """Why this request may not save; "" if it may."""
    say = labels().say
    if editing is None:
        return say("这里只能查看要添加的一行。要在网页上保存，请用 tifa serve --edit 启动。")
    origin = request.headers.get("Origin", "")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    name = urlsplit(f"//{request.host}").hostname or ""
    ours = _is_address(name) or name in _OWN_NAMES | editing.hosts
    if not ours or (origin and urlsplit(origin).netloc != request.host) or site != "same-origin":
        return say("这个请求不是从本站的更正页面发出的，没有保存。")
    if not hmac.compare_digest(request.form.get("token", "").encode(), editing.token.encode()):
        return say("更正页面已经过期（服务重新启动过），没有保存。请重新打开更正页面再填。")
    return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _refused(why: str) -> ResponseReturnValue:
    status = HTTPStatus.FORBIDDEN
    page = ErrorPage(
        SearchParams(),
        status,
        gettext("不能保存"),
        why,
        url=request.path,
        link=gettext("回到更正页面"),
    )
    return render(page), status


def _typed(form: MultiDict[str, str]) -> dict[str, str]:
    """What the form says of every field, as metadata.csv would be told."""
    typed = {name: form[name] for name in FIELDS if name in form}
    return {**typed, "topics": "；".join(form.getlist("topics"))}


def _said(error: CorrectionError | OverridesError) -> str:
    return "" if isinstance(error, CorrectionError) and error.field else said(error)


def _field(error: CorrectionError | OverridesError) -> tuple[str, str]:
    return (error.field, said(error)) if isinstance(error, CorrectionError) else ("", "")


def _shown(
    library: Library,
    stored: StoredReport,
    editing: Editing | None,
    asked: Mapping[str, str] | None,
    error: str = "",
    wrong: tuple[str, str] = ("", ""),
    *,
    saved: bool = False,
) -> str:
    found: Correction | None = None
    if asked is not None and not (error or wrong[0]):
        try:
            found = correction(stored, library.folders(), asked)
        except (CorrectionError, OverridesError) as caught:
            error, wrong = _said(caught), _field(caught)
    current = cells_of(stored.metadata)
    shown = {**current, **(asked or {})}
    return render(
        CorrectingPage(
            params=SearchParams(),
            title=stored.metadata.title,
            report=report_url(stored.id),
            action=f"{report_url(stored.id)}/correct",
            entries=_entries(stored, shown, wrong),
            topics=_topics(shown["topics"], labels()),
            topics_error=wrong[1] if wrong[0] == "topics" else "",
            error=error,
            proposal=_proposal(found),
            unchanged=asked is not None and found is None and not (error or wrong[0]),
            saved=saved,
            token=editing.token if editing else "",
        )
    )


def _entries(
    stored: StoredReport, shown: Mapping[str, str], wrong: tuple[str, str]
) -> tuple[Entry, ...]:
    found = cells_of(stored.found)
    settled = {ground.field for ground in stored.grounds if ground.row}
    hints = {
        "region": gettext("名称或六位代码，如 河南省安阳市"),
        "year": gettext("报告所针对的年份，四位数字"),
        "date": gettext("签署或公布的日期，如 2026-03-11"),
        "number": gettext("如 国发〔2018〕41号"),
    }
    return tuple(
        Entry(
            name=name,
            label=label,
            value=shown[name],
            hint=hints.get(name, ""),
            found=(found[name] or gettext("未定")) if name in settled else "",
            error=wrong[1] if wrong[0] == name else "",
            choices=_kinds(labels()) if name == "kind" else (),
        )
        for name, label in field_names().items()
        if name != "topics"
    )


def _kinds(say: Labels) -> tuple[Option, ...]:
    return tuple(Option(label, say.kind(label).text, chosen=False) for label in kinds().labels)


def _topics(chosen: str, say: Labels) -> tuple[Option, ...]:
    here = set(chosen.split("；"))
    return tuple(
        Option(topic.label, say.topic(topic.key), topic.label in here) for topic in topics().all
    )


def _proposal(found: Correction | None) -> Proposal | None:
    if found is None:
        return None
    change = found.amendment
    heading = change.heading if change.is_new or change.added else ""
    return Proposal(
        file=str(found.file),
        text=f"{heading}\n{change.line}" if change.is_new else change.line,
        heading=heading if not change.is_new else "",
        row=change.row if change.replaces else None,
        is_new=change.is_new,
    )
