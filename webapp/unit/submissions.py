"""Entries of innovation and excellence: list, form, preview."""

from __future__ import annotations

from flask import abort, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from units.materials import materials_of, submission_shown
from units.submissions import (
    EDITABLE,
    REQUIRED,
    Submission,
    attach_to_submission,
    begin_submission,
    detach_from_submission,
    hand_in_submission,
    most_entries,
    same_submission,
    save_submission,
    submission_of,
    submissions_of,
)
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.page import go, page, writes
from webapp.unit.desk import unit
from webapp.unit.files import own_address
from webapp.unit.forms import SubmissionForm
from webapp.unit.own import own
from webapp.unit.saying import ACT_NAMES, NEEDED, PAPER_NAMES, STATE_NAMES, said


@unit.get("/submissions")
def submissions() -> Response:
    """List the unit's entries with their states."""
    found = submissions_of(db.session(), own().unit)
    most = most_entries(own().year)
    return page("unit/submissions.html", own=own(), entries=found, most=most, states=STATE_NAMES)


@unit.get("/submissions/new")
def submission_new() -> Response:
    """Show an empty form."""
    return _shown(None, SubmissionForm())


@unit.post("/submissions/new")
@writes
def submission_new_post() -> Response:
    """Begin an entry, and hand it in where that button was pressed."""
    form = SubmissionForm()
    twin = same_submission(db.session(), own().unit, form.kind.data or "", form.fields())
    if twin is not None and twin.state not in EDITABLE:
        return go(url_for("unit.submission", public_id=twin.public_id))
    begun: list[Submission] = []
    if _fits(form) and form.accepts(lambda: begun.append(_begin(form, twin))):
        said(form.act)
        return go(url_for("unit.submission", public_id=begun[0].public_id))
    return _shown(None, form, status=422)


@unit.get("/submissions/<public_id>")
def submission(public_id: str) -> Response:
    """Show an entry: its form while it may be edited, else what was handed in."""
    found = _found(public_id)
    return _shown(found, SubmissionForm(obj=found))


@unit.post("/submissions/<public_id>")
@writes
def submission_post(public_id: str) -> Response:
    """Save an entry with its files, or hand it in."""
    found, form = _found(public_id), SubmissionForm()
    if _fits(form) and form.accepts(_keep, found, form):
        said(form.act)
        return go(url_for("unit.submission", public_id=public_id))
    return _shown(found, form, status=422)


@unit.get("/submissions/<public_id>/preview")
def submission_preview(public_id: str) -> Response:
    """Show an entry exactly as reviewers will."""
    entry = submission_shown(_found(public_id))
    return page("unit/submission_preview.html", own=own(), entry=entry, address=own_address)


@unit.get("/preview")
def preview() -> Response:
    """Show all that reviewers see of the unit."""
    shown = materials_of(db.session(), own().unit.id)
    return page("unit/preview.html", own=own(), materials=shown, address=own_address, paper_names=PAPER_NAMES)


def _found(public_id: str) -> Submission:
    return submission_of(db.session(), own().unit, public_id) or abort(404)


def _fits(form: SubmissionForm) -> bool:
    """Valid as a draft and, where it is to be handed in, complete; every missing field says what it needs."""
    valid = form.validate_on_submit()
    if form.act == "hand_in":
        for name in (*REQUIRED, "secrecy_checked"):
            if name in NEEDED and not form[name].data:
                form[name].errors = [*form[name].errors, NEEDED[name]]
                valid = False
    return valid


def _begin(form: SubmissionForm, twin: Submission | None) -> Submission:
    begun = twin or begin_submission(db.session(), own().unit, form.kind.data, form.fields(), now=clock())
    _keep(begun, form)
    return begun


def _keep(entry: Submission, form: SubmissionForm) -> None:
    mine, who, now = own().unit, current_user.username, clock()
    save_submission(db.session(), mine, entry, form.kind.data, form.fields(), now=now)
    for name, content in form.chosen():
        attach_to_submission(db.session(), house().storage, mine, entry, name, content, by=who, now=now)
    if form.removed:
        detach_from_submission(db.session(), mine, entry, form.removed)
    if form.act == "hand_in":
        checked = bool(form.secrecy_checked.data)
        hand_in_submission(db.session(), mine, entry, secrecy_checked=checked, by=who, now=now)


def _shown(entry: Submission | None, form: SubmissionForm, status: int = 200) -> Response:
    editable = entry is None or entry.state in EDITABLE
    return page(
        "unit/submission.html" if editable else "unit/submission_handed_in.html",
        status=status,
        own=own(),
        entry=entry,
        shown=submission_shown(entry) if entry else None,
        form=form,
        address=own_address,
        states=STATE_NAMES,
        acts=ACT_NAMES,
    )
