"""The auditor's look at one seat's sheets: names behind scores, recorded before they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.looking import record_look
from review.panel.cells import SheetKey, latest_marks
from review.panel.errors import NoSeat
from review.panel.marks import Mark
from review.panel.seating import rubrics_of, seats_of
from review.rubrics.rubric import RubricSet
from rounds.round import Round
from units.unit import Unit


@dataclass(frozen=True, slots=True)
class SeatSheets:
    """All that one seat entered: by sheet, then criterion. units: names of the scored units by code."""

    username: str
    unit_code: str
    sealed_at: datetime | None
    rubrics: RubricSet | None
    units: Mapping[str, tuple[str, str]]
    marks: Mapping[SheetKey, Mapping[str, Mark]]


def look_at_sheets(
    session: Session, round_: Round, seat_code: str, purpose: str, *, by: str, now: datetime
) -> SeatSheets:
    """Show the sheets of one seat under its name. Raises NoSeat, PurposeMissing; audited."""
    seat = next((each for each in seats_of(session, round_.id) if each.code == seat_code), None)
    if seat is None:
        raise NoSeat(seat_code)
    record_look(session, "sheets", seat.username, purpose, subject=f"round {round_.code}", by=by, now=now)
    marks = latest_marks(session, round_.id, seat_code)
    found = select(Unit.code, Unit.short_name_zh, Unit.name_en).where(Unit.year_id == round_.year_id)
    units = {code: (name_zh, name_en) for code, name_zh, name_en in session.execute(found)}
    ordered = dict(sorted(marks.items()))
    return SeatSheets(seat.username, seat.unit_code, seat.sealed_at, rubrics_of(round_), units, ordered)
