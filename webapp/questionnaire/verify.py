"""Where anybody checks that a form was received, and after the close that it is on the round's list."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from rounds.instants import state_at
from rounds.life import rounds_of
from rounds.recorded import events_of
from rounds.round import Round
from surveys.counting.queries import returned
from surveys.counting.receipts import is_listed
from webapp.clock import clock
from webapp.extensions import csrf, db
from webapp.language import showable
from webapp.page import page
from webapp.questionnaire.guards import per_hour, refuse_foreign

verifying = Blueprint("verify", __name__)
csrf.exempt(verifying)
verifying.before_request(refuse_foreign)

LONGEST_CODE = 40
UNFIXED = ("frozen", "open")


@dataclass(frozen=True, slots=True)
class Listed:
    """The round on whose list a receipt stands.

    fixed: whether its close has fixed the list; only then the counts of the whole round are shown.
    received: forms of the whole round; void: those of them in batches that the agency took out of the count.
    root: the check value over all that the close fixed, as it stands in the trail; empty until it was recorded.
    """

    round: Round
    fixed: bool
    received: int = 0
    void: int = 0
    root: str = ""


@verifying.get("/verify")
def verify() -> Response:
    """Ask for the receipt's number."""
    return page("questionnaire/verify.html", code="", checked=False)


@verifying.post("/verify")
@per_hour
def verify_post() -> Response:
    """Look a number up; which one was asked for is kept nowhere."""
    code = showable(request.form.get("code", ""))[:LONGEST_CODE]
    listed = _listed(db.session(), code, clock())
    return page("questionnaire/verify.html", status=200 if listed else 404, code=code, checked=True, listed=listed)


def _listed(session: Session, code: str, now: datetime) -> Listed | None:
    for round_ in rounds_of(session):
        if round_.kind == "survey" and round_.state != "draft" and is_listed(session, round_.id, code):
            return _counted(session, round_, now)
    return None


def _counted(session: Session, round_: Round, now: datetime) -> Listed:
    if state_at(round_, now) in UNFIXED:
        return Listed(round_, fixed=False)
    doors = returned(session, round_.id)
    closed = events_of(session, round_.code, "RoundClosed")
    root = closed[-1]["merkle_root"] if closed else ""
    return Listed(round_, True, sum(door.forms for door in doors), sum(door.void for door in doors), root)
