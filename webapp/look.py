"""What every page shows beside its own matter: the site's name and footer, large text, where one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, request
from flask.globals import request_ctx
from flask_babel import lazy_pgettext
from sqlalchemy.exc import SQLAlchemyError

from units.searching import WorkingYear, latest_year
from webapp.demonstration import is_demonstration
from webapp.extensions import db
from webapp.language import either
from webapp.words.categories import category_name
from webapp.words.entries import entry_kind_name

LARGE = "large"
COOKIE = "text"

STAGES = (
    ("preparing", lazy_pgettext("stage", "Preparation")),
    ("collecting", lazy_pgettext("stage", "Submissions")),
    ("assessing", lazy_pgettext("stage", "Assessment")),
    ("scoring", lazy_pgettext("stage", "Scoring")),
    ("totals", lazy_pgettext("stage", "Totals")),
    ("provisional", lazy_pgettext("stage", "Checking")),
    ("final", lazy_pgettext("stage", "Approval")),
    ("announced", lazy_pgettext("stage", "Announcement")),
    ("archived", lazy_pgettext("stage", "Archive")),
)


@dataclass(frozen=True, slots=True)
class Site:
    """Who runs this site: the facts that a state site's footer must give."""

    city: str
    host: str
    agency: str
    supporter: str
    telephone: str
    supervision_telephone: str
    icp: str
    police_filing: str
    site_code: str
    retention_months: str
    demonstration: bool


def site() -> Site:
    """The facts of this installation, in the page's language, from its settings; put together once a request."""
    if "site" not in g:
        g.site = _site()
    found: Site = g.site
    return found


def _site() -> Site:
    setting = current_app.config.get
    return Site(
        city=either(setting("CITY_ZH", "苏州市"), setting("CITY_EN", "Suzhou")),
        host=either(
            setting("HOST_ZH", "苏州市绩效管理工作联席会议办公室"),
            setting("HOST_EN", "Office of the Suzhou Joint Meeting on Performance Management"),
        ),
        agency=either(
            setting("AGENCY_ZH", "国家统计局苏州调查队和第三方调查机构"),
            setting("AGENCY_EN", "NBS Suzhou survey team and a third-party survey agency"),
        ),
        supporter=setting("SUPPORTER", ""),
        telephone=setting("TELEPHONE", ""),
        supervision_telephone=setting("SUPERVISION_TELEPHONE", ""),
        icp=setting("ICP_NUMBER", ""),
        police_filing=setting("POLICE_NUMBER", ""),
        site_code=setting("SITE_CODE", ""),
        retention_months=setting("RETENTION_MONTHS", "24"),
        demonstration=_demonstration(),
    )


def _demonstration() -> bool:
    """Whether pages carry the mark. Where the database doesn't answer: as known before, for error pages must come."""
    try:
        return is_demonstration()
    except SQLAlchemyError:
        return bool(current_app.config.get("DEMONSTRATION"))


def working_year() -> WorkingYear | None:
    """The latest year past its preparation: what a desk's head names where its page has no year of its own."""
    if "working_year" not in g:
        g.working_year = latest_year(db.session())
    found: WorkingYear | None = g.working_year
    return found


def large_text() -> bool:
    """Whether this visitor reads in large text: ?text=, else the cookie."""
    return request.args.get("text", request.cookies.get(COOKIE)) == LARGE


def same_page(**changed: str) -> str:
    """The query that leads to this page again with some parameters changed; never a path, so never another site."""
    if request.method == "POST" and "GET" not in request_ctx.url_adapter.allowed_methods():
        return "/?" + urlencode(changed)
    return "?" + urlencode({**request.args.to_dict(), **changed})


def _remember(response: Response) -> Response:
    """Keep ?text= until the visit ends; a page that is the same for everybody and a posted form set no cookie."""
    fixed = response.cache_control.public or request.method == "POST"
    if "text" in request.args and not fixed:
        response.set_cookie(
            COOKIE,
            LARGE if large_text() else "",
            samesite="Lax",
            httponly=True,
            secure=current_app.config.get("SESSION_COOKIE_SECURE", False),
        )
    return response


def init_look(app: Flask) -> None:
    """Give every template of `app` the site, the stages of a year and the links to itself."""
    app.after_request(_remember)
    shared: dict[str, Any] = {
        "site": site,
        "working_year": working_year,
        "large_text": large_text,
        "same_page": same_page,
        "category_name": category_name,
        "entry_kind_name": entry_kind_name,
        "STAGES": STAGES,
    }
    app.jinja_env.globals.update(shared)
