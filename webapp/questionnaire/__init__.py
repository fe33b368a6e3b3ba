"""Where people answer by the open link: no account, no session, no cookie."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from rounds.errors import RoundNotOpen, UnknownRound
from surveys.counting.casting import cast_open
from surveys.fieldwork.submissions import Submission
from surveys.instruments.checking import Checked, check
from webapp.clock import clock
from webapp.extensions import csrf, db
from webapp.page import commit, go, page
from webapp.questionnaire.filled import posted
from webapp.questionnaire.first_page import send_first_page
from webapp.questionnaire.guards import per_hour, refuse_foreign
from webapp.questionnaire.known import known_surveys
from webapp.questionnaire.pages import (
    Way,
    first_context,
    first_page,
    hand_out,
    handed_before,
    refused,
    second_page,
    too_late,
)
from webapp.questionnaire.receipt import receipt_page
from webapp.questionnaire.set_up import set_up

questionnaire = Blueprint("questionnaire", __name__)
csrf.exempt(questionnaire)
questionnaire.record_once(set_up)
questionnaire.before_request(refuse_foreign)


@questionnaire.get("/s/<slug>")
def front(slug: str) -> Response:
    """The first page: who asks, how unsigned it is, consent, and which units one has dealt with."""
    way = _way(slug)
    state = way.known.state(clock())
    return send_first_page(
        "questionnaire/first.html" if state == "open" else "questionnaire/not_open.html",
        (slug, way.known.survey.digest, state, way.known.round.closes_at.isoformat()),
        lambda: {**first_context(way, {}), "state": state},
    )


@questionnaire.get("/s/<slug>/first")
@questionnaire.get("/s/<slug>/rate")
def again(slug: str) -> Response:
    """Lead somebody who asks for a later step by its address back to the beginning."""
    return go(url_for("questionnaire.front", slug=slug))


@questionnaire.post("/s/<slug>/first")
@per_hour
def first(slug: str) -> Response:
    """Show the first page again with all that was typed: on the way back, and for a search without JavaScript."""
    return first_page(_way(slug), posted())


@questionnaire.post("/s/<slug>/rate")
@per_hour
def rate(slug: str) -> Response:
    """Hand the second page out: the chosen units, a random block, a signed key. Nothing is stored."""
    way, raw = _way(slug), posted()
    if way.known.state(clock()) != "open":
        return too_late(way)
    checked = check(way.known.first_plan, raw)
    if isinstance(checked, list):
        return first_page(way, raw, checked)
    if checked.outcome is not None:
        return page("questionnaire/declined.html", way=way, known=way.known)
    return second_page(way, raw, handed_before(way, raw) or hand_out(way, raw))


@questionnaire.post("/s/<slug>")
@per_hour
def send(slug: str) -> Response:
    """Store the answers, and only then show the receipt; the same form again shows the same receipt."""
    way, raw = _way(slug), posted()
    submission = handed_before(way, raw)
    if submission is None:
        return second_page(way, raw, hand_out(way, raw), ran_out=True)
    checked = way.check(raw, submission)
    if isinstance(checked, list):
        return refused(way, raw, submission, checked)
    return _cast(way, submission, checked)


def _cast(way: Way, submission: Submission, checked: Checked) -> Response:
    now = clock()
    try:
        receipt = cast_open(db.session(), way.known.survey, submission, checked, now=now)
    except RoundNotOpen:
        db.session.rollback()
        return too_late(way)
    commit()
    return receipt_page(way, receipt, now=now)


def _way(slug: str) -> Way:
    known = known_surveys().get(db.session(), slug, now=clock())
    door = known.survey.open_door()
    if door is None:
        raise UnknownRound(slug)
    return Way(
        known=known,
        door_code=door.code,
        degree=door.degree,
        front=url_for("questionnaire.front", slug=slug),
        first=url_for("questionnaire.first", slug=slug),
        rate=url_for("questionnaire.rate", slug=slug),
        send=url_for("questionnaire.send", slug=slug),
        draft=f"pingyi:{slug}:{known.survey.digest[:12]}",
    )
