"""The unit desk's first page: what is to be done, with the days that are left."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user
from werkzeug.wrappers import Response

from units.notices import notices_for
from webapp.clock import clock
from webapp.extensions import db
from webapp.language import today
from webapp.page import page
from webapp.unit.own import own
from webapp.unit.tasks import tasks_of

unit = Blueprint("unit", __name__, url_prefix="/unit")
NOTICES = 5


@unit.get("/")
def desk() -> Response:
    """List what is to be done, and what the office has told all units."""
    now = clock()
    tasks = tasks_of(db.session(), own(), head=current_user.holds("unit", "head"), now=now)
    told = notices_for(db.session(), "unit", today=today(now), most=NOTICES)
    return page("unit/desk_tasks.html", own=own(), tasks=tasks, told=told, today=today(now))
