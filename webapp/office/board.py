"""The first page of the office: what is to be done today, and how far everything is."""

from __future__ import annotations

from werkzeug.wrappers import Response

from accounts.approvals import pending
from rounds.queries import round_lines
from webapp.clock import clock
from webapp.extensions import db
from webapp.office.desk import chosen_year, office
from webapp.office.tasks import round_tasks
from webapp.page import page


@office.get("/")
def board() -> Response:
    """Show what is to be done and how far everything is; counts, never an answer."""
    year, now = chosen_year(), clock()
    lines = round_lines(db.session(), year.id, now=now)
    waiting = pending(db.session())
    return page(
        "office/board.html",
        year=year,
        now=now,
        waiting=waiting,
        tasks=round_tasks(lines, {each.subject for each in waiting}, now=now),
        lines=lines,
    )
