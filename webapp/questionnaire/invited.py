"""Where invited assessors answer: a code draws a ticket, and a second request spends it for an answer."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from ballots.errors import BallotsError
from ballots.roll.drawing import Ticket, draw, read_ticket, spell_ticket
from ballots.roll.finding import right_of
from rounds.errors import RoundNotOpen
from rounds.instants import state_at
from rounds.life import rounds_of
from rounds.round import Round
from surveys.counting.casting import cast_invited
from surveys.fieldwork.submissions import Submission
from surveys.instruments.checking import Checked, check
from webapp.clock import clock
from webapp.errors import words
from webapp.extensions import csrf, db, house
from webapp.language import showable
from webapp.page import commit, go, page
from webapp.questionnaire.filled import posted
from webapp.questionnaire.guards import per_hour, refuse_foreign
from webapp.questionnaire.known import known_surveys
from webapp.questionnaire.pages import (
    BULK,
    Way,
    first_page,
    hand_out,
    handed_before,
    in_bulk,
    private,
    refused,
    second_page,
    too_late,
)
from webapp.questionnaire.receipt import receipt_page

invited = Blueprint("invited", __name__)
csrf.exempt(invited)
invited.before_request(refuse_foreign)

LONGEST_CODE = 40


@invited.after_request
def tell_nobody(response: Response) -> Response:
    """Let no address that holds a code travel on, and no search engine list one."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@invited.get("/i")
def enter() -> Response:
    """Ask for the code of the letter."""
    return page("questionnaire/code.html", code="")


@invited.post("/i")
@per_hour
def enter_post() -> Response:
    """Show what a typed code invites to; the code never stands in an address."""
    return _invitation(showable(request.form.get("code", "")))


@invited.get("/i/<code>")
def invitation(code: str) -> Response:
    """Show what a scanned code invites to. Nothing is used up."""
    return _invitation(showable(code))


@invited.get("/i/draw")
@invited.get("/i/first")
@invited.get("/i/rate")
@invited.get("/i/cast")
def again() -> Response:
    """Lead somebody who asks for a later step by its address back to the code."""
    return go(url_for("invited.enter"))


@invited.post("/i/draw")
@per_hour
def draw_ticket() -> Response:
    """Mark the right as drawn and hand the questionnaire out with a ticket that is stored nowhere."""
    code = showable(request.form.get("code", ""))[:LONGEST_CODE]
    try:
        round_, _right = right_of(db.session(), _surveys(), code, house().roll_keys)
        ticket = draw(db.session(), round_, code, house().roll_keys, now=clock())
    except (BallotsError, RoundNotOpen) as refusal:
        return _refuse_code(code, refusal)
    commit()
    way = _way(ticket)
    submission = hand_out(way, {})
    if way.known.first:
        return first_page(way, {"key": [way.spell(submission)]})
    return second_page(way, {}, submission)


@invited.post("/i/first")
@per_hour
def first() -> Response:
    """Show the first page again with all that was typed."""
    return first_page(_posted_way(), posted())


@invited.post("/i/rate")
@per_hour
def rate() -> Response:
    """Show the page of grades: the second step, a search without JavaScript, or one grade for a whole category."""
    way, raw = _posted_way(), posted()
    checked = check(way.known.first_plan, raw, preset=way.preset)
    if isinstance(checked, list):
        return first_page(way, raw, checked)
    if checked.outcome is not None:
        return page("questionnaire/declined.html", way=way, known=way.known)
    return second_page(way, in_bulk(way, raw) if BULK in raw else raw, handed_before(way, raw) or hand_out(way, raw))


@invited.post("/i/cast")
@per_hour
def cast() -> Response:
    """Spend the ticket for the answers, in a transaction of its own; only then show the receipt."""
    ticket, raw = _posted_ticket(), posted()
    way = _way(ticket)
    submission = handed_before(way, raw)
    if submission is None:
        return second_page(way, raw, hand_out(way, raw), ran_out=True)
    checked = way.check(raw, submission)
    if isinstance(checked, list):
        return refused(way, raw, submission, checked)
    if checked.outcome is not None:
        return page("questionnaire/declined.html", way=way, known=way.known)
    return _cast(way, ticket, submission, checked)


def _cast(way: Way, ticket: Ticket, submission: Submission, checked: Checked) -> Response:
    now = clock()
    try:
        receipt = cast_invited(db.session(), way.known.survey, ticket, submission, checked, now=now)
    except RoundNotOpen:
        db.session.rollback()
        return too_late(way)
    commit()
    return receipt_page(way, receipt, now=now)


def _invitation(code: str) -> Response:
    code = code[:LONGEST_CODE]
    try:
        round_, right = right_of(db.session(), _surveys(), code, house().roll_keys)
    except BallotsError as refusal:
        return _refuse_code(code, refusal)
    known = known_surveys().get(db.session(), round_.code, now=clock())
    unit = known.units.get(right.unit_code or "")
    door = known.survey.door(right.door_code, "procedural")
    state = state_at(round_, clock())
    shown = page("questionnaire/invitation.html", known=known, door=door, unit=unit, state=state, code=code)
    return private(shown)


def _refuse_code(code: str, refusal: Exception) -> Response:
    said = words(refusal)
    return private(page("questionnaire/code.html", status=said.status, code=code, refused=said.text))


def _surveys() -> list[Round]:
    return [round_ for round_ in rounds_of(db.session()) if round_.kind == "survey" and round_.state != "draft"]


def _posted_ticket() -> Ticket:
    round_code = request.form.get("round", "")
    return read_ticket(request.form.get("ticket", ""), house().roll_keys, round_code)


def _posted_way() -> Way:
    return _way(_posted_ticket())


def _way(ticket: Ticket) -> Way:
    known = known_surveys().get(db.session(), ticket.round_code, now=clock())
    whose = ticket.spent_hash().hex()[:12]
    return Way(
        known=known,
        door_code=ticket.door_code,
        degree="procedural",
        front="",
        first=url_for("invited.first") if known.first else "",
        rate=url_for("invited.rate"),
        send=url_for("invited.cast"),
        draft=f"pingyi:{ticket.round_code}:{known.survey.digest[:12]}:{whose}",
        hidden=(("round", ticket.round_code), ("ticket", spell_ticket(ticket, house().roll_keys))),
        preset=ticket.unit_code,
    )
