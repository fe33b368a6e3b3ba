"""Conflicts of interest: declared by the seat, effective at once or decided by the office."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from accounts.approvals import ask, refuse_one_person
from audit.events import record
from review.panel.casting import lock_open_seat
from review.panel.cells import latest_marks
from review.panel.errors import NoSheet, ReasonMissing
from review.panel.events import ConflictDeclared, ConflictGranted
from review.panel.marks import Mark
from review.panel.seat import Seat, Standing
from review.panel.sheet import Sheet, SheetCell

ACT = "panel_conflict"
"""The act under which a conflict waits for the office in `accounts.approvals`."""


def conflict_subject(round_code: str, seat_code: str, unit_code: str) -> str:
    """How approvals and the trail name a conflict."""
    return f"round {round_code} seat {seat_code} unit {unit_code}"


def declare_conflict(session: Session, seat: Seat, unit_code: str, reason: str, *, now: datetime) -> bool:
    """Declare a conflict of interest with a unit; tells whether it took effect at once.

    Before the first mark on that unit the seat is recused at once and its sheets are gone. Afterwards marks
    would be withdrawn, so the office decides (`grant_conflict`), and until then nothing changes.
    Raises RoundNotOpen, SetSealed, NoSheet, ReasonMissing. Rule: docs/rules.md, "Panel".
    """
    if not reason.strip():
        raise ReasonMissing
    round_ = lock_open_seat(session, seat, now)
    standing = _assigned(session, seat, unit_code)
    cell_of_unit = exists().where(
        SheetCell.round_id == seat.round_id,
        SheetCell.seat_code == seat.code,
        SheetCell.unit_code == unit_code,
    )
    marked = session.scalar(select(cell_of_unit))
    subject = conflict_subject(round_.code, seat.code, unit_code)
    effect = "asked" if marked else "recused"
    event = ConflictDeclared(round_.code, seat.code, unit_code, reason, effect)
    record(session, event, by=seat.username, now=now, subject=subject)
    if marked:
        facts = {"round": round_.code, "seat": seat.code, "unit": unit_code, "reason": reason}
        ask(session, ACT, subject, facts, by=seat.username, now=now)
        return False
    _recuse(session, standing, reason)
    return True


def grant_conflict(
    session: Session, seat: Seat, unit_code: str, reason: str, *, by: str, approved_by: str, now: datetime
) -> None:
    """Recuse a seat that had already marked the unit: its sheets leave the set.

    by: who declared it; approved_by: who of the office decided. The withdrawn marks stay in the trail alone.
    Raises SamePerson, MayNotApprove, RoundNotOpen, SetSealed, NoSheet.
    """
    refuse_one_person(session, by, approved_by)
    round_ = lock_open_seat(session, seat, now)
    standing = _assigned(session, seat, unit_code)
    marks = latest_marks(session, seat.round_id, seat.code, [unit_code])
    withdrawn = {
        key.object: {code: _spelt(mark) for code, mark in sorted(cells.items())}
        for key, cells in sorted(marks.items())
    }
    _recuse(session, standing, reason)
    event = ConflictGranted(round_.code, seat.code, unit_code, reason, withdrawn, approved_by)
    subject = conflict_subject(round_.code, seat.code, unit_code)
    record(session, event, by=by, now=now, subject=subject)


def _assigned(session: Session, seat: Seat, unit_code: str) -> Standing:
    standing = session.get(Standing, (seat.round_id, seat.code, unit_code))
    if standing is None or standing.standing != "assigned":
        raise NoSheet(unit_code)
    return standing


def _recuse(session: Session, standing: Standing, reason: str) -> None:
    for table in (SheetCell, Sheet):
        session.execute(
            delete(table).where(
                table.round_id == standing.round_id,
                table.seat_code == standing.seat_code,
                table.unit_code == standing.unit_code,
            )
        )
    standing.standing, standing.reason = "recused", reason
    session.flush()


def _spelt(mark: Mark) -> str:
    return mark.answer if mark.points is None else str(mark.points)
