"""The lead desk's blueprint, and whose desk it is."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g
from flask_login import current_user
from werkzeug.wrappers import Response

from scoring.lead_desk import LeadDesk, lead_desk
from units.year import Year
from units.years import year_of
from webapp.extensions import db
from webapp.page import page
from webapp.words.lead import wrong_in_words

lead = Blueprint("lead", __name__, url_prefix="/lead")


@lead.context_processor
def told() -> dict[str, Any]:
    """Give the desk's templates the words for wrong cells."""
    return {"in_words": wrong_in_words}


def own_year() -> Year:
    """The latest year, found once a request; 404 while there is none."""
    if "lead_year" not in g:
        g.lead_year = year_of(db.session())
    found: Year = g.lead_year or abort(404)
    return found


def own_code() -> str:
    """The code of the lead for which the signed-in person acts."""
    code: str = current_user.scope("lead")
    return code


def own_desk(version: int | None = None) -> LeadDesk:
    """The desk of the signed-in person's lead, with its newest entries or those of one version."""
    return lead_desk(db.session(), own_year(), own_code(), version=version)


def desk_page(status: int = 200, **context: object) -> Response:
    """The desk's first page, with whatever a form has to say."""
    return page("lead/desk_page.html", status=status, year=own_year(), desk=own_desk(), **context)
