"""Correcting one cell after the confirmation."""

from __future__ import annotations

from flask import request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from scoring.entering import correct_entry
from scoring.errors import BadEntries
from webapp.clock import clock
from webapp.extensions import db
from webapp.lead.desk import lead, own_code, own_desk, own_year
from webapp.lead.forms import CorrectionForm
from webapp.page import go, page, writes
from webapp.words.lead import faulty_cell


@lead.get("/correction")
def correction() -> Response:
    """Ask which cell, for what, and why; ?unit= and ?item= choose it beforehand."""
    form = CorrectionForm.of(own_desk())
    form.unit.data, form.item.data = request.args.get("unit"), request.args.get("item")
    return _correction(form)


@lead.post("/correction")
@writes
def correct() -> Response:
    """Keep the correction as a new draft version."""
    form = CorrectionForm.of(own_desk())
    if not form.validate_on_submit():
        return _correction(form, 422)
    cell = (db.session(), own_year(), own_code(), form.entry())
    try:
        correct_entry(*cell, why=form.why.data, by=current_user.username, now=clock())
    except BadEntries as refusal:
        form.form_errors = [faulty_cell(fault) for fault in refusal.faults]
        return _correction(form, 422)
    return go(url_for("lead.desk"))


def _correction(form: CorrectionForm, status: int = 200) -> Response:
    return page("lead/correction.html", status=status, year=own_year(), desk=own_desk(), form=form)
