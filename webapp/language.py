"""Chinese first, English by a switch and by the browser's wish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, request
from flask_babel import Babel, NullTranslations, get_locale, get_translations, gettext

from indexer.errors import TifaError
from indexer.messages import Message
from indexer.query.nodes import FacetName
from indexer.requests import FIRST_YEAR, LAST_YEAR
from indexer.results import UNDECIDED, Sort
from indexer.vocabulary.kinds import kinds
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
    # A results page has 150 messages and 100 numbers. Flask-Babel asks for the request's language
    # at each, and Babel reads a number's pattern: together a quarter of the page's time.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined] # of the i18n extension
        lambda message: _translations().ugettext(message),
        lambda one, many, count: _translations().ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.filters["decimalformat"] = _grouped
    app.after_request(_remember)


def _translations() -> NullTranslations:
    """The messages in the language of the request, found once."""
    known: NullTranslations | None = g.get("translations")
    if known is None:
        known = g.translations = get_translations()
    return known


def _grouped(number: int) -> str:
    """By thousands, as both languages write numbers."""
    return f"{number:,}"


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
class Word:
    """A word to show, and whether it is Chinese where the page's own may be English."""

    text: str
    chinese: bool


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
                path = regions().path(value)
                if not path:
                    return value
                return " ".join(path) if within else path[-1]
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

    def decade(self, year: str) -> str:
        """What the ten years from this one on are called; two digits of it may do."""
        return self.say("%(decade)s年代") % {"decade": year}

    def topic(self, key: str) -> str:
        return topics().english(key) if self.english else topics().label(key)

    def kind(self, label: str) -> Word:
        """A kind of document; what a person wrote in place of one stays as it is."""
        english = kinds().english(label) if self.english else None
        return Word(english or label, chinese=english is None)

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
            case Sort.ADDED:
                return self.say("收录时间：新的在前")


def said(told: TifaError | Message) -> str:
    """What the core has to say, in the language of the request."""
    message = told.message if isinstance(told, TifaError) else told
    return message.said(_translated)


def _translated(text: str) -> str:
    """By the catalogue, or by the vocabulary whose label it is."""
    topic = next((topic for topic in topics().all if topic.label == text), None)
    return labels().topic(topic.key) if topic else gettext(text)


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
