"""Marks entered on sheets while the round is open and the set isn't sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, undefer

from review.panel.cells import each_latest
from review.panel.errors import MarkOutOfRange, NoCriterion, NoSheet, SetSealed
from review.panel.marks import EMPTY, Mark
from review.panel.seat import Seat
from review.panel.seating import rubrics_of
from review.panel.sheet import Note, Sheet, SheetCell
from review.rubrics.rubric import RubricSet
from rounds.instants import refuse_unless_open
from rounds.round import Round

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Entered:
    """One mark for one criterion of one of the seat's sheets."""

    unit_code: str
    object: str
    criterion: str
    mark: Mark


def cast_marks(session: Session, seat: Seat, entered: Sequence[Entered], *, now: datetime) -> int:
    """Keep marks on a seat's sheets, all or none; returns how many differed from what was there.

    A cell's earlier versions stay; the same mark again writes nothing. now: aware; at the closing instant itself
    the round counts as closed.
    Raises RoundNotOpen, SetSealed, NoSheet, NoCriterion, MarkOutOfRange. Rule: docs/rules.md, "Panel".
    """
    rubrics = _refuse_unless_taken(session, seat, now)
    for one in entered:
        _refuse_bad_mark(rubrics, one)
    units = {one.unit_code for one in entered}
    _refuse_without_sheet(session, seat, entered, units)
    latest = {
        (cell.sheet.unit_code, cell.sheet.object, cell.criterion): (cell.version, cell.mark)
        for cell in each_latest(session, seat.round_id, seat.code, units)
    }
    rows: list[dict[str, object]] = []
    for one in entered:
        cell = (one.unit_code, one.object, one.criterion)
        version, mark = latest.get(cell, (0, EMPTY))
        if mark == one.mark:
            continue
        latest[cell] = (version + 1, one.mark)
        rows.append(_row(seat, one, version + 1, now))
    if rows:
        session.execute(insert(SheetCell), rows)
    return len(rows)


def cast_mark(
    session: Session, seat: Seat, unit_code: str, object_: str, criterion: str, mark: Mark, *, now: datetime
) -> bool:
    """Keep one mark; tells whether it differed from what was there. Raises as `cast_marks`."""
    return cast_marks(session, seat, [Entered(unit_code, object_, criterion, mark)], now=now) == 1


def write_note(session: Session, seat: Seat, unit_code: str, text: str, *, now: datetime) -> None:
    """Keep the seat's private note on a unit it scores; an empty text removes it.

    text: cut at LONGEST_NOTE characters by the caller's form. Raises RoundNotOpen, SetSealed, NoSheet.
    """
    _refuse_unless_taken(session, seat, now)
    owned = select(Sheet.object).where(
        Sheet.round_id == seat.round_id, Sheet.seat_code == seat.code, Sheet.unit_code == unit_code
    )
    if session.scalar(owned.limit(1)) is None:
        raise NoSheet(unit_code)
    note = session.get(Note, (seat.round_id, seat.code, unit_code))
    if not text:
        if note is not None:
            session.delete(note)
    elif note is None:
        session.add(Note(round_id=seat.round_id, seat_code=seat.code, unit_code=unit_code, text=text))
    else:
        note.text = text
    session.flush()


def lock_open_seat(session: Session, seat: Seat, now: datetime) -> Round:
    """Lock round (shared) and seat until the transaction ends, and read both anew.

    So neither a close nor a seal can come between the look and the write. Raises RoundNotOpen, SetSealed.
    """
    wanted = select(Round).where(Round.id == seat.round_id).options(undefer(Round.instrument))
    fresh = wanted.with_for_update(read=True).execution_options(populate_existing=True)
    round_ = session.scalars(fresh).one()
    session.refresh(seat, with_for_update=True)
    refuse_unless_open(round_, now)
    if seat.sealed_at is not None:
        raise SetSealed(seat.code)
    return round_


def _refuse_unless_taken(session: Session, seat: Seat, now: datetime) -> RubricSet:
    rubrics = rubrics_of(lock_open_seat(session, seat, now))
    if rubrics is None:
        raise NoSheet("")
    return rubrics


def _refuse_bad_mark(rubrics: RubricSet, one: Entered) -> None:
    rubric = rubrics.rubric(one.object)
    criterion = rubric.criterion(one.criterion) if rubric else None
    if criterion is None:
        raise NoCriterion(one.criterion)
    if one.mark.points is not None and not 0 <= one.mark.points <= criterion.points:
        raise MarkOutOfRange(criterion.code, criterion.points)


def _refuse_without_sheet(session: Session, seat: Seat, entered: Sequence[Entered], units: set[str]) -> None:
    wanted = select(Sheet.unit_code, Sheet.object).where(
        Sheet.round_id == seat.round_id, Sheet.seat_code == seat.code, Sheet.unit_code.in_(units)
    )
    owned = set(session.execute(wanted))
    for one in entered:
        if (one.unit_code, one.object) not in owned:
            raise NoSheet(one.unit_code)


def _row(seat: Seat, one: Entered, version: int, now: datetime) -> dict[str, object]:
    return {
        "round_id": seat.round_id,
        "seat_code": seat.code,
        "unit_code": one.unit_code,
        "object": one.object,
        "criterion": one.criterion,
        "version": version,
        "answer": one.mark.answer,
        "points": one.mark.points,
        "by": seat.username,
        "at": now,
    }
