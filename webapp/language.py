"""Chinese first, English by a switch and by the browser's wish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlencode

from flask import Flask, Response, request
from flask_babel import Babel, get_locale, gettext

from indexer.query.nodes import FacetName
from indexer.requests import FIRST_YEAR, LAST_YEAR
from indexer.results import UNDECIDED, Sort
from indexer.vocabulary.regions import regions
from indexer.vocabulary.topics import topics

LANGUAGES = {"zh": "中文", "en": "English"}
COOKIE = "lang"
PARAMETER = "lang"


def chosen_language() -> str:
    """What the address asks for, else what was chosen before, else what the browser prefers."""
    for wish in (request.args.get(PARAMETER), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return wish
    return request.accept_languages.best_match(LANGUAGES, default="zh") or "zh"


def install(app: Flask) -> None:
    """Translate `app`: msgids are the Chinese sentences themselves."""
    Babel(app, default_locale="zh", locale_selector=chosen_language)
    app.after_request(_remember)


def _remember(response: Response) -> Response:
    wish = request.args.get(PARAMETER)
    if wish in LANGUAGES:
        response.set_cookie(
            COOKIE, wish, max_age=timedelta(days=365), samesite="Lax", httponly=True
        )
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
    return response


@dataclass(frozen=True, slots=True)
class Labels:
    """The words for facets, their values and orders, in the language of one request."""

    english: bool
    say: Callable[[str], str]

    def facet(self, name: FacetName) -> str:
        match name:
            case "region":
                return self.say("地区")
            case "year":
                return self.say("年份")
            case "topic":
                return self.say("主题")

    def value(self, name: FacetName, value: str, *, within: bool = False) -> str:
        """The label of a facet's value as written in an address.

        `within` names a region with those it lies in, for where no tree stands around it.
        """
        if value == UNDECIDED:
            return self.say("未定")
        match name:
            case "region":
                names = regions().names(value)
                if not names:
                    return value
                return " ".join(names) if within else names[-1]
            case "year":
                return self._years(value)
            case "topic":
                return self.topic(value)

    def _years(self, value: str) -> str:
        """A year, or a range of them, which may be open at one end."""
        first, _, last = value.partition("-")
        if first == str(FIRST_YEAR) and last:
            return self.say("%(year)s 年及以前") % {"year": last}
        if last == str(LAST_YEAR):
            return self.say("%(year)s 年起") % {"year": first}
        return value.replace("-", "–")

    def topic(self, key: str) -> str:
        return topics().english(key) if self.english else topics().label(key)

    def sort(self, sort: Sort) -> str:
        match sort:
            case Sort.RELEVANCE:
                return self.say("相关度")
            case Sort.NEWEST:
                return self.say("年份：新的在前")
            case Sort.OLDEST:
                return self.say("年份：旧的在前")
            case Sort.MATCHES:
                return self.say("匹配次数")
            case Sort.REGION:
                return self.say("地区")


def html_language() -> str:
    """What `<html lang>` says of the page's own words; the reports' are Chinese anyway."""
    return "en" if chosen_language() == "en" else "zh-CN"


def switches() -> tuple[tuple[str, str, str], ...]:
    """(code, name, address of this very page) of every language but the one in use."""
    here = chosen_language()
    arguments = [(key, value) for key, value in request.args.items(multi=True) if key != PARAMETER]
    return tuple(
        (code, name, f"{quote(request.path)}?{urlencode([*arguments, (PARAMETER, code)])}")
        for code, name in LANGUAGES.items()
        if code != here
    )


def labels() -> Labels:
    """The labels for the request that is being answered."""
    locale = get_locale()
    return Labels(english=locale is not None and locale.language == "en", say=gettext)
