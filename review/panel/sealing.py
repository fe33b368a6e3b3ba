"""The set of a seat's sheets is sealed by its owner and opened again by the office."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.approvals import refuse_one_person
from audit.events import record
from database.canonical import digest
from review.panel.casting import lock_open_seat
from review.panel.cells import SheetKey, latest_marks
from review.panel.errors import Missing, NoSeat, ReasonMissing, SetIncomplete, SetNotSealed
from review.panel.events import SheetsReopened, SheetsSealed
from review.panel.marks import Filled, filled
from review.panel.seat import Seat
from review.panel.seating import rubrics_of
from review.panel.sheet import Sheet
from review.rubrics.rubric import RubricSet
from rounds.life import round_named
from rounds.round import Round
from units.materials import has_entries
from units.unit import Unit


def seal_set(session: Session, seat: Seat, *, now: datetime) -> str:
    """Seal a seat's set: from now on no mark can be entered. Returns the digest that the printed form bears.

    Every criterion of every sheet needs an answer; "can't judge" is one.
    Raises RoundNotOpen, SetSealed, NoSeat, SetIncomplete (with everything that is missing).
    """
    round_ = lock_open_seat(session, seat, now)
    rubrics = rubrics_of(round_)
    if rubrics is None:
        raise NoSeat(seat.username)
    sheets = filled_sheets(session, seat, rubrics)
    if missing := list(missing_in(sheets)):
        raise SetIncomplete(missing)
    seat.sealed_at, seat.sealed_digest = now, set_digest(sheets, round_.salt or b"")
    session.flush()
    sealed = SheetsSealed(round_.code, seat.code, len(sheets), seat.sealed_digest)
    record(session, sealed, by=seat.username, now=now, subject=_subject(round_, seat))
    return seat.sealed_digest


def reopen_set(
    session: Session, round_code: str, seat_code: str, reason: str, *, by: str, approved_by: str, now: datetime
) -> None:
    """Open a sealed set again, for a stated reason and by two people of the office.

    Raises ReasonMissing, SamePerson, MayNotApprove, UnknownRound, NoSeat, SetNotSealed.
    """
    if not reason.strip():
        raise ReasonMissing
    refuse_one_person(session, by, approved_by)
    round_ = round_named(session, round_code)
    seat = session.get(Seat, (round_.id, seat_code), with_for_update=True, populate_existing=True)
    if seat is None:
        raise NoSeat(seat_code)
    if seat.sealed_digest is None:
        raise SetNotSealed(seat_code)
    reopened = SheetsReopened(round_code, seat_code, reason, seat.sealed_digest, approved_by)
    seat.sealed_at = seat.sealed_digest = None
    session.flush()
    record(session, reopened, by=by, now=now, subject=_subject(round_, seat))


def filled_sheets(session: Session, seat: Seat, rubrics: RubricSet) -> dict[SheetKey, Filled]:
    """All sheets of a seat with their latest marks, by unit and object."""
    wanted = (
        select(Sheet.unit_code, Sheet.object, has_entries(Unit.id))
        .join(Round, Round.id == Sheet.round_id)
        .join(Unit, (Unit.year_id == Round.year_id) & (Unit.code == Sheet.unit_code))
        .where(Sheet.round_id == seat.round_id, Sheet.seat_code == seat.code)
        .order_by(Sheet.unit_code, Sheet.object)
    )
    marks = latest_marks(session, seat.round_id, seat.code)
    by_object = {rubric.object: rubric for rubric in rubrics.rubrics}
    sheets: dict[SheetKey, Filled] = {}
    for unit, object_, entries in session.execute(wanted):
        key = SheetKey(seat.code, unit, object_)
        sheets[key] = filled(by_object[object_], marks.get(key, {}), entries=entries)
    return sheets


def missing_in(sheets: dict[SheetKey, Filled]) -> Iterator[Missing]:
    """The sheets on which a criterion has no answer, with what they lack."""
    for key, sheet in sheets.items():
        if sheet.missing:
            yield Missing(key.unit_code, key.object, sheet.missing)


def set_digest(sheets: dict[SheetKey, Filled], salt: bytes) -> str:
    """Salted digest over all latest marks of a set."""
    rows = [
        [key.unit_code, key.object, [[code, mark.answer, mark.points] for code, mark in sheet.marks.items()]]
        for key, sheet in sheets.items()
    ]
    return digest(rows, salt=salt)


def _subject(round_: Round, seat: Seat) -> str:
    return f"round {round_.code} seat {seat.code}"
