"""Sending to the head, giving back, confirming in the account or on paper, and the form that is printed."""

from __future__ import annotations

from flask import url_for
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from scoring.entering import confirm_entries, confirm_on_paper, return_entries, send_entries
from units.files.checking import check_file
from units.files.kinds import SCANS
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.lead.desk import desk_page, lead, own_code, own_desk, own_year
from webapp.lead.forms import PaperForm, ReturnForm, UploadForm
from webapp.page import go, page, writes


@lead.post("/send")
@writes
def send() -> Response:
    """Send the newest draft to the head."""
    send_entries(db.session(), own_year(), own_code(), by=current_user.username, now=clock())
    return go(url_for("lead.desk"))


@lead.post("/return")
@writes
def give_back() -> Response:
    """Give the sent entries back to the officer, saying why."""
    form = ReturnForm()
    act = (db.session(), own_year(), own_code(), form.why.data)
    if form.validate_on_submit() and form.accepts(return_entries, *act, by=current_user.username, now=clock()):
        return go(url_for("lead.desk"))
    return desk_page(422, form=UploadForm(), paper=PaperForm(), back=form)


@lead.post("/confirm")
@writes
def confirm() -> Response:
    """Confirm the sent entries as the head."""
    confirm_entries(db.session(), own_year(), own_code(), by=current_user.username, now=clock())
    return go(url_for("lead.desk"))


@lead.post("/paper")
@writes
def paper() -> Response:
    """Confirm by the scan of the printed form that the head signed."""
    form = PaperForm()
    name, content = form.content()
    if form.validate_on_submit() and form.accepts(
        _confirm_on_paper, db.session(), name, content, form.signed_by.data
    ):
        return go(url_for("lead.desk"))
    return desk_page(422, form=UploadForm(), paper=form, back=ReturnForm())


@lead.get("/print")
def printed() -> Response:
    """The confirmation form: deductions, counts, digest, places for signature and seal."""
    return page("lead/print.html", year=own_year(), desk=own_desk())


def _confirm_on_paper(session: Session, name: str, content: bytes, signed_by: str) -> None:
    check_file(name, content, kinds=SCANS)
    confirm_on_paper(
        session,
        own_year(),
        own_code(),
        signed_by=signed_by,
        scan=house().storage.put(content),
        by=current_user.username,
        now=clock(),
    )
