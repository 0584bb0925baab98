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
    UnknownReportError,
)
from webapp.pages import ErrorPage, FirstRunPage
from webapp.params import SearchParams
from webapp.views import PageBeyondEndError, render

PROBLEM = "application/problem+json"


def install(app: Flask) -> None:
    app.register_error_handler(TifaError, _refused)
    app.register_error_handler(PageBeyondEndError, _beyond_end)
    app.register_error_handler(HTTPException, _http)


def status_of(error: TifaError) -> HTTPStatus:
    """400 for what was asked wrongly, 404 for what is not here, else 503: not ready."""
    match error:
        case RequestError():
            return HTTPStatus.BAD_REQUEST
        case UnknownReportError() | BadAddressError():
            return HTTPStatus.NOT_FOUND
        case _:
            return HTTPStatus.SERVICE_UNAVAILABLE


def _refused(error: TifaError) -> ResponseReturnValue:
    status = status_of(error)
    if _is_api():
        return _problem(status, str(error), _code(error))
    if isinstance(error, NoIndexError):
        return render(FirstRunPage(SearchParams(), str(error.directory))), status
    title, message = _words(status)
    return render(ErrorPage(_typed(), status, title, message, str(error))), status


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
        response = _problem(status, error.description or status.phrase, _kebab(status.name))
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
        case HTTPStatus.GONE:
            return gettext("原件不在了"), gettext(
                "建立索引之后，这份文件被移走、删除或改动过。报告的文字仍然可以阅读。"
            )
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return gettext("现在还不能检索"), gettext("请按上面的提示处理，然后刷新这一页。")
        case _:
            return gettext("出错了"), gettext("程序遇到了意外，详情见运行 tifa serve 的窗口。")


def _typed() -> SearchParams:
    """The words that were typed, to stay in the search box: the rest may be what is wrong."""
    return SearchParams(q=request.args.get("q", "").strip())


def _is_api() -> bool:
    return request.path.startswith("/api/")


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
