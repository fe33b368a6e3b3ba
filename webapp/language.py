"""Which language a page speaks, and how it writes dates and figures in it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, Request, Response, current_app, g, has_request_context, request
from flask_babel import Babel


@dataclass(frozen=True, slots=True)
class Language:
    """A language that pages are written in."""

    code: str  # in ?lang= and the cookie
    locale: str  # of the catalog
    tag: str  # of <html lang>
    name: str  # in its own words


CHINESE = Language("zh", "zh_Hans_CN", "zh-Hans", "中文")
ENGLISH = Language("en", "en", "en", "English")
LANGUAGES = {language.code: language for language in (CHINESE, ENGLISH)}
COOKIE = "lang"


def negotiate(asked: Request) -> Language:
    """The language of one request: ?lang=, else the cookie, else Accept-Language, else Chinese.

    Any tag that begins with "zh" (zh-TW, zh-Hant-HK, zh) is served in Chinese.
    """
    for code in (asked.args.get("lang"), asked.cookies.get(COOKIE)):
        if code in LANGUAGES:
            return LANGUAGES[code]
    for tag in asked.accept_languages.values():
        code = tag.lower().partition("-")[0]
        if code in LANGUAGES:
            return LANGUAGES[code]
    return CHINESE


def language() -> Language:
    """The language of the page being made; Chinese outside a request."""
    if not has_request_context():
        return CHINESE
    if "language" not in g:
        g.language = negotiate(request)
    return g.language


def either(zh: str | None, en: str | None) -> str:
    """The text of a datum in the page's language; the other one where it has none."""
    first, second = (en, zh) if language() is ENGLISH else (zh, en)
    return first or second or ""


def zone() -> ZoneInfo:
    """The zone in which this installation's people read clocks."""
    return ZoneInfo(current_app.config.get("TIMEZONE", "Asia/Shanghai"))


def _local(when: datetime) -> datetime:
    return when.astimezone(zone())


def today(now: datetime) -> date:
    """The day that an instant falls on here."""
    return _local(now).date()


def day(when: date | datetime | None, year: bool = True) -> str:
    """2015年12月1日, 1 December 2015; local time. Nothing is written as a dash."""
    if when is None:
        return "—"
    if isinstance(when, datetime):
        when = _local(when).date()
    if language() is ENGLISH:
        return f"{when.day} {when:%B}" + (f" {when.year}" if year else "")
    return (f"{when.year}年" if year else "") + f"{when.month}月{when.day}日"


def last_day(when: datetime, year: bool = True) -> str:
    """The last day of a window that ends at `when`: the day before where it ends at midnight."""
    return day(_local(when) - timedelta(microseconds=1), year)


def moment(when: datetime | None, year: bool = False) -> str:
    """12月15日20:14, 15 December, 20:14; local time. Midnight belongs to the day that ends: 24:00."""
    if when is None:
        return "—"
    local = _local(when)
    clock = f"{local:%H:%M}"
    if clock == "00:00":
        local, clock = local - timedelta(days=1), "24:00"
    return day(local.date(), year) + (", " if language() is ENGLISH else "") + clock


def figure(value: Decimal | float | None, places: int = 2) -> str:
    """A value with its places, halves rounded up: 88.435 is 88.44. Nothing is written as a dash."""
    if value is None:
        return "—"
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"


def count(number: int | None) -> str:
    """A count with thousands apart: 9,300."""
    return "—" if number is None else f"{number:,}"


def listed(words: list[str] | tuple[str, ...]) -> str:
    """Words in a row: 公积金、停车; "housing fund, parking"."""
    return (", " if language() is ENGLISH else "、").join(words)


def showable(text: str) -> str:
    """A text without the signs that HTML has no place for."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))


def _remember(response: Response) -> Response:
    """Keep ?lang= until the visit ends; a page that is the same for everybody and a posted form set no cookie."""
    fixed = response.cache_control.public or request.method == "POST"
    if request.args.get("lang") in LANGUAGES and not fixed:
        response.set_cookie(
            COOKIE,
            request.args["lang"],
            samesite="Lax",
            httponly=True,
            secure=current_app.config.get("SESSION_COOKIE_SECURE", False),
        )
    response.vary.add("Accept-Language")
    response.vary.add("Cookie")
    return response


def init_language(app: Flask) -> None:
    """Give `app` its two languages, and templates the words, dates and figures in them."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", CHINESE.locale)
    Babel(app, locale_selector=lambda: language().locale)
    app.after_request(_remember)
    filters: dict[str, Any] = {
        "day": day,
        "last_day": last_day,
        "moment": moment,
        "figure": figure,
        "count": count,
        "listed": listed,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update(either=either, language=language, LANGUAGES=LANGUAGES)
