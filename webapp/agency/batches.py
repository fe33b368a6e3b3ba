"""One batch: typing its forms, closing it, taking it out of the count."""

from dataclasses import dataclass, replace
from random import SystemRandom

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from rounds.round import Round
from surveys.counting.casting import type_in
from surveys.counting.queries import BatchLine, batches_of
from surveys.fieldwork.batches import Batch, batch_for, close_batch, void_batch
from surveys.fieldwork.blocks import draw_block
from surveys.fieldwork.errors import SubmissionInvalid
from surveys.fieldwork.submissions import Submission, new_submission, read_submission, spell_submission
from surveys.fieldwork.surveying import DoorFacts
from surveys.instruments.checking import Problem, check
from webapp.agency.desk import agency
from webapp.agency.doors import SPOKEN, door_words
from webapp.agency.forms import VoidForm
from webapp.agency.typed import Read, Sheet, numbered
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.keys import key_for
from webapp.page import go, page, writes
from webapp.questionnaire.filled import Filled
from webapp.questionnaire.known import Known, known_surveys


@dataclass(frozen=True, slots=True)
class Desk:
    """A batch that the account may see, with its survey and its door."""

    batch: Batch
    known: Known
    door: DoorFacts
    line: BatchLine

    @property
    def sheet(self) -> Sheet:
        """The sheet on which its forms are typed."""
        return Sheet(self.known.survey.form, self.known.units)


@agency.get("/batches/<batch_id>")
def batch(batch_id: str) -> Response:
    """Show a batch, with an empty sheet while it takes forms."""
    return _batch_page(_desk(batch_id))


@agency.post("/batches/<batch_id>/forms")
@writes
def add_form(batch_id: str) -> Response:
    """Store a typed form; what can't be accepted is named, and all that was typed stays."""
    desk = _desk(batch_id)
    typed = {name: values[:1] for name, values in request.form.lists()}
    submission = _handed_out(desk)
    if submission is None:
        return _batch_page(desk, Filled(typed), status=422, expired=True)
    read = desk.sheet.read(typed, submission.block)
    submission = replace(submission, block=read.block)
    checked = check(
        desk.known.survey.plan,
        read.raw,
        block=read.block,
        preset=read.preset,
        contact=True,
        closing=bool(desk.known.survey.form.closing),
        blank_grades_are_dk="dk" in typed.get("blanks", ()),
    )
    if isinstance(checked, list):
        return _batch_page(desk, _refused(desk, typed, read, checked), submission, status=422)
    receipt = type_in(db.session(), desk.known.survey, desk.batch, submission, checked, now=clock())
    flash(_("Form stored. Receipt %(code)s", code=receipt.code), "ok")
    return go(url_for("agency.batch", batch_id=batch_id) + "#sheet")


@agency.post("/batches/<batch_id>/close")
@writes
def end_batch(batch_id: str) -> Response:
    """Close a batch: it takes no more forms and counts."""
    close_batch(db.session(), _desk(batch_id).batch)
    return go(url_for("agency.batch", batch_id=batch_id))


@agency.post("/batches/<batch_id>/void")
@writes
def void(batch_id: str) -> Response:
    """Take a batch out of the count for a reason; it stays visible."""
    desk, form = _desk(batch_id), VoidForm()
    act = (db.session(), desk.batch, form.reason.data or "")
    if form.validate_on_submit() and form.accepts(void_batch, *act, by=current_user.username, now=clock()):
        return go(url_for("agency.batch", batch_id=batch_id))
    return _batch_page(desk, status=422, void_form=form)


def _desk(batch_id: str) -> Desk:
    whole = current_user.holds("agency")
    found = batch_for(db.session(), batch_id, by=current_user.username, whole_agency=whole)
    code = db.session.get_one(Round, found.round_id).code
    known = known_surveys().get(db.session(), code, now=clock())
    door = next(door for door in known.survey.doors.values() if door.id == found.door_id)
    line = next(line for line in batches_of(db.session(), found.round_id) if line.public_id == batch_id)
    return Desk(found, known, door, line)


def _batch_page(
    desk: Desk,
    filled: Filled | None = None,
    submission: Submission | None = None,
    *,
    status: int = 200,
    void_form: VoidForm | None = None,
    expired: bool = False,
) -> Response:
    submission = submission or _hand_out(desk)
    return page(
        "agency/batch.html",
        status=status,
        desk=desk,
        state=desk.known.state(clock()),
        filled=filled or Filled(),
        key=spell_submission(submission, _secret()),
        drawn=submission.block,
        spoken_out=desk.door.channel in SPOKEN,
        door_words=door_words(desk.door.channel, desk.door.group, desk.door.stratum),
        numbered=numbered,
        void_form=void_form or VoidForm(),
        expired=expired,
    )


def _hand_out(desk: Desk) -> Submission:
    block = draw_block(desk.known.survey.instrument, (), SystemRandom())
    return new_submission(desk.known.round.code, desk.door.code, block, now=clock())


def _handed_out(desk: Desk) -> Submission | None:
    try:
        return read_submission(request.form.get("key", ""), _secret(), desk.known.round.code)
    except SubmissionInvalid:
        return None


def _refused(desk: Desk, typed: dict[str, list[str]], read: Read, problems: list[Problem]) -> Filled:
    return Filled(typed, problems, desk.known.units, {problem.field: read.cell_of(problem) for problem in problems})


def _secret() -> bytes:
    return key_for(house().settings.secret_key, "submissions")
