"""The unit desk's first page: what is to be done, with the days that are left."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.clock import clock
from webapp.extensions import db
from webapp.language import today
from webapp.page import page
from webapp.unit.own import own
from webapp.unit.tasks import tasks_of

unit = Blueprint("unit", __name__, url_prefix="/unit")


@unit.get("/")
def desk() -> Response:
    """List what is to be done."""
    now = clock()
    tasks = tasks_of(db.session(), own(), head=current_user.holds("unit", "head"), now=now)
    return page("unit/desk_tasks.html", own=own(), tasks=tasks, today=today(now))
