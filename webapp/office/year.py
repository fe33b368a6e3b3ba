"""The year: the stage it stands in, and moving it on."""

from __future__ import annotations

from flask import url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.approvals import pending
from scoring.approving import move_on
from units.staging import NEEDS_TWO, next_stage
from units.years import all_years
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.office.acts import Setting, ask_for
from webapp.office.desk import chosen_year, office
from webapp.office.forms import EmptyForm
from webapp.page import go, page, writes


@office.get("/year")
def year_page() -> Response:
    """Show where the year stands and what the next stage brings."""
    return _year_page(EmptyForm())


@office.post("/year")
@writes
def move_year() -> Response:
    """Move the year on; where results get out, ask a second person for it."""
    year, form = chosen_year(), EmptyForm()
    stage, by = next_stage(year) or "", current_user.username
    if not form.validate_on_submit():
        return _year_page(form, status=422)
    if stage in NEEDS_TWO:
        setting = Setting(db.session(), house().kinds, clock())
        passed = form.accepts(ask_for, setting, "stage", str(year.year), {"stage": stage}, by=by)
    else:
        passed = form.accepts(move_on, db.session(), year, by=by, now=clock())
    return go(url_for("office.year_page", year=year.year)) if passed else _year_page(form, status=409)


def _year_page(form: EmptyForm, status: int = 200) -> Response:
    year = chosen_year()
    stage = next_stage(year)
    return page(
        "office/year.html",
        status=status,
        year=year,
        years=all_years(db.session()),
        form=form,
        next_stage=stage,
        needs_two=stage in NEEDS_TWO,
        asked=pending(db.session(), "stage", str(year.year)),
    )
