"""The agency's first page: the surveys at work, own batches, and what came in, as counts alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from surveys.counting.queries import BatchLine, batches_of
from surveys.fieldwork.batches import open_batch
from webapp.agency.doors import door_words, surveys_at_work, taken_down
from webapp.agency.forms import BatchForm
from webapp.clock import clock
from webapp.extensions import db
from webapp.page import go, page, writes
from webapp.questionnaire.known import Known, known_surveys

agency = Blueprint("agency", __name__, url_prefix="/agency")

BATCH_STATES = {"open": _l("takes forms"), "closed": _l("ended"), "void": _l("void")}


@dataclass(frozen=True, slots=True)
class Work:
    """A survey at work. mine: batches in the list; daily: forms of each day and door, voided ones left out."""

    known: Known
    state: str
    form: BatchForm
    mine: list[BatchLine]
    daily: list[tuple[date, str, int]]


@agency.get("/")
def start() -> Response:
    """Show the surveys at work."""
    return page("agency/start.html", works=[_work(known) for known in surveys_at_work()])


@agency.post("/rounds/<code>/batches")
@writes
def begin_batch(code: str) -> Response:
    """Open a batch under the round's next number."""
    known = _own_survey(code)
    form = _batch_form(known)
    if not form.validate_on_submit():
        works = [_work(other, form if other.round.code == code else None) for other in surveys_at_work()]
        return page("agency/start.html", status=422, works=works)
    door = known.survey.door(form.door.data, "taken_down")
    batch = open_batch(db.session(), known.round, door, by=current_user.username, now=clock())
    return go(url_for("agency.batch", batch_id=batch.public_id))


@agency.context_processor
def words() -> dict[str, Any]:
    """Give the desk's templates the words for doors and states."""
    return {"words_of": _words_of, "state_tag": _state_tag}


def _words_of(known: Known, code: str) -> str:
    door = known.survey.doors[code]
    return door_words(door.channel, door.group, door.stratum)


def _state_tag(state: str) -> Markup:
    kind = {"open": " ok", "void": " warn"}.get(state, "")
    return Markup('<span class="tag{}">{}</span>').format(kind, str(BATCH_STATES[state]))


def daily_counts(lines: Iterable[BatchLine]) -> list[tuple[date, str, int]]:
    """Forms by day and door, the latest day first; a voided batch counts for nothing."""
    forms: Counter[tuple[date, str]] = Counter()
    for line in lines:
        if line.state != "void" and line.forms:
            forms[line.day, line.door_code] += line.forms
    return [
        (day, door, number) for (day, door), number in sorted(forms.items(), key=lambda one: one[0], reverse=True)
    ]


def _work(known: Known, form: BatchForm | None = None) -> Work:
    by = None if current_user.holds("agency") else current_user.username
    mine = batches_of(db.session(), known.round.id, by=by)
    return Work(known, known.state(clock()), form or _batch_form(known), mine, daily_counts(mine))


def _batch_form(known: Known) -> BatchForm:
    form = BatchForm(prefix=known.round.code)
    form.offer((door.code, door_words(door.channel, door.group, door.stratum)) for door in taken_down(known))
    return form


def _own_survey(code: str) -> Known:
    known = known_surveys().get(db.session(), code, now=clock())
    if not taken_down(known):
        abort(404)
    return known
