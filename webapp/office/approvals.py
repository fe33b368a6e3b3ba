"""The requests that wait for a second person, and those that were decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.approvals import decide, decided, pending
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.language import moment
from webapp.office.acts import Setting, approve, given_and_told
from webapp.office.desk import named, office, said
from webapp.office.forms import DecisionForm
from webapp.page import go, page, writes


@office.get("/approvals")
def approvals() -> Response:
    """List what waits for a second person, and the latest decisions."""
    return _approvals(DecisionForm())


@office.post("/approvals/<public_id>")
@writes
def decide_approval(public_id: str) -> Response:
    """Approve a request, which carries its act out in the same transaction, or refuse it."""
    form = DecisionForm()
    if not form.validate_on_submit():
        abort(422)
    setting = Setting(db.session(), house().kinds, clock())
    if form.decision.data == "refused":
        passed = form.accepts(
            decide, setting.session, public_id, "refused", by=current_user.username, now=setting.now
        )
    else:
        passed = form.accepts(approve, setting, public_id, by=current_user.username)
    if not passed:
        return _approvals(form, status=409)
    said(form.decision.data)
    return go(url_for("office.approvals"))


def _approvals(form: DecisionForm, status: int = 200) -> Response:
    return page(
        "office/approvals.html",
        status=status,
        form=form,
        waiting=[(each, *given_and_told(each)) for each in pending(db.session())],
        decisions=decided(db.session(), most=50),
        told=told,
    )


def told(value: Any) -> str:
    """A fact of a request in the page's language: an hour, yes or no, a mapping of names to figures, a text."""
    if isinstance(value, bool):
        return named("answer", "yes" if value else "no")
    if isinstance(value, dict):
        return "；".join(f"{named('fact', key)} {inner}" for key, inner in value.items())
    if isinstance(value, str) and value[10:11] == "T":
        return moment(datetime.fromisoformat(value), year=True)
    return named("stage", value) if isinstance(value, str) else str("—" if value is None else value)
