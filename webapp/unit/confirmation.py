"""From the draft to the confirmed form: checks, sending, the head's page, the printed form."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from review.peers.confirming import confirm, confirm_on_paper, send_for_confirmation, take_back
from review.peers.queries import BallotView, ballot_view
from rounds.instants import state_at
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.page import go, page, writes
from webapp.unit.desk import unit
from webapp.unit.forms import ScanForm
from webapp.unit.own import own, own_peers
from webapp.unit.saying import said


@unit.get("/peers/confirmation")
def confirmation() -> Response:
    """Show what is missing, or what is to be confirmed, or what was."""
    return page("unit/confirmation.html", **_facts(), form=ScanForm())


@unit.post("/peers/send")
@writes
def peers_send() -> Response:
    """Send the complete form to the head; an incomplete one shows all that it lacks."""
    view = _view()
    if view.unfinished or view.exceeded:
        return page("unit/confirmation.html", status=422, **_facts(), form=ScanForm())
    send_for_confirmation(db.session(), own_peers(), own().code, by=current_user.username, now=clock())
    return _done("send")


@unit.post("/peers/take-back")
@writes
def peers_take_back() -> Response:
    """Make the sent form a draft again."""
    take_back(db.session(), own_peers(), own().code, by=current_user.username, now=clock())
    return _done("take_back")


@unit.post("/peers/confirm")
@writes
def peers_confirm() -> Response:
    """Confirm the sent form as the head."""
    confirm(db.session(), own_peers(), own().code, by=current_user.username, now=clock())
    return _done("confirm")


@unit.post("/peers/paper")
@writes
def peers_paper() -> Response:
    """Confirm the sent form by the scan of the signed and stamped paper."""
    form = ScanForm()
    act = (db.session(), house().storage, own_peers(), own().code, form.content())
    if form.validate_on_submit() and form.accepts(confirm_on_paper, *act, by=current_user.username, now=clock()):
        return _done("confirm")
    return page("unit/confirmation.html", status=422, **_facts(), form=form)


@unit.get("/peers/print")
def peers_print() -> Response:
    """The form on paper, with its digest and places for signature and seal."""
    return page("unit/peers_print.html", **_facts())


def _view() -> BallotView:
    return ballot_view(db.session(), own_peers(), own().code)


def _facts() -> dict[str, Any]:
    round_ = own_peers()
    return {"own": own(), "round": round_, "view": _view(), "state": state_at(round_, clock())}


def _done(act: str) -> Response:
    said(act)
    return go(url_for("unit.confirmation"))
