"""The auditor's look at raw answers of one way in, recorded before they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.looking import record_look
from rounds.round import Round
from surveys.counting.responses import Response
from surveys.fieldwork.batches import Batch
from surveys.fieldwork.errors import UnknownDoor
from surveys.fieldwork.surveying import load_survey
from surveys.instruments.unpacking import unpack

MOST = 100


@dataclass(frozen=True, slots=True)
class AnswersSeen:
    """One stored answer: the day, how it was filled in, its batch if any, and the codes chosen by field."""

    day: date
    pace: str
    batch: int | None
    void: bool
    answers: Mapping[str, Sequence[str]]


def look_at_answers(
    session: Session, round_: Round, door_code: str, purpose: str, *, page: int = 1, by: str, now: datetime
) -> list[AnswersSeen]:
    """Show stored answers of one way in, a hundred a page, in the random order of their commitments.

    Raises UnknownDoor, WrongState while the round is a draft, PurposeMissing; audited.
    """
    survey = load_survey(session, round_.code)
    door = survey.doors.get(door_code)
    if door is None:
        raise UnknownDoor(round_.code, door_code)
    record_look(session, "answers", door_code, purpose, subject=f"round {round_.code}", by=by, now=now)
    wanted = (
        select(Response.day, Response.pace, Batch.number, Batch.state, Response.packed)
        .outerjoin(Batch, Batch.id == Response.batch_id)
        .where(Response.round_id == round_.id, Response.door_id == door.id)
        .order_by(Response.commitment)
        .offset((max(page, 1) - 1) * MOST)
        .limit(MOST)
    )
    return [
        AnswersSeen(day, pace, number, state == "void", unpack(survey.plan, packed))
        for day, pace, number, state, packed in session.execute(wanted)
    ]
