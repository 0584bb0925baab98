"""Every error as a page, or as an RFC 9457 problem where the API was asked."""

from __future__ import annotations

import re
from http import HTTPStatus

from flask import Flask, Response, json, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from indexer.errors import (
    BadAddressError,
    NoIndexError,
    RequestError,
    TifaError,
    UnknownRegionError,
    UnknownReportError,
)
from webapp.language import said
from webapp.openapi import PROBLEM
from webapp.pages import ErrorPage, FirstRunPage
from webapp.params import SearchParams
from webapp.views import PageBeyondEndError, render


def install(app: Flask) -> None:
    app.register_error_handler(TifaError, _refused)
    app.register_error_handler(PageBeyondEndError, _beyond_end)
    app.register_error_handler(HTTPException, _http)


def status_of(error: TifaError) -> HTTPStatus:
    """400 for what was asked wrongly, 404 for what is not here, else 503: not ready."""
    match error:
        case UnknownRegionError():
            # Six digits are asked rightly; there is just no such place.
            return HTTPStatus.NOT_FOUND
        case RequestError():
            return HTTPStatus.BAD_REQUEST
        case UnknownReportError() | BadAddressError():
            return HTTPStatus.NOT_FOUND
        case _:
            return HTTPStatus.SERVICE_UNAVAILABLE


def _refused(error: TifaError) -> ResponseReturnValue:
    status = status_of(error)
    if _is_api():
        return _problem(status, said(error), _code(error))
    if isinstance(error, NoIndexError):
        return render(FirstRunPage(SearchParams(), str(error.directory))), status
    asked = HTTPStatus.BAD_REQUEST if isinstance(error, RequestError) else status
    title, message = _elsewhere() if isinstance(error, UnknownReportError) else _words(asked)
    return render(ErrorPage(_typed(), status, title, message, said(error))), status


def _beyond_end(error: PageBeyondEndError) -> ResponseReturnValue:
    title, _ = _words(HTTPStatus.NOT_FOUND)
    message = gettext(
        "没有第 %(page)s 页：结果到第 %(last)s 页为止。",
        page=error.asked.page,
        last=error.last.page,
    )
    page = ErrorPage(
        error.asked,
        HTTPStatus.NOT_FOUND,
        title,
        message,
        url=error.last.url(),
        link=gettext("看最后一页"),
    )
    return render(page), HTTPStatus.NOT_FOUND


def _http(error: HTTPException) -> ResponseReturnValue:
    """Also what nobody foresaw: Flask hands that over as a 500 after logging it."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if status < HTTPStatus.BAD_REQUEST:
        return error
    if _is_api():
        # What werkzeug says of a status by itself is English in every language.
        own = error.description != type(error).description
        detail = (own and error.description) or _words(status)[1]
        response = _problem(status, detail, _kebab(status.name))
    else:
        title, message = _words(status)
        response = make_response(render(ErrorPage(_typed(), status, title, message)), status)
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def _words(status: HTTPStatus) -> tuple[str, str]:
    """The heading of an error page and what to do about it."""
    match status:
        case HTTPStatus.BAD_REQUEST:
            return gettext("没能照这样检索"), gettext("请改一改检索词或筛选条件再试。")
        case HTTPStatus.NOT_FOUND:
            return gettext("没有这一页"), gettext("请检查地址是否完整，或回到首页重新检索。")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return gettext("不能这样访问"), gettext("这个地址只能打开来看。")
        case HTTPStatus.FORBIDDEN:
            return gettext("没有照办"), gettext("请回到本站的页面上，从那里再做一次。")
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return gettext("内容太多"), gettext("一次收不下这么多。请分几次来做。")
        case HTTPStatus.GONE:
            return gettext("原件不在了"), gettext(
                "建立索引之后，这份文件被移走、删除或改动过。报告的文字仍然可以阅读。"
            )
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return gettext("现在还不能检索"), gettext("请按上面的提示处理，然后刷新这一页。")
        case _:
            return gettext("出错了"), gettext("程序遇到了意外，详情见运行 tifa serve 的窗口。")


def _elsewhere() -> tuple[str, str]:
    """What to do about a link to a report that is not here; the detail names it."""
    return gettext("这里没有这份报告"), gettext(
        "编号由文件的内容得来，在哪里都一样。请在收录了它的索引里打开这个链接；或者把那份文件放进"
        "被索引的文件夹，运行 tifa index，同一个链接就能打开。"
    )


def _typed() -> SearchParams:
    """The words that were typed, to stay in the search box: the rest may be what is wrong."""
    return SearchParams(q=request.args.get("q", "").strip())


def _is_api() -> bool:
    return request.path.startswith("/api/") or request.is_json


def _problem(status: HTTPStatus, detail: str, code: str) -> Response:
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
    }
    response = make_response(json.dumps(body), status)
    response.mimetype = PROBLEM
    return response


def _code(error: TifaError) -> str:
    """A name for programs: UnknownRegionError is unknown-region."""
    return _kebab(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__.removesuffix("Error")))


def _kebab(name: str) -> str:
    return name.lower().replace("_", "-")
