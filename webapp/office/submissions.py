"""Verification of entries: the queue, one entry beside its evidence, and the assigned matters."""

from __future__ import annotations

from flask import abort, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from units.importing import import_matters
from units.materials import own_file, submission_shown
from units.register import unit_in_register
from units.submissions import STATES, Submission
from units.unit import Unit
from units.verification import decide_submission, show_submission, submission_to_verify, verification_queue
from units.year import Year
from webapp.clock import clock
from webapp.extensions import db
from webapp.files import send_attachment, send_page
from webapp.office.desk import chosen_year, office, said
from webapp.office.register_forms import TableForm, VerifyForm, VisibilityForm
from webapp.page import go, page, writes


@office.get("/submissions")
def submissions() -> Response:
    """List entries that were handed in, of one state where asked."""
    year, state = chosen_year(), request.args.get("state", "submitted")
    if state not in ("", *STATES[1:]):
        abort(404)
    rows = verification_queue(db.session(), year.id)
    counts = {each: sum(row.state == each for row in rows) for each in STATES[1:]}
    shown = [row for row in rows if state in ("", row.state)]
    return page("office/submissions.html", year=year, state=state, counts=counts, rows=shown, all=len(rows))


@office.get("/submissions/<public_id>")
def submission(public_id: str) -> Response:
    """Show one entry beside its evidence."""
    return _submission_page(*_submission(public_id), VerifyForm())


@office.post("/submissions/<public_id>")
@writes
def decide_on_submission(public_id: str) -> Response:
    """Return, verify, verify with a remark, reject or publish an entry."""
    year, unit, entry = _submission(public_id)
    form = VerifyForm()
    if form.validate_on_submit() and form.accepts(
        decide_submission,
        db.session(),
        unit,
        entry,
        form.act.data,
        remark=form.remark.data or "",
        by=current_user.username,
        now=clock(),
    ):
        said("decided")
        return go(url_for("office.submissions", year=year.year))
    return _submission_page(year, unit, entry, form, status=422)


@office.post("/submissions/<public_id>/visibility")
@writes
def show_or_hide_submission(public_id: str) -> Response:
    """Make a published entry public, or internal again."""
    year, unit, entry = _submission(public_id)
    form = VisibilityForm()
    if form.validate_on_submit() and form.accepts(
        show_submission, db.session(), entry, form.visibility.data, by=current_user.username, now=clock()
    ):
        return go(url_for("office.submission", public_id=public_id, year=year.year))
    return _submission_page(year, unit, entry, form, status=422)


@office.get("/units/<code>/files/<public_id>")
def unit_file(code: str, public_id: str) -> Response:
    """Hand out a file of a unit."""
    return send_attachment(own_file(db.session(), _unit(code).id, public_id))


@office.get("/units/<code>/files/<public_id>/pages/<int:number>")
def unit_file_page(code: str, public_id: str, number: int) -> Response:
    """Show a page of a unit's PDF."""
    return send_page(own_file(db.session(), _unit(code).id, public_id), number)


@office.get("/matters")
def matters() -> Response:
    """Show the form that loads assigned matters."""
    return page("office/matters.html", year=chosen_year(), form=TableForm(), done=None)


@office.post("/matters")
@writes
def load_matters() -> Response:
    """Check a table of assigned matters, or load it; all its faults at once."""
    year, form = chosen_year(), TableForm()
    done = None
    if form.validate_on_submit():
        done = form.loads(import_matters, year, by=current_user.username, now=clock())
    return page("office/matters.html", status=200 if done else 422, year=year, form=form, done=done)


def _submission(public_id: str) -> tuple[Year, Unit, Submission]:
    year = chosen_year()
    found = submission_to_verify(db.session(), year.id, public_id)
    if found is None:
        abort(404)
    return year, *found


def _unit(code: str) -> Unit:
    unit = unit_in_register(db.session(), chosen_year().id, code)
    if unit is None:
        abort(404)
    return unit


def _submission_page(
    year: Year, unit: Unit, entry: Submission, form: VerifyForm | VisibilityForm, status: int = 200
) -> Response:
    def address(file_id: str, number: int | None = None) -> str:
        where = {"code": unit.code, "public_id": file_id, "year": year.year}
        return (
            url_for("office.unit_file", **where)
            if number is None
            else url_for("office.unit_file_page", **where, number=number)
        )

    return page(
        "office/submission.html",
        status=status,
        year=year,
        unit=unit,
        entry=entry,
        shown=submission_shown(entry),
        address=address,
        form=form,
        verify_form=form if isinstance(form, VerifyForm) else VerifyForm(formdata=None),
    )
