"""The table of who sees what when, and asking for a change of one cell."""

from __future__ import annotations

from flask import url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.approvals import pending
from units.visibility import AUDIENCES, ITEMS, NEVER, TIMES, showings_of
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.office.acts import Setting, ask_for
from webapp.office.desk import chosen_year, office, said
from webapp.office.forms import ShowingForm
from webapp.page import go, page, writes

SHOWN_TIMES = TIMES[2:]


@office.get("/visibility")
def visibility() -> Response:
    """Show who sees what at which stage."""
    return _visibility(ShowingForm())


@office.post("/visibility")
@writes
def ask_showing() -> Response:
    """Ask the second person to switch one cell on or off."""
    year, form = chosen_year(), ShowingForm()
    if form.validate_on_submit():
        setting = Setting(db.session(), house().kinds, clock())
        subject = f"{year.year} {form.item.data} {form.time.data} {form.audience.data}"
        given = {"shown": form.shown.data == "yes"}
        if form.accepts(ask_for, setting, "showing", subject, given, by=current_user.username):
            said("asked")
            return go(url_for("office.visibility", year=year.year))
    return _visibility(form, status=422)


def _visibility(form: ShowingForm, status: int = 200) -> Response:
    year = chosen_year()
    shown = showings_of(db.session(), year.id)
    table = {
        item: {time: [each for each in AUDIENCES if (item, time, each) in shown] for time in SHOWN_TIMES}
        for item in ITEMS
    }
    return page(
        "office/visibility.html",
        status=status,
        year=year,
        form=form,
        table=table,
        times=SHOWN_TIMES,
        never={item: [each for each in AUDIENCES if (item, each) in NEVER] for item in ITEMS},
        waiting=[each for each in pending(db.session(), "showing") if each.subject.startswith(f"{year.year} ")],
    )
